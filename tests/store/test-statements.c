/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* The connection that was opened last. */
static sqlite3 *connection;

static int
opened_cb (sqlite3                    *db,
           char                      **message,
           const sqlite3_api_routines *api)
{
  connection = db;
  return SQLITE_OK;
}

static void
list_audit (StoreFixture *fixture,
            const char   *job_id)
{
  g_autofree char *shown = store_show_audit (fixture, job_id);

  g_assert_nonnull (shown);
}

/* Has every statement of the store prepared. */
static void
use_everything (StoreFixture *fixture)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) newer = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiJob) made = store_job ("s", "New", "\"1\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(GPtrArray) people = g_ptr_array_new ();
  g_autoptr(GPtrArray) photos = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autofree char *jobs = NULL;

  store_run (fixture, rfi_store_put_technicians_async, people);
  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  store_enqueue (fixture, store_create ("op-2", "n", "New"));
  store_run (fixture, rfi_store_record_attempt_async, "op-2", TRUE, NULL, NULL, (gint64) 0);
  store_run (fixture, rfi_store_confirm_async, "op-2", made);
  store_open_conflict (fixture, edit, a, newer);
  conflicts = store_list_conflicts (fixture);
  photos = store_list_photos (fixture, "a");
  jobs = store_show_jobs (fixture);
  list_audit (fixture, "a");
  list_audit (fixture, NULL);
  store_run (fixture, rfi_store_resolve_conflict_async, "c", NULL, "op-9", (gint64) 9000);
  store_run (fixture, rfi_store_finish_listing_async, (gint64) 1, (gint64) 9000);
  store_run (fixture, rfi_store_remove_job_async, "a", NULL, (gint64) 9000);
}

/* Those that mean all rows, or a table that stays small. */
static gboolean
may_scan (const char *sql,
          const char *plan)
{
  static const char *const whole[] = {
    "FROM job WHERE listing <> ",  /* once per complete listing */
    "has_attachments, version, sealed, status_at FROM job",
    "SELECT rowid, status, priority,", /* where a start begins */
    "SELECT id, version FROM job", /* when the server's sum is another one */
    "UPDATE job SET version = -version",
    "FROM outbox ORDER BY seq",    /* at most some hundreds */
    "FROM told ORDER BY id",
    "FROM outbox o LEFT JOIN letter l",
    "FROM letter l WHERE NOT EXISTS",
    "FROM letter WHERE state = 1",
    "UPDATE letter SET state = 2",
    "SELECT 1 FROM outbox LIMIT 1",
    "FROM outbox_count c",         /* a row for each state */
    "FROM conflict ORDER BY",
    "count(*) FROM conflict",
    "pragma_page_count",
    "FROM seal",  /* one row */
    "FROM sqlite_sequence",
  };

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    if (strstr (sql, whole[i]) != NULL && strstr (sql, " WHERE id = ") == NULL)
      return TRUE;

  /* By its key, downwards, up to the limit. */
  return strstr (sql, "FROM audit WHERE id < ") != NULL && g_str_has_prefix (plan, "SEARCH");
}

static void
check_plan (const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *row = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (connection, explain, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      const char *plan = (const char *) sqlite3_column_text (row, 3);

      if (g_str_has_prefix (plan, "SCAN") && !may_scan (sql, plan))
        g_error ("%s\n  %s", sql, plan);
      if (strstr (plan, "TEMP B-TREE") != NULL && strstr (sql, "FROM conflict") == NULL &&
          strstr (sql, "FROM person") == NULL)
        g_error ("%s\n  %s", sql, plan);
    }
  sqlite3_finalize (row);
}

static void
test_plans (StoreFixture  *fixture,
            gconstpointer  unused)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;

  store_fixture_close (fixture);
  sqlite3_auto_extension ((void (*) (void)) opened_cb);
  store_fixture_open (fixture);
  sqlite3_cancel_auto_extension ((void (*) (void)) opened_cb);
  use_everything (fixture);

  while ((statement = sqlite3_next_stmt (connection, statement)) != NULL)
    g_ptr_array_add (texts, g_strdup (sqlite3_sql (statement)));
  g_assert_cmpuint (texts->len, >, 25);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *sql = g_ptr_array_index (texts, i);

      if (g_str_has_prefix (sql, "SELECT") || g_str_has_prefix (sql, "UPDATE") ||
          g_str_has_prefix (sql, "DELETE"))
        check_plan (sql);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/statements/plans", NULL, test_plans);

  return g_test_run ();
}
