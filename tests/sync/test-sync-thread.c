/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-photo.h"
#include "rfi-sealed-file.h"
#include "rfi-sync-engine.h"
#include "rfi-sync-thread.h"
#include "rfi-test-answer.h"
#include "rfi-test-ask.h"

#include <glib/gstdio.h>

/* Two consoles in threads of their own, as people run them, at one server: each sees what the
 * other does, and photos arrive as files.
 */

static RfiTestServer *server;

typedef struct
{
  RfiTestConsole *console;  /* for its store and questions; its own engine never starts */
  RfiFaultProxy  *proxy;
  RfiSyncThread  *sync;
} Seat;

static RfiSyncState *
get_state (Seat *seat)
{
  return rfi_sync_thread_get_state (seat->sync);
}

/* @url: of the server or a proxy */
static void
seat_open_at (Seat       *seat,
              const char *url,
              const char *email,
              const char *password)
{
  g_autofree char *photo_dir = NULL;

  seat->console = rfi_test_console_new (rfi_test_server_get_url (server), url, email, password);
  photo_dir = g_build_filename (seat->console->dir, "photos", NULL);
  seat->sync = rfi_sync_thread_new (seat->console->store, url, NULL, seat->console->user,
                                    photo_dir);
  rfi_sync_thread_start (seat->sync, seat->console->token);
  rfi_test_wait (get_state (seat)->phase == RFI_PHASE_LIVE);
}

static void
seat_open (Seat       *seat,
           const char *email,
           const char *password)
{
  seat->proxy = rfi_fault_proxy_new (rfi_test_server_get_url (server));
  seat_open_at (seat, rfi_fault_proxy_get_url (seat->proxy), email, password);
}

static void
stop (Seat *seat)
{
  WAIT_FOR (rfi_sync_thread_stop_async (seat->sync, keep_result_cb, &answer));

  g_assert_true (rfi_sync_thread_stop_finish (seat->sync, answer, &error));
}

static void
seat_close (Seat *seat)
{
  stop (seat);
  rfi_test_settle ();
  g_assert_finalize_object (g_steal_pointer (&seat->sync));
  rfi_test_console_free (seat->console);
  g_clear_object (&seat->proxy);
}

static gboolean
has_title (Seat       *seat,
           const char *job_id,
           const char *title)
{
  g_autoptr(RfiJob) base = rfi_test_console_get_base (seat->console, job_id);

  return base != NULL && g_str_equal (base->title, title);
}

static void
do_edit (Seat       *seat,
         const char *job_id,
         const char *title)
{
  g_autoptr(RfiPatch) patch = rfi_test_patch (RFI_FIELD_TITLE, title);
  g_autoptr(RfiOperation) operation = rfi_test_console_do (seat->console, RFI_OPERATION_EDIT,
                                                           job_id, patch);

  g_assert_nonnull (operation);
  rfi_sync_thread_kick (seat->sync, RFI_SYNC_KICK_OPERATION);
}

static void
test_two_consoles (void)
{
  Seat admin;
  Seat dispatcher;
  g_autoptr(RfiPatch) patch = rfi_test_new_job ("Seen by both");
  g_autoptr(RfiOperation) created = NULL;
  g_autoptr(GPtrArray) titled = NULL;
  RfiJob *job;

  seat_open (&admin, RFI_TEST_ADMIN);
  seat_open (&dispatcher, RFI_TEST_DISPATCHER);
  /* Who comes too late for an event gets what it tells by asking. */
  rfi_test_wait (get_state (&dispatcher)->real_time);

  created = rfi_test_console_do (admin.console, RFI_OPERATION_CREATE, "temporary", patch);
  rfi_sync_thread_kick (admin.sync, RFI_SYNC_KICK_OPERATION);
  for (;;)
    {
      g_clear_pointer (&titled, g_ptr_array_unref);
      titled = rfi_test_ask_titled (admin.console, "Seen by both");
      if (titled->len > 0)
        break;
    }
  job = g_ptr_array_index (titled, 0);
  rfi_test_wait (has_title (&dispatcher, job->id, "Seen by both"));
  rfi_test_wait (has_title (&admin, job->id, "Seen by both"));

  do_edit (&dispatcher, job->id, "Changed by one");
  rfi_test_wait (has_title (&admin, job->id, "Changed by one"));
  do_edit (&admin, job->id, "Changed by the other");
  rfi_test_wait (has_title (&dispatcher, job->id, "Changed by the other"));

  rfi_test_wait (get_state (&admin)->n_queued == 0 && get_state (&dispatcher)->n_queued == 0);
  rfi_test_wait (rfi_sync_metrics_get_count (rfi_sync_thread_get_metrics (dispatcher.sync),
                                             RFI_SYNC_COUNTER_EVENTS) >= 2);
  seat_close (&admin);
  seat_close (&dispatcher);
}

static char *
fetch (Seat       *seat,
       const char *job_id,
       const char *photo_id)
{
  char *path;
  WAIT_FOR (rfi_sync_thread_fetch_photo_async (seat->sync, job_id, photo_id, NULL, keep_result_cb,
                                               &answer));

  path = rfi_sync_thread_fetch_photo_finish (seat->sync, answer, &error);
  g_assert_no_error (error);
  return path;
}

static void
expect_no_photo (Seat       *seat,
                 const char *job_id,
                 const char *photo_id)
{
  WAIT_FOR (rfi_sync_thread_fetch_photo_async (seat->sync, job_id, photo_id, NULL, keep_result_cb,
                                               &answer));

  g_assert_null (rfi_sync_thread_fetch_photo_finish (seat->sync, answer, &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_FORBIDDEN);
}

static GBytes *
read_file (Seat       *seat,
           const char *path)
{
  g_autoptr(GError) error = NULL;
  GBytes *content =
    rfi_sealed_file_read (rfi_store_get_seal (seat->console->store), path, &error);

  g_assert_no_error (error);
  return content;
}

/* Whether the server's row has it, and nothing waits: until the answer is stored too, the copy that
 * waits here is what is shown. */
static gboolean
has_photo (Seat       *seat,
           const char *job_id,
           char      **photo_id)
{
  g_autoptr(RfiJob) base = rfi_test_console_get_base (seat->console, job_id);
  g_autoptr(GPtrArray) outbox = rfi_test_console_list_outbox (seat->console);

  if (base == NULL || base->photos == NULL || base->photos->len == 0 || outbox->len > 0)
    return FALSE;

  g_free (*photo_id);
  *photo_id = g_strdup (((RfiPhoto *) g_ptr_array_index (base->photos, 0))->id);
  return TRUE;
}

static void
test_photos (void)
{
  Seat seat;
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  g_autofree char *photo_id = NULL;
  g_autofree char *drawn = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  g_autoptr(GBytes) original = NULL;
  g_autoptr(GBytes) fetched = NULL;
  RfiOperation template = {
    .kind = RFI_OPERATION_ADD_PHOTO,
    .photo_name = (char *) "été.png",
    .photo_mime = (char *) "image/png",
  };

  seat_open (&seat, RFI_TEST_ADMIN);
  job = rfi_test_ask_create (seat.console, "With a photo", NULL);
  rfi_test_wait (has_title (&seat, job->id, "With a photo"));
  rfi_sync_thread_set_forced_offline (seat.sync, TRUE);
  rfi_test_wait (get_state (&seat)->phase == RFI_PHASE_OFFLINE);

  /* While it waits, our own copy. */
  drawn = rfi_test_console_draw (seat.console, 3, &template.photo_size);
  original = read_file (&seat, drawn);
  template.job_id = (char *) job->id;
  template.photo_path = drawn;
  operation = rfi_test_console_enqueue (seat.console, &template);
  waiting = fetch (&seat, job->id, operation->id);
  g_assert_cmpstr (waiting, ==, drawn);

  rfi_sync_thread_set_forced_offline (seat.sync, FALSE);
  rfi_test_wait (has_photo (&seat, job->id, &photo_id));
  path = fetch (&seat, job->id, photo_id);
  fetched = read_file (&seat, path);
  g_assert_true (g_bytes_equal (fetched, original));

  /* The second time nobody is asked. */
  g_assert_cmpuint (rfi_fault_proxy_count (seat.proxy, "GET", "/photos/*"), ==, 1);
  again = fetch (&seat, job->id, photo_id);
  g_assert_cmpstr (again, ==, path);
  g_assert_cmpuint (rfi_fault_proxy_count (seat.proxy, "GET", "/photos/*"), ==, 1);
  seat_close (&seat);
}

/* An address that was good for an hour only is asked for anew, and nobody notices; one that stays
 * bad is told, after one more try. */
static void
test_stale_url (void)
{
  Seat seat;
  g_autoptr(RfiJob) job = NULL;
  g_autofree char *photo_id = NULL;
  g_autofree char *drawn = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GBytes) original = NULL;
  g_autoptr(GBytes) fetched = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation template = {
    .kind = RFI_OPERATION_ADD_PHOTO,
    .photo_name = (char *) "late.png",
    .photo_mime = (char *) "image/png",
  };

  seat_open (&seat, RFI_TEST_ADMIN);
  job = rfi_test_ask_create (seat.console, "Looked at late", NULL);
  rfi_test_wait (has_title (&seat, job->id, "Looked at late"));
  drawn = rfi_test_console_draw (seat.console, 5, &template.photo_size);
  original = read_file (&seat, drawn);
  template.job_id = (char *) job->id;
  template.photo_path = drawn;
  operation = rfi_test_console_enqueue (seat.console, &template);
  rfi_sync_thread_kick (seat.sync, RFI_SYNC_KICK_OPERATION);
  rfi_test_wait (has_photo (&seat, job->id, &photo_id));

  rfi_fault_proxy_add (seat.proxy, RFI_FAULT_STALE_URL, "GET", "/photos/*", 0, 1);
  path = fetch (&seat, job->id, photo_id);
  fetched = read_file (&seat, path);
  g_assert_true (g_bytes_equal (fetched, original));
  g_assert_cmpuint (rfi_fault_proxy_get_n_faults (seat.proxy), ==, 1);
  g_assert_cmpuint (rfi_fault_proxy_count (seat.proxy, "GET", "/photos/*"), ==, 2);

  g_assert_cmpint (g_unlink (path), ==, 0);
  rfi_fault_proxy_add (seat.proxy, RFI_FAULT_STALE_URL, "GET", "/photos/*", 0, 9);
  expect_no_photo (&seat, job->id, photo_id);
  g_assert_cmpuint (rfi_fault_proxy_count (seat.proxy, "GET", "/photos/*"), ==, 4);
  seat_close (&seat);
}

/* Stopped in the middle of a send that nobody answers: at once, and nothing is lost. */
static void
test_stop_under_way (void)
{
  Seat seat;
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(GPtrArray) outbox = NULL;

  seat_open (&seat, RFI_TEST_ADMIN);
  job = rfi_test_ask_create (seat.console, "Interrupted", NULL);
  rfi_test_wait (has_title (&seat, job->id, "Interrupted"));
  rfi_fault_proxy_add (seat.proxy, RFI_FAULT_HALF_OPEN, "PATCH", "*", 0, 1);
  do_edit (&seat, job->id, "Never answered");
  rfi_test_wait (rfi_fault_proxy_get_n_faults (seat.proxy) == 1);
  stop (&seat);

  outbox = rfi_test_console_list_outbox (seat.console);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_true (((RfiOperation *) g_ptr_array_index (outbox, 0))->maybe_applied);
  seat_close (&seat);
}

/* The sync thread is as far as that, whatever was told of it. */
typedef struct
{
  GMutex   lock;
  GCond    reached;
  gboolean is_live;
} Arrival;

static gboolean
arrived_cb (gpointer user_data)
{
  Arrival *arrival = user_data;

  g_mutex_lock (&arrival->lock);
  arrival->is_live = TRUE;
  g_cond_signal (&arrival->reached);
  g_mutex_unlock (&arrival->lock);
  return G_SOURCE_REMOVE;
}

/* In the sync thread, before anybody is told: behind what tells it. */
static gboolean
engine_state_cb (GSignalInvocationHint *hint,
                 guint                  n_values,
                 const GValue          *values,
                 gpointer               user_data)
{
  RfiSyncState *state = rfi_sync_engine_get_state (g_value_get_object (&values[0]));
  g_autoptr(GSource) source = NULL;

  if (state->phase != RFI_PHASE_LIVE)
    return G_SOURCE_CONTINUE;

  source = g_idle_source_new ();
  g_source_set_callback (source, arrived_cb, user_data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return G_SOURCE_REMOVE;
}

/* Lets it become live while this thread has too much to do to hear of anything. */
static void
become_live_unheard (Seat *seat)
{
  Arrival arrival = { .is_live = FALSE };

  g_mutex_init (&arrival.lock);
  g_cond_init (&arrival.reached);
  g_signal_add_emission_hook (g_signal_lookup ("state-changed", RFI_TYPE_SYNC_ENGINE), 0,
                              engine_state_cb, &arrival, NULL);
  rfi_sync_thread_set_forced_offline (seat->sync, FALSE);
  g_mutex_lock (&arrival.lock);
  while (!arrival.is_live)
    g_cond_wait (&arrival.reached, &arrival.lock);
  g_mutex_unlock (&arrival.lock);
  g_cond_clear (&arrival.reached);
  g_mutex_clear (&arrival.lock);
}

typedef struct
{
  const char *job_id;  /* that is awaited */
  gboolean    told;
  gboolean    live;
  gboolean    lied;    /* live was told before the job was */
} Heard;

static void
store_changed_cb (RfiStore       *store,
                  RfiStoreChange *change,
                  gpointer        user_data)
{
  Heard *heard = user_data;

  for (guint i = 0; i < change->upserted->len; i++)
    if (g_str_equal (((RfiJobState *) change->upserted->pdata[i])->work->id, heard->job_id))
      heard->told = TRUE;
}

static void
state_changed_cb (RfiSyncThread *sync,
                  Heard         *heard)
{
  if (rfi_sync_thread_get_state (sync)->phase != RFI_PHASE_LIVE)
    return;

  heard->live = TRUE;
  heard->lied = heard->lied || !heard->told;
}

/* What happened while nobody listened is told in its order: a job before that all is live. */
static void
test_order (void)
{
  Seat seat = { NULL, };
  g_autoptr(RfiJob) job = NULL;
  Heard heard = { NULL, };

  /* A proxy would be this thread's to serve. */
  seat_open_at (&seat, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_sync_thread_set_forced_offline (seat.sync, TRUE);
  rfi_test_wait (get_state (&seat)->phase == RFI_PHASE_OFFLINE);
  job = rfi_test_ask_create (seat.console, "While nobody listened", NULL);
  heard.job_id = job->id;
  seat.console->changed = store_changed_cb;
  seat.console->changed_data = &heard;
  g_signal_connect (seat.sync, "state-changed", G_CALLBACK (state_changed_cb), &heard);

  become_live_unheard (&seat);
  g_assert_false (heard.told || heard.live);
  rfi_test_wait (heard.live);
  g_assert_false (heard.lied);

  seat.console->changed = NULL;
  g_signal_handlers_disconnect_by_data (seat.sync, &heard);
  seat_close (&seat);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/thread/two-consoles", test_two_consoles);
  g_test_add_func ("/sync/thread/photos", test_photos);
  g_test_add_func ("/sync/thread/stale-url", test_stale_url);
  g_test_add_func ("/sync/thread/stop-under-way", test_stop_under_way);
  g_test_add_func ("/sync/thread/order", test_order);

  server = rfi_test_server_new (NULL);
  result = g_test_run ();
  rfi_test_server_free (server);
  return result;
}
