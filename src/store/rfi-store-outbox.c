/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-outbox"

#include "config.h"

#include "rfi-store-outbox.h"

#include "rfi-store-sign.h"
#include "rfi-store-steps.h"

RfiAuditEntry
rfi_store_audit_of (RfiOperation   *operation,
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

gboolean
rfi_store_audit_operation (RfiDb         *db,
                           RfiOperation  *operation,
                           GError       **error)
{
  RfiAuditEntry entry = rfi_store_audit_of (operation, RFI_AUDIT_CHANGED, operation->created_at);

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

    case RFI_OPERATION_MOVE:
      entry.action = RFI_AUDIT_MOVED;
      entry.after = operation->vendor_id;
      return rfi_audit_rows_add (db, &entry, operation->id, error);

    case RFI_OPERATION_VOID:
      return TRUE;

    case RFI_OPERATION_RESOLVE:
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

/* Puts it on disk, numbered and signed where that can be.
 * @base: (nullable): the job's row. @seq: (out): its place */
static gboolean
place (RfiDb         *db,
       RfiStoreCall  *call,
       RfiOperation  *operation,
       RfiJob        *base,
       gint64        *seq,
       GError       **error)
{
  g_autoptr(RfiOperation) placed = NULL;
  RfiOperation template = *operation;

  if (!rfi_outbox_rows_put (db, operation, seq, error))
    return FALSE;

  template.seq = *seq;
  placed = rfi_operation_new (&template);
  return rfi_store_sign_operation (db, call, placed, base, error);
}

static gboolean
check_room (RfiDb   *db,
            GError **error)
{
  g_autoptr(RfiStoreChange) counts = rfi_store_change_new ();

  if (!rfi_outbox_rows_count (db, counts, error))
    return FALSE;
  if (counts->n_queued < RFI_STORE_QUEUE_LIMIT)
    return TRUE;

  g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_QUEUE_FULL, "%u operations wait",
               counts->n_queued);
  return FALSE;
}

static gboolean
enqueue_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  RfiOperation *operation = call->record;
  g_autoptr(RfiJob) base = NULL;
  GError *read_error = NULL;

  if (!is_critical (operation) && !check_room (db, error))
    return FALSE;

  base = rfi_job_rows_get (db, operation->job_id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  rfi_store_touch (touched, operation->job_id, base);
  change->outbox = TRUE;
  change->audit = TRUE;
  change->photos = operation->kind == RFI_OPERATION_ADD_PHOTO;
  return place (db, call, operation, base, &call->number, error) &&
         rfi_store_audit_operation (db, operation, error);
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

  /* What the server has already waits for nobody. */
  for (guint i = operations != NULL ? operations->len : 0; i > 0; i--)
    if (((RfiOperation *) g_ptr_array_index (operations, i - 1))->state == RFI_OPERATION_ACCEPTED)
      g_ptr_array_remove_index (operations, i - 1);

  if (operations == NULL)
    rfi_store_fail (task, error);
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

/* A number that was answered would only be answered the same again. */
static gboolean
sign_if_answered (RfiDb         *db,
                  RfiStoreCall  *call,
                  GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, call->id, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  return letter == NULL || letter->state != RFI_LETTER_DONE ||
         rfi_store_sign_again (db, call, call->id, error);
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
  if (operation->state == RFI_OPERATION_CONFLICT || operation->state == RFI_OPERATION_ACCEPTED ||
      g_strcmp0 (operation->error_code, RFI_OPERATION_LOST) == 0)
    return TRUE;

  changed = *operation;
  changed.state = RFI_OPERATION_QUEUED;
  changed.next_try_at = 0;
  next = rfi_operation_new (&changed);
  rfi_store_touch (touched, operation->job_id, NULL);
  change->outbox = TRUE;
  return rfi_outbox_rows_put (db, next, NULL, error) && sign_if_answered (db, call, error);
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

void
rfi_store_drop_file (RfiStoreCall *call,
                     RfiOperation *operation)
{
  if (operation->photo_path == NULL)
    return;

  if (call->files == NULL)
    call->files = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (call->files, g_strdup (operation->photo_path));
}

/* A conflict that the server knows of is settled there too: its version stands. A decision that is
 * given up, refused or not yet sent, would leave the one that it is about open, and all that waits
 * for it blocked; it may be in a conflict itself that only this console knows of. */
gboolean
rfi_store_concede_open (RfiDb         *db,
                        RfiStoreCall  *call,
                        RfiOperation  *operation,
                        gint64         now,
                        GError       **error)
{
  g_autofree char *conflict_id = NULL;
  g_autofree char *server_id = NULL;
  gint64 version = 0;

  if (g_strcmp0 (operation->base_etag, RFI_OPERATION_FOR_OTHERS) == 0)
    return TRUE;
  if (operation->state == RFI_OPERATION_CONFLICT &&
      (!rfi_conflict_rows_find (db, operation->id, &conflict_id, error) ||
       (conflict_id != NULL &&
        !rfi_conflict_rows_get_record (db, conflict_id, &server_id, &version, error))))
    return FALSE;
  if (server_id == NULL &&
      !rfi_store_find_decided (db, operation->id, &server_id, &version, error))
    return FALSE;

  return server_id == NULL ||
         rfi_store_concede (db, call, operation, server_id, version, now, error);
}

gboolean
rfi_store_give_up (RfiDb           *db,
                   RfiOperation    *operation,
                   gint64           now,
                   RfiStoreCall    *call,
                   RfiStoreChange  *change,
                   GHashTable      *touched,
                   GError         **error)
{
  RfiAuditEntry entry = rfi_store_audit_of (operation, RFI_AUDIT_DISCARDED, now);

  rfi_store_touch (touched, operation->job_id, NULL);
  rfi_store_drop_file (call, operation);
  change->outbox = TRUE;
  change->audit = TRUE;
  change->conflicts |= operation->state == RFI_OPERATION_CONFLICT;
  change->photos |= operation->photo_name != NULL;
  if (!rfi_store_concede_open (db, call, operation, now, error) ||
      !rfi_store_sign_withdrawal (db, call, operation->id, now, error) ||
      !rfi_outbox_rows_remove (db, operation->id, error) ||
      !rfi_audit_rows_settle (db, operation->id, FALSE, error))
    return FALSE;

  if (operation->kind == RFI_OPERATION_CREATE)
    entry.before = (char *) rfi_patch_get (operation->patch, RFI_FIELD_TITLE);
  else
    entry.before = operation->photo_name;
  if (operation->kind == RFI_OPERATION_CREATE || operation->patch == NULL)
    return rfi_audit_rows_add (db, &entry, NULL, error);

  /* The line says what it would have set. */
  return rfi_audit_rows_add_values (db, &entry, operation->patch, error);
}

static gboolean
discard_one (RfiDb           *db,
             RfiOperation    *operation,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  return rfi_store_give_up (db, operation, call->number, call, change, touched, error);
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
    return discard_one (db, operation, call, change, touched, error);

  /* Nothing can be done to a job that will never be. */
  same_job = rfi_outbox_rows_list (db, operation->job_id, error);
  if (same_job == NULL)
    return FALSE;
  for (guint i = 0; i < same_job->len; i++)
    if (!discard_one (db, g_ptr_array_index (same_job, i), call, change, touched, error))
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
