/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-store-outbox.h"
#include "rfi-store-pull.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* The store with a large cache, beside SQLite alone doing the least that could be called the same:
 * the same rows, as durable, without history, outbox or anybody to tell.
 */

#define N_JOBS   100000
#define N_PAGES  20
#define PAGE     1000
#define N_LOADS  5
#define N_TYPED  400

static RfiJob *
make_job (guint number,
          guint revision)
{
  char id[37];
  char etag[40];
  char title[64];
  char store[32];
  RfiJob job = {
    .id = id, .title = title, .store_name = store, .vendor_id = "vendor-001",
    .created_by = "7d6b5f0e-9c32-4a51-8a0f-2f4f8f0a7c11",
    .created_by_name = "Dana Reyes", .assigned_to = "1b671a64-40d5-491e-99b0-da01ff1f3341",
    .assigned_to_name = "Ahmed Ali", .address = "1200 Industrial Parkway", .city = "Dallas",
    .state = "TX", .zip_code = "75201", .status = RFI_STATUS_ASSIGNED,
    .priority = (RfiPriority) (number % RFI_N_PRIORITIES),
    .description = "Walk-in cooler reads 52 F since the morning; the door seal is torn at the "
                   "bottom and the evaporator fan rattles. Product was moved to the other one.",
    .created_at = 1760000000000 + number, .updated_at = 1760000000000 + number + revision,
  };

  g_snprintf (id, sizeof id, "%08x-0000-4000-8000-%012x", number * 2654435761u, number);
  g_snprintf (etag, sizeof etag, "\"%08x-%u\"", number, revision);
  job.etag = rfi_etag (etag);
  g_snprintf (title, sizeof title, "Walk-in cooler above temperature, visit %u", revision);
  g_snprintf (store, sizeof store, "QuickStop #%u", number % 900);
  return rfi_job_new (&job);
}

/* Rows all over the cache, each once. */
static GPtrArray *
make_page (guint first,
           guint step,
           guint revision)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);

  for (guint i = 0; i < PAGE; i++)
    g_ptr_array_add (page, make_job (first + i * step, revision));

  return page;
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
finish (RfiStore      *store,
        GAsyncResult **result)
{
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (store, wait (result), &error))
    g_error ("%s", error->message);
}

static void
push (RfiStore      *store,
      GPtrArray     *page,
      RfiPullMode    mode,
      gint64         listing,
      GAsyncResult **result)
{
  rfi_store_apply_rows_async (store, page, mode, listing, "2026-11-21T08:12:22.988Z", NULL, NULL,
                              keep_cb, result);
}

static double
elapsed (gint64 from)
{
  return (double) (g_get_monotonic_time () - from);
}

static void
measure_bootstrap (RfiStore *store)
{
  GAsyncResult *results[N_JOBS / PAGE] = { NULL };
  gint64 from = g_get_monotonic_time ();

  /* As a pull does it: the next page is made while this one is stored. */
  for (guint i = 0; i < N_JOBS / PAGE; i++)
    {
      g_autoptr(GPtrArray) page = make_page (i * PAGE, 1, 0);

      if (i > 0)
        finish (store, &results[i - 1]);
      push (store, page, RFI_PULL_LISTING, 1, &results[i]);
    }
  finish (store, &results[N_JOBS / PAGE - 1]);

  rfi_bench_report_one ("store: first pull of 100,000 jobs, without server", "rows/s",
                        N_JOBS / (elapsed (from) / G_USEC_PER_SEC));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
}

static void
measure_delta (RfiStore    *store,
               const GArray *peer)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < N_PAGES; i++)
    {
      g_autoptr(GPtrArray) page = make_page (i, N_JOBS / PAGE, i + 1);
      g_autoptr(GAsyncResult) result = NULL;
      gint64 from = g_get_monotonic_time ();

      push (store, page, RFI_PULL_DELTA, 0, &result);
      finish (store, &result);
      rfi_bench_add (times, elapsed (from) / 1000);
    }

  rfi_bench_report ("store: 1,000 changed rows into 100,000", "ms", times, "SQLite alone", peer);
}

static void
measure_load (RfiStore    *store,
              const GArray *peer)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < N_LOADS; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GPtrArray) states = NULL;
      gint64 from = g_get_monotonic_time ();

      rfi_store_load_jobs_async (store, NULL, keep_cb, &result);
      states = rfi_store_load_jobs_finish (store, wait (&result), NULL);
      rfi_bench_add (times, elapsed (from) / 1000);
      g_assert_cmpuint (states->len, ==, N_JOBS);
    }

  rfi_bench_report ("store: 100,000 jobs into memory", "ms", times, "SQLite alone", peer);
}

static void
measure_enqueue (RfiStore    *store,
                 const GArray *peer)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < N_TYPED; i++)
    {
      g_autoptr(RfiJob) job = make_job (i * 7, 0);
      g_autofree char *id = g_uuid_string_random ();
      g_autoptr(RfiPatch) patch = rfi_patch_new ();
      g_autoptr(RfiPatch) before = rfi_patch_new ();
      g_autoptr(RfiOperation) operation = NULL;
      g_autoptr(RfiOperation) placed = NULL;
      g_autoptr(GAsyncResult) result = NULL;
      RfiOperation template = { .id = id, .kind = RFI_OPERATION_EDIT, .job_id = (char *) job->id,
                                .user_id = (char *) "dana", .patch = patch, .before = before };
      gint64 from;

      rfi_patch_set (patch, RFI_FIELD_TITLE, "Cooler is warm again");
      rfi_patch_set (before, RFI_FIELD_TITLE, job->title);
      operation = rfi_operation_new (&template);
      from = g_get_monotonic_time ();
      rfi_store_enqueue_async (store, operation, NULL, keep_cb, &result);
      placed = rfi_store_enqueue_finish (store, wait (&result), NULL);
      rfi_bench_add (times, elapsed (from));
      g_assert_nonnull (placed);
    }

  rfi_bench_report ("store: a person's change made durable", "µs", times, "SQLite alone", peer);
}

/* SQLite alone. */

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
bind (sqlite3_stmt *statement,
      RfiJob       *job)
{
  const char *const texts[] = { job->id, job->title, job->description, job->vendor_id,
                                job->created_by, job->created_by_name, job->assigned_to,
                                job->assigned_to_name, job->store_name, job->address, job->city,
                                job->state, job->zip_code, RFI_ETAG_TEXT (job->etag) };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    sqlite3_bind_text (statement, (int) i + 1, texts[i], -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 15, job->created_at);
  sqlite3_bind_int64 (statement, 16, job->updated_at);
}

static sqlite3 *
open_alone (const char    *path,
            sqlite3_stmt **put)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", path);
  run (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
           "PRAGMA wal_autocheckpoint = 8192;"
           "CREATE TABLE job (id TEXT PRIMARY KEY, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);"
           "CREATE TABLE typed (id INTEGER PRIMARY KEY, what TEXT)");
  sqlite3_prepare_v2 (db, "INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                          "ON CONFLICT (id) DO UPDATE SET a = ?2, b = ?3, m = ?14, o = ?16",
                      -1, put, NULL);
  return db;
}

static void
put_alone (sqlite3      *db,
           sqlite3_stmt *put,
           GPtrArray    *page)
{
  run (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < page->len; i++)
    {
      bind (put, g_ptr_array_index (page, i));
      sqlite3_step (put);
      sqlite3_reset (put);
    }
  run (db, "COMMIT");
}

static void
measure_alone (const char *path,
               GArray     *delta,
               GArray     *load,
               GArray     *typed)
{
  sqlite3_stmt *put = NULL;
  sqlite3_stmt *all = NULL;
  sqlite3 *db = open_alone (path, &put);

  for (guint i = 0; i < N_JOBS / PAGE + N_PAGES; i++)
    {
      guint round = i - N_JOBS / PAGE;
      g_autoptr(GPtrArray) page = i < N_JOBS / PAGE ? make_page (i * PAGE, 1, 0)
                                                    : make_page (round, N_JOBS / PAGE, round + 1);
      gint64 from = g_get_monotonic_time ();

      put_alone (db, put, page);
      if (i >= N_JOBS / PAGE)
        rfi_bench_add (delta, elapsed (from) / 1000);
    }

  sqlite3_prepare_v2 (db, "SELECT * FROM job", -1, &all, NULL);
  for (guint i = 0; i < N_LOADS; i++)
    {
      gint64 from = g_get_monotonic_time ();

      while (sqlite3_step (all) == SQLITE_ROW)
        for (int column = 0; column < 14; column++)
          sqlite3_column_text (all, column);
      sqlite3_reset (all);
      rfi_bench_add (load, elapsed (from) / 1000);
    }

  for (guint i = 0; i < N_TYPED; i++)
    {
      gint64 from = g_get_monotonic_time ();

      run (db, "INSERT INTO typed (what) VALUES ('Cooler is warm again')");
      rfi_bench_add (typed, elapsed (from));
    }

  sqlite3_finalize (put);
  sqlite3_finalize (all);
  sqlite3_close (db);
}

static void
clean_up (const char *dir)
{
  g_autoptr(GDir) listing = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (dir);
}

/* What sealing takes by itself, of rows of a good size. */
static void
measure_seal (RfiSeal *seal)
{
  static const guint8 row[800] = { 1 };
  static const RfiSealPlace place = { "job", "1b671a64-40d5-491e-99b0-da01ff1f3341", 7 };
  guint8 sealed[sizeof row + RFI_SEAL_OVERHEAD];
  guint8 opened[sizeof row];
  gint64 from = g_get_monotonic_time ();

  for (guint i = 0; i < N_JOBS; i++)
    rfi_seal_close (seal, &place, row, sizeof row, sealed);
  rfi_bench_report_one ("store: rows of 800 bytes sealed", "rows/s",
                        N_JOBS / (elapsed (from) / G_USEC_PER_SEC));

  from = g_get_monotonic_time ();
  for (guint i = 0; i < N_JOBS; i++)
    if (!rfi_seal_open (seal, &place, sealed, sizeof sealed, opened, NULL))
      g_error ("What was sealed does not open");
  rfi_bench_report_one ("store: rows of 800 bytes opened", "rows/s",
                        N_JOBS / (elapsed (from) / G_USEC_PER_SEC));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  g_autofree char *alone_path = g_build_filename (dir, "alone.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) delta = rfi_bench_samples_new ();
  g_autoptr(GArray) load = rfi_bench_samples_new ();
  g_autoptr(GArray) typed = rfi_bench_samples_new ();
  g_autoptr(RfiSeal) seal = rfi_seal_new ();
  RfiStore *store = rfi_store_open (path, seal, NULL, NULL, NULL, FALSE, &error);

  if (store == NULL)
    g_error ("%s", error->message);

  measure_alone (alone_path, delta, load, typed);
  measure_bootstrap (store);
  measure_delta (store, delta);
  measure_load (store, load);
  measure_enqueue (store, typed);
  measure_seal (seal);

  rfi_store_close (store);
  g_object_unref (store);
  clean_up (dir);
  return 0;
}
