/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-letter-answers"

#include "config.h"

#include "rfi-signed-operation.h"
#include "rfi-bug.h"
#include "rfi-store-letters.h"
#include "rfi-store-sign.h"
#include "rfi-store-steps.h"

/* What a server's durable answers do to the letters they are for, all of a batch in one
 * transaction.
 *
 *   applied ──────► ACCEPTED: the outbox's row stays and goes on standing for its effect, until
 *                   the cursor has reached the change (rfi_store_retire_reached())
 *   conflict ─────► CONFLICT, with the server's record: a person decides, by another letter
 *   rejected ─────► REJECTED     a person tries again, by another letter, or gives it up
 *   quarantined ──► QUARANTINED  likewise
 *
 * Letters that stand alone only go.
 */

/* Writes it with another state. Sealed again it is only if words of the server's go with it.
 * @operation: (transfer none), as it was */
static gboolean
put_state (RfiDb              *db,
           RfiOperation       *operation,
           RfiOperationState   state,
           const RfiAnswer    *answer,
           RfiStoreChange     *change,
           GHashTable         *touched,
           GError            **error)
{
  RfiOperation changed = *operation;
  g_autoptr(RfiOperation) next = NULL;

  rfi_store_touch (touched, operation->job_id, NULL);
  change->outbox = TRUE;
  if (g_strcmp0 (operation->error_message, answer->message) == 0)
    return rfi_outbox_rows_set_state (db, operation->id, state, answer->code, error);

  changed.state = state;
  changed.maybe_applied = FALSE;
  changed.next_try_at = 0;
  changed.error_code = answer->code;
  changed.error_message = answer->message;
  next = rfi_operation_new (&changed);
  return rfi_outbox_rows_put (db, next, NULL, error);
}

/* A conflict that was only found here is none if the server had no trouble with it. */
static gboolean
forget_conflict (RfiDb           *db,
                 RfiOperation    *operation,
                 RfiStoreChange  *change,
                 GError         **error)
{
  g_autofree char *conflict_id = NULL;

  if (!rfi_conflict_rows_find (db, operation->id, &conflict_id, error))
    return FALSE;
  if (conflict_id == NULL)
    return TRUE;

  change->conflicts = TRUE;
  return rfi_conflict_rows_remove (db, conflict_id, error);
}

static gboolean
retire (RfiDb           *db,
        const char      *operation_id,
        RfiStoreChange  *change,
        GHashTable      *touched,
        GError         **error)
{
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, operation_id, error);

  if (operation == NULL)
    return FALSE;

  rfi_store_touch (touched, operation->job_id, NULL);
  change->outbox = TRUE;
  change->audit = TRUE;
  return rfi_outbox_rows_remove (db, operation_id, error) &&
         rfi_audit_rows_settle (db, operation_id, TRUE, error);
}

gboolean
rfi_store_retire_reached (RfiDb           *db,
                          const char      *job_id,
                          gint64           change_seq,
                          RfiStoreChange  *change,
                          GHashTable      *touched,
                          GError         **error)
{
  g_autoptr(GPtrArray) ids = rfi_letter_rows_list_reached (db, job_id, change_seq, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!retire (db, g_ptr_array_index (ids, i), change, touched, error))
      return FALSE;

  return TRUE;
}

static gboolean
take_applied (RfiDb            *db,
              const RfiAnswer  *answer,
              RfiOperation     *operation,
              RfiStoreChange   *change,
              GHashTable       *touched,
              GError          **error)
{
  if (!forget_conflict (db, operation, change, error))
    return FALSE;
  if (RFI_BUG (23))
    {
      g_autoptr(GPtrArray) waiting = rfi_outbox_rows_list (db, operation->job_id, error);

      for (guint i = 0; waiting != NULL && i < waiting->len; i++)
        {
          RfiOperation *other = g_ptr_array_index (waiting, i);

          if (other->seq > operation->seq &&
              !retire (db, other->id, change, touched, error))
            return FALSE;
        }
    }

  /* The row came before the answer. */
  if (answer->change_seq <= rfi_meta_rows_get_number (db, RFI_META_POSITION))
    return retire (db, operation->id, change, touched, error);

  return put_state (db, operation, RFI_OPERATION_ACCEPTED, answer, change, touched, error) &&
         rfi_letter_rows_set_state (db, operation->id, RFI_LETTER_ACCEPTED, answer->version,
                                    answer->change_seq, error);
}

/* The job as the server has told of it, with its row or with its answers. (nullable), without an
 * error unless said */
static RfiJob *
fold_accepted (RfiDb         *db,
               RfiOperation  *operation,
               GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) base = rfi_job_rows_get (db, operation->job_id, &read_error);
  g_autoptr(GPtrArray) accepted = NULL;

  if (read_error == NULL)
    accepted = rfi_outbox_rows_list (db, operation->job_id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return NULL;
    }

  for (guint i = accepted->len; i > 0; i--)
    {
      const RfiOperation *other = g_ptr_array_index (accepted, i - 1);

      if (other->state != RFI_OPERATION_ACCEPTED || other->seq > operation->seq)
        g_ptr_array_remove_index (accepted, i - 1);
    }
  return rfi_operation_fold (base, accepted);
}

/* What the person saw: the whole job as it is here, or was when the conflict was found here, with
 * what stood in the fields. @known_id: (nullable) */
static RfiPatch *
last_seen (RfiDb         *db,
           RfiJob        *job,
           RfiOperation  *operation,
           const char    *known_id,
           GError       **error)
{
  g_autoptr(GPtrArray) known =
    job == NULL && known_id != NULL ? rfi_conflict_rows_list (db, known_id, error) : NULL;
  RfiPatch *seen;

  if (job != NULL)
    seen = rfi_job_to_patch (job);
  else if (known != NULL && known->len > 0)
    seen = rfi_patch_copy (((RfiConflict *) g_ptr_array_index (known, 0))->base);
  else
    seen = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS && operation->before != NULL; i++)
    if (rfi_patch_has (operation->before, (RfiField) i))
      rfi_patch_set (seen, (RfiField) i, rfi_patch_get (operation->before, (RfiField) i));

  return seen;
}

static gboolean
take_conflict (RfiDb            *db,
               const RfiAnswer  *answer,
               RfiOperation     *operation,
               gint64            now,
               RfiStoreChange   *change,
               GHashTable       *touched,
               GError          **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiJob) known = fold_accepted (db, operation, &read_error);
  g_autoptr(RfiPatch) seen = NULL;
  g_autoptr(RfiConflict) conflict = NULL;
  g_autofree char *known_id = NULL;
  const char *title;
  RfiConflict template = {
    .operation = operation,
    .job_id = operation->job_id,
    .reason = answer->reason,
    .theirs = answer->theirs,
    .base_etag = operation->base_etag,
    .theirs_by = answer->theirs_by,
    .theirs_at = answer->theirs_at,
    .detected_at = now,
  };

  if (read_error == NULL && rfi_conflict_rows_find (db, operation->id, &known_id, &read_error))
    seen = last_seen (db, known, operation, known_id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  title = rfi_patch_get (answer->theirs != NULL ? answer->theirs : seen, RFI_FIELD_TITLE);
  template.job_title = (char *) (title != NULL ? title : "");
  template.base = seen;
  /* One that is on the desk already stays the same one there. */
  template.id = known_id != NULL ? known_id : answer->conflict_id;
  conflict = rfi_conflict_new (&template);
  return rfi_store_add_conflict (db, conflict, known, change, touched, error) &&
         rfi_conflict_rows_set_record (db, template.id, answer->conflict_id, answer->version,
                                       error) &&
         rfi_letter_rows_set_state (db, operation->id, RFI_LETTER_DONE, answer->version, 0, error);
}

static gboolean
take_refusal (RfiDb            *db,
              const RfiAnswer  *answer,
              RfiOperation     *operation,
              gint64            now,
              RfiStoreChange   *change,
              GHashTable       *touched,
              GError          **error)
{
  RfiAuditEntry entry = rfi_store_audit_of (operation, RFI_AUDIT_REJECTED, now);

  entry.after = answer->message;
  change->audit = TRUE;
  return forget_conflict (db, operation, change, error) &&
         put_state (db, operation,
                    answer->kind == RFI_ANSWER_QUARANTINED ? RFI_OPERATION_QUARANTINED
                                                           : RFI_OPERATION_REJECTED,
                    answer, change, touched, error) &&
         rfi_letter_rows_set_state (db, operation->id, RFI_LETTER_DONE, 0, 0, error) &&
         rfi_audit_rows_add (db, &entry, NULL, error);
}

/* A withdrawal or a decision for theirs. The former may learn that it came too late: if what it
 * was for was done, the row will show it; if that is in conflict there, theirs stands. One that
 * cannot be read any more is answered all the same. */
static gboolean
take_alone (RfiDb            *db,
            RfiStoreCall     *call,
            const RfiAnswer  *answer,
            const char       *operation_id,
            gint64            now,
            GError          **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation_id, &read_error);
  g_autoptr(RfiSignedOperation) said = NULL;
  RfiOperation withdrawn = { 0 };

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (letter != NULL)
    said = rfi_signed_operation_decode (letter->body, -1, NULL);
  if (!rfi_letter_rows_remove (db, operation_id, error))
    return FALSE;
  if (said == NULL || letter->kind != RFI_OPERATION_VOID || answer->kind != RFI_ANSWER_CONFLICT)
    return TRUE;

  withdrawn.seq = letter->position;
  withdrawn.job_id = letter->job_id;
  withdrawn.user_id = said->user_id;
  return rfi_store_concede (db, call, &withdrawn, answer->conflict_id, answer->version, now,
                            error);
}

static gboolean
take_answer (RfiDb            *db,
             RfiStoreCall     *call,
             const RfiAnswer  *answer,
             RfiStoreChange   *change,
             GHashTable       *touched,
             GError          **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_find (db, answer->epoch, answer->number,
                                                      &read_error);
  g_autoptr(RfiOperation) operation = NULL;

  if (letter != NULL)
    operation = rfi_outbox_rows_get (db, letter->operation_id, &read_error);
  if (g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    {
      g_clear_error (&read_error);
      /* It is there, and can be read again after this, see rfi_store_mend(): then the same is
       * answered again. */
      if (letter->user_id != NULL)
        return TRUE;
      return take_alone (db, call, answer, letter->operation_id, call->number, error);
    }
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if (letter == NULL || !rfi_letter_is_open (letter))
    return TRUE;

  switch (answer->kind)
    {
    case RFI_ANSWER_APPLIED:
      return take_applied (db, answer, operation, change, touched, error);
    case RFI_ANSWER_CONFLICT:
      return take_conflict (db, answer, operation, call->number, change, touched, error);
    case RFI_ANSWER_REJECTED:
    case RFI_ANSWER_QUARANTINED:
    default:
      return take_refusal (db, answer, operation, call->number, change, touched, error);
    }
}

static gboolean
answers_step (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  for (guint i = 0; i < call->rows->len; i++)
    if (!take_answer (db, call, g_ptr_array_index (call->rows, i), change, touched, error))
      return FALSE;

  return TRUE;
}

static void
answers_work (GTask *task,
              RfiDb *db)
{
  rfi_store_transact (task, db, answers_step);
}

void
rfi_store_record_answers_async (RfiStore            *self,
                                GPtrArray           *answers,
                                gint64               now,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_record_answers_async, cancellable, callback,
                                    user_data, &call);

  call->rows = g_ptr_array_ref (answers);
  call->number = now;
  rfi_store_call_push (self, task, answers_work);
}
