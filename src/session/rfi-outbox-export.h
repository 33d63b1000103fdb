/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-seal.h"

G_BEGIN_DECLS

/* Blocks. What waits to be sent, written out as JSON for people and programs to read, with photos
 * in base64.
 * @operations: (element-type RfiOperation) @seal: of photos. Returns: (transfer full) */
GBytes *rfi_outbox_export (GPtrArray  *operations,
                           const char *server_url,
                           const char *email,
                           RfiSeal    *seal);

G_END_DECLS
