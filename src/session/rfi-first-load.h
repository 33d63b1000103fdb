/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"

G_BEGIN_DECLS

/* All that the cache shows, for a session that begins: in the order of the board, so that its top
 * is right with the first slice and the rest only follows.
 * finish: (transfer full) (element-type RfiJobState) */
void       rfi_first_load_async  (RfiStore            *store,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GPtrArray *rfi_first_load_finish (GAsyncResult        *result,
                                  GError             **error);

/* All of it is in the lists: what only loading needed goes back to the system, by and by. */
void       rfi_first_load_settle (void);

G_END_DECLS
