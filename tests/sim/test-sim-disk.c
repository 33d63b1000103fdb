/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-sim-disk"

#include "config.h"

#include "rfi-db.h"
#include "rfi-sim-interpose.h"
#include "rfi-sim-vfs.h"

/* The simulation's disk: what it must keep, what it may lose, and that SQLite notices both. */

#define PATH "m/test.sqlite"
#define MIGRATIONS "/com/retailfixit/Dispatch/sql/console"

static sqlite3 *
open_db (void)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (PATH, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                    "rfi-sim"), ==, SQLITE_OK);
  return db;
}

static int
run (sqlite3    *db,
     const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL);
}

static int
ask (sqlite3    *db,
     const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int answer = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    answer = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static void
make_table (sqlite3 *db)
{
  g_assert_cmpint (run (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                            "CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)"), ==, SQLITE_OK);
}

static void
restart (RfiSimDisk  *disk,
         sqlite3    **db)
{
  sqlite3_close (*db);
  rfi_sim_disk_start (disk);
  *db = open_db ();
}

static void
test_committed_survives (void)
{
  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", seed);
      sqlite3 *db = open_db ();

      disk->torn = TRUE;
      make_table (db);
      for (int i = 0; i < 5; i++)
        g_assert_cmpint (run (db, "INSERT INTO t (text) VALUES (hex (randomblob (700)))"), ==,
                         SQLITE_OK);
      g_assert_cmpint (run (db, "BEGIN; INSERT INTO t (text) VALUES ('never')"), ==, SQLITE_OK);
      rfi_sim_disk_crash (disk);
      g_assert_cmpint (run (db, "COMMIT"), !=, SQLITE_OK);
      restart (disk, &db);
      g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 5);
      sqlite3_close (db);
    }
}

/* What was written without being made safe is lost at least once in many crashes, and kept at
 * least once: otherwise the disk would prove nothing. */
static void
test_unsafe_may_be_lost (void)
{
  guint n_lost = 0;
  guint n_kept = 0;

  for (guint64 seed = 0; seed < 100; seed++)
    {
      g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", seed);
      sqlite3 *db = open_db ();
      int n;

      make_table (db);
      run (db, "PRAGMA synchronous=OFF");
      g_assert_cmpint (run (db, "INSERT INTO t (text) VALUES ('one')"), ==, SQLITE_OK);
      rfi_sim_disk_crash (disk);
      restart (disk, &db);
      n = ask (db, "SELECT count (*) FROM t");
      n_lost += n == 0;
      n_kept += n == 1;
      g_assert_cmpint (ask (db, "PRAGMA integrity_check = 1"), !=, -1);
      sqlite3_close (db);
    }
  g_assert_cmpuint (n_lost, >, 0);
  g_assert_cmpuint (n_kept, >, 0);
  g_assert_cmpuint (n_lost + n_kept, ==, 100);
}

/* A crash at each single call of a run of commits and a checkpoint: what was answered is there,
 * and at most one more. */
static gint64
crash_at (gint64 call)
{
  g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", (guint64) call);
  sqlite3 *db = open_db ();
  int n_told = 0;
  gint64 n_calls;
  int n;

  make_table (db);
  disk->torn = TRUE;
  disk->n_calls = 0;
  disk->counted = RFI_SIM_CALL_ALL & ~RFI_SIM_CALL_READ;
  disk->crash_at = call;
  for (int i = 0; i < 4; i++)
    {
      n_told += run (db, "INSERT INTO t (text) VALUES (hex (zeroblob (3000)))") == SQLITE_OK;
      if (i == 2)
        run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
  n_calls = disk->dead ? -1 : disk->n_calls;
  restart (disk, &db);
  n = ask (db, "SELECT count (*) FROM t");
  g_assert_cmpint (n, >=, n_told);
  g_assert_cmpint (n, <=, n_told + 1);
  sqlite3_close (db);
  return n_calls;
}

static void
test_crash_everywhere (void)
{
  gint64 n_calls = -1;
  gint64 call;

  for (call = 1; n_calls < 0; call++)
    n_calls = crash_at (call);
  g_assert_cmpint (call, >, 20);
}

static void
test_error_everywhere (void)
{
  gboolean failed = TRUE;

  for (gint64 call = 1; failed; call++)
    {
      g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", (guint64) call);
      sqlite3 *db = open_db ();
      int n_told = 0;

      make_table (db);
      disk->n_calls = 0;
      disk->fail_at = call;
      for (int i = 0; i < 4; i++)
        n_told += run (db, "INSERT INTO t (text) VALUES (hex (zeroblob (3000)))") == SQLITE_OK;
      failed = disk->n_failed > 0;
      disk->fail_at = 0;
      rfi_sim_disk_crash (disk);
      restart (disk, &db);
      g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), >=, n_told);
      g_assert_cmpint (n_told, >=, 3);
      sqlite3_close (db);
    }
}

static void
test_full (void)
{
  g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", 1);
  sqlite3 *db = open_db ();

  make_table (db);
  disk->space = 10000;
  g_assert_cmpint (run (db, "INSERT INTO t (text) VALUES ('fits')"), ==, SQLITE_OK);
  g_assert_cmpint (run (db, "INSERT INTO t (text) VALUES (hex (zeroblob (30000)))"), ==,
                   SQLITE_FULL);
  disk->space = -1;
  g_assert_cmpint (run (db, "INSERT INTO t (text) VALUES ('again')"), ==, SQLITE_OK);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 2);
  sqlite3_close (db);
}

/* With room for some of a commit: whoever is told that it failed does not find it after a crash. */
static void
test_refused_is_gone (void)
{
  guint n_refused = 0;

  for (gint64 space = 0; space < 10000; space += 100)
    {
      g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", (guint64) space);
      sqlite3 *again;
      gboolean told;
      RfiDb *db;

      rfi_sim_vfs_prepare (disk, "test.sqlite", MIGRATIONS);
      db = rfi_db_open (PATH, TRUE, MIGRATIONS, NULL);
      g_assert_nonnull (db);
      g_assert_true (rfi_db_run (db, "CREATE TABLE t (n INTEGER PRIMARY KEY)", NULL));
      g_assert_true (rfi_db_begin (db, NULL));
      g_assert_true (rfi_db_run (db, "INSERT INTO t VALUES (1)", NULL));
      disk->space = space;
      told = rfi_db_commit (db, NULL);
      n_refused += !told;
      rfi_sim_disk_crash (disk);
      rfi_db_close (db, NULL);
      rfi_sim_disk_start (disk);
      disk->space = -1;
      again = open_db ();
      g_assert_cmpint (ask (again, "SELECT count (*) FROM t"), ==, told);
      sqlite3_close (again);
    }
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_refused, <, 100);
}

/* Two connections see each other's commits through the shared memory, and keep out of the way. */
static void
test_two_connections (void)
{
  g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", 1);
  sqlite3 *db = open_db ();
  sqlite3 *other = open_db ();

  make_table (db);
  g_assert_cmpint (run (db, "INSERT INTO t (text) VALUES ('one')"), ==, SQLITE_OK);
  g_assert_cmpint (ask (other, "SELECT count (*) FROM t"), ==, 1);
  g_assert_cmpint (run (db, "BEGIN IMMEDIATE"), ==, SQLITE_OK);
  g_assert_cmpint (run (other, "INSERT INTO t (text) VALUES ('two')"), ==, SQLITE_BUSY);
  g_assert_cmpint (run (db, "COMMIT"), ==, SQLITE_OK);
  g_assert_cmpint (run (other, "INSERT INTO t (text) VALUES ('two')"), ==, SQLITE_OK);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM t"), ==, 2);
  sqlite3_close (other);
  sqlite3_close (db);
}

/* The same seed, the same disk: also where SQLite draws. */
static void
test_repeats (void)
{
  int drawn[2];

  for (int i = 0; i < 2; i++)
    {
      g_autoptr(RfiSimDisk) disk = rfi_sim_disk_new ("m", 1);
      g_autoptr(RfiRandom) random = rfi_random_new_seed (5);
      gint64 now = 1000;
      sqlite3 *db;

      rfi_sim_vfs_set (random, &now);
      db = open_db ();
      drawn[i] = ask (db, "SELECT abs (random () % 1000000)");
      g_assert_cmpint (ask (db, "SELECT CAST (strftime ('%s', 'now') AS INTEGER)"), ==, 1);
      sqlite3_close (db);
      rfi_sim_vfs_set (NULL, NULL);
    }
  g_assert_cmpint (drawn[0], ==, drawn[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  rfi_sim_vfs_install ();

  g_test_add_func ("/sim-disk/committed-survives", test_committed_survives);
  g_test_add_func ("/sim-disk/unsafe-may-be-lost", test_unsafe_may_be_lost);
  g_test_add_func ("/sim-disk/crash-everywhere", test_crash_everywhere);
  g_test_add_func ("/sim-disk/error-everywhere", test_error_everywhere);
  g_test_add_func ("/sim-disk/full", test_full);
  g_test_add_func ("/sim-disk/refused-is-gone", test_refused_is_gone);
  g_test_add_func ("/sim-disk/two-connections", test_two_connections);
  g_test_add_func ("/sim-disk/repeats", test_repeats);

  return g_test_run ();
}
