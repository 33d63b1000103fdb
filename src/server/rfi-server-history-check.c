/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-history"

#include "config.h"

#include "rfi-server-history.h"

#include "rfi-canonical.h"
#include "rfi-server-audit-entry.h"

#include <string.h>

static const char hash_sql[] = "SELECT hash FROM audit WHERE n = ?1";

static const char chain_sql[] =
  "SELECT " RFI_AUDIT_COLUMNS " FROM audit WHERE n > ?1 ORDER BY n LIMIT ?2";

/* The hash that the first entry hangs on. Returns: (transfer full) (nullable): %NULL without
 * @error: there is no such entry */
static char *
find_hash (RfiDb   *db,
           gint64   n,
           GError **error)
{
  RFI_DB_KEPT row = NULL;

  if (n == 0)
    return g_strdup (RFI_HASH_NONE);

  row = rfi_db_prepare (db, hash_sql, error);
  if (row == NULL)
    return NULL;

  sqlite3_bind_int64 (row, 1, n);
  return rfi_db_step (db, row, error) ? g_strdup (rfi_db_text (row, 0)) : NULL;
}

/* Whether the entry is the next one and its hash is what it must be; then that becomes the
 * check's. */
static gboolean
fits (RfiServerHistoryCheck *check,
      sqlite3_stmt          *row)
{
  g_autofree char *hash = NULL;
  RfiServerAuditEntry entry;

  rfi_server_audit_entry_read (&entry, row);
  check->missing = entry.n != check->to + 1;
  if (check->missing)
    return FALSE;

  hash = rfi_server_audit_entry_hash (&entry, check->hash);
  if (g_strcmp0 (hash, rfi_db_text (row, RFI_AUDIT_COLUMN_HASH)) != 0)
    return FALSE;

  check->to = entry.n;
  g_free (check->hash);
  check->hash = g_steal_pointer (&hash);
  return TRUE;
}

gboolean
rfi_server_history_check (RfiDb                  *db,
                          gint64                  from,
                          gint64                  limit,
                          RfiServerHistoryCheck  *check,
                          GError                **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, chain_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  *check = (RfiServerHistoryCheck) { .to = from, .hash = find_hash (db, from, &local) };
  if (local == NULL && check->hash == NULL)
    {
      check->broken = from;
      check->missing = TRUE;
      return TRUE;
    }

  sqlite3_bind_int64 (row, 1, from);
  sqlite3_bind_int64 (row, 2, limit);
  while (check->broken == 0 && local == NULL && rfi_db_step (db, row, &local))
    if (!fits (check, row))
      check->broken = check->to + 1;
  if (local == NULL)
    return TRUE;

  g_clear_pointer (&check->hash, g_free);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
