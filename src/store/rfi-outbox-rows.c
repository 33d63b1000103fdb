/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-outbox-rows"

#include "config.h"

#include "rfi-outbox-rows.h"

#include "rfi-letter-rows.h"
#include "rfi-store-salvage.h"
#include "rfi-store-steps.h"

#define PLAIN_COLUMNS \
  "seq, id, kind, job_id, vendor_id, user_id, base_etag, photo_id, photo_mime, photo_size, " \
  "created_at, state, attempts, maybe_applied, next_try_at, error_code"
#define COLUMNS PLAIN_COLUMNS ", sealed"
/* Reads a table from before there were seals like one of today. */
#define COLUMNS_SEALED_NOW \
  PLAIN_COLUMNS ", seal('outbox', id, 0, patch, before, photo_name, photo_path, error_message)"

enum {
  SEQ,
  ID,
  KIND,
  JOB_ID,
  VENDOR_ID,
  USER_ID,
  BASE_ETAG,
  PHOTO_ID,
  PHOTO_MIME,
  PHOTO_SIZE,
  CREATED_AT,
  STATE,
  ATTEMPTS,
  MAYBE_APPLIED,
  NEXT_TRY_AT,
  ERROR_CODE,
  SEALED,
};

/* The order of what is sealed: it is only ever added to. */
enum {
  PATCH,
  BEFORE,
  PHOTO_NAME,
  PHOTO_PATH,
  ERROR_MESSAGE,
  N_VALUES,
};

enum {
  SQL_ALL,
  SQL_ALL_BACKWARDS,
  SQL_ALL_UNSEALED,
  SQL_ALL_UNSEALED_BACKWARDS,
  SQL_ALL_OLD,
  SQL_ALL_OLD_BACKWARDS,
  SQL_BY_JOB,
  SQL_GET,
  SQL_PUT,
  SQL_SEQ,
  SQL_MEND,
  SQL_SET_LOST,
  SQL_REMOVE,
  SQL_RENAME_JOB,
  SQL_COUNT,
  SQL_REOPEN,
  SQL_MARK_SENT,
  SQL_SET_STATE,
  SQL_ANY,
};

static const char *const sql[] = {
  [SQL_ALL] = "SELECT " COLUMNS " FROM outbox ORDER BY seq",
  [SQL_ALL_BACKWARDS] = "SELECT " COLUMNS " FROM outbox ORDER BY seq DESC",
  [SQL_ALL_UNSEALED] = "SELECT " COLUMNS_SEALED_NOW " FROM plain_outbox ORDER BY seq",
  [SQL_ALL_UNSEALED_BACKWARDS] = "SELECT " COLUMNS_SEALED_NOW " FROM plain_outbox "
                                 "ORDER BY seq DESC",
  [SQL_ALL_OLD] = "SELECT " COLUMNS_SEALED_NOW " FROM outbox ORDER BY seq",
  [SQL_ALL_OLD_BACKWARDS] = "SELECT " COLUMNS_SEALED_NOW " FROM outbox ORDER BY seq DESC",
  [SQL_BY_JOB] = "SELECT " COLUMNS " FROM outbox WHERE job_id = ?1 ORDER BY seq",
  [SQL_GET] = "SELECT " COLUMNS " FROM outbox WHERE id = ?1",
  /* An upsert, not a replacement: conflicts refer to the row. Nor does it tell the place: SQLite
   * makes a table for what a statement returns, which takes longer than to look for it. */
  [SQL_PUT] = "INSERT INTO outbox (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
              "?11, ?12, ?13, ?14, ?15, ?16, ?17) "
              "ON CONFLICT (id) DO UPDATE SET vendor_id = excluded.vendor_id, "
              "base_etag = excluded.base_etag, "
              "state = excluded.state, "
              "attempts = excluded.attempts, maybe_applied = excluded.maybe_applied, "
              "next_try_at = excluded.next_try_at, error_code = excluded.error_code, "
              "sealed = excluded.sealed",
  [SQL_SEQ] = "SELECT seq FROM outbox WHERE id = ?1",
  [SQL_MEND] = "UPDATE outbox SET sealed = ?2 WHERE id = ?1",
  [SQL_SET_LOST] = "UPDATE outbox SET state = 2, error_code = '" RFI_OPERATION_LOST "', "
                   "sealed = ?2 WHERE id = ?1",
  [SQL_REMOVE] = "DELETE FROM outbox WHERE id = ?1",
  [SQL_RENAME_JOB] = "UPDATE outbox SET job_id = ?2 WHERE job_id = ?1",
  [SQL_COUNT] = "SELECT state, n, (SELECT min(created_at) FROM outbox o WHERE o.state = c.state) "
                "FROM outbox_count c WHERE n > 0",
  [SQL_ANY] = "SELECT 1 FROM outbox LIMIT 1",
  [SQL_MARK_SENT] = "UPDATE outbox SET maybe_applied = 1 WHERE id = ?1",
  [SQL_SET_STATE] = "UPDATE outbox SET state = ?2, error_code = ?3, maybe_applied = 0, "
                    "next_try_at = 0 WHERE id = ?1",
  [SQL_REOPEN] = "UPDATE outbox SET state = 0 WHERE state = 3",
};

G_STATIC_ASSERT (RFI_OPERATION_QUEUED == 0 && RFI_OPERATION_REJECTED == 2 &&
                 RFI_OPERATION_ACCEPTED == 3);

static gboolean
needs_patch (RfiOperationKind kind)
{
  return kind == RFI_OPERATION_CREATE || kind == RFI_OPERATION_EDIT ||
         kind == RFI_OPERATION_SET_STATUS || kind == RFI_OPERATION_ASSIGN ||
         kind == RFI_OPERATION_RESOLVE;
}

/* What stands in the open is not sealed. Only damage makes it senseless. */
static gboolean
has_sense (const RfiOperation *operation)
{
  return operation->id != NULL && *operation->id != '\0' && operation->job_id != NULL &&
         *operation->job_id != '\0' && (guint) operation->state < RFI_N_OPERATION_STATES;
}

static RfiOperation *
fail_senseless (GError **error)
{
  g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED, "An operation makes no sense");
  return NULL;
}

/* A newer program may know more kinds and need no other tables for them. */
static RfiOperation *
fail_unknown (const char  *kind,
              GError     **error)
{
  if (!rfi_operation_kind_is_word (kind))
    return fail_senseless (error);

  g_set_error (error, RFI_DB_ERROR, RFI_DB_ERROR_NEWER, "An operation of kind %s", kind);
  return NULL;
}

/* (transfer full) (nullable): %NULL without @error for one whose seal is broken, see
 * rfi_store_mend(). Passed over, one that makes no sense would neither be shown nor sent. */
static RfiOperation *
read_row (RfiDb         *db,
          sqlite3_stmt  *row,
          GError       **error)
{
  g_autoptr(RfiPatch) patch = NULL;
  g_autoptr(RfiPatch) before = NULL;
  const char *values[N_VALUES];
  RfiSealPlace place = { RFI_ROWS_OUTBOX, rfi_db_text (row, ID), 0 };
  RfiOperation operation = {
    .seq = sqlite3_column_int64 (row, SEQ),
    .id = (char *) place.id,
    .job_id = (char *) rfi_db_text (row, JOB_ID),
    .vendor_id = (char *) rfi_db_text (row, VENDOR_ID),
    .user_id = (char *) rfi_db_text (row, USER_ID),
    .base_etag = (char *) rfi_db_text (row, BASE_ETAG),
    .photo_id = (char *) rfi_db_text (row, PHOTO_ID),
    .photo_mime = (char *) rfi_db_text (row, PHOTO_MIME),
    .photo_size = sqlite3_column_int64 (row, PHOTO_SIZE),
    .created_at = sqlite3_column_int64 (row, CREATED_AT),
    .state = (RfiOperationState) sqlite3_column_int (row, STATE),
    .attempts = (guint) sqlite3_column_int (row, ATTEMPTS),
    .maybe_applied = sqlite3_column_int (row, MAYBE_APPLIED) != 0,
    .next_try_at = sqlite3_column_int64 (row, NEXT_TRY_AT),
    .error_code = (char *) rfi_db_text (row, ERROR_CODE),
  };

  if (!has_sense (&operation))
    return fail_senseless (error);
  if (!rfi_operation_kind_from_string (rfi_db_text (row, KIND), &operation.kind))
    return fail_unknown (rfi_db_text (row, KIND), error);
  if (!rfi_row_seal_read (db, row, SEALED, &place, values, N_VALUES))
    return NULL;
  if (g_strcmp0 (operation.error_code, RFI_OPERATION_LOST) == 0)
    patch = rfi_patch_new ();
  else if (values[PATCH] != NULL)
    patch = rfi_patch_from_text (values[PATCH]);
  if (values[BEFORE] != NULL)
    before = rfi_patch_from_text (values[BEFORE]);
  if (patch == NULL && (values[PATCH] != NULL || needs_patch (operation.kind)))
    return fail_senseless (error);

  operation.patch = patch;
  operation.before = before;
  operation.photo_name = (char *) values[PHOTO_NAME];
  operation.photo_path = (char *) values[PHOTO_PATH];
  operation.error_message = (char *) values[ERROR_MESSAGE];
  return rfi_operation_new (&operation);
}

/* @job_id: (nullable): all */
GPtrArray *
rfi_outbox_rows_list (RfiDb       *db,
                      const char  *job_id,
                      GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[job_id != NULL ? SQL_BY_JOB : SQL_ALL], error);
  g_autoptr(GPtrArray) operations =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  if (job_id != NULL)
    rfi_db_bind (row, 1, job_id);
  while (step_error == NULL && rfi_db_step (db, row, &step_error))
    {
      RfiOperation *operation = read_row (db, row, &step_error);

      if (operation != NULL)
        g_ptr_array_add (operations, operation);
    }

  if (step_error == NULL)
    return g_steal_pointer (&operations);

  g_propagate_error (error, step_error);
  return NULL;
}

RfiOperation *
rfi_outbox_rows_get (RfiDb       *db,
                     const char  *operation_id,
                     GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_GET], error);
  RfiOperation *operation = NULL;
  GError *step_error = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, operation_id);
  if (rfi_db_step (db, row, &step_error))
    operation = read_row (db, row, &step_error);
  if (operation != NULL)
    return operation;

  if (step_error == NULL)
    g_set_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE, "No operation %s", operation_id);
  else
    g_propagate_error (error, step_error);
  return NULL;
}

static gboolean
get_seq (RfiDb       *db,
         const char  *operation_id,
         gint64      *seq,
         GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SEQ], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, operation_id);
  if (!rfi_db_step (db, row, error))
    return FALSE;

  *seq = sqlite3_column_int64 (row, 0);
  return TRUE;
}

/* @seq: (out) (optional) */
gboolean
rfi_outbox_rows_put (RfiDb         *db,
                     RfiOperation  *operation,
                     gint64        *seq,
                     GError       **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_PUT], error);
  g_autofree char *patch =
    operation->patch != NULL ? rfi_patch_to_text (operation->patch) : NULL;
  g_autofree char *before =
    operation->before != NULL ? rfi_patch_to_text (operation->before) : NULL;
  RfiSealPlace place = { RFI_ROWS_OUTBOX, operation->id, 0 };
  const char *values[N_VALUES] = {
    [PATCH] = patch,
    [BEFORE] = before,
    [PHOTO_NAME] = operation->photo_name,
    [PHOTO_PATH] = operation->photo_path,
    [ERROR_MESSAGE] = operation->error_message,
  };

  if (row == NULL)
    return FALSE;

  if (operation->seq > 0)
    sqlite3_bind_int64 (row, SEQ + 1, operation->seq);
  rfi_db_bind (row, ID + 1, operation->id);
  rfi_db_bind (row, KIND + 1, rfi_operation_kind_to_string (operation->kind));
  rfi_db_bind (row, JOB_ID + 1, operation->job_id);
  rfi_db_bind (row, VENDOR_ID + 1, operation->vendor_id);
  rfi_db_bind (row, USER_ID + 1, operation->user_id != NULL ? operation->user_id : "");
  rfi_db_bind (row, BASE_ETAG + 1, operation->base_etag);
  rfi_db_bind (row, PHOTO_ID + 1, operation->photo_id);
  rfi_db_bind (row, PHOTO_MIME + 1, operation->photo_mime);
  sqlite3_bind_int64 (row, PHOTO_SIZE + 1, operation->photo_size);
  sqlite3_bind_int64 (row, CREATED_AT + 1, operation->created_at);
  sqlite3_bind_int (row, STATE + 1, (int) operation->state);
  sqlite3_bind_int64 (row, ATTEMPTS + 1, operation->attempts);
  sqlite3_bind_int (row, MAYBE_APPLIED + 1, operation->maybe_applied);
  sqlite3_bind_int64 (row, NEXT_TRY_AT + 1, operation->next_try_at);
  rfi_db_bind (row, ERROR_CODE + 1, operation->error_code);
  rfi_row_seal_bind (db, row, SEALED + 1, &place, values, N_VALUES);
  if (!rfi_db_finish (db, row, error))
    return FALSE;

  return seq == NULL || get_seq (db, operation->id, seq, error);
}

static gboolean
put_values (RfiDb           *db,
            guint            statement,
            const char      *operation_id,
            const RfiPatch  *patch,
            const RfiPatch  *before,
            GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[statement], error);
  g_autofree char *patch_text = patch != NULL ? rfi_patch_to_text (patch) : NULL;
  g_autofree char *before_text = before != NULL ? rfi_patch_to_text (before) : NULL;
  RfiSealPlace place = { RFI_ROWS_OUTBOX, operation_id, 0 };
  const char *values[N_VALUES] = { [PATCH] = patch_text, [BEFORE] = before_text };

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, operation_id);
  rfi_row_seal_bind (db, row, 2, &place, values, N_VALUES);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_outbox_rows_mend (RfiDb           *db,
                      const char      *operation_id,
                      const RfiPatch  *patch,
                      const RfiPatch  *before,
                      GError         **error)
{
  return put_values (db, SQL_MEND, operation_id, patch, before, error);
}

gboolean
rfi_outbox_rows_set_lost (RfiDb       *db,
                          const char  *operation_id,
                          GError     **error)
{
  return put_values (db, SQL_SET_LOST, operation_id, NULL, NULL, error);
}

gboolean
rfi_outbox_rows_remove (RfiDb       *db,
                        const char  *operation_id,
                        GError     **error)
{
  return rfi_rows_run (db, sql[SQL_REMOVE], operation_id, NULL, NULL, error) &&
         rfi_letter_rows_remove (db, operation_id, error);
}

gboolean
rfi_outbox_rows_reopen (RfiDb   *db,
                        GError **error)
{
  return rfi_rows_run (db, sql[SQL_REOPEN], NULL, NULL, NULL, error);
}

gboolean
rfi_outbox_rows_mark_sent (RfiDb       *db,
                           const char  *operation_id,
                           GError     **error)
{
  return rfi_rows_run (db, sql[SQL_MARK_SENT], operation_id, NULL, NULL, error);
}

gboolean
rfi_outbox_rows_set_state (RfiDb              *db,
                           const char         *operation_id,
                           RfiOperationState   state,
                           const char         *code,
                           GError            **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_SET_STATE], error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, operation_id);
  sqlite3_bind_int (row, 2, (int) state);
  rfi_db_bind (row, 3, code);
  return rfi_db_finish (db, row, error);
}

gboolean
rfi_outbox_rows_rename_job (RfiDb       *db,
                            const char  *from,
                            const char  *to,
                            GError     **error)
{
  return rfi_rows_run (db, sql[SQL_RENAME_JOB], from, to, NULL, error);
}

gboolean
rfi_outbox_rows_any (RfiDb     *db,
                     gboolean  *any,
                     GError   **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_ANY], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  *any = rfi_db_step (db, row, &step_error);
  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

gboolean
rfi_outbox_rows_count (RfiDb           *db,
                       RfiStoreChange  *change,
                       GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql[SQL_COUNT], error);
  GError *step_error = NULL;

  if (row == NULL)
    return FALSE;

  while (rfi_db_step (db, row, &step_error))
    {
      RfiOperationState state = (RfiOperationState) sqlite3_column_int (row, 0);

      if (state == RFI_OPERATION_QUEUED)
        {
          change->n_queued = (guint) sqlite3_column_int (row, 1);
          change->oldest_queued_at = sqlite3_column_int64 (row, 2);
        }
      else if (state == RFI_OPERATION_REJECTED || state == RFI_OPERATION_QUARANTINED)
        {
          change->n_failed += (guint) sqlite3_column_int (row, 1);
        }
    }

  if (step_error != NULL)
    g_propagate_error (error, step_error);
  return step_error == NULL;
}

/* Whether all that is to be done of it is in the new file. */
static gboolean
save (RfiDb              *to,
      const RfiOperation *found)
{
  g_autoptr(GPtrArray) parts = rfi_store_salvage_operation (found);
  gboolean saved = parts->len > 0;

  for (guint i = 0; saved && i < parts->len; i++)
    {
      RfiOperation *part = g_ptr_array_index (parts, i);

      saved = rfi_outbox_rows_put (to, part, NULL, NULL) &&
              rfi_store_audit_operation (to, part, NULL);
    }
  return saved;
}

/* From both ends up to what cannot be read, in the order of typing.
 * Returns: (transfer full) (element-type RfiOperation) */
static GPtrArray *
read_both_ways (RfiDb      *from,
                const char *forwards,
                const char *backwards)
{
  const char *const ways[] = { forwards, backwards };
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
  gint64 last = 0;
  int end = -1;

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      RFI_DB_KEPT row = rfi_db_prepare (from, ways[i], NULL);

      while (row != NULL && rfi_db_step (from, row, NULL))
        {
          gint64 seq = sqlite3_column_int64 (row, SEQ);
          RfiOperation *operation;

          if (i > 0 && seq <= last)
            break;
          if (i == 0)
            last = seq;
          operation = read_row (from, row, NULL);
          if (operation != NULL)
            g_ptr_array_insert (found, end, operation);
        }
      end = (int) found->len;
    }

  return found;
}

static int
salvage_table (RfiDb       *from,
               RfiDb       *to,
               const char  *forwards,
               const char  *backwards)
{
  g_autoptr(GPtrArray) found = read_both_ways (from, forwards, backwards);
  int n = 0;

  /* Numbered anew: what was one may be several. */
  for (guint i = 0; i < found->len; i++)
    n += save (to, g_ptr_array_index (found, i));

  return n;
}

/* A table that is not there, or has not these columns, gives nothing. */
int
rfi_outbox_rows_salvage (RfiDb *from,
                         RfiDb *to)
{
  return salvage_table (from, to, sql[SQL_ALL], sql[SQL_ALL_BACKWARDS]) +
         salvage_table (from, to, sql[SQL_ALL_UNSEALED], sql[SQL_ALL_UNSEALED_BACKWARDS]) +
         salvage_table (from, to, sql[SQL_ALL_OLD], sql[SQL_ALL_OLD_BACKWARDS]);
}
