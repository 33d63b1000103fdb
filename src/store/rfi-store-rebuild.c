/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-rebuild"

#include "config.h"

#include "rfi-store-rebuild.h"

#include "rfi-store-steps.h"

static gboolean
rebuild_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  return rfi_job_rows_forget_versions (db, error) &&
         rfi_meta_rows_set (db, RFI_META_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_SNAPSHOT, NULL, error);
}

static void
rebuild_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, rebuild_step);
}

void
rfi_store_rebuild_async (RfiStore            *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_rebuild_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, rebuild_work);
}
