/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-operations"

#include "config.h"

#include "rfi-server-operations.h"

#define COLUMNS "seq, hash, link, prev, outcome, conflict_id, result"

static const char find_sql[] =
  "SELECT " COLUMNS " FROM operation WHERE chain = ?1 AND seq = ?2";

/* The outcomes are those of RfiOutcome: applied, merged, conflict. */
static const char find_id_sql[] =
  "SELECT " COLUMNS " FROM operation WHERE id = ?1 AND user_id = ?2 AND outcome <= 2"
  " AND coalesce (entity_id, json_extract (body, '$.entityId')) = ?3 LIMIT 1";

static const char insert_sql[] =
  "INSERT INTO operation (chain, seq, hash, link, prev, id, user_id, outcome, conflict_id, result,"
  " body, signature, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

static const char follow_sql[] =
  "SELECT seq FROM operation WHERE chain = ?1 AND seq > ?2 ORDER BY seq";

static const char unsettled_sql[] =
  "SELECT n, settled, min (acked, settled + ?1) FROM chain WHERE settled < acked LIMIT 1";

/* Of what is no operation there is no job, and its bytes need not be JSON that SQLite reads. */
static const char settle_sql[] =
  "UPDATE operation SET entity_id = CASE WHEN id <> '' THEN json_extract (body, '$.entityId') END,"
  " occurred_at = CASE WHEN id <> '' THEN json_extract (body, '$.occurredAt') END,"
  " body = '', signature = '', prev = '' WHERE chain = ?1 AND seq > ?2 AND seq <= ?3";

static const char set_settled_sql[] = "UPDATE chain SET settled = ?2 WHERE n = ?1";

G_STATIC_ASSERT (RFI_OUTCOME_CONFLICT == 2);

void
rfi_server_operation_clear (RfiServerOperation *self)
{
  g_free (self->hash);
  g_free (self->link);
  g_free (self->prev);
  g_free (self->conflict_id);
  g_free (self->result);
}

static gboolean
read_row (RfiDb               *db,
          sqlite3_stmt        *statement,
          RfiServerOperation  *row,
          GError             **error)
{
  if (!rfi_db_step (db, statement, error))
    return FALSE;

  *row = (RfiServerOperation) {
    .seq = sqlite3_column_int64 (statement, 0),
    .hash = g_strdup (rfi_db_text (statement, 1)),
    .link = g_strdup (rfi_db_text (statement, 2)),
    .prev = g_strdup (rfi_db_text (statement, 3)),
    .outcome = (RfiOutcome) sqlite3_column_int (statement, 4),
    .conflict_id = g_strdup (rfi_db_text (statement, 5)),
    .result = g_strdup (rfi_db_text (statement, 6)),
  };
  return TRUE;
}

gboolean
rfi_server_operations_find (RfiDb               *db,
                            gint64               chain,
                            gint64               seq,
                            RfiServerOperation  *row,
                            GError             **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, find_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, chain);
  sqlite3_bind_int64 (statement, 2, seq);
  return read_row (db, statement, row, error);
}

gboolean
rfi_server_operations_find_id (RfiDb               *db,
                               const char          *user_id,
                               const char          *id,
                               const char          *job_id,
                               RfiServerOperation  *row,
                               GError             **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, find_id_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, id);
  rfi_db_bind (statement, 2, user_id);
  rfi_db_bind (statement, 3, job_id);
  return read_row (db, statement, row, error);
}

gboolean
rfi_server_operations_insert (RfiDb                     *db,
                              gint64                     chain,
                              const char                *user_id,
                              const RfiSyncItem         *item,
                              const RfiServerOperation  *row,
                              gint64                     now,
                              GError                   **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, chain);
  sqlite3_bind_int64 (statement, 2, row->seq);
  rfi_db_bind (statement, 3, row->hash);
  rfi_db_bind (statement, 4, row->link);
  rfi_db_bind (statement, 5, row->prev);
  rfi_db_bind (statement, 6, item->operation != NULL ? item->operation->id : "");
  rfi_db_bind (statement, 7, user_id);
  sqlite3_bind_int (statement, 8, (int) row->outcome);
  rfi_db_bind (statement, 9, row->conflict_id);
  rfi_db_bind (statement, 10, row->result);
  rfi_db_bind (statement, 11, item->body);
  rfi_db_bind (statement, 12, item->signature);
  sqlite3_bind_int64 (statement, 13, now);
  return rfi_db_finish (db, statement, error);
}

gint64
rfi_server_operations_advance (RfiDb   *db,
                               gint64   chain,
                               gint64   watermark,
                               GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, follow_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return -1;

  sqlite3_bind_int64 (row, 1, chain);
  sqlite3_bind_int64 (row, 2, watermark);
  while (rfi_db_step (db, row, &local) && sqlite3_column_int64 (row, 0) == watermark + 1)
    watermark++;
  if (local == NULL)
    return watermark;

  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

typedef struct
{
  gint64 chain;
  gint64 after;
  gint64 up_to;
} Stretch;

/* @found: (out): whether there is one */
static gboolean
find_unsettled (RfiDb *db, guint limit, Stretch *stretch, gboolean *found, GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, unsettled_sql, error);
  g_autoptr (GError) local = NULL;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, limit);
  *found = rfi_db_step (db, row, &local);
  if (*found)
    *stretch = (Stretch){
      .chain = sqlite3_column_int64 (row, 0),
      .after = sqlite3_column_int64 (row, 1),
      .up_to = sqlite3_column_int64 (row, 2),
    };
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
settle (RfiDb *db, const Stretch *stretch, GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, settle_sql, error);
  RFI_DB_KEPT set = rfi_db_prepare (db, set_settled_sql, error);

  if (statement == NULL || set == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, stretch->chain);
  sqlite3_bind_int64 (statement, 2, stretch->after);
  sqlite3_bind_int64 (statement, 3, stretch->up_to);
  sqlite3_bind_int64 (set, 1, stretch->chain);
  sqlite3_bind_int64 (set, 2, stretch->up_to);
  return rfi_db_finish (db, statement, error) && rfi_db_finish (db, set, error);
}

gboolean
rfi_server_operations_settle (RfiDb *db, guint limit, guint *n, GError **error)
{
  Stretch stretch;
  gboolean found;

  *n = 0;
  if (!find_unsettled (db, limit, &stretch, &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  *n = (guint) (stretch.up_to - stretch.after);
  return settle (db, &stretch, error);
}
