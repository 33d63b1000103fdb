/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-conflicts"

#include "config.h"

#include "rfi-server-conflicts.h"

#define COLUMNS \
  "id, job_id, job_title, device_id, user_id, user_name, seq, kind, reason, base, mine, theirs," \
  " version, theirs_by, theirs_by_name, theirs_at, detected_at, resolved_by, resolved_at," \
  " resolution, escalated_to, escalation_note, vendor_id, typed_at, base_version," \
  " theirs_typed_at, escalated_by, escalated_at, owner, begun_at, ended_at"

#define NAME_OF(column) "(SELECT display_name FROM user WHERE id = conflict." column ")"

#define SELECT \
  "SELECT " COLUMNS ", " NAME_OF ("escalated_to") ", " NAME_OF ("escalated_by") ", " \
  NAME_OF ("resolved_by") ", " NAME_OF ("owner") " FROM conflict"

enum {
  COLUMN_ID,
  COLUMN_JOB_ID,
  COLUMN_JOB_TITLE,
  COLUMN_DEVICE_ID,
  COLUMN_USER_ID,
  COLUMN_USER_NAME,
  COLUMN_SEQ,
  COLUMN_KIND,
  COLUMN_REASON,
  COLUMN_BASE,
  COLUMN_MINE,
  COLUMN_THEIRS,
  COLUMN_VERSION,
  COLUMN_THEIRS_BY,
  COLUMN_THEIRS_BY_NAME,
  COLUMN_THEIRS_AT,
  COLUMN_DETECTED_AT,
  COLUMN_RESOLVED_BY,
  COLUMN_RESOLVED_AT,
  COLUMN_RESOLUTION,
  COLUMN_ESCALATED_TO,
  COLUMN_ESCALATION_NOTE,
  COLUMN_VENDOR_ID,
  COLUMN_TYPED_AT,
  COLUMN_BASE_VERSION,
  COLUMN_THEIRS_TYPED_AT,
  COLUMN_ESCALATED_BY,
  COLUMN_ESCALATED_AT,
  COLUMN_OWNER,
  COLUMN_BEGUN_AT,
  COLUMN_ENDED_AT,
  /* Only read: */
  COLUMN_ESCALATED_TO_NAME,
  COLUMN_ESCALATED_BY_NAME,
  COLUMN_RESOLVED_BY_NAME,
  COLUMN_OWNER_NAME,
};

static const char insert_sql[] =
  "INSERT INTO conflict (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
  " ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)";

static const char update_sql[] =
  "UPDATE conflict SET kind = ?8, reason = ?9, base = ?10, mine = ?11, theirs = ?12,"
  " version = ?13, theirs_by = ?14, theirs_by_name = ?15, theirs_at = ?16, resolved_by = ?18,"
  " resolved_at = ?19, resolution = ?20, escalated_to = ?21, escalation_note = ?22,"
  " typed_at = ?24, base_version = ?25, theirs_typed_at = ?26, escalated_by = ?27,"
  " escalated_at = ?28, owner = ?29, begun_at = ?30, ended_at = ?31"
  " WHERE id = ?1";

static const char find_sql[] = SELECT " WHERE id = ?1";

static const char closed_sql[] =
  "SELECT 1 FROM conflict WHERE id = ?1 AND resolved_at IS NOT NULL";

#define LATEST " ORDER BY detected_at DESC, id DESC LIMIT ?4"
#define STATE  " AND (?3 = 2 OR (resolved_at IS NOT NULL) = ?3)"

static const char list_sql[] =
  SELECT " WHERE ?1 IS NULL AND ?2 IS NULL" STATE LATEST;
static const char list_open_sql[] =
  SELECT " WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 = 0"
  " AND resolved_at IS NULL" LATEST;
static const char list_vendor_sql[] =
  SELECT " WHERE vendor_id = ?1 AND ?2 IS NULL" STATE LATEST;
static const char list_user_sql[] =
  SELECT " WHERE user_id = ?2 AND ?1 IS NULL" STATE LATEST;

static const char list_settled_sql[] =
  SELECT " WHERE resolved_at >= ?3 AND (?1 IS NULL OR vendor_id = ?1)"
  " AND (?2 IS NULL OR user_id = ?2) ORDER BY resolved_at DESC, id DESC LIMIT ?4";

/* @patch: (nullable) */
static void
bind_patch (sqlite3_stmt   *statement,
            int             column,
            const RfiPatch *patch)
{
  if (patch != NULL)
    sqlite3_bind_text (statement, column + 1, rfi_patch_to_text (patch), -1, g_free);
}

static void
bind_time (sqlite3_stmt *statement,
           int           column,
           gint64        time)
{
  if (time != 0)
    sqlite3_bind_int64 (statement, column + 1, time);
}

/* What is empty stays unbound, which is NULL. */
static void
bind_record (sqlite3_stmt            *statement,
             const RfiConflictRecord *record)
{
  g_autoptr(RfiPatch) none = rfi_patch_new ();

  rfi_db_bind (statement, COLUMN_ID + 1, record->id);
  sqlite3_bind_int (statement, COLUMN_KIND + 1, (int) record->kind);
  sqlite3_bind_int (statement, COLUMN_REASON + 1, (int) record->reason);
  bind_patch (statement, COLUMN_BASE, record->base != NULL ? record->base : none);
  bind_patch (statement, COLUMN_MINE, record->mine != NULL ? record->mine : none);
  bind_patch (statement, COLUMN_THEIRS, record->theirs);
  sqlite3_bind_int64 (statement, COLUMN_VERSION + 1, record->version);
  rfi_db_bind (statement, COLUMN_THEIRS_BY + 1, record->theirs_by);
  rfi_db_bind (statement, COLUMN_THEIRS_BY_NAME + 1, record->theirs_by_name);
  sqlite3_bind_int64 (statement, COLUMN_THEIRS_AT + 1, record->theirs_at);
  rfi_db_bind (statement, COLUMN_RESOLVED_BY + 1, record->resolved_by);
  bind_time (statement, COLUMN_RESOLVED_AT, record->resolved_at);
  bind_patch (statement, COLUMN_RESOLUTION, record->resolution);
  rfi_db_bind (statement, COLUMN_ESCALATED_TO + 1, record->escalated_to);
  rfi_db_bind (statement, COLUMN_ESCALATION_NOTE + 1, record->escalation_note);
  sqlite3_bind_int64 (statement, COLUMN_TYPED_AT + 1, record->typed_at);
  sqlite3_bind_int64 (statement, COLUMN_BASE_VERSION + 1, record->base_version);
  sqlite3_bind_int64 (statement, COLUMN_THEIRS_TYPED_AT + 1, record->theirs_typed_at);
  rfi_db_bind (statement, COLUMN_ESCALATED_BY + 1, record->escalated_by);
  sqlite3_bind_int64 (statement, COLUMN_ESCALATED_AT + 1, record->escalated_at);
  rfi_db_bind (statement, COLUMN_OWNER + 1, record->owner);
  sqlite3_bind_int64 (statement, COLUMN_BEGUN_AT + 1, record->begun_at);
  sqlite3_bind_int64 (statement, COLUMN_ENDED_AT + 1, record->ended_at);
}

gboolean
rfi_server_conflicts_insert (RfiDb                    *db,
                             const RfiConflictRecord  *record,
                             const char               *vendor_id,
                             GError                  **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  bind_record (statement, record);
  rfi_db_bind (statement, COLUMN_JOB_ID + 1, record->job_id);
  rfi_db_bind (statement, COLUMN_JOB_TITLE + 1, record->job_title);
  rfi_db_bind (statement, COLUMN_DEVICE_ID + 1, record->device_id);
  rfi_db_bind (statement, COLUMN_USER_ID + 1, record->user_id);
  rfi_db_bind (statement, COLUMN_USER_NAME + 1, record->user_name);
  sqlite3_bind_int64 (statement, COLUMN_SEQ + 1, record->seq);
  sqlite3_bind_int64 (statement, COLUMN_DETECTED_AT + 1, record->detected_at);
  rfi_db_bind (statement, COLUMN_VENDOR_ID + 1, vendor_id);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_conflicts_update (RfiDb                    *db,
                             const RfiConflictRecord  *record,
                             GError                  **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, update_sql, error);

  if (statement == NULL)
    return FALSE;

  bind_record (statement, record);
  return rfi_db_finish (db, statement, error);
}

static RfiPatch *
read_patch (sqlite3_stmt *row,
            int           column)
{
  const char *text = rfi_db_text (row, column);

  return text != NULL ? rfi_patch_from_text (text) : NULL;
}

static void
read_case (RfiConflictRecord *record,
           sqlite3_stmt      *row)
{
  record->typed_at = sqlite3_column_int64 (row, COLUMN_TYPED_AT);
  record->base_version = sqlite3_column_int64 (row, COLUMN_BASE_VERSION);
  record->theirs_typed_at = sqlite3_column_int64 (row, COLUMN_THEIRS_TYPED_AT);
  record->escalated_by = g_strdup (rfi_db_text (row, COLUMN_ESCALATED_BY));
  record->escalated_at = sqlite3_column_int64 (row, COLUMN_ESCALATED_AT);
  record->owner = g_strdup (rfi_db_text (row, COLUMN_OWNER));
  record->begun_at = sqlite3_column_int64 (row, COLUMN_BEGUN_AT);
  record->ended_at = sqlite3_column_int64 (row, COLUMN_ENDED_AT);
  record->escalated_to_name = g_strdup (rfi_db_text (row, COLUMN_ESCALATED_TO_NAME));
  record->escalated_by_name = g_strdup (rfi_db_text (row, COLUMN_ESCALATED_BY_NAME));
  record->resolved_by_name = g_strdup (rfi_db_text (row, COLUMN_RESOLVED_BY_NAME));
  record->owner_name = g_strdup (rfi_db_text (row, COLUMN_OWNER_NAME));
}

/* Returns: (transfer full) */
static RfiConflictRecord *
read_row (sqlite3_stmt *row)
{
  RfiConflictRecord *record = g_new0 (RfiConflictRecord, 1);

  record->id = g_strdup (rfi_db_text (row, COLUMN_ID));
  record->job_id = g_strdup (rfi_db_text (row, COLUMN_JOB_ID));
  record->job_title = g_strdup (rfi_db_text (row, COLUMN_JOB_TITLE));
  record->device_id = g_strdup (rfi_db_text (row, COLUMN_DEVICE_ID));
  record->user_id = g_strdup (rfi_db_text (row, COLUMN_USER_ID));
  record->user_name = g_strdup (rfi_db_text (row, COLUMN_USER_NAME));
  record->seq = sqlite3_column_int64 (row, COLUMN_SEQ);
  record->kind = (RfiOperationKind) sqlite3_column_int (row, COLUMN_KIND);
  record->reason = (RfiConflictReason) sqlite3_column_int (row, COLUMN_REASON);
  record->base = read_patch (row, COLUMN_BASE);
  record->mine = read_patch (row, COLUMN_MINE);
  record->theirs = read_patch (row, COLUMN_THEIRS);
  record->version = sqlite3_column_int64 (row, COLUMN_VERSION);
  record->theirs_by = g_strdup (rfi_db_text (row, COLUMN_THEIRS_BY));
  record->theirs_by_name = g_strdup (rfi_db_text (row, COLUMN_THEIRS_BY_NAME));
  record->theirs_at = sqlite3_column_int64 (row, COLUMN_THEIRS_AT);
  record->detected_at = sqlite3_column_int64 (row, COLUMN_DETECTED_AT);
  record->resolved_by = g_strdup (rfi_db_text (row, COLUMN_RESOLVED_BY));
  record->resolved_at = sqlite3_column_int64 (row, COLUMN_RESOLVED_AT);
  record->resolved = sqlite3_column_type (row, COLUMN_RESOLVED_AT) != SQLITE_NULL;
  record->resolution = read_patch (row, COLUMN_RESOLUTION);
  record->escalated_to = g_strdup (rfi_db_text (row, COLUMN_ESCALATED_TO));
  record->escalation_note = g_strdup (rfi_db_text (row, COLUMN_ESCALATION_NOTE));
  read_case (record, row);
  return record;
}

RfiConflictRecord *
rfi_server_conflicts_find (RfiDb       *db,
                           const char  *id,
                           char       **vendor_id,
                           GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, find_sql, error);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, id);
  if (!rfi_db_step (db, row, error))
    return NULL;

  if (vendor_id != NULL)
    *vendor_id = g_strdup (rfi_db_text (row, COLUMN_VENDOR_ID));
  return read_row (row);
}

gboolean
rfi_server_conflicts_is_closed (RfiDb       *db,
                                const char  *id,
                                GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, closed_sql, error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, id);
  return rfi_db_step (db, row, error);
}

/* @third: what the statement's third parameter stands for */
static GPtrArray *
list_rows (RfiDb       *db,
           const char  *sql,
           const char  *vendor_id,
           const char  *user_id,
           gint64       third,
           gint64       limit,
           GError     **error)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_conflict_record_free);
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, vendor_id);
  rfi_db_bind (row, 2, user_id);
  sqlite3_bind_int64 (row, 3, third);
  sqlite3_bind_int64 (row, 4, limit);
  while (rfi_db_step (db, row, &local))
    g_ptr_array_add (records, read_row (row));
  if (local == NULL)
    return g_steal_pointer (&records);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

GPtrArray *
rfi_server_conflicts_list (RfiDb              *db,
                           RfiConflictsState   state,
                           const char         *vendor_id,
                           const char         *user_id,
                           gint64              limit,
                           GError            **error)
{
  const char *sql = user_id != NULL               ? list_user_sql
                    : vendor_id != NULL           ? list_vendor_sql
                    : state == RFI_CONFLICTS_OPEN ? list_open_sql
                                                  : list_sql;

  return list_rows (db, sql, vendor_id, user_id, (gint64) state, limit, error);
}

GPtrArray *
rfi_server_conflicts_list_settled (RfiDb       *db,
                                   gint64       since,
                                   const char  *vendor_id,
                                   const char  *user_id,
                                   gint64       limit,
                                   GError     **error)
{
  return list_rows (db, list_settled_sql, vendor_id, user_id, since, limit, error);
}
