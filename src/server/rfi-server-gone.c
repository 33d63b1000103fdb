/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-gone"

#include "config.h"

#include "rfi-server-gone.h"

#include "rfi-server-head.h"

/* More than one comes, so those too old become fewer whenever one is added. */
#define FORGET_FEW 4

static const char insert_sql[] =
  "INSERT INTO gone (seq, job_id, vendor_id, assigned_to, at, moved)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/* Who gets the job back need not be told that it went. */
static const char return_sql[] =
  "DELETE FROM gone WHERE job_id = ?1 AND vendor_id IS NULL AND assigned_to = ?2";

static const char old_sql[] = "SELECT seq FROM gone WHERE at < ?1 ORDER BY at, seq LIMIT ?2";
static const char forget_sql[] = "DELETE FROM gone WHERE seq <= ?1";

static const char find_sql[] =
  "SELECT max (seq) FROM gone WHERE job_id = ?1 AND vendor_id IS NOT NULL AND moved = 0";

#define COLUMNS "seq, job_id, vendor_id IS NOT NULL AND moved = 0"
#define ORDER   " AND seq > ?2 ORDER BY seq LIMIT ?3"

/* By scope. */
static const char * const begin_sql[] = {
  "SELECT " COLUMNS " FROM gone WHERE vendor_id IS NOT NULL AND moved = 0 AND ?1 IS NULL" ORDER,
  "SELECT " COLUMNS " FROM gone WHERE vendor_id = ?1" ORDER,
  "SELECT " COLUMNS " FROM gone WHERE assigned_to = ?1" ORDER,
};

static gboolean
insert (RfiDb         *db,
        gint64         seq,
        const RfiJob  *job,
        gboolean       left_vendor,
        gboolean       moved,
        gint64         at,
        GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, seq);
  rfi_db_bind (statement, 2, job->id);
  rfi_db_bind (statement, 3, left_vendor ? job->vendor_id : NULL);
  rfi_db_bind (statement, 4, job->assigned_to);
  sqlite3_bind_int64 (statement, 5, at);
  sqlite3_bind_int (statement, 6, moved);
  return rfi_db_finish (db, statement, error);
}

static gboolean
take_back (RfiDb         *db,
           const RfiJob  *job,
           GError       **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, return_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, job->id);
  rfi_db_bind (statement, 2, job->assigned_to);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_gone_forget (RfiDb *db, gint64 now, guint limit, guint *n, GError **error)
{
  RFI_DB_KEPT old = rfi_db_prepare (db, old_sql, error);
  RFI_DB_KEPT statement = rfi_db_prepare (db, forget_sql, error);
  g_autoptr(GError) local = NULL;
  gint64 last = 0;

  *n = 0;
  if (old == NULL || statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (old, 1, now - RFI_SERVER_GONE_MS);
  sqlite3_bind_int64 (old, 2, limit);
  while (rfi_db_step (db, old, &local))
    last = MAX (last, sqlite3_column_int64 (old, 0));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (last == 0)
    return TRUE;

  sqlite3_bind_int64 (statement, 1, last);
  if (!rfi_db_finish (db, statement, error))
    return FALSE;

  *n = (guint) rfi_db_changes (db);
  return rfi_server_head_set_floor (db, last, error);
}

gboolean
rfi_server_gone_note (RfiDb         *db,
                      gint64         seq,
                      const RfiJob  *previous,
                      const RfiJob  *job,
                      gint64         at,
                      GError       **error)
{
  gboolean moved = job != NULL && g_strcmp0 (previous->vendor_id, job->vendor_id) != 0;
  gboolean moves = job != NULL && g_strcmp0 (previous->assigned_to, job->assigned_to) != 0;
  gboolean leaves = job == NULL || moved || (moves && previous->assigned_to != NULL);
  guint n;

  if (moves && job->assigned_to != NULL && !take_back (db, job, error))
    return FALSE;

  return !leaves || (insert (db, seq, previous, job == NULL || moved, moved, at, error) &&
                     rfi_server_gone_forget (db, at, FORGET_FEW, &n, error));
}

gint64
rfi_server_gone_find (RfiDb       *db,
                      const char  *job_id,
                      GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, find_sql, error);

  if (row == NULL)
    return -1;

  rfi_db_bind (row, 1, job_id);
  return rfi_db_step (db, row, error) ? sqlite3_column_int64 (row, 0) : -1;
}

sqlite3_stmt *
rfi_server_gone_begin (RfiDb           *db,
                       const RfiScope  *scope,
                       gint64           seq,
                       gint64           limit,
                       GError         **error)
{
  /* Nobody's id is "", so that finds nothing. */
  gboolean nothing = scope->kind == RFI_SCOPE_NOTHING;
  sqlite3_stmt *statement =
    rfi_db_prepare (db, begin_sql[nothing ? RFI_SCOPE_VENDOR : scope->kind], error);

  if (statement == NULL)
    return NULL;

  rfi_db_bind (statement, 1, nothing ? "" : scope->id);
  sqlite3_bind_int64 (statement, 2, seq);
  sqlite3_bind_int64 (statement, 3, limit);
  return statement;
}

gboolean
rfi_server_gone_next (RfiDb          *db,
                      sqlite3_stmt   *statement,
                      RfiServerGone  *gone,
                      GError        **error)
{
  if (!rfi_db_step (db, statement, error))
    return FALSE;

  gone->seq = sqlite3_column_int64 (statement, 0);
  gone->job_id = rfi_db_text (statement, 1);
  gone->deleted = sqlite3_column_int (statement, 2) != 0;
  return TRUE;
}
