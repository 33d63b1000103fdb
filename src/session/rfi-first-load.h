/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-feed.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* All that the cache shows, for a session that begins. What a person sees first is brought into
 * @feed as soon as it is there, the rest is the caller's to bring.
 * finish: (transfer full) (element-type RfiJobState) */
void       rfi_first_load_async  (RfiStore            *store,
                                  RfiJobFeed          *feed,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GPtrArray *rfi_first_load_finish (GAsyncResult        *result,
                                  GError             **error);

/* All of it is in the lists: what only loading needed goes back to the system, by and by. */
void       rfi_first_load_settle (void);

G_END_DECLS
