/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-event"

#include "config.h"

#include "rfi-bug.h"
#include "rfi-store-feed.h"
#include "rfi-store-steps.h"

/* Rows that come by real time.
 *
 * An event has none of the fields that only Sync v1 knows, so the row stays at the version that it
 * is whole of until the feed brings the next one. Which version is shown over that one is
 * remembered here, so that a second event before the next pull is known for the one that follows.
 * After a restart it is not, and the row waits for the pull.
 */

/* More than change between two pulls. */
#define MAX_SHOWN 10000

typedef struct
{
  gint64 base;   /* the version of the row when it was shown over */
  gint64 shown;
} Shown;

/* What @old shows by now. @shown: job id → Shown */
static gint64
find_shown (GHashTable   *shown,
            const RfiJob *old)
{
  const Shown *over = g_hash_table_lookup (shown, old->id);

  return over != NULL && over->base == old->version ? over->shown : old->version;
}

static void
note_shown (GHashTable   *shown,
            const RfiJob *old,
            gint64        version)
{
  const Shown over = { old->version, version };

  if (g_hash_table_size (shown) >= MAX_SHOWN)
    g_hash_table_remove_all (shown);
  g_hash_table_insert (shown, g_strdup (old->id), g_memdup2 (&over, sizeof over));
}

static gboolean
event_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, call->row->id, &read_error);
  g_autoptr(RfiJob) row = NULL;
  RfiJob fields = *call->row;

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if ((old == NULL || old->version == 0 ||
       fields.version != find_shown (call->record, old) + 1) && !RFI_BUG (35))
    return TRUE;

  if (old != NULL)
    note_shown (call->record, old, fields.version);
  if (!RFI_BUG (35))
    fields.version = 0;
  row = rfi_job_new (&fields);
  return rfi_store_take_row (db, row, old, call->text, TRUE, rfi_meta_rows_get_listing (db),
                             change, touched, error);
}

static void
event_work (GTask *task,
            RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);

  call->record = g_hash_table_ref (rfi_store_get_shown (g_task_get_source_object (task)));
  call->record_free = (GDestroyNotify) g_hash_table_unref;
  rfi_store_transact_hint (task, db, event_step);
}

void
rfi_store_take_event_async (RfiStore            *self,
                            RfiJob              *row,
                            const char          *by,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_take_event_async, cancellable, callback, user_data, &call);

  call->row = rfi_job_ref (row);
  call->text = g_strdup (by);
  rfi_store_call_push (self, task, event_work);
}
