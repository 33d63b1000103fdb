/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-compact"

#include "config.h"

#include "rfi-store-compact.h"

#include "rfi-meta-rows.h"
#include "rfi-store-private.h"

/* One transaction of SQLite's own: whoever is cut off has the file of before. */
static void
compact_work (GTask *task,
              RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (rfi_meta_rows_get_size (db, &call->number, &error) && rfi_db_run (db, "VACUUM", &error) &&
      rfi_db_checkpoint (db, TRUE, &error) &&
      rfi_meta_rows_get_size (db, &call->number2, &error))
    g_task_return_boolean (task, TRUE);
  else
    rfi_store_fail (task, error);
}

void
rfi_store_compact_async (RfiStore            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_compact_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, compact_work);
}

gboolean
rfi_store_compact_finish (RfiStore      *self,
                          GAsyncResult  *result,
                          gint64        *before,
                          gint64        *after,
                          GError       **error)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *before = call->number;
  *after = call->number2;
  return g_task_propagate_boolean (G_TASK (result), error);
}
