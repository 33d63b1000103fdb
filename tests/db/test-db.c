/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-db.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char  *dir;   /* (owned) */
  char  *path;  /* (owned) */
  RfiDb *db;    /* (owned) (nullable) */
} Fixture;

static void
open_db (Fixture    *fixture,
         const char *migrations)
{
  g_autoptr(GError) error = NULL;

  fixture->db = rfi_db_open (fixture->path, TRUE, migrations, &error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->db);
}

static void
close_db (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_db_close (g_steal_pointer (&fixture->db), &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = g_dir_make_tmp ("rfi-db-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "test.db", NULL);
  open_db (fixture, "/test/old");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (fixture->db != NULL)
    close_db (fixture);
  dir = g_dir_open (fixture->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
run (RfiDb      *db,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_db_run (db, sql, &error));
  g_assert_no_error (error);
}

static int
get_int (RfiDb      *db,
         const char *sql)
{
  g_autoptr(GError) error = NULL;
  RFI_DB_KEPT row = rfi_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (rfi_db_step (db, row, &error));
  g_assert_no_error (error);
  return sqlite3_column_int (row, 0);
}

static const char count_sql[] = "SELECT count(*) FROM thing";
static const char name_sql[] = "SELECT name FROM thing WHERE id = ?1";

static void
test_settings (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (get_int (fixture->db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_int (fixture->db, "PRAGMA foreign_keys"), ==, 1);
  {
    RFI_DB_KEPT row = rfi_db_prepare (fixture->db, "PRAGMA journal_mode", &error);

    g_assert_true (rfi_db_step (fixture->db, row, &error));
    g_assert_cmpstr (rfi_db_text (row, 0), ==, "wal");
  }
}

static void
test_durable (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_db_set_durable (fixture->db, FALSE, &error));
  g_assert_cmpint (get_int (fixture->db, "PRAGMA synchronous"), ==, 1);
  g_assert_true (rfi_db_set_durable (fixture->db, TRUE, &error));
  g_assert_cmpint (get_int (fixture->db, "PRAGMA synchronous"), ==, 2);

  /* A transaction has begun as one or the other. */
  g_assert_true (rfi_db_begin (fixture->db, &error));
  g_assert_false (rfi_db_set_durable (fixture->db, FALSE, NULL));
  rfi_db_rollback (fixture->db);
  g_assert_true (rfi_db_set_durable (fixture->db, TRUE, &error));
  g_assert_cmpint (get_int (fixture->db, "PRAGMA synchronous"), ==, 2);
}

static void
test_statement_is_kept (Fixture       *fixture,
                        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *first;

  run (fixture->db, "INSERT INTO thing VALUES (1, 'wheel'), (2, 'axle')");
  {
    RFI_DB_KEPT row = rfi_db_prepare (fixture->db, name_sql, &error);

    first = row;
    sqlite3_bind_int (row, 1, 2);
    g_assert_true (rfi_db_step (fixture->db, row, &error));
    g_assert_cmpstr (rfi_db_text (row, 0), ==, "axle");
  }
  {
    RFI_DB_KEPT row = rfi_db_prepare (fixture->db, name_sql, &error);

    /* The same one, without what was bound before. */
    g_assert_true (row == first);
    g_assert_false (rfi_db_step (fixture->db, row, &error));
    g_assert_no_error (error);
  }
}

static void
test_transaction (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_db_begin (fixture->db, &error));
  run (fixture->db, "INSERT INTO thing VALUES (1, 'wheel')");
  g_assert_false (rfi_db_begin (fixture->db, &error));
  g_clear_error (&error);
  rfi_db_rollback (fixture->db);
  rfi_db_rollback (fixture->db);
  g_assert_cmpint (get_int (fixture->db, count_sql), ==, 0);

  g_assert_true (rfi_db_begin (fixture->db, &error));
  run (fixture->db, "INSERT INTO thing VALUES (1, 'wheel')");
  g_assert_cmpint (rfi_db_changes (fixture->db), ==, 1);
  g_assert_true (rfi_db_commit (fixture->db, &error));
  rfi_db_rollback (fixture->db);
  g_assert_cmpint (get_int (fixture->db, count_sql), ==, 1);
}

/* As SQLite does where a call of the disk fails, even of a read that nobody asks about. */
static void
test_taken_back (Fixture       *fixture,
                 gconstpointer  unused)
{
  static const char add_sql[] = "INSERT INTO thing (name) VALUES ('alone')";
  static const char fail_sql[] = "INSERT OR ROLLBACK INTO thing (id, name) VALUES (1, 'twice')";
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *add = rfi_db_prepare (fixture->db, add_sql, &error);
  sqlite3_stmt *fail = rfi_db_prepare (fixture->db, fail_sql, &error);

  run (fixture->db, "INSERT INTO thing (id, name) VALUES (1, 'first')");
  g_assert_true (rfi_db_begin (fixture->db, &error));
  g_assert_false (rfi_db_finish (fixture->db, fail, NULL));
  rfi_db_done (&fail);

  /* What comes next belonged to the same, and is not done by itself. */
  g_assert_false (rfi_db_finish (fixture->db, add, &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (rfi_db_step (fixture->db, add, &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_IO);
  g_clear_error (&error);
  rfi_db_done (&add);
  g_assert_false (rfi_db_commit (fixture->db, NULL));
  rfi_db_rollback (fixture->db);
  g_assert_cmpint (get_int (fixture->db, count_sql), ==, 1);

  g_assert_true (rfi_db_begin (fixture->db, &error));
  g_assert_true (rfi_db_finish (fixture->db, add, &error));
  rfi_db_done (&add);
  g_assert_true (rfi_db_commit (fixture->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_int (fixture->db, count_sql), ==, 2);
}

static void
test_errors (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  run (fixture->db, "INSERT INTO thing VALUES (1, 'wheel')");
  g_assert_false (rfi_db_run (fixture->db, "INSERT INTO thing VALUES (2, 'wheel')", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (rfi_db_run (fixture->db, "INSERT INTO part VALUES (9)", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_null (rfi_db_prepare (fixture->db, "SELECT nonsense", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (rfi_db_limit (fixture->db, 1, &error));
  g_assert_false (rfi_db_run (fixture->db, "INSERT INTO thing VALUES (3, hex (zeroblob (99999)))",
                              &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_FULL);
  g_clear_error (&error);
  g_assert_true (rfi_db_limit (fixture->db, 0, &error));
  run (fixture->db, "INSERT INTO thing VALUES (3, hex (zeroblob (99999)))");

  g_assert_cmpint (rfi_db_error_from_sqlite (SQLITE_IOERR_FSYNC), ==, RFI_DB_ERROR_IO);
  g_assert_cmpint (rfi_db_error_from_sqlite (SQLITE_BUSY_SNAPSHOT), ==, RFI_DB_ERROR_BUSY);
  g_assert_cmpint (rfi_db_error_from_sqlite (SQLITE_CORRUPT_VTAB), ==, RFI_DB_ERROR_DAMAGED);
  g_assert_cmpint (rfi_db_error_from_sqlite (SQLITE_NOMEM), ==, RFI_DB_ERROR_MEMORY);
  g_assert_cmpint (rfi_db_error_from_sqlite (SQLITE_READONLY_DIRECTORY), ==, RFI_DB_ERROR_DENIED);
}

static void
test_reader (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autofree char *missing = g_build_filename (fixture->dir, "missing.db", NULL);
  g_autoptr(GError) error = NULL;
  RfiDb *reader = rfi_db_open (fixture->path, FALSE, NULL, &error);
  gint64 version;

  g_assert_no_error (error);
  run (fixture->db, "INSERT INTO thing VALUES (1, 'wheel')");
  g_assert_cmpint (get_int (reader, count_sql), ==, 1);
  g_assert_false (rfi_db_run (reader, "INSERT INTO thing VALUES (2, 'axle')", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DENIED);
  g_clear_error (&error);

  /* A kept statement holds no old picture of the data. */
  version = rfi_db_get_data_version (reader, &error);
  g_assert_cmpint (version, >, 0);
  g_assert_cmpint (rfi_db_get_data_version (reader, &error), ==, version);
  run (fixture->db, "INSERT INTO thing VALUES (2, 'axle')");
  g_assert_cmpint (rfi_db_get_data_version (reader, &error), >, version);
  g_assert_no_error (error);
  g_assert_cmpint (get_int (reader, count_sql), ==, 2);
  g_assert_true (rfi_db_checkpoint (fixture->db, TRUE, &error));
  rfi_db_close (reader, NULL);

  g_assert_null (rfi_db_open (missing, FALSE, NULL, &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DENIED);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
}

static void
test_migrations (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  run (fixture->db, "INSERT INTO thing VALUES (1, 'wheel')");
  g_assert_cmpint (get_int (fixture->db, "PRAGMA user_version"), ==, 1);
  close_db (fixture);

  open_db (fixture, "/test/new");
  g_assert_cmpint (get_int (fixture->db, "PRAGMA user_version"), ==, 10);
  g_assert_cmpint (get_int (fixture->db, "SELECT size FROM thing"), ==, 8);
  close_db (fixture);

  /* Nothing runs twice, and an older program keeps its hands off. */
  open_db (fixture, "/test/new");
  g_assert_cmpint (get_int (fixture->db, "SELECT size FROM thing"), ==, 8);
  close_db (fixture);
  g_assert_null (rfi_db_open (fixture->path, TRUE, "/test/old", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_NEWER);
}

static void
test_broken_migration (Fixture       *fixture,
                       gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  close_db (fixture);
  g_assert_null (rfi_db_open (fixture->path, TRUE, "/test/broken", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_FAILED);

  /* As if it had not begun. */
  open_db (fixture, "/test/old");
  g_assert_cmpint (get_int (fixture->db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (get_int (fixture->db, "SELECT count(*) FROM pragma_table_info ('thing')"), ==,
                   2);
}

static void
test_unusable (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autofree char *elsewhere = g_build_filename (fixture->dir, "no", "such", "folder.db", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (rfi_db_open (elsewhere, TRUE, "/test/old", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DENIED);
  g_clear_error (&error);

  close_db (fixture);
  g_assert_true (g_file_set_contents (fixture->path, "This is no database at all.", -1, NULL));
  g_assert_null (rfi_db_open (fixture->path, TRUE, "/test/old", &error));
  g_assert_error (error, RFI_DB_ERROR, RFI_DB_ERROR_DAMAGED);
}

static void
count_function (sqlite3_context  *context,
                int               n_values,
                sqlite3_value   **values)
{
  int *n_calls = sqlite3_user_data (context);

  (*n_calls)++;
  sqlite3_result_int (context, n_values);
}

static void
test_owner (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  int *n_calls = g_new0 (int, 1);
  sqlite3_stmt *row;

  g_assert_null (rfi_db_get_data (fixture->db));
  rfi_db_set_data (fixture->db, n_calls, g_free);
  g_assert_true (rfi_db_get_data (fixture->db) == n_calls);
  g_assert_true (rfi_db_add_function (fixture->db, "count_values", count_function, &error));
  g_assert_no_error (error);

  row = rfi_db_prepare (fixture->db, "SELECT count_values('a', NULL, 3)", &error);
  g_assert_true (rfi_db_step (fixture->db, row, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_column_int (row, 0), ==, 3);
  g_assert_cmpint (*n_calls, ==, 1);
  rfi_db_done (&row);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/db/settings", test_settings },
    { "/db/durable", test_durable },
    { "/db/statement-is-kept", test_statement_is_kept },
    { "/db/transaction", test_transaction },
    { "/db/taken-back", test_taken_back },
    { "/db/errors", test_errors },
    { "/db/reader", test_reader },
    { "/db/migrations", test_migrations },
    { "/db/broken-migration", test_broken_migration },
    { "/db/unusable", test_unusable },
    { "/db/owner", test_owner },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
