/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-head"

#include "config.h"

#include "rfi-server-head.h"

#include "rfi-server-tally.h"

static const char get_sql[] =
  "SELECT (SELECT value FROM meta WHERE name = 'epoch'),"
  " (SELECT value FROM meta WHERE name = 'head'),"
  " (SELECT value FROM meta WHERE name = 'gc_floor')";

static const char get_seq_sql[] = "SELECT value FROM meta WHERE name = 'head'";
static const char set_seq_sql[] = "UPDATE meta SET value = ?1 WHERE name = 'head'";

static const char set_sql[] =
  "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";

gboolean
rfi_server_head_get (RfiDb          *db,
                     RfiServerHead  *head,
                     GError        **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, get_sql, error);
  const RfiServerTally *tally = rfi_server_tally_get (db);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  head->epoch = sqlite3_column_int64 (row, 0);
  head->seq = tally != NULL && tally->mark.head > 0 ? tally->mark.head
                                                    : sqlite3_column_int64 (row, 1);
  head->floor = sqlite3_column_int64 (row, 2);
  return TRUE;
}

static gboolean
get_seq (RfiDb   *db,
         gint64  *seq,
         GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, get_seq_sql, error);

  if (row == NULL || !rfi_db_step (db, row, error))
    return FALSE;

  *seq = sqlite3_column_int64 (row, 0);
  return TRUE;
}

gboolean
rfi_server_head_set (RfiDb   *db,
                     gint64   seq,
                     GError **error)
{
  RFI_DB_KEPT set = rfi_db_prepare (db, set_seq_sql, error);

  if (set == NULL)
    return FALSE;

  sqlite3_bind_int64 (set, 1, seq);
  return rfi_db_finish (db, set, error);
}

/* Two statements: SQLite makes a table for what one returns that changes something, which takes
 * longer than to ask. */
gboolean
rfi_server_head_next (RfiDb   *db,
                      gint64  *seq,
                      GError **error)
{
  RfiServerTally *tally = rfi_server_tally_get (db);

  if (tally != NULL && tally->mark.head > 0)
    {
      *seq = ++tally->mark.head;
      return TRUE;
    }
  if (!get_seq (db, seq, error))
    return FALSE;

  *seq += 1;
  if (tally == NULL)
    return rfi_server_head_set (db, *seq, error);

  tally->mark.head = *seq;
  return TRUE;
}

static gboolean
set (RfiDb       *db,
     const char  *name,
     gint64       value,
     GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, set_sql, error);

  if (statement == NULL)
    return FALSE;

  rfi_db_bind (statement, 1, name);
  sqlite3_bind_int64 (statement, 2, value);
  return rfi_db_finish (db, statement, error);
}

gboolean
rfi_server_head_begin (RfiDb      *db,
                       RfiRandom  *random,
                       GError    **error)
{
  RfiServerHead head;

  return rfi_server_head_get (db, &head, error) &&
         (head.epoch != 0 || rfi_server_head_renew (db, random, error));
}

gboolean
rfi_server_head_renew (RfiDb      *db,
                       RfiRandom  *random,
                       GError    **error)
{
  /* 0 stands for none. */
  return set (db, "epoch", (gint64) (rfi_random_u64 (random) | 1), error);
}

gboolean
rfi_server_head_set_floor (RfiDb   *db,
                           gint64   seq,
                           GError **error)
{
  return set (db, "gc_floor", seq, error);
}
