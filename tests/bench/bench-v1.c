/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-soup-transport.h"
#include "rfi-store-feed.h"
#include "rfi-store-letters.h"
#include "rfi-store-outbox.h"
#include "rfi-sync-feed.h"
#include "rfi-sync-push.h"
#include "rfi-remote.h"
#include "rfi-test-http.h"
#include "rfi-test-seal.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>

/* Sync v1 from console to server and back: the engine's own feed, outbox and store, signed and
 * sealed, against the real server at $RFI_BENCH_URL with its 100,000 jobs. A peer does the same
 * with less: unsigned, unsealed, without history, conflicts or a merge.
 */

#define N_DELTAS  20
#define DELTA     1000
#define N_EMPTY   200
#define N_QUEUED  10000
#define N_SINGLE  300
#define N_ALONE   4000

typedef struct
{
  const char *url;
  char       *token;
  RfiUser    *user;
  char       *dir;
  guint       n_typed;
} Bench;

/* A console without a screen, in this thread; its store has its own. */
typedef struct
{
  RfiStore     *store;
  RfiSyncParts  parts;
  RfiSyncFeed  *feed;
  RfiSyncPush  *push;
  GPtrArray    *jobs;  /* (element-type RfiJobState) (nullable) */
} Console;

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static double
ms_since (gint64 from)
{
  return (double) (g_get_monotonic_time () - from) / 1000;
}

static void
die_of (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
sign_in (Bench *bench)
{
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (bench->url);
  g_autoptr(RfiRemote) remote = rfi_remote_new (transport);
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_remote_login_async (remote, RFI_TEST_ADMIN, NULL, keep_cb, &result);
  wait (&result);
  bench->user = rfi_remote_login_finish (remote, result, &bench->token, &error);
  die_of (error);
}

static void
enroll (Console *console)
{
  g_autoptr(RfiDeviceKey) key = rfi_device_key_new ();
  g_autofree char *device = g_uuid_string_random ();
  g_autofree char *epoch = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_store_enroll_async (console->store, key, device, epoch, NULL, keep_cb, &result);
  wait (&result);
  rfi_store_finish (console->store, result, &error);
  die_of (error);
}

static Console *
console_open (Bench      *bench,
              const char *name)
{
  Console *console = g_new0 (Console, 1);
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autofree char *path = g_build_filename (bench->dir, name, NULL);
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (bench->url);
  g_autoptr(RfiRemote) remote = rfi_remote_new (transport);
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);
  g_autoptr(RfiRandom) random = rfi_random_new ();
  GError *error = NULL;

  console->store = rfi_store_open (path, seal, NULL, NULL, NULL, FALSE, &error);
  die_of (error);
  enroll (console);
  rfi_remote_set_token (remote, bench->token);
  rfi_sync_parts_init (&console->parts, console->store, remote, clock, random, bench->user);
  console->parts.server_v1 = TRUE;
  console->feed = rfi_sync_feed_new (&console->parts);
  console->push = rfi_sync_push_new (&console->parts);
  return console;
}

static void
console_close (Console *console)
{
  g_clear_pointer (&console->jobs, g_ptr_array_unref);
  g_clear_object (&console->feed);
  g_clear_object (&console->push);
  rfi_sync_parts_clear (&console->parts);
  rfi_store_close (console->store);
  g_object_unref (console->store);
  g_free (console);
}

static void
console_pull (Console *console)
{
  g_autoptr(GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_sync_feed_run_async (console->feed, people, NULL, keep_cb, &result);
  wait (&result);
  rfi_sync_feed_run_finish (console->feed, result, &error);
  die_of (error);
}

static void
console_push (Console *console)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_sync_push_run_async (console->push, NULL, keep_cb, &result);
  wait (&result);
  rfi_sync_push_run_finish (console->push, result, &error);
  die_of (error);
}

static void
console_load (Console *console)
{
  g_autoptr(GAsyncResult) result = NULL;
  GError *error = NULL;

  rfi_store_load_jobs_async (console->store, NULL, keep_cb, &result);
  wait (&result);
  console->jobs = rfi_store_load_jobs_finish (console->store, result, &error);
  die_of (error);
}

/* Something urgent, which is taken however much waits. Returns: µs until it was durable */
static double
console_type (Console *console,
              Bench   *bench)
{
  RfiJob *job = ((RfiJobState *) g_ptr_array_index (console->jobs, bench->n_typed * 7 %
                                                                     console->jobs->len))->work;
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *title = g_strdup_printf ("Cooler is warm again, call %u", bench->n_typed++);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) shown = rfi_job_to_patch (job);
  g_autoptr(RfiPatch) before = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiOperation) placed = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  RfiOperation template = { .id = id, .kind = RFI_OPERATION_EDIT, .job_id = (char *) job->id,
                            .vendor_id = (char *) job->vendor_id, .user_id = bench->user->id,
                            .base_etag = (char *) RFI_ETAG_TEXT (job->etag), .patch = patch };
  GError *error = NULL;
  gint64 from;

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_patch_set (patch, RFI_FIELD_PRIORITY, "urgent");
  before = rfi_patch_pick (patch, shown);
  template.before = before;
  template.created_at = g_get_real_time () / 1000;
  operation = rfi_operation_new (&template);
  from = g_get_monotonic_time ();
  rfi_store_enqueue_async (console->store, operation, NULL, keep_cb, &result);
  wait (&result);
  placed = rfi_store_enqueue_finish (console->store, result, &error);
  die_of (error);
  return (double) (g_get_monotonic_time () - from);
}

static gint64
count_left (Console *console)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) letters = NULL;
  gint64 n = 0;

  rfi_store_list_letters_async (console->store, NULL, keep_cb, &result);
  wait (&result);
  letters = rfi_store_list_letters_finish (console->store, result, NULL);
  for (guint i = 0; i < letters->len; i++)
    n += ((RfiLetter *) g_ptr_array_index (letters, i))->state != RFI_LETTER_ACCEPTED;
  return n;
}

/* The most that this process ever had in memory, in MB. */
static double
get_peak (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text != NULL ? strstr (text, "VmHWM:") : NULL;
  return line != NULL ? (double) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024 : 0;
}

/* How fast it is, bench-sync tells. */
static void
pull_both (Bench *bench)
{
  static const char *const names[] = { "writer.db", "reader.db" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Console *console = console_open (bench, names[i]);

      console_pull (console);
      if (i == 0)
        rfi_bench_report_one ("v1: memory of the engine with 100,000 rows", "MB", get_peak ());
      console_close (console);
    }
}

static void
measure_deltas (Bench   *bench,
                Console *writer,
                Console *reader)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < N_DELTAS; i++)
    {
      gint64 from;

      for (guint n = 0; n < DELTA; n++)
        console_type (writer, bench);
      console_push (writer);
      from = g_get_monotonic_time ();
      console_pull (reader);
      rfi_bench_add (times, ms_since (from));
      g_assert_cmpuint (rfi_sync_feed_get_n_rows (reader->feed), ==, DELTA);
      console_pull (writer);
    }

  rfi_bench_report ("v1: delta of 1,000 changed jobs into 100,000", "ms", times, NULL, NULL);
}

static void
measure_empty (Console *reader)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < N_EMPTY; i++)
    {
      gint64 from = g_get_monotonic_time ();

      console_pull (reader);
      rfi_bench_add (times, ms_since (from));
    }

  rfi_bench_report ("v1: empty delta", "ms", times, NULL, NULL);
}

/* SQLite alone, as durable, doing the least that could be called the same: an outbox and a job. */
static sqlite3 *
open_alone (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->dir, "alone.db", NULL);
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                        "PRAGMA cache_size = -8192; PRAGMA wal_autocheckpoint = 0;"
                        "CREATE TABLE job (id INTEGER PRIMARY KEY, title TEXT, text TEXT);"
                        "CREATE TABLE outbox (seq INTEGER PRIMARY KEY, job INT, body TEXT);"
                        "CREATE INDEX outbox_by_job ON outbox (job, seq);"
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                        " LIMIT 100000) INSERT INTO job SELECT i, 'Cooler', hex (zeroblob (200))"
                        " FROM n", NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return db;
}

static double
commit_alone (sqlite3 *db,
              guint    number)
{
  g_autofree char *sql = g_strdup_printf (
    "BEGIN IMMEDIATE; UPDATE job SET title = 'Cooler is warm again' WHERE id = %u;"
    "INSERT INTO outbox (job, body) VALUES (%u, hex (zeroblob (350))); COMMIT",
    number * 7919u % 100000 + 1, number);
  gint64 from = g_get_monotonic_time ();

  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return (double) (g_get_monotonic_time () - from);
}

/* By turns with SQLite alone, so that both have the same disk at the same time. */
static void
measure_queue (Bench   *bench,
               Console *writer)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();
  g_autoptr(GArray) alone = rfi_bench_samples_new ();
  sqlite3 *db = open_alone (bench);
  gint64 from;

  for (guint i = 0; i < N_QUEUED; i++)
    {
      rfi_bench_add (times, console_type (writer, bench));
      if (i < N_ALONE)
        rfi_bench_add (alone, commit_alone (db, i));
    }
  sqlite3_close (db);
  rfi_bench_report ("v1: a person's change signed and made durable", "µs", times,
                    "bare SQLite commit", alone);

  from = g_get_monotonic_time ();
  console_push (writer);
  rfi_bench_report_one ("v1: push of 10,000 signed operations", "operations/s",
                        N_QUEUED / ms_since (from) * 1000);
  g_assert_cmpint (count_left (writer), ==, 0);
  console_pull (writer);
}

static void
measure_single (Bench   *bench,
                Console *writer)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();

  for (guint i = 0; i < N_SINGLE; i++)
    {
      gint64 from;

      console_type (writer, bench);
      from = g_get_monotonic_time ();
      console_push (writer);
      rfi_bench_add (times, ms_since (from));
    }

  rfi_bench_report ("v1: one operation sent and its answer durable", "ms", times, NULL, NULL);
}

/* A console killed in the middle of its first pull, and what its heir has to fetch again. */
static void
measure_resume (Bench      *bench,
                const char *program)
{
  g_autoptr(GSubprocess) victim = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  RfiFeedState *state;
  Console *heir;
  char line[32];
  GError *error = NULL;

  victim = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--victim",
                             bench->dir, NULL);
  die_of (error);
  /* It says so when half is there. */
  g_input_stream_read (g_subprocess_get_stdout_pipe (victim), line, sizeof line, NULL, &error);
  die_of (error);
  g_subprocess_send_signal (victim, SIGKILL);
  g_subprocess_wait (victim, NULL, NULL);

  heir = console_open (bench, "victim.db");
  rfi_store_get_feed_async (heir->store, NULL, keep_cb, &result);
  wait (&result);
  state = rfi_store_get_feed_finish (heir->store, result, &error);
  die_of (error);
  g_assert_cmpint (state->snapshot_done, >=, state->snapshot_total / 2);
  console_pull (heir);
  rfi_bench_report_one ("v1: rows fetched again, killed at half of the first pull", "rows",
                        (double) (rfi_sync_feed_get_n_rows (heir->feed) - state->snapshot_total));
  rfi_feed_state_free (state);
  console_close (heir);
}

static void
half_cb (RfiSyncFeed *feed,
         gpointer     user_data)
{
  if (rfi_sync_feed_get_n_rows (feed) * 2 >= rfi_sync_feed_get_n_total (feed))
    g_print ("half\n");
}

static void
be_victim (Bench *bench)
{
  Console *console = console_open (bench, "victim.db");

  g_signal_connect (console->feed, "progress", G_CALLBACK (half_cb), NULL);
  console_pull (console);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

static void
clean_up (const char *dir)
{
  g_autoptr(GDir) listing = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      g_remove (path);
    }
  g_rmdir (dir);
}

/* @part: (nullable): the only one that is asked for */
static gboolean
is_wanted (const char *part,
           const char *name)
{
  return part == NULL || g_str_equal (part, name);
}

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .url = g_getenv ("RFI_BENCH_URL") };
  const char *part = argc == 2 ? argv[1] : NULL;
  Console *writer;
  Console *reader;

  bench.dir = argc == 3 ? g_strdup (argv[2]) : g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);
  sign_in (&bench);
  if (argc == 3)
    be_victim (&bench);

  pull_both (&bench);
  writer = console_open (&bench, "writer.db");
  reader = console_open (&bench, "reader.db");
  console_load (writer);
  if (is_wanted (part, "empty"))
    measure_empty (reader);
  if (is_wanted (part, "queue"))
    measure_queue (&bench, writer);
  console_pull (reader);
  if (is_wanted (part, "deltas"))
    measure_deltas (&bench, writer, reader);
  if (is_wanted (part, "single"))
    measure_single (&bench, writer);
  console_close (writer);
  console_close (reader);
  if (is_wanted (part, "resume"))
    measure_resume (&bench, argv[0]);

  clean_up (bench.dir);
  g_free (bench.dir);
  g_free (bench.token);
  rfi_user_unref (bench.user);
  return 0;
}
