/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-letter.h"
#include "rfi-wire-push.h"

G_BEGIN_DECLS

/* What the store records of a result that is durable at the server.
 * Returns: (transfer full) */
RfiAnswer *rfi_sync_answer_new (const RfiLetter     *letter,
                                const RfiPushResult *result);

G_END_DECLS
