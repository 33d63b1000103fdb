/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-rows"

#include "config.h"

#include "rfi-store-steps.h"

#define COLUMNS \
  "id, operation_id, job_id, reason, gone, base_etag, theirs_etag, theirs_by, theirs_at, " \
  "detected_at, sealed"
#define SELECT_ROWS "SELECT " COLUMNS ", server_id, theirs_version FROM conflict"

/* The order of what is sealed: it is only ever added to. */
enum {
  JOB_TITLE,
  BASE,
  THEIRS,
  N_VALUES,
};

enum {
  SQL_LIST,
  SQL_GET,
  SQL_DELETED,
  SQL_PUT,
  SQL_REMOVE,
  SQL_RENAME_JOB,
  SQL_COUNT,
  SQL_GET_RECORD,
  SQL_SET_RECORD,
  SQL_FIND,
};

static const char *const sql[] = {
  [SQL_LIST] = SELECT_ROWS " ORDER BY detected_at DESC, id",
  [SQL_GET] = SELECT_ROWS " WHERE id = ?1",
  [SQL_DELETED] = SELECT_ROWS " WHERE job_id = ?1 AND gone",
  [SQL_PUT] = "INSERT OR REPLACE INTO conflict (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
              "?8, ?9, ?10, ?11)",
  [SQL_REMOVE] = "DELETE FROM conflict WHERE id = ?1",
  [SQL_RENAME_JOB] = "UPDATE conflict SET job_id = ?2 WHERE job_id = ?1",
  [SQL_COUNT] = "SELECT count(*) FROM conflict",
  [SQL_GET_RECORD] = "SELECT server_id, theirs_version FROM conflict WHERE id = ?1",
  [SQL_SET_RECORD] = "UPDATE conflict SET server_id = ?2, theirs_version = ?3 WHERE id = ?1",
  [SQL_FIND] = "SELECT id FROM conflict WHERE operation_id = ?1",
};

static RfiConflict *
fail_senseless (GError **error)
{
  g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "A conflict makes no sense");
  return NULL;
}

/* (transfer full) (nullable): %NULL with @error unset if its seal is broken, or that of the
 * operation that is in conflict. Passed over, one that makes no sense would never be decided. */
static RfiConflict *
read_row (RfiDb         *db,
          sqlite3_stmt  *row,
          GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiOperation) operation = rfi_outbox_rows_get (db, rfi_db_text (row, 1), &read_error);
  g_autoptr(RfiPatch) base = NULL;
  g_autoptr(RfiPatch) theirs = NULL;
  const char *values[N_VALUES];
  RfiSealPlace place = { RFI_ROWS_CONFLICT, rfi_db_text (row, 0), 0 };
  RfiConflict conflict = {
    .id = (char *) place.id,
    .operation = operation,
    .job_id = (char *) rfi_db_text (row, 2),
    .base_etag = (char *) rfi_db_text (row, 5),
    .theirs_etag = (char *) rfi_db_text (row, 6),
    .theirs_by = (char *) rfi_db_text (row, 7),
    .theirs_at = sqlite3_column_int64 (row, 8),
    .detected_at = sqlite3_column_int64 (row, 9),
    .record_id = (char *) rfi_db_text (row, 11),
    .version = sqlite3_column_int64 (row, 12),
  };

  if (g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    g_clear_error (&read_error);
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  if (operation == NULL)
    return NULL;
  if (!rfi_conflict_reason_from_string (rfi_db_text (row, 3), &conflict.reason))
    return fail_senseless (error);
  if (!rfi_row_seal_read (db, row, 10, &place, values, N_VALUES))
    return NULL;

  if (values[BASE] != NULL)
    base = rfi_patch_from_text (values[BASE]);
  if (values[THEIRS] != NULL)
    theirs = rfi_patch_from_text (values[THEIRS]);
  if (base == NULL)
    return fail_senseless (error);

  conflict.job_title = (char *) (values[JOB_TITLE] != NULL ? values[JOB_TITLE] : "");
  conflict.base = base;
  conflict.theirs = theirs;
  return rfi_conflict_new (&conflict);
}

/* @key: (nullable) */
static GPtrArray *
list_rows (RfiDb       *db,
           guint        statement,
           const char  *key,
           GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[statement], error);
  g_autoptr(GPtrArray) conflicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_unref);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  if (key != NULL)
    rfi_db_bind (row, 1, key);
  while (step_error == NULL && rfi_db_step (db, row, &step_error))
    {
      RfiConflict *conflict = read_row (db, row, &step_error);

      if (conflict != NULL)
        g_ptr_array_add (conflicts, conflict);
    }

  if (step_error == NULL)
    return g_steal_pointer (&conflicts);

  g_propagate_error (error, step_error);
  return NULL;
}

/* @conflict_id: (nullable): all */
GPtrArray *
rfi_conflict_rows_list (RfiDb       *db,
                        const char  *conflict_id,
                        GError     **error)
{
  return list_rows (db, conflict_id != NULL ? SQL_GET : SQL_LIST, conflict_id, error);
}

GPtrArray *
rfi_conflict_rows_list_deleted (RfiDb       *db,
                                const char  *job_id,
                                GError     **error)
{
  return list_rows (db, SQL_DELETED, job_id, error);
}

gboolean
rfi_conflict_rows_remove (RfiDb       *db,
                          const char  *conflict_id,
                          GError     **error)
{
  return rfi_rows_run (db, sql[SQL_REMOVE], conflict_id, NULL, NULL, error);
}

gboolean
rfi_conflict_rows_rename_job (RfiDb       *db,
                              const char  *from,
                              const char  *to,
                              GError     **error)
{
  return rfi_rows_run (db, sql[SQL_RENAME_JOB], from, to, NULL, error);
}

gboolean
rfi_conflict_rows_put (RfiDb        *db,
                       RfiConflict  *conflict,
                       GError      **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PUT], error);
  g_autofree char *base = rfi_patch_to_text (conflict->base);
  g_autofree char *theirs =
    conflict->theirs != NULL ? rfi_patch_to_text (conflict->theirs) : NULL;
  RfiSealPlace place = { RFI_ROWS_CONFLICT, conflict->id, 0 };
  const char *values[N_VALUES] = {
    [JOB_TITLE] = conflict->job_title,
    [BASE] = base,
    [THEIRS] = theirs,
  };

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, conflict->id);
  rfi_db_bind (row, 2, conflict->operation->id);
  rfi_db_bind (row, 3, conflict->job_id);
  rfi_db_bind (row, 4, rfi_conflict_reason_to_string (conflict->reason));
  sqlite3_bind_int (row, 5, theirs == NULL);
  rfi_db_bind (row, 6, conflict->base_etag);
  rfi_db_bind (row, 7, conflict->theirs_etag);
  rfi_db_bind (row, 8, conflict->theirs_by);
  sqlite3_bind_int64 (row, 9, conflict->theirs_at);
  sqlite3_bind_int64 (row, 10, conflict->detected_at);
  rfi_row_seal_bind (db, row, 11, &place, values, N_VALUES);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_conflict_rows_count (RfiDb           *db,
                         RfiStoreChange  *change,
                         GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_COUNT], error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  change->n_conflicts = (guint) sqlite3_column_int (row, 0);
  return TRUE;
}

gboolean
rfi_conflict_rows_get_record (RfiDb       *db,
                              const char  *conflict_id,
                              char       **server_id,
                              gint64      *theirs_version,
                              GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET_RECORD], error);
  GError *step_error = NULL;

  *server_id = NULL;
  *theirs_version = 0;
  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, conflict_id);
  if (rfi_db_step (db, row, &step_error))
    {
      *server_id = g_strdup (rfi_db_text (row, 0));
      *theirs_version = sqlite3_column_int64 (row, 1);
    }

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

gboolean
rfi_conflict_rows_set_record (RfiDb       *db,
                              const char  *conflict_id,
                              const char  *server_id,
                              gint64       theirs_version,
                              GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SET_RECORD], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, conflict_id);
  rfi_db_bind (row, 2, server_id);
  sqlite3_bind_int64 (row, 3, theirs_version);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_conflict_rows_find (RfiDb       *db,
                        const char  *operation_id,
                        char       **conflict_id,
                        GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_FIND], error);
  GError *step_error = NULL;

  *conflict_id = NULL;
  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, operation_id);
  if (rfi_db_step (db, row, &step_error))
    *conflict_id = g_strdup (rfi_db_text (row, 0));
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}
