/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-pull"

#include "config.h"

#include "rfi-store-pull.h"

#include "rfi-store-private.h"

#define META_CURSOR "cursor"
#define META_LISTING "listing"

enum {
  SQL_NAME,
  SQL_CLEAR_PHOTOS,
};

static const char *const sql[] = {
  [SQL_NAME] = "SELECT display_name FROM person WHERE kind = 'technician' AND id = ?1",
  [SQL_CLEAR_PHOTOS] = "DELETE FROM photo",
};

/* Whatever is written while a complete listing arrives counts as listed: the listing may have been
 * made before it.
 */
static gint64
current_listing (RfiDb *db)
{
  g_autofree char *text = rfi_meta_rows_get (db, META_LISTING, NULL);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* (transfer full) (nullable) */
static char *
find_name (RfiDb      *db,
           const char *user_id)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_NAME], NULL);

  if (row == NULL || user_id == NULL)
    return NULL;

  rfi_db_bind (row, 1, user_id);
  return rfi_db_step (db, row, NULL) ? g_strdup (rfi_db_text (row, 0)) : NULL;
}

/* Answers to writes and events carry no names: those known before, or of known people, are kept.
 * @old: (nullable). Returns: (transfer full) */
static RfiJob *
complete_row (RfiDb  *db,
              RfiJob *row,
              RfiJob *old)
{
  g_autofree char *name = NULL;
  RfiJob completed = *row;

  if (completed.created_by_name == NULL && old != NULL)
    completed.created_by_name = old->created_by_name;
  if (completed.assigned_to_name == NULL && completed.assigned_to != NULL)
    {
      if (old != NULL && g_strcmp0 (old->assigned_to, completed.assigned_to) == 0)
        completed.assigned_to_name = old->assigned_to_name;
      else
        completed.assigned_to_name = name = find_name (db, completed.assigned_to);
    }
  if (completed.operation_id == NULL && old != NULL)
    completed.operation_id = old->operation_id;

  return rfi_job_new (&completed);
}

gboolean
rfi_store_take_row (RfiDb   *db,
                    RfiJob  *row,
                    GError **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, row->id, &read_error);
  g_autoptr(RfiJob) completed = NULL;

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  completed = complete_row (db, row, old);
  return rfi_job_rows_put (db, completed, current_listing (db), error);
}

/* Whether one of the person's own pending operations sets this value: then it is theirs coming
 * back, not somebody else's change.
 */
static gboolean
is_own (GPtrArray  *pending,
        RfiField    field,
        const char *value)
{
  for (guint i = 0; i < pending->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (pending, i);

      if (operation->patch != NULL &&
          g_strcmp0 (rfi_patch_get (operation->patch, field), value) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Writes the history of what changed elsewhere. @n_lines: (out): how many lines that were */
static gboolean
audit_row (RfiDb       *db,
           RfiJob      *old,
           RfiJob      *row,
           const char  *by,
           guint       *n_lines,
           GError     **error)
{
  g_autoptr(GPtrArray) pending = rfi_outbox_rows_list (db, row->id, error);
  RfiAuditEntry entry = {
    .at = row->updated_at,
    .job_id = (char *) row->id,
    .user_id = (char *) by,
    .action = RFI_AUDIT_CHANGED,
    .origin = RFI_ORIGIN_SERVER,
  };

  if (pending == NULL)
    return FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *before = rfi_job_get_field (old, (RfiField) i);
      const char *after = rfi_job_get_field (row, (RfiField) i);

      if (g_strcmp0 (before, after) == 0 || is_own (pending, (RfiField) i, after))
        continue;

      entry.field = (int) i;
      entry.before = (char *) before;
      entry.after = (char *) after;
      (*n_lines)++;
      if (!rfi_audit_rows_add (db, &entry, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
audit_created (RfiDb   *db,
               RfiJob  *row,
               GError **error)
{
  RfiAuditEntry entry = {
    .at = row->created_at,
    .job_id = (char *) row->id,
    .user_id = (char *) row->created_by,
    .action = RFI_AUDIT_CREATED,
    .origin = RFI_ORIGIN_SERVER,
    .field = -1,
  };

  return rfi_audit_rows_add (db, &entry, NULL, error);
}

static gboolean
apply_row (RfiDb           *db,
           RfiJob          *row,
           RfiStoreCall    *call,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  RfiPullMode mode = (RfiPullMode) call->flag;
  GError *read_error = NULL;
  g_autoptr(RfiJob) old = rfi_job_rows_get (db, row->id, &read_error);
  g_autoptr(RfiJob) completed = NULL;
  guint n_lines = 0;

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (old != NULL && old->etag != NULL && g_strcmp0 (old->etag, row->etag) == 0)
    return mode == RFI_PULL_DELTA || rfi_job_rows_set_listing (db, row->id, call->number, error);
  if (old != NULL && mode == RFI_PULL_DELTA && old->updated_at > row->updated_at)
    return TRUE;

  completed = complete_row (db, row, old);
  if (!rfi_job_rows_put (db, completed, mode == RFI_PULL_LISTING ? call->number
                                                                 : current_listing (db), error))
    return FALSE;

  if (old != NULL && !audit_row (db, old, completed, call->text2, &n_lines, error))
    return FALSE;
  if (old == NULL && mode == RFI_PULL_DELTA && !audit_created (db, completed, error))
    return FALSE;

  g_hash_table_add (touched, g_strdup (row->id));
  change->foreign |= n_lines > 0 || (old == NULL && mode == RFI_PULL_DELTA);
  change->audit |= change->foreign;
  change->photos |= old != NULL && old->n_photos != completed->n_photos;
  return TRUE;
}

static gboolean
apply_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  if ((RfiPullMode) call->flag == RFI_PULL_LISTING)
    {
      g_autofree char *listing = g_strdup_printf ("%" G_GINT64_FORMAT, call->number);

      if (!rfi_meta_rows_set (db, META_LISTING, listing, error))
        return FALSE;
    }

  for (guint i = 0; i < call->rows->len; i++)
    if (!apply_row (db, g_ptr_array_index (call->rows, i), call, change, touched, error))
      return FALSE;

  return call->text == NULL || rfi_meta_rows_set (db, META_CURSOR, call->text, error);
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

  return rfi_store_add_conflict (db, conflict, change, touched, error);
}

static gboolean
remove_job (RfiDb           *db,
            const char      *job_id,
            const char      *by,
            gint64           now,
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

  g_hash_table_add (touched, g_strdup (job_id));
  change->audit = TRUE;
  change->foreign = TRUE;
  for (guint i = 0; i < pending->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (pending, i);

      if (operation->kind != RFI_OPERATION_DELETE &&
          operation->state != RFI_OPERATION_CONFLICT &&
          !open_deleted_conflict (db, operation, old, by, now, change, touched, error))
        return FALSE;
    }

  return TRUE;
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
    if (!remove_job (db, g_ptr_array_index (gone, i), NULL, call->number2, change, touched, error))
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

static gboolean
remove_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  return remove_job (db, call->id, call->text, call->number, change, touched, error);
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
get_base_work (GTask *task,
               RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(RfiJob) job = rfi_job_rows_get (db, call->id, &error);
  g_autoptr(GPtrArray) photos = NULL;

  if (job != NULL)
    photos = rfi_photo_rows_list (db, call->id, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (job != NULL)
    {
      RfiJob with_photos = *job;

      with_photos.photos = photos;
      g_task_return_pointer (task, rfi_job_new (&with_photos), (GDestroyNotify) rfi_job_unref);
    }
  else
    {
      g_task_return_pointer (task, NULL, NULL);
    }
}

void
rfi_store_get_base_async (RfiStore            *self,
                          const char          *job_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_get_base_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (job_id);
  rfi_store_call_push (self, task, get_base_work);
}

RfiJob *
rfi_store_get_base_finish (RfiStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static RfiPhoto *
make_waiting (RfiOperation *operation)
{
  RfiPhoto photo = {
    .id = operation->id,
    .file_name = operation->photo_name,
    .mime_type = operation->photo_mime,
    .size = operation->photo_size,
    .uploaded_by = operation->user_id,
    .uploaded_at = operation->created_at,
    .waiting = TRUE,
  };

  return rfi_photo_new (&photo);
}

static void
take_out (GPtrArray  *photos,
          const char *photo_id)
{
  for (guint i = 0; i < photos->len; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);

      if (g_strcmp0 (photo->id, photo_id) == 0)
        {
          g_ptr_array_remove_index (photos, i);
          return;
        }
    }
}

static void
list_photos_work (GTask *task,
                  RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) photos = rfi_photo_rows_list (db, call->id, &error);
  g_autoptr(GPtrArray) pending = NULL;

  if (photos != NULL)
    pending = rfi_outbox_rows_list (db, call->id, &error);
  if (pending == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < pending->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (pending, i);

      if (operation->kind == RFI_OPERATION_ADD_PHOTO)
        g_ptr_array_add (photos, make_waiting (operation));
      else if (operation->kind == RFI_OPERATION_DELETE_PHOTO)
        take_out (photos, operation->photo_id);
    }

  g_task_return_pointer (task, g_steal_pointer (&photos), (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_photos_async (RfiStore            *self,
                             const char          *job_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_list_photos_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (job_id);
  rfi_store_call_push (self, task, list_photos_work);
}

GPtrArray *
rfi_store_list_photos_finish (RfiStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
touch_cb (RfiJob   *job,
          gpointer  user_data)
{
  g_hash_table_add (user_data, g_strdup (job->id));
  rfi_job_unref (job);
}

static gboolean
clear_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  return rfi_job_rows_foreach (db, touch_cb, touched, error) && rfi_job_rows_clear (db, error) &&
         rfi_rows_run (db, sql[SQL_CLEAR_PHOTOS], NULL, NULL, NULL, error) &&
         rfi_meta_rows_set (db, META_CURSOR, NULL, error);
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
