/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store: its statements use their indexes, a full disk refuses and loses nothing, and time
 * only moves forward. */

#include "config.h"

#include "rfi-server-answers.h"
#include "rfi-scope-sum.h"
#include "rfi-server-error.h"
#include "rfi-server-head.h"
#include "rfi-server-jobs.h"
#include "rfi-server-photos.h"
#include "rfi-server-store.h"
#include "rfi-server-sums.h"
#include "rfi-server-users.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char           *dir;
  RfiServerStore *store;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->dir = g_build_filename (g_get_user_data_dir (), "server", NULL);
  fixture->store = rfi_server_store_open (fixture->dir, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->store);
  g_free (fixture->dir);
}

static void
fill_job (RfiJob *job,
          char   *id)
{
  *job = (RfiJob) {
    .id = id, .title = "t", .description = "d", .vendor_id = "v",
    .created_by = "u", .store_name = "s", .address = "a", .city = "c", .state = "TX",
    .zip_code = "75201", .created_at = 5, .updated_at = 5,
  };
}

static gboolean
pass_cb (const RfiJob  *job,
         gpointer       user_data,
         GError       **error)
{
  return TRUE;
}

/* Uses everything once, so that every statement is prepared. */
static void
use_statements (RfiDb *db)
{
  static const RfiScope scopes[] = {
    { RFI_SCOPE_ALL, NULL }, { RFI_SCOPE_VENDOR, "v" }, { RFI_SCOPE_ASSIGNEE, "u" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      RFI_DB_KEPT rows = rfi_server_jobs_begin (db, &scopes[i], 0, NULL);

      g_assert_nonnull (rows);
      rfi_server_jobs_list (db, &scopes[i], -1, 25, 0, pass_cb, NULL, NULL);
      rfi_server_jobs_list (db, &scopes[i], 1, 25, 0, pass_cb, NULL, NULL);
      rfi_server_jobs_count (db, &scopes[i], 1, NULL);
    }
  g_assert_null (rfi_server_jobs_get (db, "none", NULL));
  g_assert_null (rfi_server_jobs_get_named (db, "none", NULL));
  g_assert_cmpint (rfi_server_jobs_get_latest (db, NULL), ==, 0);
  g_ptr_array_unref (rfi_server_photos_list (db, "none", NULL));
  g_assert_null (rfi_server_users_find (db, "none", NULL, NULL));
  g_assert_null (rfi_server_users_get (db, "none", NULL));
  g_ptr_array_unref (rfi_server_users_list_technicians (db, "v", NULL));
}

static void
assert_planned (sqlite3    *handle,
                const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *plan = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, explain, -1, &plan, NULL), ==, SQLITE_OK);
  while (sqlite3_step (plan) == SQLITE_ROW)
    {
      const char *step = (const char *) sqlite3_column_text (plan, 3);
      gboolean scans = strstr (step, "SCAN") != NULL && strstr (step, "USING") == NULL &&
                       strstr (step, "CONSTANT ROW") == NULL;

      if (scans || (strstr (step, "TEMP B-TREE") != NULL && strstr (sql, "FROM job") != NULL))
        g_error ("%s: %s", step, sql);
    }
  sqlite3_finalize (plan);
}

static void
test_plans (Fixture       *fixture,
            gconstpointer  data)
{
  RfiDb *db = rfi_server_store_get_reader (fixture->store);
  sqlite3 *handle = sqlite3_db_handle (rfi_db_prepare (db, "SELECT 1", NULL));
  sqlite3_stmt *statement = NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  use_statements (db);
  for (statement = sqlite3_next_stmt (handle, NULL); statement != NULL;
       statement = sqlite3_next_stmt (handle, statement))
    if (strstr (sqlite3_sql (statement), "FROM") != NULL)
      g_ptr_array_add (texts, g_strdup (sqlite3_sql (statement)));

  g_assert_cmpuint (texts->len, >=, 18);
  for (guint i = 0; i < texts->len; i++)
    assert_planned (handle, texts->pdata[i]);
}

typedef struct
{
  RfiServerStore     *store;
  RfiServerChangeFunc func;
  guint               pages;
  gint64              stamp;
  gboolean            done;
  gboolean            kept;
  GError             *error;
} Change;

static gboolean
limit_cb (RfiDb     *db,
          gint64     stamp,
          gpointer   data,
          GError   **error)
{
  Change *change = data;

  change->stamp = stamp;
  return rfi_db_limit (db, change->pages, error);
}

static gboolean
insert_cb (RfiDb     *db,
           gint64     stamp,
           gpointer   data,
           GError   **error)
{
  Change *change = data;
  g_autofree char *description = g_strnfill (100000, 'd');

  change->stamp = stamp;
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      g_autofree char *etag = rfi_server_jobs_make_etag ();
      RfiJob job;
      gint64 seq;

      fill_job (&job, id);
      job.description = description;
      job.etag = rfi_etag (etag);
      job.updated_at = stamp;
      if (!rfi_server_jobs_insert (db, &job, NULL, &seq, error))
        return FALSE;
    }

  return TRUE;
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Change *change = user_data;

  change->kept =
    rfi_server_store_change_finish (change->store, result, &change->error);
  change->done = TRUE;
}

static void
run (Fixture *fixture,
     Change  *change)
{
  change->store = fixture->store;
  rfi_server_store_change_async (fixture->store, change->func, change, changed_cb, change);
  while (!change->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  Change limit = { .func = limit_cb, .pages = 100 };
  Change refused = { .func = insert_cb };
  Change lift = { .func = limit_cb, .pages = 0 };
  Change taken = { .func = insert_cb };

  run (fixture, &limit);
  g_assert_no_error (limit.error);
  run (fixture, &refused);
  g_assert_error (refused.error, RFI_DB_ERROR, RFI_DB_ERROR_FULL);
  g_assert_cmpint (rfi_server_store_count_jobs (fixture->store, NULL), ==, 0);

  run (fixture, &lift);
  run (fixture, &taken);
  g_assert_no_error (taken.error);
  g_assert_true (taken.kept);
  g_clear_error (&refused.error);
}

static void
test_time (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 last = 0;

  for (guint i = 0; i < 50; i++)
    {
      Change change = { .func = insert_cb };
      gint64 moment = rfi_server_store_read_clock (fixture->store);

      run (fixture, &change);
      g_assert_cmpint (change.stamp, >, moment);
      g_assert_cmpint (change.stamp, >, last);
      last = change.stamp;
    }
}

/* A clock set back a day between two runs changes nothing. */
static void
test_time_over_restart (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  gint64 tomorrow = g_get_real_time () / 1000 + 24 * 3600 * 1000;
  Change change = { .func = insert_cb };
  RfiJob job;

  fill_job (&job, (char *) "id");
  job.updated_at = tomorrow;
  g_assert_true (rfi_server_store_add_job (fixture->store, &job, &error));
  g_assert_true (rfi_server_store_close (fixture->store, &error));
  g_clear_object (&fixture->store);
  fixture->store = rfi_server_store_open (fixture->dir, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpint (rfi_server_store_read_clock (fixture->store), >=, tomorrow);
  run (fixture, &change);
  g_assert_cmpint (change.stamp, >, tomorrow);
}

static void
test_lock (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  RfiServerStore *second = rfi_server_store_open (fixture->dir, NULL, &error);

  g_assert_null (second);
  g_assert_error (error, RFI_SERVER_ERROR, RFI_SERVER_ERROR_LOCKED);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "server.db", NULL);
  g_autoptr(GError) error = NULL;
  RfiDb *db;

  rfi_server_store_close (fixture->store, NULL);
  g_clear_object (&fixture->store);
  db = rfi_db_open (path, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rfi_db_run (db, "PRAGMA query_only = OFF; PRAGMA user_version = 9999", &error));
  rfi_db_close (db, NULL);

  fixture->store = rfi_server_store_open (fixture->dir, NULL, &error);
  g_assert_null (fixture->store);
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_NEWER);
}

/* Totals follow every way a job comes, changes and goes. */
static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  RfiDb *db = rfi_server_store_get_reader (fixture->store);
  const RfiScope of_vendor = { RFI_SCOPE_VENDOR, "v" };
  const RfiScope of_other = { RFI_SCOPE_VENDOR, "w" };
  const RfiScope of_all = { RFI_SCOPE_ALL, NULL };
  const RfiScope of_nobody = { RFI_SCOPE_NOTHING, NULL };
  Change change = { .func = insert_cb };
  RfiJob job;

  run (fixture, &change);
  g_assert_cmpint (rfi_server_jobs_count (db, &of_all, -1, NULL), ==, 20);
  g_assert_cmpint (rfi_server_jobs_count (db, &of_vendor, RFI_STATUS_PENDING, NULL), ==, 20);
  g_assert_cmpint (rfi_server_jobs_count (db, &of_vendor, RFI_STATUS_ASSIGNED, NULL), ==, 0);
  g_assert_cmpint (rfi_server_jobs_count (db, &of_other, -1, NULL), ==, 0);
  g_assert_cmpint (rfi_server_jobs_count (db, &of_nobody, -1, NULL), ==, 0);

  fill_job (&job, (char *) "id");
  job.vendor_id = "w";
  job.status = RFI_STATUS_COMPLETED;
  g_assert_true (rfi_server_store_add_job (fixture->store, &job, NULL));
  g_assert_cmpint (rfi_server_jobs_count (db, &of_other, RFI_STATUS_COMPLETED, NULL), ==, 1);
  g_assert_cmpint (rfi_server_jobs_count (db, &of_all, -1, NULL), ==, 21);
}

/* Makes a database as the first release left it. Returns: (transfer full): its directory */
static char *
make_old_store (void)
{
  char *dir = g_build_filename (g_get_user_data_dir (), "old", NULL);
  g_autofree char *path = g_build_filename (dir, "server.db", NULL);
  g_autoptr(GBytes) sql =
    g_resources_lookup_data ("/com/retailfixit/Dispatch/sql/server/001-begin.sql",
                             G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
  sqlite3 *db = NULL;

  g_mkdir_with_parents (dir, 0700);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, text, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
    sqlite3_exec (db,
                  "PRAGMA user_version = 1;"
                  "INSERT INTO user VALUES ('t', 'T@x.y', 'h', 'Tina', 2, 'v');"
                  "WITH RECURSIVE i (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i LIMIT 50)"
                  " INSERT INTO job (id, title, description, status, priority, vendor_id,"
                  " created_by, assigned_to, store_name, address, city, state, zip_code, etag,"
                  " created_at, updated_at)"
                  " SELECT 'job-' || i, 't', 'd', 1, 1, CASE WHEN i % 2 THEN 'v' ELSE 'w' END,"
                  " 'u', CASE WHEN i % 5 = 0 THEN 't' END, 's', 'a', 'c', 'TX', '75201', 'e',"
                  " i, i FROM i;"
                  "DELETE FROM job WHERE id = 'job-7'",
                  NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return dir;
}

/* What an old database has gets numbers and is counted; opening it again changes nothing. */
static void
test_upgrade (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    RfiScope scope;
    gint64   n;
  } scopes[] = {
    { { RFI_SCOPE_ALL, NULL }, 49 }, { { RFI_SCOPE_VENDOR, "v" }, 24 },
    { { RFI_SCOPE_VENDOR, "w" }, 25 }, { { RFI_SCOPE_ASSIGNEE, "t" }, 10 },
    { { RFI_SCOPE_ASSIGNEE, "x" }, 0 },
  };
  g_autofree char *dir = make_old_store ();
  RfiServerHead first = { 0, };

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RfiServerStore) store = rfi_server_store_open (dir, NULL, &error);
      RfiDb *db = rfi_server_store_get_reader (store);
      g_autoptr(RfiJob) job = rfi_server_jobs_get (db, "job-9", NULL);
      g_autoptr(RfiUser) user = rfi_server_users_get (db, "t", NULL);
      RfiServerHead head;

      g_assert_no_error (error);
      g_assert_cmpint (job->version, ==, 1);
      g_assert_null (job->extra);
      g_assert_false (user->inactive);
      g_assert_true (rfi_server_head_get (db, &head, NULL));
      g_assert_cmpint (head.seq, ==, 50);
      g_assert_cmpint (head.epoch, !=, 0);
      if (round == 0)
        first = head;
      g_assert_cmpint (head.epoch, ==, first.epoch);
      for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
        {
          const RfiServerWindow window = { .after = 0, .up_to = 50, .limit = 100 };
          RFI_DB_KEPT rows = rfi_server_jobs_begin_window (db, &scopes[i].scope, &window, NULL);
          RfiJob row = { 0, };
          RfiServerSum sum;
          guint64 wanted = 0;
          gint64 n = 0;
          gint64 seq;

          while (rfi_server_jobs_next_change (db, rows, &row, &seq, NULL))
            {
              wanted += rfi_scope_sum_row (row.id, row.version);
              n++;
            }
          g_assert_true (rfi_server_sums_get (db, &scopes[i].scope, &sum, NULL));
          g_assert_cmpint (n, ==, scopes[i].n);
          g_assert_cmpint (sum.n, ==, n);
          g_assert_cmpuint (sum.sum, ==, wanted);
        }
    }
}

/* Jobs made with times of their own: none that is later than a moment is left out, none that is not
 * is told. */
static void
test_since (Fixture       *fixture,
            gconstpointer  data)
{
  static const gint64 times[] = { 30, 10, 40, 10, 20 };
  static const struct {
    gint64      since;
    const char *wanted;
  } cases[] = { { 0, "CBEAD" }, { 10, "CED" }, { 20, "ED" }, { 30, "E" }, { 40, "" } };
  const RfiScope all = { RFI_SCOPE_ALL, NULL };
  RfiDb *db = rfi_server_store_get_reader (fixture->store);

  g_assert_nonnull (rfi_server_store_begin (fixture->store, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      char id[] = { "DAEBC"[i], '\0' };
      RfiJob job;

      fill_job (&job, id);
      job.updated_at = times[i];
      g_assert_true (rfi_server_store_add_job (fixture->store, &job, NULL));
    }
  g_assert_true (rfi_server_store_end (fixture->store, TRUE, NULL));

  g_assert_cmpint (rfi_server_jobs_get_latest (db, NULL), ==, 40);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RFI_DB_KEPT rows = rfi_server_jobs_begin (db, &all, cases[i].since, NULL);
      g_autoptr(GString) seen = g_string_new (NULL);
      RfiJob row;

      while (rfi_server_jobs_next (db, rows, &row, NULL))
        g_string_append (seen, row.id);
      g_assert_cmpstr (seen->str, ==, cases[i].wanted);
    }
}

#define N_EDITS 2000

static gboolean
edit_often_cb (RfiDb     *db,
               gint64     stamp,
               gpointer   data,
               GError   **error)
{
  const RfiServerActor actor = {
    .user_id = "u", .origin = RFI_SERVER_ORIGIN_REST, .action = "edit", .at = stamp,
  };

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autoptr(RfiJob) previous = rfi_server_jobs_get (db, i % 3 == 0 ? "a" : "b", error);
      RfiJob job = *previous;
      gint64 seq;

      job.updated_at = stamp;
      job.title = i % 2 == 0 ? "even" : "odd";
      if (!rfi_server_jobs_update (db, previous, &job, &actor, &seq, error))
        return FALSE;
    }

  return TRUE;
}

/* However often jobs change, the order of changes is not much longer than there are jobs; each
 * stands in it where it changed last. */
static void
test_swept (Fixture       *fixture,
            gconstpointer  data)
{
  const RfiScope all = { RFI_SCOPE_ALL, NULL };
  const RfiServerWindow window = { .up_to = G_MAXINT64, .limit = 10 };
  RfiDb *db = rfi_server_store_get_reader (fixture->store);
  RFI_DB_KEPT count = rfi_db_prepare (db, "SELECT count(*) FROM change", NULL);
  RFI_DB_KEPT rows = NULL;
  Change change = { .func = edit_often_cb };
  RfiJob row = { 0, };
  gint64 seq;

  g_assert_nonnull (rfi_server_store_begin (fixture->store, NULL));
  for (guint i = 0; i < 3; i++)
    {
      char id[] = { "abc"[i], '\0' };
      RfiJob job;

      fill_job (&job, id);
      g_assert_true (rfi_server_store_add_job (fixture->store, &job, NULL));
    }
  g_assert_true (rfi_server_store_end (fixture->store, TRUE, NULL));
  run (fixture, &change);
  g_assert_true (change.kept);

  g_assert_true (rfi_db_step (db, count, NULL));
  g_assert_cmpint (sqlite3_column_int64 (count, 0), <, 500);
  rows = rfi_server_jobs_begin_window (db, &all, &window, NULL);
  g_assert_true (rfi_server_jobs_next_change (db, rows, &row, &seq, NULL));
  g_assert_cmpstr (row.id, ==, "c");
  g_assert_true (rfi_server_jobs_next_change (db, rows, &row, &seq, NULL));
  g_assert_cmpint (seq, ==, 3 + N_EDITS - 1);
  g_assert_true (rfi_server_jobs_next_change (db, rows, &row, &seq, NULL));
  g_assert_cmpint (seq, ==, 3 + N_EDITS);
  g_assert_false (rfi_server_jobs_next_change (db, rows, &row, &seq, NULL));
}

#define ADD(name) \
  g_test_add ("/server-store/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD (plans);
  ADD (full_disk);
  ADD (time);
  ADD (time_over_restart);
  ADD (lock);
  ADD (newer);
  ADD (counts);
  ADD (upgrade);
  ADD (since);
  ADD (swept);

  return g_test_run ();
}
