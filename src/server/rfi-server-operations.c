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
  " AND json_extract (body, '$.entityId') = ?3 LIMIT 1";

static const char insert_sql[] =
  "INSERT INTO operation (chain, seq, hash, link, prev, id, user_id, outcome, conflict_id, result,"
  " body, signature, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

static const char follow_sql[] =
  "SELECT seq FROM operation WHERE chain = ?1 AND seq > ?2 ORDER BY seq";

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
