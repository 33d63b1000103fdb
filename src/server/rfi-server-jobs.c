/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-jobs"

#include "config.h"

#include "rfi-server-jobs.h"

#include "rfi-server-changes.h"
#include "rfi-server-gone.h"
#include "rfi-server-head.h"
#include "rfi-server-sums.h"

#include <string.h>

#define COLUMNS \
  "j.id," \
  " j.title," \
  " j.description," \
  " j.status," \
  " j.priority," \
  " j.vendor_id," \
  " j.created_by," \
  " j.assigned_to," \
  " j.store_name," \
  " j.address," \
  " j.city," \
  " j.state," \
  " j.zip_code," \
  " j.location_json," \
  " j.etag," \
  " j.created_at," \
  " j.updated_at," \
  " j.n_photos," \
  " j.version," \
  " j.change_seq," \
  " j.status_at"

/* Most jobs have none, and lists do without. */
#define EXTRAS \
  ", j.scheduled_start," \
  " j.scheduled_end," \
  " j.estimated_minutes," \
  " j.hold_until," \
  " j.skills," \
  " j.completion_notes," \
  " j.parts," \
  " j.labour," \
  " j.notes"

/* A person who is gone is told by the bare id. */
#define NAMES \
  ", coalesce (c.display_name, j.created_by)" \
  ", coalesce (a.display_name, j.assigned_to)"
#define NO_NAMES ", NULL, NULL"

#define PEOPLE \
  " LEFT JOIN user c ON c.id = j.created_by" \
  " LEFT JOIN user a ON a.id = j.assigned_to"

#define SELECT  "SELECT " COLUMNS NAMES " FROM job j" PEOPLE
#define CHANGES "SELECT " COLUMNS NAMES " FROM change x CROSS JOIN job j" PEOPLE
#define NAMED   "SELECT " COLUMNS NAMES EXTRAS " FROM job j" PEOPLE
#define NEWEST  " ORDER BY j.created_at DESC, j.n DESC LIMIT ?3 OFFSET ?4"
#define OF_NOW  " AND j.n = x.job AND j.change_seq = x.seq"

enum {
  COLUMN_ID,
  COLUMN_TITLE,
  COLUMN_DESCRIPTION,
  COLUMN_STATUS,
  COLUMN_PRIORITY,
  COLUMN_VENDOR_ID,
  COLUMN_CREATED_BY,
  COLUMN_ASSIGNED_TO,
  COLUMN_STORE_NAME,
  COLUMN_ADDRESS,
  COLUMN_CITY,
  COLUMN_STATE,
  COLUMN_ZIP_CODE,
  COLUMN_LOCATION_JSON,
  COLUMN_ETAG,
  COLUMN_CREATED_AT,
  COLUMN_UPDATED_AT,
  COLUMN_N_PHOTOS,
  COLUMN_VERSION,
  COLUMN_CHANGE_SEQ,
  COLUMN_STATUS_AT,
  COLUMN_CREATED_BY_NAME,
  COLUMN_ASSIGNED_TO_NAME,
  COLUMN_FIRST_EXTRA,  /* in the order of RfiField */
};

/* By scope. */
static const char * const list_sql[] = {
  SELECT NEWEST,
  SELECT " WHERE j.vendor_id = ?1" NEWEST,
  SELECT " WHERE j.assigned_to = ?1" NEWEST,
};

static const char * const list_status_sql[] = {
  SELECT " WHERE j.status = ?2" NEWEST,
  SELECT " WHERE j.vendor_id = ?1 AND j.status = ?2" NEWEST,
  SELECT " WHERE j.assigned_to = ?1 AND j.status = ?2" NEWEST,
};

static const char * const count_sql[] = {
  "SELECT sum (n) FROM job_count WHERE scope = '' AND ?1 IS NULL AND (?2 = -1 OR status = ?2)",
  "SELECT sum (n) FROM job_count WHERE scope = ?1 AND (?2 = -1 OR status = ?2)",
  "SELECT count (*) FROM job WHERE assigned_to = ?1 AND (?2 = -1 OR status = ?2)",
};

/* Behind the last number up to which nothing is later; what was made with a time of its own may be
 * earlier even there. */
#define SINCE \
  " AND x.seq > coalesce ((SELECT seq FROM change WHERE seq > 0 AND at <= ?2 AND ?2 >=" \
  " (SELECT at FROM change WHERE seq > 0 ORDER BY seq LIMIT 1) ORDER BY seq DESC LIMIT 1), 0)" \
  OF_NOW " AND j.updated_at > ?2 ORDER BY x.seq DESC"

static const char * const since_sql[] = {
  CHANGES " WHERE ?1 IS NULL" SINCE,
  CHANGES " WHERE x.vendor_id = ?1" SINCE,
  CHANGES " WHERE x.assigned_to = ?1" SINCE,
};

#define WINDOW_OF "SELECT " COLUMNS NO_NAMES EXTRAS " FROM change x CROSS JOIN job j"
#define WINDOW " AND x.seq > ?2 AND x.seq <= ?3" OF_NOW " ORDER BY x.seq LIMIT ?4"

static const char * const window_sql[] = {
  WINDOW_OF " WHERE ?1 IS NULL" WINDOW,
  WINDOW_OF " WHERE x.vendor_id = ?1" WINDOW,
  WINDOW_OF " WHERE x.assigned_to = ?1" WINDOW,
};

static const char booked_sql[] =
  "SELECT id FROM job WHERE assigned_to = ?1 AND scheduled_end > ?2 AND scheduled_start < ?3"
  " AND id <> ?4 AND status < 3 LIMIT 1";

static const char get_sql[] = "SELECT " COLUMNS NO_NAMES EXTRAS " FROM job j WHERE j.id = ?1";
static const char get_named_sql[] = NAMED " WHERE j.id = ?1";
static const char delete_sql[] = "DELETE FROM job WHERE id = ?1";
static const char latest_sql[] =
  "SELECT max (at) FROM change WHERE seq = (SELECT max (seq) FROM change)";

static const char insert_sql[] =
  "INSERT INTO job (id, title, description, status, priority, assigned_to, store_name, address,"
  " city, state, zip_code, location_json, etag, updated_at, n_photos, version, change_seq,"
  " scheduled_start, scheduled_end, estimated_minutes, hold_until, skills, completion_notes,"
  " parts, labour, notes, status_at, vendor_id, created_by, created_at)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
  " ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)";

#define EDIT \
  "UPDATE job SET title = ?2, description = ?3, priority = ?5, store_name = ?7, address = ?8," \
  " city = ?9, state = ?10, zip_code = ?11, location_json = ?12, etag = ?13, updated_at = ?14," \
  " n_photos = ?15, version = ?16, change_seq = ?17, estimated_minutes = ?20," \
  " hold_until = ?21, skills = ?22, completion_notes = ?23, parts = ?24, labour = ?25," \
  " notes = ?26"

static const char edit_sql[] = EDIT " WHERE id = ?1";
#define UPDATE \
  EDIT ", status = ?4, assigned_to = ?6, scheduled_start = ?18, scheduled_end = ?19," \
  " status_at = ?27"

static const char update_sql[] = UPDATE " WHERE id = ?1";
static const char move_sql[] = UPDATE ", vendor_id = ?28 WHERE id = ?1";

#define FIRST_EXTRA      18
#define STATUS_AT        (FIRST_EXTRA + RFI_N_EXTRA_FIELDS)
#define FIRST_FOR_INSERT (STATUS_AT + 1)

static void
read_row (sqlite3_stmt *row,
          gboolean      named,
          RfiJob       *job)
{
  *job = (RfiJob) {
    .id = rfi_db_text (row, COLUMN_ID),
    .title = rfi_db_text (row, COLUMN_TITLE),
    .description = rfi_db_text (row, COLUMN_DESCRIPTION),
    .status = (RfiStatus) sqlite3_column_int (row, COLUMN_STATUS),
    .priority = (RfiPriority) sqlite3_column_int (row, COLUMN_PRIORITY),
    .vendor_id = rfi_db_text (row, COLUMN_VENDOR_ID),
    .created_by = rfi_db_text (row, COLUMN_CREATED_BY),
    .assigned_to = rfi_db_text (row, COLUMN_ASSIGNED_TO),
    .store_name = rfi_db_text (row, COLUMN_STORE_NAME),
    .address = rfi_db_text (row, COLUMN_ADDRESS),
    .city = rfi_db_text (row, COLUMN_CITY),
    .state = rfi_db_text (row, COLUMN_STATE),
    .zip_code = rfi_db_text (row, COLUMN_ZIP_CODE),
    .location_json = rfi_db_text (row, COLUMN_LOCATION_JSON),
    .etag = rfi_etag (rfi_db_text (row, COLUMN_ETAG)),
    .created_at = sqlite3_column_int64 (row, COLUMN_CREATED_AT),
    .updated_at = sqlite3_column_int64 (row, COLUMN_UPDATED_AT),
    .n_photos = (guint) sqlite3_column_int (row, COLUMN_N_PHOTOS),
    .has_attachments = sqlite3_column_type (row, COLUMN_N_PHOTOS) != SQLITE_NULL,
    .version = (guint32) sqlite3_column_int64 (row, COLUMN_VERSION),
    .status_at = rfi_job_keep_status_at (sqlite3_column_int64 (row, COLUMN_STATUS_AT)),
  };
  if (named)
    {
      job->created_by_name = rfi_db_text (row, COLUMN_CREATED_BY_NAME);
      job->assigned_to_name = rfi_db_text (row, COLUMN_ASSIGNED_TO_NAME);
    }
}

/* Most jobs have none, which costs no memory. Returns: (transfer full) (nullable) */
static const RfiJobExtra *
read_extra (sqlite3_stmt *row)
{
  const char *values[RFI_N_EXTRA_FIELDS];
  gboolean found = FALSE;

  for (int i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      values[i] = rfi_db_text (row, COLUMN_FIRST_EXTRA + i);
      found = found || values[i] != NULL;
    }
  return found ? rfi_job_extra_new (values) : NULL;
}

gboolean
rfi_server_jobs_next (RfiDb  *db,
                      sqlite3_stmt  *statement,
                      RfiJob        *job,
                      GError       **error)
{
  if (!rfi_db_step (db, statement, error))
    return FALSE;

  read_row (statement, TRUE, job);
  return TRUE;
}

sqlite3_stmt *
rfi_server_jobs_begin_window (RfiDb                  *db,
                              const RfiScope         *scope,
                              const RfiServerWindow  *window,
                              GError                **error)
{
  /* Nobody's id is "", so that finds nothing. */
  gboolean nothing = scope->kind == RFI_SCOPE_NOTHING;
  sqlite3_stmt *statement =
    rfi_db_prepare (db, window_sql[nothing ? RFI_SCOPE_VENDOR : scope->kind], error);

  if (statement == NULL)
    return NULL;

  rfi_db_bind (statement, 1, nothing ? "" : scope->id);
  sqlite3_bind_int64 (statement, 2, window->after);
  sqlite3_bind_int64 (statement, 3, window->up_to);
  sqlite3_bind_int64 (statement, 4, window->limit);
  return statement;
}

gboolean
rfi_server_jobs_next_change (RfiDb         *db,
                             sqlite3_stmt  *statement,
                             RfiJob        *job,
                             gint64        *seq,
                             GError       **error)
{
  g_clear_pointer (&job->extra, rfi_job_extra_unref);
  if (!rfi_db_step (db, statement, error))
    return FALSE;

  read_row (statement, FALSE, job);
  job->extra = read_extra (statement);
  *seq = sqlite3_column_int64 (statement, COLUMN_CHANGE_SEQ);
  return TRUE;
}

gboolean
rfi_server_jobs_list (RfiDb     *db,
                      const RfiScope   *scope,
                      int               status,
                      gint64            limit,
                      gint64            offset,
                      RfiServerJobFunc  func,
                      gpointer          user_data,
                      GError          **error)
{
  RFI_DB_KEPT statement = NULL;
  GError *step_error = NULL;
  RfiJob job;

  if (scope->kind == RFI_SCOPE_NOTHING)
    return TRUE;

  statement =
    rfi_db_prepare (db, (status < 0 ? list_sql : list_status_sql)[scope->kind], error);
  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, scope->id);
  sqlite3_bind_int (statement, 2, status);
  sqlite3_bind_int64 (statement, 3, limit);
  sqlite3_bind_int64 (statement, 4, offset);
  while (rfi_server_jobs_next (db, statement, &job, &step_error))
    if (!func (&job, user_data, error))
      return FALSE;

  if (step_error == NULL)
    return TRUE;

  g_propagate_error (error, step_error);
  return FALSE;
}

gint64
rfi_server_jobs_count (RfiDb    *db,
                       const RfiScope  *scope,
                       int              status,
                       GError         **error)
{
  RFI_DB_KEPT statement = NULL;

  if (scope->kind == RFI_SCOPE_NOTHING)
    return 0;

  statement = rfi_db_prepare (db, count_sql[scope->kind], error);
  if (statement == NULL)
    return -1;

  rfi_db_bind (statement, 1, scope->id);
  sqlite3_bind_int (statement, 2, status);
  if (!rfi_db_step (db, statement, error))
    return -1;

  return sqlite3_column_int64 (statement, 0);
}

static RfiJob *
get (RfiDb  *db,
     const char    *text,
     gboolean       named,
     const char    *id,
     GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, text, error);
  RfiJob job;
  RfiJob *kept;

  if (statement == NULL)
    return NULL;

  rfi_db_bind (statement, 1, id);
  if (!rfi_db_step (db, statement, error))
    return NULL;

  read_row (statement, named, &job);
  job.extra = read_extra (statement);
  kept = rfi_job_new (&job);
  g_clear_pointer (&job.extra, rfi_job_extra_unref);
  return kept;
}

RfiJob *
rfi_server_jobs_get (RfiDb  *db,
                     const char    *id,
                     GError       **error)
{
  return get (db, get_sql, FALSE, id, error);
}

RfiJob *
rfi_server_jobs_get_named (RfiDb  *db,
                           const char    *id,
                           GError       **error)
{
  return get (db, get_named_sql, TRUE, id, error);
}

gboolean
rfi_server_jobs_is_booked (RfiDb         *db,
                           const RfiJob  *job,
                           GError       **error)
{
  const char *start = rfi_job_extra_get (job->extra, RFI_FIELD_SCHEDULED_START);
  const char *end = rfi_job_extra_get (job->extra, RFI_FIELD_SCHEDULED_END);
  RFI_DB_KEPT row = rfi_db_prepare (db, booked_sql, error);

  if (row == NULL || job->assigned_to == NULL || *start == '\0' || *end == '\0')
    return FALSE;

  rfi_db_bind (row, 1, job->assigned_to);
  rfi_db_bind (row, 2, start);
  rfi_db_bind (row, 3, end);
  rfi_db_bind (row, 4, job->id);
  return rfi_db_step (db, row, error);
}

static void
bind_changeable (sqlite3_stmt *statement,
                 const RfiJob *job,
                 gint64        seq)
{
  rfi_db_bind (statement, 1, job->id);
  rfi_db_bind (statement, 2, job->title);
  rfi_db_bind (statement, 3, job->description);
  sqlite3_bind_int (statement, 4, (int) job->status);
  sqlite3_bind_int (statement, 5, (int) job->priority);
  rfi_db_bind (statement, 6, job->assigned_to);
  rfi_db_bind (statement, 7, job->store_name);
  rfi_db_bind (statement, 8, job->address);
  rfi_db_bind (statement, 9, job->city);
  rfi_db_bind (statement, 10, job->state);
  rfi_db_bind (statement, 11, job->zip_code);
  rfi_db_bind (statement, 12, job->location_json);
  /* Its text lasts no longer than this. A copy of SQLite's own may fail, and would be NULL then. */
  sqlite3_bind_text (statement, 13, g_strdup (RFI_ETAG_TEXT (job->etag)), -1, g_free);
  sqlite3_bind_int64 (statement, 14, job->updated_at);
  if (job->has_attachments || job->n_photos > 0)
    sqlite3_bind_int (statement, 15, (int) job->n_photos);
  else
    sqlite3_bind_null (statement, 15);
  sqlite3_bind_int64 (statement, 16, job->version);
  sqlite3_bind_int64 (statement, 17, seq);
  for (int i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      const char *value = rfi_job_extra_get (job->extra, (RfiField) (RFI_N_CONTRACT_FIELDS + i));

      rfi_db_bind (statement, FIRST_EXTRA + i, *value != '\0' ? value : NULL);
    }
}

/* What every change brings with it. */
static gboolean
note_change (RfiDb                 *db,
             const RfiServerActor  *actor,
             const RfiJob          *previous,
             const RfiJob          *job,
             GError               **error)
{
  return rfi_server_sums_change (db, previous, job, error) &&
         (actor == NULL || rfi_server_audit_note_job (db, actor, previous, job, error));
}

gboolean
rfi_server_jobs_insert (RfiDb                 *db,
                        RfiJob                *job,
                        const RfiServerActor  *actor,
                        gint64                *seq,
                        GError               **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL || !rfi_server_head_next (db, seq, error))
    return FALSE;

  job->version = MAX (job->version, 1);
  if (job->status_at == 0)
    job->status_at = rfi_job_keep_status_at (job->updated_at);
  bind_changeable (statement, job, *seq);
  sqlite3_bind_int64 (statement, STATUS_AT, job->status_at);
  rfi_db_bind (statement, FIRST_FOR_INSERT, job->vendor_id);
  rfi_db_bind (statement, FIRST_FOR_INSERT + 1, job->created_by);
  sqlite3_bind_int64 (statement, FIRST_FOR_INSERT + 2, job->created_at);
  return rfi_db_finish (db, statement, error) && rfi_server_changes_note (db, *seq, job, error) &&
         note_change (db, actor, NULL, job, error);
}

/* Whether it changes its place in lists. Naming those columns costs as much as changing them: every
 * index over one is written anew. */
static gboolean
is_moved (const RfiJob *previous,
          const RfiJob *job)
{
  return previous->status != job->status ||
         g_strcmp0 (previous->assigned_to, job->assigned_to) != 0 ||
         strcmp (rfi_job_get_field (previous, RFI_FIELD_SCHEDULED_START),
                 rfi_job_get_field (job, RFI_FIELD_SCHEDULED_START)) != 0 ||
         strcmp (rfi_job_get_field (previous, RFI_FIELD_SCHEDULED_END),
                 rfi_job_get_field (job, RFI_FIELD_SCHEDULED_END)) != 0;
}

static const char *
choose_update (const RfiJob *previous,
               const RfiJob *job)
{
  if (strcmp (previous->vendor_id, job->vendor_id) != 0)
    return move_sql;

  return is_moved (previous, job) ? update_sql : edit_sql;
}

gboolean
rfi_server_jobs_update (RfiDb                 *db,
                        const RfiJob          *previous,
                        RfiJob                *job,
                        const RfiServerActor  *actor,
                        gint64                *seq,
                        GError               **error)
{
  const char *sql = choose_update (previous, job);
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql, error);

  if (statement == NULL || !rfi_server_head_next (db, seq, error))
    return FALSE;

  job->version = previous->version + 1;
  job->status_at = job->status != previous->status ? rfi_job_keep_status_at (job->updated_at)
                                                   : previous->status_at;
  bind_changeable (statement, job, *seq);
  if (sql != edit_sql)
    sqlite3_bind_int64 (statement, STATUS_AT, job->status_at);
  if (sql == move_sql)
    rfi_db_bind (statement, FIRST_FOR_INSERT, job->vendor_id);
  return rfi_db_finish (db, statement, error) && rfi_server_changes_note (db, *seq, job, error) &&
         rfi_server_gone_note (db, *seq, previous, job, actor->at, error) &&
         note_change (db, actor, previous, job, error);
}

gboolean
rfi_server_jobs_delete (RfiDb                 *db,
                        const RfiJob          *job,
                        const RfiServerActor  *actor,
                        gint64                *seq,
                        GError               **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, delete_sql, error);

  if (statement == NULL || !rfi_server_head_next (db, seq, error))
    return FALSE;

  rfi_db_bind (statement, 1, job->id);
  return rfi_db_finish (db, statement, error) &&
         rfi_server_gone_note (db, *seq, job, NULL, actor->at, error) &&
         note_change (db, actor, job, NULL, error);
}

sqlite3_stmt *
rfi_server_jobs_begin (RfiDb    *db,
                       const RfiScope  *scope,
                       gint64           since,
                       GError         **error)
{
  /* Nobody's id is "", so that finds nothing. */
  gboolean nothing = scope->kind == RFI_SCOPE_NOTHING;
  sqlite3_stmt *statement =
    rfi_db_prepare (db, since_sql[nothing ? RFI_SCOPE_VENDOR : scope->kind], error);

  if (statement == NULL)
    return NULL;

  rfi_db_bind (statement, 1, nothing ? "" : scope->id);
  sqlite3_bind_int64 (statement, 2, since);
  return statement;
}

gint64
rfi_server_jobs_get_latest (RfiDb  *db,
                            GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, latest_sql, error);

  if (statement == NULL || !rfi_db_step (db, statement, error))
    return -1;

  return sqlite3_column_int64 (statement, 0);
}

char *
rfi_server_jobs_make_etag (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat ("\"", uuid, "\"", NULL);
}
