/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-audit-rows"

#include "config.h"

#include "rfi-audit-rows.h"

#include "rfi-store-steps.h"

#define COLUMNS RFI_AUDIT_ROW_COLUMNS

/* The order of what is sealed: it is only ever added to. */
enum {
  BEFORE,
  AFTER,
  NAME,
  N_VALUES,
};

enum {
  SQL_NEXT_ID,
  SQL_ADD,
  SQL_TELL_DISCARDED,
  SQL_CONFIRM,
  SQL_WITHDRAW,
  SQL_RENAME_JOB,
  SQL_CREDIT,
  SQL_LIST,
  SQL_LIST_BY_JOB,
};

static const char *const sql[] = {
  /* What would be given to the row anyway; but it is sealed before. */
  [SQL_NEXT_ID] = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'audit'",
  [SQL_ADD] = "INSERT INTO audit (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
  [SQL_TELL_DISCARDED] =
    "INSERT INTO new_event VALUES ('operation.discarded', 2, ?1, 'job:' || ?2,"
    " json_object ('field', ?3))",
  [SQL_CONFIRM] = "UPDATE audit SET operation_id = NULL WHERE operation_id = ?1",
  [SQL_WITHDRAW] = "DELETE FROM audit WHERE operation_id = ?1",
  [SQL_RENAME_JOB] = "UPDATE audit SET job_id = ?2 WHERE " RFI_AUDIT_ROW_OF_JOB (1),
  [SQL_CREDIT] = "UPDATE audit SET user_id = ?2, sealed = ?9 WHERE id = ?1",
  [SQL_LIST] = "SELECT " COLUMNS " FROM audit WHERE id < ?1 ORDER BY id DESC LIMIT ?2",
  [SQL_LIST_BY_JOB] = "SELECT " COLUMNS " FROM audit WHERE id < ?1 AND "
                      RFI_AUDIT_ROW_OF_JOB (3) " ORDER BY id DESC LIMIT ?2",
};

static gboolean
get_next_id (RfiDb   *db,
             gint64  *id,
             GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_NEXT_ID], error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  *id = sqlite3_column_int64 (row, 0);
  return TRUE;
}

/* (nullable) */
static const char *
get_field_name (const RfiAuditEntry *entry)
{
  return entry->field >= 0 ? rfi_field_to_string ((RfiField) entry->field) : NULL;
}

/* Lines without values have nothing to seal. */
static void
bind_values (RfiDb               *db,
             sqlite3_stmt        *row,
             gint64               id,
             const RfiAuditEntry *entry)
{
  const char *values[N_VALUES] = { [BEFORE] = entry->before, [AFTER] = entry->after,
                                   [NAME] = entry->user_name };
  char name[24];
  RfiSealPlace place = { RFI_ROWS_AUDIT, name, 0 };

  if (entry->before == NULL && entry->after == NULL && entry->user_name == NULL)
    return;

  g_snprintf (name, sizeof name, "%" G_GINT64_FORMAT, id);
  rfi_row_seal_bind (db, row, 9, &place, values, N_VALUES);
}

/* In the transaction that it happens in, as triggers do with what is written in other tables. */
static gboolean
tell_discarded (RfiDb                *db,
                const RfiAuditEntry  *entry,
                GError              **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_TELL_DISCARDED], error);

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, entry->at);
  rfi_db_bind (row, 2, entry->job_id);
  rfi_db_bind (row, 3, get_field_name (entry));
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_audit_rows_add (RfiDb                *db,
                    const RfiAuditEntry  *entry,
                    const char           *operation_id,
                    GError              **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_ADD], error);
  gint64 id;

  if (row == NULL || !get_next_id (db, &id, error))
    return FALSE;

  sqlite3_bind_int64 (row, 1, id);
  sqlite3_bind_int64 (row, 2, entry->at);
  rfi_db_bind (row, 3, entry->job_id);
  rfi_db_bind (row, 4, entry->user_id);
  rfi_db_bind (row, 5, rfi_audit_action_to_string (entry->action));
  sqlite3_bind_int (row, 6, (int) entry->origin);
  rfi_db_bind (row, 7, get_field_name (entry));
  rfi_db_bind (row, 8, operation_id);
  bind_values (db, row, id, entry);
  return rfi_db_finish (db, row, error) &&
         (entry->action != RFI_AUDIT_DISCARDED || tell_discarded (db, entry, error));
}

gboolean
rfi_audit_rows_add_patch (RfiDb                *db,
                          const RfiAuditEntry  *entry,
                          const RfiPatch       *before,
                          const RfiPatch       *after,
                          const char           *operation_id,
                          GError              **error)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiAuditEntry line = *entry;

      line.field = (int) i;
      line.before = before != NULL ? (char *) rfi_patch_get (before, (RfiField) i) : NULL;
      line.after = after != NULL ? (char *) rfi_patch_get (after, (RfiField) i) : NULL;
      if (line.after == NULL || g_strcmp0 (line.before, line.after) == 0)
        continue;
      if (!rfi_audit_rows_add (db, &line, operation_id, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
rfi_audit_rows_add_values (RfiDb                *db,
                           const RfiAuditEntry  *entry,
                           const RfiPatch       *values,
                           GError              **error)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiAuditEntry line = *entry;

      line.field = (int) i;
      line.before = (char *) rfi_patch_get (values, (RfiField) i);
      if (line.before != NULL && !rfi_audit_rows_add (db, &line, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* An operation ended: its lines stand, or never happened. */
gboolean
rfi_audit_rows_settle (RfiDb       *db,
                       const char  *operation_id,
                       gboolean     confirmed,
                       GError     **error)
{
  return rfi_rows_run (db, sql[confirmed ? SQL_CONFIRM : SQL_WITHDRAW], operation_id, NULL, NULL,
                       error);
}

gboolean
rfi_audit_rows_credit (RfiDb                *db,
                       const RfiAuditEntry  *entry,
                       GError              **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_CREDIT], error);

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, entry->id);
  rfi_db_bind (row, 2, entry->user_id);
  bind_values (db, row, entry->id, entry);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_audit_rows_rename_job (RfiDb       *db,
                           const char  *from,
                           const char  *to,
                           GError     **error)
{
  return rfi_rows_run (db, sql[SQL_RENAME_JOB], from, to, NULL, error);
}

gboolean
rfi_audit_rows_read_plain (sqlite3_stmt  *row,
                           RfiAuditEntry *entry)
{
  RfiField field;

  *entry = (RfiAuditEntry) {
    .id = sqlite3_column_int64 (row, 0),
    .at = sqlite3_column_int64 (row, 1),
    .job_id = (char *) rfi_db_text (row, 2),
    .user_id = (char *) rfi_db_text (row, 3),
    .origin = (RfiOrigin) sqlite3_column_int (row, 5),
    .field = -1,
    .pending = rfi_db_text (row, 7) != NULL,
  };
  if (rfi_field_from_string (rfi_db_text (row, 6), &field))
    entry->field = (int) field;

  return rfi_audit_action_from_string (rfi_db_text (row, 4), &entry->action);
}

/* A line whose seal is broken still says what was done, and by whom. */
RfiAuditEntry *
rfi_audit_rows_read (RfiDb        *db,
                     sqlite3_stmt *row)
{
  const char *values[N_VALUES] = { NULL };
  RfiSealPlace place = { RFI_ROWS_AUDIT, rfi_db_text (row, 0), 0 };
  RfiAuditEntry entry;

  if (!rfi_audit_rows_read_plain (row, &entry))
    return NULL;

  if (sqlite3_column_type (row, 8) != SQLITE_NULL &&
      rfi_row_seal_read (db, row, 8, &place, values, N_VALUES))
    {
      entry.before = (char *) values[BEFORE];
      entry.after = (char *) values[AFTER];
      entry.user_name = (char *) values[NAME];
    }
  return rfi_audit_entry_new (&entry);
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  RFI_DB_KEPT row =
    rfi_db_prepare (db, sql[call->id != NULL ? SQL_LIST_BY_JOB : SQL_LIST], &error);
  g_autoptr(GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_entry_unref);

  if (row != NULL)
    {
      sqlite3_bind_int64 (row, 1, call->number2 > 0 ? call->number2 : G_MAXINT64);
      sqlite3_bind_int64 (row, 2, call->number);
      if (call->id != NULL)
        rfi_db_bind (row, 3, call->id);
    }

  while (row != NULL && rfi_db_step (db, row, &error))
    {
      RfiAuditEntry *entry = rfi_audit_rows_read (db, row);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }

  if (error != NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&entries), (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_audit_async (RfiStore            *self,
                            const char          *job_id,
                            guint                limit,
                            gint64               before_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_list_audit_async, cancellable, callback,
                                    user_data, &call);

  call->id = g_strdup (job_id);
  call->number = limit;
  call->number2 = before_id;
  rfi_store_call_push (self, task, list_work);
}

GPtrArray *
rfi_store_list_audit_finish (RfiStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
