/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-answers"

#include "config.h"

#include "rfi-letter-rows.h"
#include "rfi-store-outbox.h"
#include "rfi-store-steps.h"

/* What a server's answer does to the operation that asked. */

/* What a person gave up while it was under way is nothing to be told about.
 * Returns: (transfer full) (nullable): %NULL with @gone and no error then */
static RfiOperation *
find_asked (RfiDb        *db,
            const char   *operation_id,
            gboolean     *gone,
            GError      **error)
{
  GError *read_error = NULL;
  RfiOperation *operation = rfi_outbox_rows_get (db, operation_id, &read_error);

  *gone = g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
  if (*gone)
    g_clear_error (&read_error);
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  return operation;
}

static gboolean
attempt_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  gboolean gone;
  g_autoptr(RfiOperation) operation = find_asked (db, call->id, &gone, error);
  g_autoptr(RfiOperation) next = NULL;
  RfiOperation changed;

  if (operation == NULL && gone && call->flag && call->text == NULL)
    g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE, "Operation %s was given up",
                 call->id);
  if (operation == NULL)
    return gone && (!call->flag || call->text != NULL);

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

/* What the server did to a job that it has no longer. */
static gboolean
confirm_gone (RfiDb           *db,
              RfiOperation    *operation,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  rfi_store_touch (touched, operation->job_id, NULL);
  if (operation->kind == RFI_OPERATION_DELETE)
    return rfi_job_rows_remove (db, operation->job_id, error);

  return rfi_store_drop_job (db, operation->job_id, NULL, operation->created_at, call, change,
                             touched, error);
}

static gboolean
confirm_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  gboolean gone;
  g_autoptr(RfiOperation) operation = find_asked (db, call->id, &gone, error);

  /* Given up, or recognised in what was pulled, while it was under way: the row stands. */
  if (gone)
    return call->row == NULL || rfi_store_take_answer (db, call->row, change, touched, error);
  if (operation == NULL)
    return FALSE;

  change->outbox = TRUE;
  change->audit = TRUE;
  change->photos = operation->kind == RFI_OPERATION_ADD_PHOTO ||
                   operation->kind == RFI_OPERATION_DELETE_PHOTO;
  rfi_store_drop_file (call, operation);

  /* The row is taken while the operation is still there, so that its own values are not taken
   * for somebody else's. */
  if (call->row != NULL &&
      (!rfi_store_rename_job (db, operation->job_id, call->row->id, change, touched, error) ||
       !rfi_store_take_answer (db, call->row, change, touched, error)))
    return FALSE;
  if (!rfi_outbox_rows_remove (db, call->id, error) ||
      !rfi_audit_rows_settle (db, call->id, TRUE, error))
    return FALSE;

  /* Its number will be missing: the epoch is lost, and what only fills its other gaps with it. */
  if (!change->photos && !rfi_letter_rows_prune (db, error))
    return FALSE;

  return call->row != NULL || confirm_gone (db, operation, call, change, touched, error);
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

  rfi_store_touch (touched, operation->job_id, NULL);
  change->outbox = TRUE;
  return rfi_outbox_rows_put (db, next, NULL, error) &&
         rfi_store_take_answer (db, call->row, change, touched, error);
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
  gboolean gone;
  g_autoptr(RfiOperation) operation = find_asked (db, call->id, &gone, error);
  g_autoptr(RfiOperation) next = NULL;
  RfiOperation changed;
  RfiAuditEntry entry;

  if (operation == NULL)
    return gone;

  changed = *operation;
  changed.state = RFI_OPERATION_REJECTED;
  changed.attempts++;
  changed.maybe_applied = FALSE;
  changed.error_code = call->text;
  changed.error_message = call->text2;
  next = rfi_operation_new (&changed);

  entry = rfi_store_audit_of (operation, RFI_AUDIT_REJECTED, g_get_real_time () / 1000);
  entry.after = call->text2;
  rfi_store_touch (touched, operation->job_id, NULL);
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
