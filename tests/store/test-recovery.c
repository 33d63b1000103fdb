/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */

#include "config.h"

#include "letters-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

static void
test_one_process (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (rfi_store_open (fixture->path, fixture->seal, NULL, NULL, NULL, TRUE,
                                 &error));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_IN_USE);
}

static void
test_private (StoreFixture  *fixture,
              gconstpointer  unused)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "server", "person", NULL);
  g_autofree char *parent = g_path_get_dirname (dir);
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiStore) store =
    rfi_store_open (path, fixture->seal, NULL, NULL, NULL, TRUE, &error);
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpint (g_stat (dir, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  rfi_store_close (store);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (dir);
  g_rmdir (parent);
}

/* Returns: (transfer full) (nullable): the file that was set aside */
static char *
find_aside (StoreFixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "cache.db.damaged-") && !g_str_has_suffix (name, "-wal") &&
        !g_str_has_suffix (name, "-shm") && !g_str_has_suffix (name, ".suspect"))
      return g_build_filename (fixture->dir, name, NULL);

  return NULL;
}

static void
test_no_database (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  static const char text[] = "This is no database at all, for sure.";
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;

  store_fixture_close (fixture);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, &error));
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, 0);

  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, text);
  store_enqueue (fixture, store_create ("op-1", "n", "New"));
}

static void
fill (StoreFixture *fixture)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  g_autoptr(RfiJob) theirs = store_job ("job-0", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) conflicting = store_edit ("op-a", "job-0", "Leak", "Big leak");

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("job-%u", i);

      g_ptr_array_add (rows, store_job (id, "Leak", "\"1\"", 1000));
    }
  store_run (fixture, rfi_store_apply_rows_async, rows, RFI_PULL_LISTING, (gint64) 1, "cursor",
             NULL);
  store_enqueue (fixture, rfi_operation_ref (conflicting));
  store_enqueue (fixture, store_step ("op-b", "job-1", RFI_STATUS_ASSIGNED,
                                      RFI_STATUS_IN_PROGRESS));
  store_enqueue (fixture, store_create ("op-c", "local", "New"));
  store_open_conflict (fixture, conflicting, rows->pdata[0], theirs);
}

/* Overwrites a page that holds rows of a table. */
static void
damage_table (StoreFixture *fixture,
              const char   *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT pageno, pgsize FROM dbstat WHERE name = '%s' "
                                          "AND pagetype = 'leaf' ORDER BY pageno LIMIT 1", table);
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  gint64 page;
  gint64 size;
  gsize length;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  page = sqlite3_column_int64 (row, 0);
  size = sqlite3_column_int64 (row, 1);
  sqlite3_finalize (row);
  sqlite3_close (db);

  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, &error));
  memset (contents + (page - 1) * size, 0xa5, (gsize) size);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, &error));
  g_assert_no_error (error);
}

/* Takes the name out of a job's row, but not out of the index. */
static void
lose_name (StoreFixture *fixture,
           const char   *name)
{
  static const char sql[] = "SELECT (pageno - 1) * pgsize, pgsize FROM dbstat "
                            "WHERE name = 'job' AND pagetype = 'leaf'";
  g_autofree char *contents = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  gsize length;
  guint n = 0;

  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    {
      char *found = memmem (contents + sqlite3_column_int64 (row, 0),
                            (gsize) sqlite3_column_int64 (row, 1), name, strlen (name));

      if (found == NULL)
        continue;
      memset (found, 0, strlen (name));
      n++;
    }
  sqlite3_finalize (row);
  sqlite3_close (db);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, NULL));
}

/* The rest of a process that did not end well. */
static void
leave_log (StoreFixture *fixture)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

  g_assert_true (g_file_set_contents (log, "", 0, NULL));
}

static void
test_outbox_is_saved (StoreFixture  *fixture,
                      gconstpointer  unused)
{
  g_autofree char *aside = NULL;
  g_autoptr(RfiJob) row = store_job ("job-0", "Flood", "\"2\"", 3000);

  fill (fixture);
  store_fixture_close (fixture);
  damage_table (fixture, "job");
  leave_log (fixture);
  store_fixture_open (fixture);

  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, 3);
  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  /* What was in conflict is judged anew; the rest is as it was. */
  store_assert (store_show_outbox (fixture),
                "op-a:edit@job-0, op-b:status@job-1, op-c:create@local");
  store_assert (store_show_jobs (fixture), "local New/pending/queued");
  store_assert (store_show_audit (fixture, "job-0"), "changed title Leak>Big leak*");

  store_apply (fixture, RFI_PULL_LISTING, 2, row, NULL);
  store_assert (store_show_jobs (fixture),
                "job-0 Big leak/assigned/queued, local New/pending/queued");
}

/* A decision whose conflict is lost with the file is the change that it makes. */
static void
test_decision_is_saved (StoreFixture  *fixture,
                        gconstpointer  unused)
{
  static const char sql[] = "UPDATE outbox SET kind = 'resolve' WHERE id = 'op-a'";
  sqlite3 *db = NULL;

  fill (fixture);
  store_fixture_close (fixture);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_close (db);
  damage_table (fixture, "job");
  leave_log (fixture);
  store_fixture_open (fixture);
  store_assert (store_show_outbox (fixture),
                "op-a:edit@job-0, op-b:status@job-1, op-c:create@local");
}

/* What one decision sets, several changes set: each kind of field travels alone, and can be
 * signed. */
static void
test_decision_is_saved_in_parts (StoreFixture  *f,
                                 gconstpointer  unused)
{
  g_autoptr(RfiPatch) mine = rfi_patch_new ();
  g_autofree char *outbox = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Loud noise"));
  letters_answer_conflict (f, 1, "Drop");
  rfi_patch_set (mine, RFI_FIELD_TITLE, "Big leak");
  rfi_patch_set (mine, RFI_FIELD_ASSIGNED_TO, "");
  rfi_patch_set (mine, RFI_FIELD_STATUS, "pending");
  store_run (f, rfi_store_resolve_conflict_async, SERVER_C, mine, THREE, (gint64) 9000);
  store_fixture_close (f);
  damage_table (f, "job");
  leave_log (f);
  store_fixture_open (f);
  g_assert_cmpint (rfi_store_get_recovered (f->store), ==, 4);
  outbox = store_show_outbox (f);
  g_assert_true (g_str_has_prefix (outbox, THREE ":edit@a, "));
  g_assert_true (g_str_has_suffix (outbox, ":status@a, " TWO ":edit@b"));

  letters_enroll (f, 1);
  store_assert (letters_show (f), "1:edit, 2:assign, 3:status, 4:edit");
}

/* A decision that lets theirs stand sets nothing. */
static void
test_empty_decision_is_not_saved (StoreFixture  *f,
                                  gconstpointer  unused)
{
  RfiPatch *nothing = rfi_patch_new ();
  RfiOperation decision = {
    .id = (char *) ONE, .kind = RFI_OPERATION_RESOLVE, .job_id = (char *) "a",
    .user_id = (char *) "me", .base_etag = (char *) RFI_OPERATION_FOR_OTHERS, .patch = nothing,
    .before = nothing, .created_at = 2000,
  };

  letters_start (f);
  store_enqueue (f, rfi_operation_new (&decision));
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Loud noise"));
  rfi_patch_unref (nothing);
  store_fixture_close (f);
  damage_table (f, "job");
  leave_log (f);
  store_fixture_open (f);
  letters_enroll (f, 1);
  store_assert (store_show_outbox (f), TWO ":edit@b");
  store_assert (letters_show (f), "1:edit");
}

/* Damage that shows only while working is looked for at the next start. */
static void
test_damage_found_late (StoreFixture  *fixture,
                        gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  fill (fixture);
  store_fixture_close (fixture);
  damage_table (fixture, "job");
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);

  rfi_store_load_jobs_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  g_assert_null (rfi_store_load_jobs_finish (fixture->store, store_fixture_wait (&result),
                                             &error));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_DAMAGED);
  g_clear_object (&result);

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, 3);

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);
}

/* A row that cannot even be dropped would be asked for again each time that it is met. */
static void
test_lost_name (StoreFixture  *fixture,
                gconstpointer  unused)
{
  fill (fixture);
  store_fixture_close (fixture);
  lose_name (fixture, "job-42");
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);
  g_free (store_show_jobs (fixture));

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, 3);
}

static void
test_newer (StoreFixture  *fixture,
            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *db = NULL;

  store_fixture_close (fixture);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "PRAGMA user_version = 900", NULL, NULL, NULL);
  sqlite3_close (db);

  g_assert_null (rfi_store_open (fixture->path, fixture->seal, NULL, NULL, NULL, TRUE,
                                 &error));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_NEWER);
}

static guint
count_letters (StoreFixture *fixture)
{
  g_autoptr(GPtrArray) letters = NULL;
  guint n = 0;

  store_fixture_forget ();
  rfi_store_list_letters_async (fixture->store, NULL, store_fixture_keep_cb, &store_result);
  letters = rfi_store_list_letters_finish (fixture->store, store_fixture_wait (&store_result),
                                           NULL);
  g_assert_nonnull (letters);
  for (guint i = 0; i < letters->len; i++)
    n += rfi_letter_is_open (g_ptr_array_index (letters, i));
  return n;
}

/* Every version that was ever released, as it was left behind. */
static void
test_upgrade (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *source =
    g_test_build_filename (G_TEST_DIST, "data", (const char *) data, NULL);
  g_autofree char *contents = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  store_fixture_close (fixture);
  g_file_get_contents (source, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, &error));
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);

  store_assert (store_show_jobs (fixture),
                "a Big leak/assigned/conflict, b Noise/in-progress/failed, "
                "n New/pending/queued");
  store_assert (store_show_outbox (fixture),
                "op-1:edit@a#, op-2:status@b?, op-3:create@n, op-4:add-photo@b!");
  store_assert (store_show_audit (fixture, "a"),
                "changed title Leak>Big leak*, changed title Leak>Flood, "
                "conflict title Flood>Big leak");
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpuint (conflicts->len, ==, 1);
  store_enqueue (fixture, store_edit ("op-5", "b", "Noise", "Loud noise"));

  /* What waits from before can be signed, but for what waits for a person. */
  {
    g_autoptr(RfiDeviceKey) key = rfi_device_key_new ();

    store_run (fixture, rfi_store_enroll_async, key, "00000000-0000-4000-8000-00000000000d",
               "00000000000000e1");
  }
  g_assert_cmpuint (count_letters (fixture), ==, 3);
}

/* How such a file is made: the content that the test above looks for. */
static void
make_file (StoreFixture  *fixture,
           gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) b = store_job ("b", "Noise", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");
  g_autofree char *contents = NULL;
  gsize length;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  store_enqueue (fixture, store_step ("op-2", "b", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));
  store_enqueue (fixture, store_create ("op-3", "n", "New"));
  store_enqueue (fixture, store_plain ("op-4", RFI_OPERATION_ADD_PHOTO, "b"));
  store_open_conflict (fixture, edit, a, theirs);
  store_run (fixture, rfi_store_record_attempt_async, "op-2", TRUE, NULL, NULL, (gint64) 0);
  store_run (fixture, rfi_store_reject_async, "op-4", "TOO_LARGE", "Too large");
  store_fixture_close (fixture);

  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (g_getenv ("RFI_MAKE_CONSOLE_DB"), contents,
                                      (gssize) length, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  if (g_getenv ("RFI_MAKE_CONSOLE_DB") != NULL)
    store_test_add ("/recovery/make-file", NULL, make_file);
  store_test_add ("/recovery/one-process", NULL, test_one_process);
  store_test_add ("/recovery/private", NULL, test_private);
  store_test_add ("/recovery/no-database", NULL, test_no_database);
  store_test_add ("/recovery/outbox-is-saved", NULL, test_outbox_is_saved);
  store_test_add ("/recovery/decision-is-saved", NULL, test_decision_is_saved);
  store_test_add ("/recovery/decision-is-saved-in-parts", NULL, test_decision_is_saved_in_parts);
  store_test_add ("/recovery/empty-decision-is-not-saved", NULL, test_empty_decision_is_not_saved);
  store_test_add ("/recovery/damage-found-late", NULL, test_damage_found_late);
  store_test_add ("/recovery/lost-name", NULL, test_lost_name);
  store_test_add ("/recovery/newer", NULL, test_newer);
  store_test_add ("/recovery/upgrade/1", "console-1.db", test_upgrade);

  return g_test_run ();
}
