/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-history"

#include "config.h"

#include "rfi-server-history.h"

#include "rfi-canonical.h"
#include "rfi-json.h"
#include "rfi-server-audit-entry.h"

#include <string.h>

/* One search reads this many entries: then somebody else may. */
#define MAX_SEARCH 100000

/* One look for marks finds this many where an index tells which they are. */
#define MAX_MARKED 100000

#define BEFORE_ALL (G_MAXINT64)

/* What an entry hangs on is the hash before it, wherever that one is. */
#define COLUMNS RFI_AUDIT_COLUMNS ", (SELECT p.hash FROM audit p WHERE p.n = audit.n - 1)"

enum {
  PARAM_FIRST = 1,
  PARAM_LAST,
  PARAM_LIMIT,
  PARAM_VENDOR,
  PARAM_JOB,
  PARAM_ACTOR,
  PARAM_DEVICE,
  PARAM_OTHER,
  PARAM_ORIGIN,
  PARAM_TEXT,
  PARAM_ACTION,  /* and as many after it as there may be */
};

static const char at_sql[] = "SELECT at FROM audit WHERE n = ?1";
static const char head_sql[] = "SELECT coalesce (max (n), 0) FROM audit";

static gboolean
read_number (RfiDb       *db,
             const char  *sql,
             gint64       param,
             gint64      *number,
             GError     **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, error);
  g_autoptr(GError) local = NULL;

  if (row == NULL)
    return FALSE;

  sqlite3_bind_int64 (row, 1, param);
  *number = 0;
  if (rfi_db_step (db, row, &local))
    *number = sqlite3_column_int64 (row, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What is later has the greater number, so no index by time is needed. */
gboolean
rfi_server_history_find_first (RfiDb   *db,
                               gint64   at,
                               gint64  *first,
                               GError **error)
{
  gint64 low = 1;
  gint64 high;
  gint64 met;

  if (!read_number (db, head_sql, 0, &high, error))
    return FALSE;

  high++;
  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;

      if (!read_number (db, at_sql, middle, &met, error))
        return FALSE;
      if (met < at)
        low = middle + 1;
      else
        high = middle;
    }
  *first = low;
  return TRUE;
}

/* The numbers between which everything lies, both inclusive. */
static gboolean
find_range (RfiDb                        *db,
            const RfiServerHistoryQuery  *query,
            gint64                       *first,
            gint64                       *last,
            GError                      **error)
{
  gint64 bound;

  *first = query->after + 1;
  *last = query->before > 0 ? query->before - 1 : BEFORE_ALL;
  if (query->from > 0)
    {
      if (!rfi_server_history_find_first (db, query->from, &bound, error))
        return FALSE;
      *first = MAX (*first, bound);
    }
  if (query->to > 0)
    {
      if (!rfi_server_history_find_first (db, query->to, &bound, error))
        return FALSE;
      *last = MIN (*last, bound - 1);
    }
  return TRUE;
}

static void
append_conditions (GString                     *sql,
                   const RfiServerHistoryQuery *query)
{
  if (query->vendor_id != NULL)
    g_string_append (sql, " AND vendor_id = ?4");
  if (query->job_id != NULL)
    g_string_append (sql, " AND job_id = ?5");
  if (query->actor_id != NULL)
    g_string_append (sql, " AND actor_id = ?6");
  if (query->device_id != NULL)
    g_string_append (sql, " AND device_id = ?7");
  if (query->other_than != NULL)
    g_string_append (sql, " AND +device_id <> ?8");
  if (query->no_device)
    g_string_append (sql, " AND +device_id IS NULL");
  if (query->origin != NULL)
    g_string_append (sql, " AND +origin = ?9");
  if (query->text != NULL)
    g_string_append (sql,
                     " AND (actor_name LIKE ?10 ESCAPE '\\' OR changes LIKE ?10 ESCAPE '\\')");
}

static guint
count_actions (const RfiServerHistoryQuery *query)
{
  return query->actions != NULL ? g_strv_length ((char **) query->actions) : 0;
}

/* Text for every combination of what is asked for: so that each one finds its index. Several
 * actions are a part each, which come together in the order of their numbers. */
static const char *
compose (const RfiServerHistoryQuery *query,
         const char                  *columns,
         const char                  *tail)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  guint n_actions = count_actions (query);

  for (guint i = 0; i < MAX (1, n_actions); i++)
    {
      g_string_append_printf (sql, "%sSELECT %s FROM audit WHERE n BETWEEN ?1 AND ?2",
                              i > 0 ? " UNION ALL " : "", columns);
      append_conditions (sql, query);
      if (n_actions > 0)
        g_string_append_printf (sql, " AND action = ?%u", PARAM_ACTION + i);
    }
  g_string_append (sql, tail);
  return g_intern_string (sql->str);
}

/* Returns: (transfer full): what LIKE finds it by */
static char *
make_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (; *text != '\0'; text++)
    {
      if (*text == '%' || *text == '_' || *text == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *text);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static void
bind_query (sqlite3_stmt                *row,
            const RfiServerHistoryQuery *query,
            const char                  *pattern)
{
  rfi_db_bind (row, PARAM_VENDOR, query->vendor_id);
  rfi_db_bind (row, PARAM_JOB, query->job_id);
  rfi_db_bind (row, PARAM_ACTOR, query->actor_id);
  rfi_db_bind (row, PARAM_DEVICE, query->device_id);
  rfi_db_bind (row, PARAM_OTHER, query->other_than);
  rfi_db_bind (row, PARAM_ORIGIN, query->origin);
  rfi_db_bind (row, PARAM_TEXT, pattern);
  for (guint i = 0; i < count_actions (query); i++)
    rfi_db_bind (row, PARAM_ACTION + (int) i, query->actions[i]);
}

static void
append_entry (GString      *out,
              sqlite3_stmt *row)
{
  const char *prev = rfi_db_text (row, RFI_AUDIT_COLUMN_HASH + 1);
  RfiServerAuditEntry entry;

  rfi_server_audit_entry_read (&entry, row);
  if (out->str[out->len - 1] != '[')
    g_string_append_c (out, ',');
  rfi_server_audit_entry_append (&entry, out);
  g_string_truncate (out, out->len - 1);
  rfi_json_append_member (out, "prevHash", prev != NULL ? prev : RFI_HASH_NONE);
  rfi_json_append_member (out, "hash", rfi_db_text (row, RFI_AUDIT_COLUMN_HASH));
  g_string_append_c (out, '}');
}

gboolean
rfi_server_history_append (RfiDb                        *db,
                           const RfiServerHistoryQuery  *query,
                           GString                      *out,
                           gint64                       *next,
                           GError                      **error)
{
  gboolean newest = query->before > 0;
  const char *sql = compose (query, COLUMNS, newest ? " ORDER BY n DESC LIMIT ?3"
                                                    : " ORDER BY n LIMIT ?3");
  g_autofree char *pattern = query->text != NULL ? make_pattern (query->text) : NULL;
  g_autoptr(GError) local = NULL;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, error);
  gint64 floor;
  gint64 first;
  gint64 last;
  gint64 n_rows = 0;

  if (row == NULL || !find_range (db, query, &first, &last, error) ||
      !read_number (db, head_sql, 0, &floor, error))
    return FALSE;

  floor = rfi_server_history_is_search (query) ? MAX (first, MIN (last, floor) - MAX_SEARCH)
                                               : first;
  sqlite3_bind_int64 (row, PARAM_FIRST, newest ? floor : first);
  sqlite3_bind_int64 (row, PARAM_LAST, last);
  sqlite3_bind_int64 (row, PARAM_LIMIT, query->limit);
  bind_query (row, query, pattern);
  *next = floor > first ? floor : 0;
  g_string_append_c (out, '[');
  while (rfi_db_step (db, row, &local))
    {
      append_entry (out, row);
      if (++n_rows == query->limit)
        *next = sqlite3_column_int64 (row, RFI_AUDIT_COLUMN_N);
    }
  g_string_append_c (out, ']');
  if (*next <= first)
    *next = 0;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_history_is_search (const RfiServerHistoryQuery *query)
{
  return query->text != NULL || query->other_than != NULL || query->no_device;
}

/* Entries have no gaps between them. */
static gboolean
asks_for_all (const RfiServerHistoryQuery *query)
{
  return query->vendor_id == NULL && query->job_id == NULL && query->actor_id == NULL &&
         query->device_id == NULL && count_actions (query) == 0 && query->origin == NULL;
}

gint64
rfi_server_history_count (RfiDb                        *db,
                          const RfiServerHistoryQuery  *query,
                          GError                      **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, compose (query, "count (*)", ""), error);
  g_autoptr(GError) local = NULL;
  gint64 total = 0;
  gint64 first;
  gint64 last;
  gint64 head;

  g_return_val_if_fail (!rfi_server_history_is_search (query), -1);

  if (row == NULL || !find_range (db, query, &first, &last, error) ||
      !read_number (db, head_sql, 0, &head, error))
    return -1;
  if (asks_for_all (query))
    return MAX (0, MIN (last, head) - first + 1);

  sqlite3_bind_int64 (row, PARAM_FIRST, first);
  sqlite3_bind_int64 (row, PARAM_LAST, last);
  bind_query (row, query, NULL);
  while (rfi_db_step (db, row, &local))
    total += sqlite3_column_int64 (row, 0);
  if (local == NULL)
    return total;

  g_propagate_error (error, g_steal_pointer (&local));
  return -1;
}

void
rfi_server_history_marks_clear (RfiServerHistoryMarks *self)
{
  g_clear_pointer (&self->marks, g_array_unref);
}

static gboolean
mark_each (RfiDb                  *db,
           sqlite3_stmt           *row,
           gint64                  every,
           RfiServerHistoryMarks  *marks,
           GError                **error)
{
  g_autoptr(GError) local = NULL;

  while (marks->found < MAX_MARKED && rfi_db_step (db, row, &local))
    {
      gint64 n = sqlite3_column_int64 (row, 0);

      if (marks->found++ % every == 0)
        g_array_append_val (marks->marks, n);
      if (marks->last == 0)
        marks->last = n;
      if (marks->found == MAX_MARKED)
        marks->next = n;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
rfi_server_history_mark (RfiDb                        *db,
                         const RfiServerHistoryQuery  *query,
                         gint64                        every,
                         RfiServerHistoryMarks        *marks,
                         GError                      **error)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, compose (query, "n", " ORDER BY n DESC"), error);
  gboolean search = rfi_server_history_is_search (query);
  g_autofree char *pattern = query->text != NULL ? make_pattern (query->text) : NULL;
  gint64 first;
  gint64 last;
  gint64 head;
  gint64 floor;

  *marks = (RfiServerHistoryMarks) { .marks = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  if (row == NULL || !find_range (db, query, &first, &last, error) ||
      !read_number (db, head_sql, 0, &head, error))
    return FALSE;

  last = MIN (last, head);
  marks->whole = asks_for_all (query) && !search;
  if (marks->whole)
    {
      marks->found = MAX (0, last - first + 1);
      marks->last = marks->found > 0 ? last : 0;
      return TRUE;
    }

  floor = search ? MAX (first, last - MAX_SEARCH) : first;
  sqlite3_bind_int64 (row, PARAM_FIRST, floor);
  sqlite3_bind_int64 (row, PARAM_LAST, last);
  bind_query (row, query, pattern);
  marks->next = floor > first ? floor : 0;
  return mark_each (db, row, every, marks, error);
}
