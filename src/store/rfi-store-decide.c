/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-decide"

#include "config.h"

#include "rfi-store-decide.h"

#include "rfi-store-sign.h"
#include "rfi-store-steps.h"
#include "rfi-told-rows.h"

#include <string.h>

/* What of @result theirs does not have. (transfer full) */
static RfiPatch *
select_news (const RfiPatch *result,
             const RfiPatch *theirs)
{
  RfiPatch *news = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS && result != NULL && theirs != NULL; i++)
    {
      const char *value = rfi_patch_get (result, (RfiField) i);

      if (value != NULL && g_strcmp0 (value, rfi_patch_get (theirs, (RfiField) i)) != 0)
        rfi_patch_set (news, (RfiField) i, value);
    }
  return news;
}

/* Into the outbox and, signed, among the letters. @call: id: the operation's; text: who decides */
static gboolean
enqueue (RfiDb         *db,
         RfiStoreCall  *call,
         RfiConflict   *conflict,
         RfiPatch      *news,
         GError       **error)
{
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  g_autoptr(RfiPatch) before = rfi_patch_pick (news, conflict->theirs != NULL ? conflict->theirs
                                                                              : nothing);
  RfiOperation template = {
    .id = call->id, .kind = RFI_OPERATION_RESOLVE, .job_id = conflict->job_id,
    .user_id = call->text, .base_etag = (char *) RFI_OPERATION_FOR_OTHERS, .patch = news,
    .before = before, .created_at = call->number, .state = RFI_OPERATION_QUEUED,
  };
  g_autoptr(RfiOperation) operation = rfi_operation_new (&template);
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = NULL;

  if (!rfi_outbox_rows_put (db, operation, &operation->seq, error) ||
      !rfi_store_audit_operation (db, operation, error) ||
      !rfi_store_sign_decision (db, call, operation, conflict->record_id, news, before,
                                conflict->version, error))
    return FALSE;

  letter = rfi_letter_rows_get (db, operation->id, &read_error);
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  else if (letter == NULL)
    g_set_error_literal (error, RFI_STORE_ERROR, RFI_STORE_ERROR_KEY,
                         "There is no key to sign a decision with");
  return letter != NULL;
}

static gboolean
decide_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  RfiConflict *conflict = call->record;
  RfiPatch *result = call->rows != NULL ? g_ptr_array_index (call->rows, 0) : NULL;
  g_autoptr(RfiPatch) news = select_news (result, conflict->theirs);

  rfi_store_touch (touched, conflict->job_id, NULL);
  change->outbox = TRUE;
  change->audit = TRUE;
  return enqueue (db, call, conflict, news, error) &&
         rfi_told_rows_drop (db, conflict->record_id, error) &&
         rfi_store_audit_resolution (db, conflict, call->text, result, call->number, error);
}

static void
decide_work (GTask *task,
             RfiDb *db)
{
  rfi_store_transact (task, db, decide_step);
}

/* One value in a list that frees it. */
static GPtrArray *
hold_patch (RfiPatch *patch)
{
  GPtrArray *rows;

  if (patch == NULL)
    return NULL;

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_patch_unref);
  g_ptr_array_add (rows, rfi_patch_ref (patch));
  return rows;
}

void
rfi_store_decide_async (RfiStore            *self,
                        RfiConflict         *conflict,
                        RfiPatch            *result,
                        const char          *user_id,
                        const char          *new_operation_id,
                        gint64               now,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_decide_async, cancellable, callback, user_data, &call);

  call->record = rfi_conflict_ref (conflict);
  call->record_free = (GDestroyNotify) rfi_conflict_unref;
  call->rows = hold_patch (result);
  call->id = g_strdup (new_operation_id);
  call->text = g_strdup (user_id);
  call->number = now;
  rfi_store_call_push (self, task, decide_work);
}

static gboolean
settle_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  g_autoptr(GPtrArray) found = rfi_conflict_rows_list (db, call->id, error);
  RfiConflict *conflict;

  if (found == NULL)
    return FALSE;
  if (found->len == 0)
    return TRUE;

  conflict = g_ptr_array_index (found, 0);
  rfi_store_touch (touched, conflict->job_id, NULL);
  rfi_store_drop_file (call, conflict->operation);
  change->outbox = TRUE;
  change->conflicts = TRUE;
  change->audit = TRUE;
  return rfi_store_sign_withdrawal (db, call, conflict->operation->id, call->number, error) &&
         rfi_audit_rows_settle (db, conflict->operation->id, FALSE, error) &&
         rfi_store_audit_resolution (db, conflict, call->text, call->record, call->number,
                                     error) &&
         rfi_outbox_rows_remove (db, conflict->operation->id, error);
}

static void
settle_work (GTask *task,
             RfiDb *db)
{
  rfi_store_transact (task, db, settle_step);
}

void
rfi_store_settle_async (RfiStore            *self,
                        const char          *conflict_id,
                        const char          *user_id,
                        RfiPatch            *result,
                        gint64               now,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_settle_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (conflict_id);
  call->text = g_strdup (user_id);
  call->record = result != NULL ? rfi_patch_ref (result) : NULL;
  call->record_free = (GDestroyNotify) rfi_patch_unref;
  call->number = now;
  rfi_store_call_push (self, task, settle_work);
}

/* Withdraws one operation or letter of the decision, if there is such a one. */
static gboolean
withdraw (RfiDb         *db,
          RfiStoreCall  *call,
          const char    *id,
          gboolean      *found,
          GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, id, &read_error);
  g_autoptr(RfiLetter) letter = NULL;

  if (g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    g_clear_error (&read_error);
  if (read_error == NULL)
    letter = rfi_letter_rows_get (db, id, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if (operation == NULL && letter == NULL)
    return TRUE;

  *found = TRUE;
  if ((operation != NULL &&
       (operation->state != RFI_OPERATION_QUEUED || operation->maybe_applied)) ||
      (letter != NULL && letter->state != RFI_LETTER_READY))
    {
      g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE, "Operation %s may have been sent",
                   id);
      return FALSE;
    }
  return rfi_store_sign_withdrawal (db, call, id, call->number, error) &&
         rfi_audit_rows_settle (db, id, FALSE, error) &&
         (operation == NULL || rfi_outbox_rows_remove (db, id, error));
}

/* The names that a decision may have given to what it takes. (transfer full) */
static GPtrArray *
list_names (RfiConflict *conflict,
            const char  *operation_id)
{
  static const RfiOperationKind kinds[] = { RFI_OPERATION_EDIT, RFI_OPERATION_ASSIGN,
                                            RFI_OPERATION_SET_STATUS };
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (names, g_strdup (operation_id));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (names, rfi_store_derive_id (operation_id,
                                                 rfi_operation_kind_to_string (kinds[i])));
  if (conflict->record_id != NULL && !conflict->elsewhere)
    g_ptr_array_add (names, rfi_store_derive_id (conflict->record_id, "concede"));
  return names;
}

static gboolean
undecide_step (RfiDb           *db,
               RfiStoreCall    *call,
               RfiStoreChange  *change,
               GHashTable      *touched,
               GError         **error)
{
  RfiConflict *conflict = call->record;
  g_autoptr(GPtrArray) names = list_names (conflict, call->id);
  gboolean found = FALSE;

  for (guint i = 0; i < names->len; i++)
    if (!withdraw (db, call, g_ptr_array_index (names, i), &found, error))
      return FALSE;

  /* Where nothing waits, it was sent and answered; without a record there was nothing to send. */
  if (!found && conflict->record_id != NULL)
    {
      g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE, "Decision %s was sent", call->id);
      return FALSE;
    }

  rfi_store_touch (touched, conflict->job_id, NULL);
  change->outbox = TRUE;
  change->audit = TRUE;
  if (conflict->elsewhere)
    return TRUE;

  return rfi_store_add_conflict (db, conflict, NULL, change, touched, error) &&
         rfi_conflict_rows_set_record (db, conflict->id, conflict->record_id, conflict->version,
                                       error);
}

static void
undecide_work (GTask *task,
               RfiDb *db)
{
  rfi_store_transact (task, db, undecide_step);
}

void
rfi_store_undecide_async (RfiStore            *self,
                          RfiConflict         *conflict,
                          const char          *operation_id,
                          gint64               now,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_undecide_async, cancellable, callback, user_data, &call);

  call->record = rfi_conflict_ref (conflict);
  call->record_free = (GDestroyNotify) rfi_conflict_unref;
  call->id = g_strdup (operation_id);
  call->number = now;
  rfi_store_call_push (self, task, undecide_work);
}
