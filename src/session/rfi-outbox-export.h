/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What waits to be sent, written out as JSON for people and programs to read.
 * @operations: (element-type RfiOperation). Returns: (transfer full) */
GBytes *rfi_outbox_export (GPtrArray  *operations,
                           const char *server_url,
                           const char *email);

G_END_DECLS
