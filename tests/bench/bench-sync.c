/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-remote.h"
#include "rfi-soup-transport.h"
#include "rfi-store-letters.h"
#include "rfi-store-pull.h"
#include "rfi-sync-thread.h"
#include "rfi-test-http.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>

/* The real engine, thread and store against the real server at $RFI_BENCH_URL. */

#define N_PULLS  3
#define N_EVENTS 200

typedef struct
{
  const char    *url;
  char          *token;
  RfiUser       *user;
  char          *dir;
  RfiStore      *store;
  RfiSyncThread *sync;
  RfiDeviceKey  *key;      /* (nullable): with one it speaks Sync v1 */
  GAsyncQueue   *wanted;   /* one for each write that is waited for */
  gint64         written;  /* by the writer, before it arrives */
  gint64         arrived;
} Bench;

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
sign_in (Bench *bench)
{
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (bench->url);
  g_autoptr(RfiRemote) remote = rfi_remote_new (transport);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_remote_login_async (remote, RFI_TEST_ADMIN, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  bench->user = rfi_remote_login_finish (remote, result, &bench->token, &error);
  if (bench->user == NULL)
    g_error ("%s", error->message);
}

static void
changed_cb (RfiStore       *store,
            RfiStoreChange *change,
            gpointer        user_data)
{
  Bench *bench = user_data;

  /* Only one other writes, and one change at a time. */
  if (bench->written != 0 && change->upserted->len > 0)
    bench->arrived = g_get_monotonic_time ();
}

static void
enroll (Bench *bench)
{
  g_autofree char *device_id = g_uuid_string_random ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_store_enroll_async (bench->store, bench->key, device_id, "0123456789abcdef", NULL, keep_cb,
                          &result);
  rfi_test_wait (result != NULL);
  if (!rfi_store_finish (bench->store, result, &error))
    g_error ("%s", error->message);
}

static void
open_store (Bench *bench,
            guint  number)
{
  g_autofree char *path = g_strdup_printf ("%s/cache-%s-%u.db", bench->dir,
                                           bench->key != NULL ? "v1" : "compatible", number);
  g_autofree char *photos = g_build_filename (bench->dir, "photos", NULL);
  g_autoptr(RfiSeal) seal = rfi_seal_new ();
  g_autoptr(GError) error = NULL;

  bench->store = rfi_store_open (path, seal, changed_cb, bench, NULL, FALSE, &error);
  if (bench->store == NULL)
    g_error ("%s", error->message);
  if (bench->key != NULL)
    enroll (bench);
  bench->sync = rfi_sync_thread_new (bench->store, bench->url, NULL, bench->user, photos);
}

static void
close_store (Bench *bench)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_sync_thread_stop_async (bench->sync, keep_cb, &result);
  rfi_test_wait (result != NULL);
  if (!rfi_sync_thread_stop_finish (bench->sync, result, &error))
    g_error ("%s", error->message);
  g_clear_object (&bench->sync);
  rfi_store_close (bench->store);
  g_clear_object (&bench->store);
}

static guint
count_jobs (Bench *bench)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n_bytes;
  guint n_jobs;

  rfi_store_get_stats_async (bench->store, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  if (!rfi_store_get_stats_finish (bench->store, result, &n_jobs, &n_bytes, &error))
    g_error ("%s", error->message);
  return n_jobs;
}

static gboolean
is_pulled (Bench *bench)
{
  RfiSyncState *state = rfi_sync_thread_get_state (bench->sync);

  if (state->phase == RFI_PHASE_FAILED)
    g_error ("%s", state->error_message);
  return state->last_sync_at != 0 && !state->first_pull;
}

/* From the start of the engine to "all is here": probe, sign-in's check and people included. */
static void
measure_pulls (Bench      *bench,
               const char *name)
{
  g_autoptr(GArray) rates = rfi_bench_samples_new ();

  for (guint i = 0; i < N_PULLS; i++)
    {
      gint64 from;

      open_store (bench, i);
      from = g_get_monotonic_time ();
      rfi_sync_thread_start (bench->sync, bench->token);
      rfi_test_wait (is_pulled (bench));
      rfi_bench_add (rates, (double) count_jobs (bench) * G_USEC_PER_SEC /
                              (double) (g_get_monotonic_time () - from));
      if (i + 1 < N_PULLS)
        close_store (bench);
    }

  rfi_bench_report (name, "rows/s", rates, NULL, NULL);
}

/* The one job that is changed, as the server has it. Its etag stays quoted as it came. */
static char *
find_job (Bench       *bench,
          SoupSession *http,
          char       **etag)
{
  g_autoptr(RfiTestAnswer) answer = NULL;

  answer = rfi_test_http_call (http, bench->url, "GET", "/api/jobs?limit=1&status=pending",
                               bench->token, NULL);
  *etag = rfi_test_answer_get (answer, "_etag");
  return rfi_test_answer_get (answer, "id");
}

/* Somebody else, on a connection of their own: changes titles when told. */
static gpointer
write_cb (gpointer user_data)
{
  Bench *bench = user_data;
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *etag = NULL;
  g_autofree char *id = find_job (bench, http, &etag);
  g_autofree char *path = g_strconcat ("/api/jobs/", id, NULL);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      g_autofree char *json = NULL;
      g_autoptr(RfiTestAnswer) answer = NULL;

      g_async_queue_pop (bench->wanted);
      g_usleep (5000);
      json = g_strdup_printf ("{\"title\": \"Freezer alarm %u\", \"_etag\": \"%s\"}", i, etag);
      bench->written = g_get_monotonic_time ();
      answer = rfi_test_http_call (http, bench->url, "PATCH", path, bench->token, json);
      if (answer->status != 200)
        g_error ("%u %s", answer->status, answer->text);
      g_free (etag);
      etag = rfi_test_answer_get (answer, "_etag");
    }

  return NULL;
}

/* Somebody else's write, from the moment it is sent to where it is in our store. */
static void
measure_live (Bench *bench)
{
  g_autoptr(GArray) times = rfi_bench_samples_new ();
  GThread *writer;

  rfi_test_wait (rfi_sync_thread_get_state (bench->sync)->phase == RFI_PHASE_LIVE);
  bench->wanted = g_async_queue_new ();
  writer = g_thread_new ("writer", write_cb, bench);
  for (guint i = 0; i < N_EVENTS; i++)
    {
      bench->arrived = 0;
      g_async_queue_push (bench->wanted, bench);
      rfi_test_wait (bench->arrived != 0);
      rfi_bench_add (times, (double) (bench->arrived - bench->written) / 1000);
    }

  g_thread_join (writer);
  g_async_queue_unref (bench->wanted);
  rfi_bench_report ("sync: a write at the server in another console's store", "ms", times, NULL,
                    NULL);
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

int
main (int   argc,
      char *argv[])
{
  Bench bench = { .url = g_getenv ("RFI_BENCH_URL") };

  bench.dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);
  sign_in (&bench);
  measure_pulls (&bench, "sync: 100,000 jobs from the server into the store");
  close_store (&bench);
  bench.key = rfi_device_key_new ();
  measure_pulls (&bench, "sync: 100,000 jobs by Sync v1 into the store");
  measure_live (&bench);
  close_store (&bench);
  rfi_device_key_unref (bench.key);

  clean_up (bench.dir);
  g_free (bench.dir);
  g_free (bench.token);
  rfi_user_unref (bench.user);
  return 0;
}
