/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-conflicts"

#include "config.h"

#include "rfi-store-outbox.h"
#include "rfi-store-private.h"

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
                        RfiStoreChange  *change,
                        GHashTable      *touched,
                        GError         **error)
{
  RfiOperation changed = *conflict->operation;
  g_autoptr(RfiOperation) next = NULL;

  changed.state = RFI_OPERATION_CONFLICT;
  changed.maybe_applied = FALSE;
  next = rfi_operation_new (&changed);

  g_hash_table_add (touched, g_strdup (conflict->job_id));
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
  RfiConflict *conflict = call->record;
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, conflict->operation->id, error);

  if (operation == NULL)
    return FALSE;
  if (call->row != NULL ? !rfi_store_take_row (db, call->row, error)
                        : !rfi_job_rows_remove (db, conflict->job_id, error))
    return FALSE;

  return rfi_store_add_conflict (db, conflict, change, touched, error);
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
    g_task_return_error (task, error);
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

/* What of @result differs from the server's job; its status and technician travel by operations
 * of their own. */
static RfiPatch *
select_fields (const RfiPatch *result,
               const RfiPatch *theirs,
               RfiField        first,
               RfiField        last)
{
  RfiPatch *selected = rfi_patch_new ();

  for (guint i = first; i <= last; i++)
    {
      const char *value = rfi_patch_get (result, (RfiField) i);

      if (value != NULL && g_strcmp0 (value, rfi_patch_get (theirs, (RfiField) i)) != 0)
        rfi_patch_set (selected, (RfiField) i, value);
    }

  return selected;
}

/* Puts what @fields sets into the outbox, on top of the server's job. */
static gboolean
enqueue_resolution (RfiDb             *db,
                    RfiConflict       *conflict,
                    RfiOperationKind   kind,
                    RfiPatch          *fields,
                    const char        *id,
                    gint64             now,
                    GError           **error)
{
  g_autoptr(RfiPatch) before = rfi_patch_pick (fields, conflict->theirs);
  RfiOperation resolution = {
    .id = (char *) id,
    .kind = kind,
    .job_id = conflict->job_id,
    .user_id = conflict->operation->user_id,
    .base_etag = conflict->theirs_etag,
    .patch = fields,
    .before = before,
    .created_at = now,
  };
  g_autoptr(RfiOperation) operation = NULL;

  if (rfi_patch_is_empty (fields))
    return TRUE;

  operation = rfi_operation_new (&resolution);
  return rfi_outbox_rows_put (db, operation, NULL, error);
}

static gboolean
enqueue_result (RfiDb         *db,
                RfiConflict   *conflict,
                RfiPatch      *result,
                const char    *id,
                gint64         now,
                GError       **error)
{
  static const struct {
    RfiOperationKind kind;
    RfiField         first;
    RfiField         last;
    const char      *suffix;
  } parts[] = {
    { RFI_OPERATION_EDIT, RFI_FIELD_TITLE, RFI_FIELD_PRIORITY, "" },
    { RFI_OPERATION_EDIT, RFI_FIELD_STORE_NAME, RFI_FIELD_ZIP_CODE, "-location" },
    { RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, RFI_FIELD_ASSIGNED_TO, "-technician" },
    { RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, RFI_FIELD_STATUS, "-status" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(RfiPatch) fields =
        select_fields (result, conflict->theirs, parts[i].first, parts[i].last);
      g_autofree char *part_id = g_strconcat (id, parts[i].suffix, NULL);

      if (!enqueue_resolution (db, conflict, parts[i].kind, fields, part_id, now, error))
        return FALSE;
    }

  return TRUE;
}

/* What won and what lost, field by field. */
static gboolean
audit_resolution (RfiDb        *db,
                  RfiConflict  *conflict,
                  RfiPatch     *result,
                  gint64        now,
                  GError      **error)
{
  RfiPatch *mine = conflict->operation->patch;
  RfiAuditEntry entry = {
    .at = now,
    .job_id = conflict->job_id,
    .user_id = conflict->operation->user_id,
    .action = RFI_AUDIT_RESOLVED,
    .origin = RFI_ORIGIN_HERE,
    .field = -1,
  };

  if (mine == NULL || conflict->theirs == NULL)
    return rfi_audit_rows_add (db, &entry, NULL, error);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
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
    }

  return TRUE;
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
  g_hash_table_add (touched, g_strdup (conflict->job_id));
  change->outbox = TRUE;
  change->conflicts = TRUE;
  change->audit = TRUE;

  /* Removing the operation takes its conflict with it. */
  return rfi_audit_rows_settle (db, conflict->operation->id, FALSE, error) &&
         audit_resolution (db, conflict, result, call->number, error) &&
         rfi_outbox_rows_remove (db, conflict->operation->id, error) &&
         (result == NULL || conflict->theirs == NULL ||
          enqueue_result (db, conflict, result, call->text, call->number, error));
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
