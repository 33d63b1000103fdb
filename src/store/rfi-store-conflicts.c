/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-conflicts"

#include "config.h"

#include "rfi-signed-operation.h"
#include "rfi-store-outbox.h"
#include "rfi-store-sign.h"
#include "rfi-store-steps.h"
#include "rfi-told-rows.h"

/* One line of history per field that collided. */
static gboolean
audit_conflict (RfiDb        *db,
                RfiConflict  *conflict,
                GError      **error)
{
  RfiAuditEntry entry = {
    .at = conflict->detected_at,
    .job_id = conflict->job_id,
    .user_id = conflict->operation->user_id,
    .action = RFI_AUDIT_CONFLICT,
    .origin = RFI_ORIGIN_HERE,
    .field = -1,
  };

  if (conflict->operation->patch == NULL || conflict->theirs == NULL)
    return rfi_audit_rows_add (db, &entry, NULL, error);

  return rfi_audit_rows_add_patch (db, &entry, conflict->theirs, conflict->operation->patch, NULL,
                                   error);
}

gboolean
rfi_store_add_conflict (RfiDb           *db,
                        RfiConflict     *conflict,
                        RfiJob          *old,
                        RfiStoreChange  *change,
                        GHashTable      *touched,
                        GError         **error)
{
  RfiOperation changed = *conflict->operation;
  g_autoptr(RfiOperation) next = NULL;

  changed.state = RFI_OPERATION_CONFLICT;
  changed.maybe_applied = FALSE;
  /* Should the person want to make the job anew, it is for the same vendor. */
  if (changed.vendor_id == NULL && old != NULL)
    changed.vendor_id = (char *) old->vendor_id;
  next = rfi_operation_new (&changed);

  rfi_store_touch (touched, conflict->job_id, NULL);
  change->outbox = TRUE;
  change->conflicts = TRUE;
  change->audit = TRUE;
  return rfi_outbox_rows_put (db, next, NULL, error) &&
         rfi_conflict_rows_put (db, conflict, error) && audit_conflict (db, conflict, error);
}

static gboolean
open_step (RfiDb           *db,
           RfiStoreCall    *call,
           RfiStoreChange  *change,
           GHashTable      *touched,
           GError         **error)
{
  RfiConflict current = *(RfiConflict *) call->record;
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, current.operation->id, error);
  g_autoptr(RfiConflict) conflict = NULL;
  g_autoptr(RfiJob) old = NULL;
  GError *read_error = NULL;

  if (operation == NULL)
    return FALSE;

  old = rfi_job_rows_get (db, operation->job_id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  /* As it is by now: what the caller knows may be older. */
  current.operation = operation;
  current.job_id = operation->job_id;
  conflict = rfi_conflict_new (&current);
  if (call->row != NULL ? !rfi_store_take_answer (db, call->row, change, touched, error)
                        : !rfi_job_rows_remove (db, operation->job_id, error))
    return FALSE;

  return rfi_store_add_conflict (db, conflict, old, change, touched, error);
}

static void
open_work (GTask *task,
           RfiDb *db)
{
  rfi_store_transact (task, db, open_step);
}

void
rfi_store_open_conflict_async (RfiStore            *self,
                               RfiConflict         *conflict,
                               RfiJob              *row,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_open_conflict_async, cancellable, callback,
                                    user_data, &call);

  call->record = rfi_conflict_ref (conflict);
  call->record_free = (GDestroyNotify) rfi_conflict_unref;
  call->row = row != NULL ? rfi_job_ref (row) : NULL;
  rfi_store_call_push (self, task, open_work);
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  GError *error = NULL;
  GPtrArray *conflicts = rfi_conflict_rows_list (db, NULL, &error);

  if (conflicts == NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, conflicts, (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_conflicts_async (RfiStore            *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_list_conflicts_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, list_work);
}

GPtrArray *
rfi_store_list_conflicts_finish (RfiStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What of @result differs from @theirs and is carried by @kind. @theirs: (nullable) */
static RfiPatch *
select_fields (const RfiPatch   *result,
               const RfiPatch   *theirs,
               RfiOperationKind  kind)
{
  RfiPatch *selected = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *value = rfi_patch_get (result, (RfiField) i);
      const char *other = theirs != NULL ? rfi_patch_get (theirs, (RfiField) i) : NULL;

      /* Where nothing stands, an empty field beyond the contract's sets nothing. */
      if (other == NULL && i >= RFI_N_CONTRACT_FIELDS)
        other = "";
      if (value != NULL && rfi_operation_kind_of_field ((RfiField) i) == kind &&
          g_strcmp0 (value, other) != 0)
        rfi_patch_set (selected, (RfiField) i, value);
    }

  return selected;
}

/* A decision, being put into the outbox. */
typedef struct
{
  RfiDb        *db;
  RfiStoreCall *call;
  RfiConflict  *conflict;
  const char   *job_id;
  const char   *id;        /* of the first operation that it takes */
  gint64        now;
  gint64        seq;       /* the place of the one it decides about; 0 once taken */
  const char   *record;    /* (nullable): the server's id of the conflict */
  gint64        version;   /* of theirs, if there is a record */
} Decision;

/* Of the first operation, or one that follows it: UUIDs lead to UUIDs. (transfer full) */
static char *
make_id (const Decision   *decision,
         RfiOperationKind  kind)
{
  const char *word = rfi_operation_kind_to_string (kind);

  if (decision->seq > 0)
    return g_strdup (decision->id);
  if (g_uuid_string_is_valid (decision->id))
    return rfi_store_derive_id (decision->id, word);

  return g_strdup_printf ("%s-%s", decision->id, word);
}

/* @fields: (nullable): what to set. The first takes the place of the operation that was in
 * conflict, so that what was typed after it stays after it. */
static gboolean
enqueue_decision (Decision          *decision,
                  RfiOperationKind   kind,
                  RfiPatch          *fields,
                  GError           **error)
{
  RfiConflict *conflict = decision->conflict;
  g_autofree char *id = make_id (decision, kind);
  g_autoptr(RfiPatch) before = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation template = *conflict->operation;

  if (fields != NULL && conflict->theirs != NULL)
    before = rfi_patch_pick (fields, conflict->theirs);
  else if (kind == RFI_OPERATION_DELETE && conflict->theirs != NULL)
    before = rfi_patch_ref (conflict->theirs);

  template.id = id;
  template.seq = decision->seq;
  template.kind = kind;
  template.job_id = (char *) decision->job_id;
  template.base_etag = conflict->theirs_etag;
  template.patch = fields;
  template.before = before;
  template.created_at = decision->now;
  template.state = RFI_OPERATION_QUEUED;
  template.attempts = 0;
  template.maybe_applied = FALSE;
  template.next_try_at = 0;
  template.error_code = NULL;
  template.error_message = NULL;
  decision->seq = 0;
  operation = rfi_operation_new (&template);
  if (!rfi_outbox_rows_put (decision->db, operation, &operation->seq, error))
    return FALSE;
  if (kind != RFI_OPERATION_RESOLVE)
    return rfi_store_sign_operation (decision->db, decision->call, operation, NULL, error);

  return rfi_store_sign_decision (decision->db, decision->call, operation, decision->record,
                                  fields, before, decision->version, error);
}

/* What of @result differs from @theirs. */
static RfiPatch *
select_all (const RfiPatch *result,
            const RfiPatch *theirs)
{
  RfiPatch *selected = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *value = rfi_patch_get (result, (RfiField) i);

      if (value != NULL && g_strcmp0 (value, rfi_patch_get (theirs, (RfiField) i)) != 0)
        rfi_patch_set (selected, (RfiField) i, value);
    }

  return selected;
}

static gboolean
concede (Decision  *decision,
         GError   **error)
{
  return rfi_store_concede (decision->db, decision->call, decision->conflict->operation,
                            decision->record, decision->version, decision->now, error);
}

/* A decision that the server keeps a record of is one letter, whatever it sets. */
static gboolean
enqueue_recorded (Decision  *decision,
                  RfiPatch  *result,
                  GError   **error)
{
  g_autoptr(RfiPatch) fields = NULL;

  if (decision->conflict->operation->patch == NULL)
    return concede (decision, error) &&
           enqueue_decision (decision, decision->conflict->operation->kind, NULL, error);

  fields = select_all (result, decision->conflict->theirs);
  if (rfi_patch_is_empty (fields))
    return concede (decision, error);

  return enqueue_decision (decision, RFI_OPERATION_RESOLVE, fields, error);
}

/* Sets what was decided over the server's job. */
static gboolean
enqueue_result (Decision  *decision,
                RfiPatch  *result,
                GError   **error)
{
  static const RfiOperationKind kinds[] = { RFI_OPERATION_EDIT, RFI_OPERATION_ASSIGN,
                                            RFI_OPERATION_SET_STATUS };

  /* A photo or a deletion: the person wants it all the same. */
  if (decision->conflict->operation->patch == NULL)
    return enqueue_decision (decision, decision->conflict->operation->kind, NULL, error);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(RfiPatch) fields = select_fields (result, decision->conflict->theirs, kinds[i]);

      if (!rfi_patch_is_empty (fields) && !enqueue_decision (decision, kinds[i], fields, error))
        return FALSE;
    }

  return TRUE;
}

/* A decision about another conflict of the job that is gone, to be made with the new one: the
 * record is closed, and what was decided is a change like any other. @letter: whole */
static gboolean
turn_decision (Decision      *decision,
               RfiOperation  *operation,
               RfiLetter     *letter,
               GError       **error)
{
  static const RfiOperationKind kinds[] = { RFI_OPERATION_EDIT, RFI_OPERATION_ASSIGN,
                                            RFI_OPERATION_SET_STATUS };
  g_autoptr(RfiSignedOperation) said = rfi_signed_operation_decode (letter->body, -1, error);
  RfiConflict about = { .operation = operation };
  Decision turned = *decision;

  if (said == NULL ||
      !rfi_store_sign_withdrawal (decision->db, decision->call, operation->id, decision->now,
                                  error) ||
      !rfi_store_concede (decision->db, decision->call, operation, said->resolves,
                          said->base_version, decision->now, error) ||
      !rfi_outbox_rows_remove (decision->db, operation->id, error))
    return FALSE;

  turned.conflict = &about;
  turned.id = operation->id;
  turned.seq = operation->seq;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(RfiPatch) fields = select_fields (operation->patch, NULL, kinds[i]);

      if (!rfi_patch_is_empty (fields) && !enqueue_decision (&turned, kinds[i], fields, error))
        return FALSE;
    }

  return TRUE;
}

/* Another change of the job that is gone is in conflict too: there is nothing left that it could
 * collide with, and it follows like the rest. A deletion is done. */
static gboolean
settle_conflict (Decision        *decision,
                 RfiOperation    *operation,
                 RfiStoreChange  *change,
                 GError         **error)
{
  RfiDb *db = decision->db;
  RfiOperation waiting = *operation;
  g_autofree char *conflict_id = NULL;
  g_autofree char *record = NULL;
  gint64 version = 0;

  if (!rfi_conflict_rows_find (db, operation->id, &conflict_id, error))
    return FALSE;
  if (conflict_id == NULL)
    return TRUE;

  change->conflicts = TRUE;
  if (!rfi_conflict_rows_get_record (db, conflict_id, &record, &version, error) ||
      !rfi_conflict_rows_remove (db, conflict_id, error))
    return FALSE;
  if (record != NULL && decision->call->key != NULL &&
      !rfi_store_concede (db, decision->call, operation, record, version, decision->now, error))
    return FALSE;
  if (operation->kind == RFI_OPERATION_DELETE)
    return rfi_store_sign_withdrawal (db, decision->call, operation->id, decision->now, error) &&
           rfi_outbox_rows_remove (db, operation->id, error);

  waiting.state = RFI_OPERATION_QUEUED;
  return rfi_outbox_rows_put (db, &waiting, NULL, error);
}

static gboolean
sign_anew (Decision      *decision,
           RfiOperation  *operation,
           RfiLetter     *letter,
           GError       **error)
{
  if (operation->kind == RFI_OPERATION_RESOLVE)
    return turn_decision (decision, operation, letter, error);

  return rfi_store_sign_withdrawal (decision->db, decision->call, operation->id, decision->now,
                                    error) &&
         rfi_store_sign_operation (decision->db, decision->call, operation, NULL, error);
}

/* What followed is for another job now: that takes other bytes. */
static gboolean
sign_renamed (Decision        *decision,
              RfiStoreChange  *change,
              GError         **error)
{
  g_autoptr(GPtrArray) moved = rfi_outbox_rows_list (decision->db, decision->job_id, error);

  if (moved == NULL)
    return FALSE;

  for (guint i = 0; i < moved->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (moved, i);
      GError *read_error = NULL;
      g_autoptr(RfiLetter) letter = NULL;

      if (settle_conflict (decision, operation, change, &read_error))
        letter = rfi_letter_rows_get (decision->db, operation->id, &read_error);
      if (letter != NULL && g_strcmp0 (letter->job_id, decision->job_id) != 0)
        sign_anew (decision, operation, letter, &read_error);
      if (read_error != NULL)
        {
          g_propagate_error (error, read_error);
          return FALSE;
        }
    }

  return TRUE;
}

/* In both histories, as long as the new job is not withdrawn. */
static gboolean
audit_remade (Decision    *decision,
              const char  *operation_id,
              GError     **error)
{
  RfiOperation *operation = decision->conflict->operation;
  RfiAuditEntry gone = rfi_store_audit_of (operation, RFI_AUDIT_REMADE, decision->now);
  RfiAuditEntry made = gone;

  gone.job_id = decision->conflict->job_id;
  gone.after = (char *) decision->job_id;
  made.job_id = (char *) decision->job_id;
  made.before = decision->conflict->job_id;
  return rfi_audit_rows_add (decision->db, &gone, operation_id, error) &&
         rfi_audit_rows_add (decision->db, &made, operation_id, error);
}

/* By the conflict's own id the server knows which job the new one is made for, whoever sends that
 * in whatever order. */
static const char *
name_anew (const Decision *decision)
{
  return decision->record != NULL && g_uuid_string_is_valid (decision->record) ? decision->record
                                                                               : decision->id;
}

/* The job is gone and the person wants it all the same: it is made anew, as last seen with what
 * they set, and what they did to it afterwards follows. What the server had accepted before is part
 * of what was last seen, and done.
 */
static gboolean
enqueue_anew (Decision        *decision,
              RfiPatch        *result,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  RfiConflict *conflict = decision->conflict;
  g_autoptr(RfiPatch) all = rfi_patch_copy (conflict->base);
  g_autoptr(RfiPatch) fields = NULL;
  g_autoptr(RfiPatch) technician = NULL;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (result, (RfiField) i))
      rfi_patch_set (all, (RfiField) i, rfi_patch_get (result, (RfiField) i));

  fields = select_fields (all, NULL, RFI_OPERATION_EDIT);
  technician = select_fields (all, NULL, RFI_OPERATION_ASSIGN);
  decision->job_id = name_anew (decision);
  rfi_store_touch (touched, decision->job_id, NULL);
  change->photos = TRUE;
  if (!enqueue_decision (decision, RFI_OPERATION_CREATE, fields, error) ||
      !audit_remade (decision, decision->id, error) ||
      !rfi_store_retire_reached (decision->db, conflict->job_id, G_MAXINT64, change, touched,
                                 error) ||
      !rfi_outbox_rows_rename_job (decision->db, conflict->job_id, decision->job_id, error) ||
      !sign_renamed (decision, change, error))
    return FALSE;

  /* Behind what followed, by place and by number. */
  if (g_strcmp0 (rfi_patch_get (technician, RFI_FIELD_ASSIGNED_TO), "") != 0 &&
      rfi_patch_has (technician, RFI_FIELD_ASSIGNED_TO) &&
      !enqueue_decision (decision, RFI_OPERATION_ASSIGN, technician, error))
    return FALSE;
  return conflict->operation->kind != RFI_OPERATION_ADD_PHOTO ||
         enqueue_decision (decision, RFI_OPERATION_ADD_PHOTO, NULL, error);
}

static gboolean
enqueue_outcome (RfiDb           *db,
                 RfiConflict     *conflict,
                 RfiStoreCall    *call,
                 RfiStoreChange  *change,
                 GHashTable      *touched,
                 GError         **error)
{
  RfiPatch *result = call->record;
  RfiOperationKind kind = conflict->operation->kind;
  Decision decision = { .db = db, .call = call, .conflict = conflict, .job_id = conflict->job_id,
                        .id = call->text, .now = call->number, .seq = conflict->operation->seq,
                        .record = call->text2, .version = call->number2 };

  /* The server's version; of a job that is gone nothing can be deleted. */
  if (result == NULL || (conflict->theirs == NULL && (kind == RFI_OPERATION_DELETE ||
                                                      kind == RFI_OPERATION_DELETE_PHOTO)))
    {
      rfi_store_drop_file (call, conflict->operation);
      return decision.record == NULL || concede (&decision, error);
    }

  if (conflict->theirs == NULL)
    return (decision.record == NULL || concede (&decision, error)) &&
           enqueue_anew (&decision, result, change, touched, error);

  return decision.record != NULL ? enqueue_recorded (&decision, result, error)
                                 : enqueue_result (&decision, result, error);
}

gboolean
rfi_store_audit_resolution (RfiDb        *db,
                            RfiConflict  *conflict,
                            const char   *user_id,
                            RfiPatch     *result,
                            gint64        now,
                            GError      **error)
{
  RfiPatch *mine = conflict->operation->patch;
  RfiAuditEntry entry = {
    .at = now,
    .job_id = conflict->job_id,
    .user_id = (char *) user_id,
    .action = RFI_AUDIT_RESOLVED,
    .origin = RFI_ORIGIN_HERE,
    .field = -1,
  };
  gboolean is_told = FALSE;

  for (guint i = 0; mine != NULL && conflict->theirs != NULL && i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      const char *theirs = rfi_patch_get (conflict->theirs, field);
      const char *wanted = rfi_patch_get (mine, field);
      const char *won = result != NULL ? rfi_patch_get (result, field) : NULL;

      if (wanted == NULL || g_strcmp0 (wanted, theirs) == 0)
        continue;
      if (won == NULL)
        won = theirs;

      entry.field = (int) i;
      entry.after = (char *) won;
      entry.before = (char *) (g_strcmp0 (won, wanted) == 0 ? theirs : wanted);
      if (!rfi_audit_rows_add (db, &entry, NULL, error))
        return FALSE;
      is_told = TRUE;
    }

  /* Where no field was fought over, as with a deletion, it is told without one. */
  return is_told || rfi_audit_rows_add (db, &entry, NULL, error);
}

static gboolean
resolve_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  g_autoptr(GPtrArray) found = rfi_conflict_rows_list (db, call->id, error);
  RfiPatch *result = call->record;
  RfiConflict *conflict;

  if (found == NULL)
    return FALSE;
  if (found->len == 0)
    {
      g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE, "No conflict %s", call->id);
      return FALSE;
    }

  conflict = g_ptr_array_index (found, 0);
  rfi_store_touch (touched, conflict->job_id, NULL);
  change->outbox = TRUE;
  change->conflicts = TRUE;
  change->audit = TRUE;

  /* One that only this console found may be about a decision, which is about one that the server
   * knows of. */
  if (!rfi_conflict_rows_get_record (db, conflict->id, &call->text2, &call->number2, error) ||
      (call->text2 == NULL &&
       !rfi_store_find_decided (db, conflict->operation->id, &call->text2, &call->number2, error)))
    return FALSE;
  if (call->text2 != NULL && !rfi_told_rows_drop (db, call->text2, error))
    return FALSE;
  /* Without a key it cannot be told so: it goes as what it sets. */
  if (call->key == NULL)
    g_clear_pointer (&call->text2, g_free);

  /* Removing the operation takes its conflict with it. */
  return rfi_store_sign_withdrawal (db, call, conflict->operation->id, call->number, error) &&
         rfi_audit_rows_settle (db, conflict->operation->id, FALSE, error) &&
         rfi_store_audit_resolution (db, conflict, conflict->operation->user_id, result,
                                     call->number, error) &&
         rfi_outbox_rows_remove (db, conflict->operation->id, error) &&
         enqueue_outcome (db, conflict, call, change, touched, error);
}

static void
resolve_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, resolve_step);
}

void
rfi_store_resolve_conflict_async (RfiStore            *self,
                                  const char          *conflict_id,
                                  RfiPatch            *result,
                                  const char          *new_operation_id,
                                  gint64               now,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_resolve_conflict_async, cancellable, callback,
                                    user_data, &call);

  call->id = g_strdup (conflict_id);
  call->record = result != NULL ? rfi_patch_ref (result) : NULL;
  call->record_free = (GDestroyNotify) rfi_patch_unref;
  call->text = g_strdup (new_operation_id);
  call->number = now;
  rfi_store_call_push (self, task, resolve_work);
}
