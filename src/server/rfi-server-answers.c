/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-answers"

#include "config.h"

#include "rfi-server-answers.h"

/* Whoever was away for longer has lost more than an answer: deleted jobs are not told either. */
#define KEPT_MS (G_GINT64_CONSTANT (90) * 24 * 3600 * 1000)

static const char find_sql[] =
  "SELECT fingerprint, status, body FROM answer WHERE user_id = ?1 AND key = ?2";

static const char insert_sql[] =
  "INSERT INTO answer (user_id, key, fingerprint, status, body, at)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char empty_sql[] =
  "UPDATE answer SET body = '' WHERE (user_id, key) IN"
  " (SELECT user_id, key FROM answer WHERE at < ?1 AND body <> '' ORDER BY at LIMIT ?2)";

void
rfi_server_answer_clear (RfiServerAnswer *self)
{
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->body, g_free);
}

gboolean
rfi_server_answers_find (RfiDb            *db,
                         const char       *user_id,
                         const char       *key,
                         RfiServerAnswer  *answer,
                         GError          **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, find_sql, error);

  if (row == NULL)
    return FALSE;

  rfi_db_bind (row, 1, user_id);
  rfi_db_bind (row, 2, key);
  if (!rfi_db_step (db, row, error))
    return FALSE;

  answer->fingerprint = g_strdup (rfi_db_text (row, 0));
  answer->status = (guint) sqlite3_column_int (row, 1);
  answer->body = g_strdup (rfi_db_text (row, 2));
  return TRUE;
}

gboolean
rfi_server_answers_empty (RfiDb *db, gint64 now, guint limit, guint *n, GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, empty_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, now - KEPT_MS);
  sqlite3_bind_int64 (statement, 2, limit);
  if (!rfi_db_finish (db, statement, error))
    return FALSE;

  *n = (guint) rfi_db_changes (db);
  return TRUE;
}

gboolean
rfi_server_answers_insert (RfiDb                  *db,
                           const char             *user_id,
                           const char             *key,
                           const RfiServerAnswer  *answer,
                           gint64                  now,
                           GError                **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, user_id);
  rfi_db_bind (statement, 2, key);
  rfi_db_bind (statement, 3, answer->fingerprint);
  sqlite3_bind_int (statement, 4, (int) answer->status);
  rfi_db_bind (statement, 5, answer->body);
  sqlite3_bind_int64 (statement, 6, now);
  return rfi_db_finish (db, statement, error);
}
