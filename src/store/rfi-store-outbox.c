/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-outbox"

#include "config.h"

#include "rfi-store-outbox.h"

#include "rfi-store-private.h"

static void
touch (GHashTable *touched,
       const char *job_id)
{
  g_hash_table_add (touched, g_strdup (job_id));
}

/* The line of history that @operation begins with. */
static RfiAuditEntry
audit_of (RfiOperation   *operation,
          RfiAuditAction  action,
          gint64          at)
{
  RfiAuditEntry entry = {
    .at = at,
    .job_id = operation->job_id,
    .user_id = operation->user_id,
    .action = action,
    .origin = RFI_ORIGIN_HERE,
    .field = -1,
  };

  return entry;
}

static gboolean
audit_operation (RfiDb         *db,
                 RfiOperation  *operation,
                 GError       **error)
{
  RfiAuditEntry entry = audit_of (operation, RFI_AUDIT_CHANGED, operation->created_at);

  switch (operation->kind)
    {
    case RFI_OPERATION_CREATE:
      entry.action = RFI_AUDIT_CREATED;
      return rfi_audit_rows_add (db, &entry, operation->id, error);

    case RFI_OPERATION_DELETE:
      entry.action = RFI_AUDIT_DELETED;
      return rfi_audit_rows_add (db, &entry, operation->id, error);

    case RFI_OPERATION_ADD_PHOTO:
      entry.action = RFI_AUDIT_PHOTO_ADDED;
      entry.after = operation->photo_name;
      return rfi_audit_rows_add (db, &entry, operation->id, error);

    case RFI_OPERATION_DELETE_PHOTO:
      entry.action = RFI_AUDIT_PHOTO_DELETED;
      entry.before = operation->photo_name;
      return rfi_audit_rows_add (db, &entry, operation->id, error);

    case RFI_OPERATION_EDIT:
    case RFI_OPERATION_SET_STATUS:
    case RFI_OPERATION_ASSIGN:
    default:
      return operation->patch == NULL ||
             rfi_audit_rows_add_patch (db, &entry, operation->before, operation->patch,
                                       operation->id, error);
    }
}

/* Emergencies and steps of a job's status go through when the queue is full. */
static gboolean
is_critical (RfiOperation *operation)
{
  const char *priority =
    operation->patch != NULL ? rfi_patch_get (operation->patch, RFI_FIELD_PRIORITY) : NULL;

  return operation->kind == RFI_OPERATION_SET_STATUS ||
         g_strcmp0 (priority, rfi_priority_to_string (RFI_PRIORITY_URGENT)) == 0;
}

static gboolean
enqueue_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  RfiOperation *operation = call->record;
  g_autoptr(RfiStoreChange) counts = rfi_store_change_new ();

  rfi_outbox_rows_count (db, counts);
  if (counts->n_queued >= RFI_STORE_QUEUE_LIMIT && !is_critical (operation))
    {
      g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_QUEUE_FULL, "%u operations wait",
                   counts->n_queued);
      return FALSE;
    }

  touch (touched, operation->job_id);
  change->outbox = TRUE;
  change->audit = TRUE;
  change->photos = operation->kind == RFI_OPERATION_ADD_PHOTO;
  return rfi_outbox_rows_put (db, operation, &call->number, error) &&
         audit_operation (db, operation, error);
}

static void
enqueue_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, enqueue_step);
}

void
rfi_store_enqueue_async (RfiStore            *self,
                         RfiOperation        *operation,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_enqueue_async, cancellable, callback, user_data, &call);

  call->record = rfi_operation_ref (operation);
  call->record_free = (GDestroyNotify) rfi_operation_unref;
  rfi_store_call_push (self, task, enqueue_work);
}

RfiOperation *
rfi_store_enqueue_finish (RfiStore      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));
  RfiOperation placed;

  if (!rfi_store_finish (self, result, error))
    return NULL;

  placed = *(RfiOperation *) call->record;
  placed.seq = call->number;
  return rfi_operation_new (&placed);
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  GError *error = NULL;
  GPtrArray *operations = rfi_outbox_rows_list (db, NULL, &error);

  if (operations == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, operations, (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_outbox_async (RfiStore            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_list_outbox_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, list_work);
}

GPtrArray *
rfi_store_list_outbox_finish (RfiStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
attempt_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);
  g_autoptr(RfiOperation) next = NULL;
  RfiOperation changed;

  if (operation == NULL)
    return FALSE;

  changed = *operation;
  changed.maybe_applied = call->flag;
  if (call->text != NULL)
    {
      changed.attempts++;
      changed.error_code = call->text;
      changed.error_message = call->text2;
      change->outbox = TRUE;
    }
  changed.next_try_at = call->number;
  next = rfi_operation_new (&changed);
  return rfi_outbox_rows_put (db, next, NULL, error);
}

static void
attempt_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, attempt_step);
}

void
rfi_store_record_attempt_async (RfiStore            *self,
                                const char          *operation_id,
                                gboolean             maybe_applied,
                                const char          *code,
                                const char          *message,
                                gint64               next_try_at,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_record_attempt_async, cancellable, callback,
                                    user_data, &call);

  call->id = g_strdup (operation_id);
  call->flag = maybe_applied;
  call->text = g_strdup (code);
  call->text2 = g_strdup (message);
  call->number = next_try_at;
  rfi_store_call_push (self, task, attempt_work);
}

/* The server gave a created job another id than it had here: it is the same job everywhere. */
static gboolean
rename_job (RfiDb           *db,
            const char      *from,
            const char      *to,
            RfiStoreChange  *change,
            GError         **error)
{
  change->renamed_from = g_strdup (from);
  change->renamed_to = g_strdup (to);
  return rfi_outbox_rows_rename_job (db, from, to, error) &&
         rfi_audit_rows_rename_job (db, from, to, error);
}

static gboolean
confirm_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);

  if (operation == NULL || !rfi_outbox_rows_remove (db, call->id, error) ||
      !rfi_audit_rows_settle (db, call->id, TRUE, error))
    return FALSE;

  change->outbox = TRUE;
  change->audit = TRUE;
  change->photos = operation->kind == RFI_OPERATION_ADD_PHOTO ||
                   operation->kind == RFI_OPERATION_DELETE_PHOTO;
  if (call->row == NULL)
    {
      touch (touched, operation->job_id);
      return rfi_job_rows_remove (db, operation->job_id, error);
    }

  touch (touched, call->row->id);
  if (g_strcmp0 (operation->job_id, call->row->id) != 0 &&
      !rename_job (db, operation->job_id, call->row->id, change, error))
    return FALSE;

  return rfi_store_take_row (db, call->row, error);
}

static void
confirm_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, confirm_step);
}

void
rfi_store_confirm_async (RfiStore            *self,
                         const char          *operation_id,
                         RfiJob              *row,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_confirm_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (operation_id);
  call->row = row != NULL ? rfi_job_ref (row) : NULL;
  rfi_store_call_push (self, task, confirm_work);
}

static gboolean
rebase_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);
  g_autoptr(RfiPatch) theirs = rfi_job_to_patch (call->row);
  g_autoptr(RfiPatch) before = NULL;
  g_autoptr(RfiOperation) next = NULL;
  RfiOperation changed;

  if (operation == NULL)
    return FALSE;

  before = operation->patch != NULL ? rfi_patch_pick (operation->patch, theirs) : NULL;
  changed = *operation;
  changed.base_etag = call->text;
  changed.before = before;
  changed.maybe_applied = FALSE;
  changed.next_try_at = 0;
  next = rfi_operation_new (&changed);

  touch (touched, operation->job_id);
  change->outbox = TRUE;
  return rfi_outbox_rows_put (db, next, NULL, error) && rfi_store_take_row (db, call->row, error);
}

static void
rebase_work (GTask *task,
             RfiDb *db)
{
  rfi_store_transact (task, db, rebase_step);
}

void
rfi_store_rebase_async (RfiStore            *self,
                        const char          *operation_id,
                        const char          *base_etag,
                        RfiJob              *row,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_rebase_async, cancellable, callback, user_data, &call);

  g_return_if_fail (row != NULL);

  call->id = g_strdup (operation_id);
  call->text = g_strdup (base_etag);
  call->row = rfi_job_ref (row);
  rfi_store_call_push (self, task, rebase_work);
}

static gboolean
reject_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);
  g_autoptr(RfiOperation) next = NULL;
  RfiOperation changed;
  RfiAuditEntry entry;

  if (operation == NULL)
    return FALSE;

  changed = *operation;
  changed.state = RFI_OPERATION_REJECTED;
  changed.attempts++;
  changed.maybe_applied = FALSE;
  changed.error_code = call->text;
  changed.error_message = call->text2;
  next = rfi_operation_new (&changed);

  entry = audit_of (operation, RFI_AUDIT_REJECTED, g_get_real_time () / 1000);
  entry.after = call->text2;
  touch (touched, operation->job_id);
  change->outbox = TRUE;
  change->audit = TRUE;
  return rfi_outbox_rows_put (db, next, NULL, error) &&
         rfi_audit_rows_add (db, &entry, NULL, error);
}

static void
reject_work (GTask *task,
             RfiDb *db)
{
  rfi_store_transact (task, db, reject_step);
}

void
rfi_store_reject_async (RfiStore            *self,
                        const char          *operation_id,
                        const char          *code,
                        const char          *message,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_reject_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (operation_id);
  call->text = g_strdup (code);
  call->text2 = g_strdup (message);
  rfi_store_call_push (self, task, reject_work);
}

static gboolean
retry_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);
  g_autoptr(RfiOperation) next = NULL;
  RfiOperation changed;

  if (operation == NULL)
    return FALSE;
  if (operation->state == RFI_OPERATION_CONFLICT)
    return TRUE;

  changed = *operation;
  changed.state = RFI_OPERATION_QUEUED;
  changed.next_try_at = 0;
  next = rfi_operation_new (&changed);
  touch (touched, operation->job_id);
  change->outbox = TRUE;
  return rfi_outbox_rows_put (db, next, NULL, error);
}

static void
retry_work (GTask *task,
            RfiDb *db)
{
  rfi_store_transact (task, db, retry_step);
}

void
rfi_store_retry_async (RfiStore            *self,
                       const char          *operation_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_retry_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (operation_id);
  rfi_store_call_push (self, task, retry_work);
}

static gboolean
discard_operation (RfiDb           *db,
                   RfiOperation    *operation,
                   gint64           now,
                   RfiStoreChange  *change,
                   GHashTable      *touched,
                   GError         **error)
{
  RfiAuditEntry entry = audit_of (operation, RFI_AUDIT_DISCARDED, now);

  touch (touched, operation->job_id);
  change->outbox = TRUE;
  change->audit = TRUE;
  change->conflicts |= operation->state == RFI_OPERATION_CONFLICT;
  change->photos |= operation->kind == RFI_OPERATION_ADD_PHOTO;
  if (!rfi_outbox_rows_remove (db, operation->id, error) ||
      !rfi_audit_rows_settle (db, operation->id, FALSE, error))
    return FALSE;

  if (operation->patch == NULL || operation->kind == RFI_OPERATION_CREATE)
    {
      entry.before = operation->kind == RFI_OPERATION_CREATE
                       ? (char *) rfi_patch_get (operation->patch, RFI_FIELD_TITLE)
                       : operation->photo_name;
      return rfi_audit_rows_add (db, &entry, NULL, error);
    }

  return rfi_audit_rows_add_patch (db, &entry, operation->before, operation->patch, NULL, error);
}

static gboolean
discard_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, call->id, error);
  g_autoptr(GPtrArray) same_job = NULL;

  if (operation == NULL)
    return FALSE;
  if (operation->kind != RFI_OPERATION_CREATE)
    return discard_operation (db, operation, call->number, change, touched, error);

  /* Nothing can be done to a job that will never be. */
  same_job = rfi_outbox_rows_list (db, operation->job_id, error);
  if (same_job == NULL)
    return FALSE;
  for (guint i = 0; i < same_job->len; i++)
    if (!discard_operation (db, g_ptr_array_index (same_job, i), call->number, change, touched,
                            error))
      return FALSE;

  return TRUE;
}

static void
discard_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, discard_step);
}

void
rfi_store_discard_async (RfiStore            *self,
                         const char          *operation_id,
                         gint64               now,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_discard_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (operation_id);
  call->number = now;
  rfi_store_call_push (self, task, discard_work);
}
