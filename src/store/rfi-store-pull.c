/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-pull"

#include "config.h"

#include "rfi-store-pull.h"

#include "rfi-store-sign.h"
#include "rfi-store-steps.h"
#include "rfi-told-rows.h"

/* Whatever is written while a complete listing arrives counts as listed: the listing may have been
 * made before it.
 */
static gboolean
apply_row (RfiDb           *db,
           RfiJob          *row,
           RfiStoreCall    *call,
           gint64           listing,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  gboolean delta = (RfiPullMode) call->flag == RFI_PULL_DELTA;
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, row->id, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (old != NULL && rfi_etag_is_set (old->etag) && rfi_etag_equal (old->etag, row->etag))
    return delta || rfi_job_rows_set_listing (db, row->id, listing, error);
  if (old != NULL && delta && old->updated_at > row->updated_at)
    return TRUE;

  return rfi_store_take_row (db, row, old, call->text2, delta, listing, change, touched, error);
}

/* A pull that was under way when the cache was cleared names only a part of what is to be there:
 * its cursor would hide the rest for good. */
static gboolean
advance_cursor (RfiDb         *db,
                RfiStoreCall  *call,
                GError       **error)
{
  GError *read_error = NULL;
  g_autofree char *cleared = rfi_meta_rows_get (db, RFI_META_CLEARED, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (cleared != NULL && ((RfiPullMode) call->flag == RFI_PULL_DELTA ||
                          call->number <= g_ascii_strtoll (cleared, NULL, 10)))
    return TRUE;

  return rfi_meta_rows_set (db, RFI_META_CLEARED, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_CURSOR, call->text, error);
}

static gboolean
apply_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  gint64 listing = call->number;

  if ((RfiPullMode) call->flag == RFI_PULL_DELTA)
    listing = rfi_meta_rows_get_listing (db);
  else if (!rfi_meta_rows_set_listing (db, listing, error))
    return FALSE;

  for (guint i = 0; i < call->rows->len; i++)
    if (!apply_row (db, g_ptr_array_index (call->rows, i), call, listing, change, touched, error))
      return FALSE;

  return call->text == NULL || advance_cursor (db, call, error);
}

static void
apply_work (GTask *task,
            RfiDb *db)
{
  rfi_store_transact (task, db, apply_step);
}

void
rfi_store_apply_rows_async (RfiStore            *self,
                            GPtrArray           *rows,
                            RfiPullMode          mode,
                            gint64               listing,
                            const char          *cursor,
                            const char          *by,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_apply_rows_async, cancellable, callback, user_data, &call);

  call->rows = g_ptr_array_ref (rows);
  call->flag = (gboolean) mode;
  call->number = listing;
  call->text = g_strdup (cursor);
  call->text2 = g_strdup (by);
  rfi_store_call_push (self, task, apply_work);
}

/* A person's change of a job that is gone is theirs to decide about. */
static gboolean
open_deleted_conflict (RfiDb           *db,
                       RfiOperation    *operation,
                       RfiJob          *old,
                       const char      *by,
                       gint64           now,
                       RfiStoreChange  *change,
                       GHashTable      *touched,
                       GError         **error)
{
  g_autofree char *id = g_strconcat ("deleted-", operation->id, NULL);
  g_autoptr(RfiPatch) base = rfi_job_to_patch (old);
  RfiConflict template = {
    .id = id,
    .operation = operation,
    .job_id = operation->job_id,
    .job_title = (char *) old->title,
    .reason = RFI_CONFLICT_DELETED,
    .base = base,
    .base_etag = operation->base_etag,
    .theirs_by = (char *) by,
    .detected_at = now,
  };
  g_autoptr(RfiConflict) conflict = rfi_conflict_new (&template);
  g_autofree char *known_id = NULL;
  g_autofree char *record = NULL;
  gint64 version;

  /* One that the server keeps a record of only a decision settles, whatever happens meanwhile. */
  if (!rfi_conflict_rows_find (db, operation->id, &known_id, error) ||
      (known_id != NULL &&
       !rfi_conflict_rows_get_record (db, known_id, &record, &version, error)))
    return FALSE;
  if (record != NULL)
    return TRUE;

  return rfi_store_add_conflict (db, conflict, old, change, touched, error);
}

/* What was pending on a job that is gone: nothing is left to do if it ended with its deletion;
 * otherwise the first operation holds up the others until the person decided.
 */
static gboolean
settle_pending (RfiDb           *db,
                GPtrArray       *pending,
                RfiJob          *old,
                const char      *by,
                gint64           now,
                RfiStoreCall    *call,
                RfiStoreChange  *change,
                GHashTable      *touched,
                GError         **error)
{
  RfiOperation *last;

  for (guint i = pending->len; i > 0; i--)
    if (((RfiOperation *) g_ptr_array_index (pending, i - 1))->state == RFI_OPERATION_ACCEPTED)
      g_ptr_array_remove_index (pending, i - 1);
  if (pending->len == 0)
    return TRUE;

  last = g_ptr_array_index (pending, pending->len - 1);
  if (last->kind != RFI_OPERATION_DELETE)
    return open_deleted_conflict (db, g_ptr_array_index (pending, 0), old, by, now, change,
                                  touched, error);

  for (guint i = 0; i + 1 < pending->len; i++)
    if (!rfi_store_give_up (db, g_ptr_array_index (pending, i), now, call, change, touched, error))
      return FALSE;

  change->outbox = TRUE;
  return rfi_store_concede_open (db, call, last, now, error) &&
         rfi_store_sign_withdrawal (db, call, last->id, now, error) &&
         rfi_outbox_rows_remove (db, last->id, error) &&
         rfi_audit_rows_settle (db, last->id, TRUE, error);
}

gboolean
rfi_store_drop_job (RfiDb           *db,
                    const char      *job_id,
                    const char      *by,
                    gint64           now,
                    RfiStoreCall    *call,
                    RfiStoreChange  *change,
                    GHashTable      *touched,
                    GError         **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, job_id, &read_error);
  g_autoptr(GPtrArray) pending = NULL;
  RfiAuditEntry entry = {
    .at = now,
    .job_id = (char *) job_id,
    .user_id = (char *) by,
    .action = RFI_AUDIT_DELETED,
    .origin = RFI_ORIGIN_SERVER,
    .field = -1,
  };

  if (old == NULL)
    {
      if (read_error != NULL)
        g_propagate_error (error, read_error);
      return read_error == NULL;
    }

  pending = rfi_outbox_rows_list (db, job_id, error);
  if (pending == NULL || !rfi_job_rows_remove (db, job_id, error) ||
      !rfi_audit_rows_add (db, &entry, NULL, error))
    return FALSE;

  rfi_store_touch (touched, job_id, NULL);
  change->audit = TRUE;
  change->foreign = TRUE;
  return settle_pending (db, pending, old, by, now, call, change, touched, error);
}

static gboolean
finish_listing_step (RfiDb           *db,
                     RfiStoreCall    *call,
                     RfiStoreChange  *change,
                     GHashTable      *touched,
                     GError         **error)
{
  g_autoptr(GPtrArray) gone = rfi_job_rows_list_unlisted (db, call->number, error);

  if (gone == NULL)
    return FALSE;

  for (guint i = 0; i < gone->len; i++)
    if (!rfi_store_drop_job (db, g_ptr_array_index (gone, i), NULL, call->number2, call, change,
                             touched, error))
      return FALSE;

  return TRUE;
}

static void
finish_listing_work (GTask *task,
                     RfiDb *db)
{
  rfi_store_transact (task, db, finish_listing_step);
}

void
rfi_store_finish_listing_async (RfiStore            *self,
                                gint64               listing,
                                gint64               now,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_finish_listing_async, cancellable, callback,
                                    user_data, &call);

  call->number = listing;
  call->number2 = now;
  rfi_store_call_push (self, task, finish_listing_work);
}

gboolean
rfi_store_moved_conflicts (RfiStore     *self,
                           GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return ((RfiStoreCall *) g_task_get_task_data (G_TASK (result)))->conflicts;
}

static gboolean
remove_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  return rfi_store_drop_job (db, call->id, call->text, call->number, call, change, touched, error);
}

static void
remove_work (GTask *task,
             RfiDb *db)
{
  rfi_store_transact (task, db, remove_step);
}

void
rfi_store_remove_job_async (RfiStore            *self,
                            const char          *job_id,
                            const char          *by,
                            gint64               now,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_remove_job_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (job_id);
  call->text = g_strdup (by);
  call->number = now;
  rfi_store_call_push (self, task, remove_work);
}

static void
touch_cb (RfiJob   *job,
          gpointer  user_data)
{
  rfi_store_touch (user_data, job->id, NULL);
  rfi_job_unref (job);
}

static gboolean
clear_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  g_autofree char *listing =
    g_strdup_printf ("%" G_GINT64_FORMAT, rfi_meta_rows_get_listing (db));

  return rfi_job_rows_foreach (db, touch_cb, touched, error) && rfi_job_rows_clear (db, error) &&
         rfi_photo_rows_clear (db, error) && rfi_told_rows_clear (db, error) &&
         rfi_meta_rows_set (db, RFI_META_CLEARED, listing, error) &&
         rfi_meta_rows_set (db, RFI_META_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_FEED_CURSOR, NULL, error) &&
         rfi_meta_rows_set (db, RFI_META_SNAPSHOT, NULL, error);
}

static void
clear_work (GTask *task,
            RfiDb *db)
{
  rfi_store_transact (task, db, clear_step);
}

void
rfi_store_clear_cache_async (RfiStore            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_clear_cache_async, cancellable, callback, user_data, &call);

  rfi_store_call_push (self, task, clear_work);
}
