/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"

G_BEGIN_DECLS

/* Gives back the room of what was deleted; everything stays. It needs as much room again while it
 * runs, and what is asked of the store meanwhile waits for its end.
 * finish: @before, @after: (out): the file's size in bytes */
void     rfi_store_compact_async  (RfiStore            *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean rfi_store_compact_finish (RfiStore            *self,
                                   GAsyncResult        *result,
                                   gint64              *before,
                                   gint64              *after,
                                   GError             **error);

G_END_DECLS
