/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-answers"

#include "config.h"

#include "rfi-server-answers.h"

#define KEPT_MS (G_GINT64_CONSTANT (7) * 24 * 3600 * 1000)

static const char find_sql[] =
  "SELECT fingerprint, status, body FROM answer WHERE user_id = ?1 AND key = ?2";

static const char insert_sql[] =
  "INSERT INTO answer (user_id, key, fingerprint, status, body, at)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/* More than one comes, so those too old become fewer whenever one is added. */
static const char forget_sql[] =
  "DELETE FROM answer WHERE (user_id, key) IN"
  " (SELECT user_id, key FROM answer WHERE at < ?1 ORDER BY at LIMIT 4)";

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

static gboolean
forget (RfiDb   *db,
        gint64   before,
        GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, forget_sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, before);
  return rfi_db_finish (db, statement, error);
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
  return rfi_db_finish (db, statement, error) && forget (db, now - KEPT_MS, error);
}
