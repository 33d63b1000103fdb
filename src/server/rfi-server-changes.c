/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-changes"

#include "config.h"

#include "rfi-server-changes.h"

/* Adding is all that a change costs here. What no longer counts is swept now and then, a piece at a
 * time and in order, when it has become more than what does: so both what a change costs and what
 * has to be passed over in reading stay within bounds. */
#define SWEEP_EVERY 32
#define SWEEP_ROWS  128
#define SLACK       256

static const char insert_sql[] =
  "INSERT INTO change (seq, job, vendor_id, assigned_to, at)"
  " VALUES (?1, (SELECT n FROM job WHERE id = ?2), ?3, ?4, max (?5, coalesce ("
  "(SELECT at FROM change WHERE seq = (SELECT max (seq) FROM change)), 0)))";

/* '' has all jobs. */
static const char need_sql[] =
  "SELECT (SELECT value FROM meta WHERE name = 'logged'),"
  " (SELECT value FROM meta WHERE name = 'swept'),"
  " coalesce ((SELECT n FROM scope_sum WHERE scope = ''), 0)";

static const char end_sql[] =
  "SELECT max (seq) FROM (SELECT seq FROM change WHERE seq > ?1 ORDER BY seq LIMIT ?2)";

static const char sweep_sql[] =
  "DELETE FROM change WHERE seq > ?1 AND seq <= ?2"
  " AND seq IS NOT (SELECT change_seq FROM job WHERE job.n = change.job)";

static const char set_sql[] =
  "UPDATE meta SET value = CASE name WHEN 'logged' THEN value + ?1 ELSE ?2 END"
  " WHERE name IN ('logged', 'swept')";

typedef struct
{
  gint64 logged;  /* rows, more or less: of deleted jobs it knows nothing */
  gint64 swept;   /* up to this one, in this round */
  gint64 n_jobs;
} Need;

static gboolean
get_need (RfiDb   *db,
          Need    *need,
          GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, need_sql, error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  need->logged = sqlite3_column_int64 (row, 0);
  need->swept = sqlite3_column_int64 (row, 1);
  need->n_jobs = sqlite3_column_int64 (row, 2);
  return TRUE;
}

/* @end: (out): the last row of the piece behind @from; 0: there is nothing behind it */
static gboolean
find_end (RfiDb   *db,
          gint64   from,
          gint64  *end,
          GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, end_sql, error);

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, from);
  sqlite3_bind_int64 (row, 2, SWEEP_ROWS);
  if (!rfi_db_step (db, row, error))
    return FALSE;

  *end = sqlite3_column_int64 (row, 0);
  return TRUE;
}

/* @n: (out): rows that went */
static gboolean
sweep (RfiDb   *db,
       gint64   from,
       gint64   end,
       int     *n,
       GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sweep_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, from);
  sqlite3_bind_int64 (statement, 2, end);
  if (!rfi_db_finish (db, statement, error))
    return FALSE;

  *n = rfi_db_changes (db);
  return TRUE;
}

static gboolean
tidy (RfiDb   *db,
      GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, set_sql, error);
  gint64 end = 0;
  int n = 0;
  Need need;

  if (statement == NULL || !get_need (db, &need, error))
    return FALSE;
  if (need.logged + SWEEP_EVERY > 2 * need.n_jobs + SLACK &&
      (!find_end (db, need.swept, &end, error) ||
       (end > 0 && !sweep (db, need.swept, end, &n, error))))
    return FALSE;

  sqlite3_bind_int64 (statement, 1, SWEEP_EVERY - n);
  sqlite3_bind_int64 (statement, 2, end);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_changes_note (RfiDb         *db,
                         gint64         seq,
                         const RfiJob  *job,
                         GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, seq);
  rfi_db_bind (statement, 2, job->id);
  rfi_db_bind (statement, 3, job->vendor_id);
  rfi_db_bind (statement, 4, job->assigned_to);
  sqlite3_bind_int64 (statement, 5, job->updated_at);
  return rfi_db_finish (db, statement, error) &&
         (seq % SWEEP_EVERY != 0 || tidy (db, error));
}
