/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-events"

#include "config.h"

#include "rfi-server-events.h"

#define KEPT_MS (G_GINT64_CONSTANT (30) * 24 * 3600 * 1000)

static const char insert_sql[] =
  "INSERT INTO client_event (user_id, event_id, type, schema_version, occurred_at, aggregate_id,"
  " sequence, payload, received_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE NOT EXISTS"
  " (SELECT 1 FROM client_event_archive WHERE user_id = ?1 AND event_id = ?2)"
  " ON CONFLICT DO NOTHING";

/* More than one goes, so those too old become fewer whenever one is added. */
#define ARCHIVE_FEW 4

#define OLD                                                             \
  " FROM client_event WHERE (user_id, event_id) IN"                     \
  " (SELECT user_id, event_id FROM client_event WHERE received_at < ?1" \
  " ORDER BY received_at, user_id, event_id LIMIT ?2)"

static const char archive_sql[] = "INSERT INTO client_event_archive SELECT *" OLD;
static const char forget_sql[] = "DELETE" OLD;

static gboolean
run_for (RfiDb *db, const char *sql, gint64 before, guint limit, GError **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, before);
  sqlite3_bind_int64 (statement, 2, limit);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_events_archive (RfiDb *db, gint64 now, guint limit, guint *n, GError **error)
{
  if (!run_for (db, archive_sql, now - KEPT_MS, limit, error) ||
      !run_for (db, forget_sql, now - KEPT_MS, limit, error))
    return FALSE;

  *n = (guint) rfi_db_changes (db);
  return TRUE;
}

gboolean
rfi_server_events_insert (RfiDb               *db,
                          const char          *user_id,
                          const RfiWireEvent  *event,
                          gint64               now,
                          GError             **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, insert_sql, error);
  guint n;

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, user_id);
  rfi_db_bind (statement, 2, event->event_id);
  rfi_db_bind (statement, 3, event->type);
  sqlite3_bind_int64 (statement, 4, event->schema_version);
  sqlite3_bind_int64 (statement, 5, event->occurred_at);
  rfi_db_bind (statement, 6, event->aggregate_id);
  sqlite3_bind_int64 (statement, 7, event->sequence);
  rfi_db_bind (statement, 8, event->payload);
  sqlite3_bind_int64 (statement, 9, now);
  return rfi_db_finish (db, statement, error) && rfi_db_changes (db) > 0 &&
         rfi_server_events_archive (db, now, ARCHIVE_FEW, &n, error);
}
