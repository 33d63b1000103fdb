/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-sums"

#include "config.h"

#include "rfi-server-sums.h"

#include "rfi-scope-sum.h"

#define LOW G_GUINT64_CONSTANT (0xffffffff)

static const char get_sql[] = "SELECT n, high, low FROM scope_sum WHERE scope = ?1";

static const char add_sql[] =
  "INSERT INTO scope_sum (scope, n, high, low) VALUES (?1, ?2, ?3, ?4)"
  " ON CONFLICT DO UPDATE SET n = n + excluded.n, low = (low + excluded.low) & 4294967295,"
  " high = (high + excluded.high + ((low + excluded.low) >> 32)) & 4294967295";

static const char all_sql[] = "SELECT id, version, vendor_id, assigned_to FROM job ORDER BY n";

static void
bind_scope (sqlite3_stmt *statement,
            char          letter,
            const char   *id)
{
  char *name = id != NULL ? g_strdup_printf ("%c:%s", letter, id) : g_strdup ("");

  sqlite3_bind_text (statement, 1, name, -1, g_free);
}

gboolean
rfi_server_sums_get (RfiDb           *db,
                     const RfiScope  *scope,
                     RfiServerSum    *sum,
                     GError         **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, get_sql, error);
  g_autoptr(GError) local = NULL;

  *sum = (RfiServerSum) { 0, 0 };
  if (row == NULL)
    return FALSE;
  if (scope->kind == RFI_SCOPE_NOTHING)
    return TRUE;

  bind_scope (row, scope->kind == RFI_SCOPE_VENDOR ? 'v' : 't', scope->id);
  if (rfi_db_step (db, row, &local))
    {
      sum->n = sqlite3_column_int64 (row, 0);
      sum->sum = (guint64) sqlite3_column_int64 (row, 1) << 32 |
                 (guint64) sqlite3_column_int64 (row, 2);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_sums_add (RfiDb                    *db,
                     const RfiServerTallySum  *added,
                     GError                  **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, add_sql, error);

  if (statement == NULL)
    return FALSE;

  bind_scope (statement, added->letter, added->id);
  sqlite3_bind_int64 (statement, 2, added->n);
  sqlite3_bind_int64 (statement, 3, (gint64) (added->sum >> 32));
  sqlite3_bind_int64 (statement, 4, (gint64) (added->sum & LOW));
  return rfi_db_finish (db, statement, error);
}

/* @id: (nullable): %NULL for everybody's scope */
static gboolean
add (RfiDb       *db,
     char         letter,
     const char  *id,
     gint64       n,
     guint64      sum,
     GError     **error)
{
  const RfiServerTallySum added = { .id = id, .letter = letter, .n = n, .sum = sum };
  RfiServerTally *tally = rfi_server_tally_get (db);

  if (tally == NULL)
    return rfi_server_sums_add (db, &added, error);

  rfi_server_tally_add_sum (tally, letter, id, n, sum);
  return TRUE;
}

/* As add(), unless nobody has the job. */
static gboolean
add_technician (RfiDb       *db,
                const char  *id,
                gint64       n,
                guint64      sum,
                GError     **error)
{
  return id == NULL || add (db, 't', id, n, sum, error);
}

/* @minus, @plus: what the job was worth, and is */
static gboolean
change_vendor (RfiDb         *db,
               const RfiJob  *previous,
               const RfiJob  *job,
               guint64        minus,
               guint64        plus,
               GError       **error)
{
  gint64 n = (job != NULL) - (previous != NULL);

  if (previous == NULL || job == NULL || g_strcmp0 (previous->vendor_id, job->vendor_id) == 0)
    return add (db, 'v', (job != NULL ? job : previous)->vendor_id, n, plus - minus, error);

  return add (db, 'v', previous->vendor_id, -1, 0 - minus, error) &&
         add (db, 'v', job->vendor_id, 1, plus, error);
}

gboolean
rfi_server_sums_change (RfiDb         *db,
                        const RfiJob  *previous,
                        const RfiJob  *job,
                        GError       **error)
{
  const char *from = previous != NULL ? previous->assigned_to : NULL;
  const char *to = job != NULL ? job->assigned_to : NULL;
  guint64 minus = previous != NULL ? rfi_scope_sum_row (previous->id, previous->version) : 0;
  guint64 plus = job != NULL ? rfi_scope_sum_row (job->id, job->version) : 0;
  gint64 n = (job != NULL) - (previous != NULL);

  if (!add (db, 'a', NULL, n, plus - minus, error) ||
      !change_vendor (db, previous, job, minus, plus, error))
    return FALSE;
  if (g_strcmp0 (from, to) == 0)
    return add_technician (db, to, n, plus - minus, error);

  return add_technician (db, from, -1, 0 - minus, error) &&
         add_technician (db, to, 1, plus, error);
}

static gboolean
is_begun (RfiDb   *db,
          GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, get_sql, error);

  if (row == NULL)
    return FALSE;

  bind_scope (row, 'a', NULL);
  return rfi_db_step (db, row, error);
}

static gboolean
count_all (RfiDb   *db,
           GError **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, all_sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL || !add (db, 'a', NULL, 0, 0, error))
    return FALSE;

  while (rfi_db_step (db, row, &local))
    {
      const RfiJob job = {
        .id = rfi_db_text (row, 0),
        .version = sqlite3_column_int64 (row, 1),
        .vendor_id = rfi_db_text (row, 2),
        .assigned_to = rfi_db_text (row, 3),
      };

      if (!rfi_server_sums_change (db, NULL, &job, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_sums_begin (RfiDb   *db,
                       GError **error)
{
  g_autoptr(GError) local = NULL;

  if (is_begun (db, &local))
    return TRUE;
  if (local == NULL)
    return count_all (db, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
