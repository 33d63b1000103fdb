/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-photo.h"
#include "rfi-sealed-file.h"
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

static void
seat_open (Seat       *seat,
           const char *email,
           const char *password)
{
  const char *url = rfi_test_server_get_url (server);
  g_autofree char *photo_dir = NULL;

  seat->proxy = rfi_fault_proxy_new (url);
  seat->console = rfi_test_console_new (url, rfi_fault_proxy_get_url (seat->proxy), email,
                                        password);
  photo_dir = g_build_filename (seat->console->dir, "photos", NULL);
  seat->sync = rfi_sync_thread_new (seat->console->store, rfi_fault_proxy_get_url (seat->proxy),
                                    NULL, seat->console->user, photo_dir);
  rfi_sync_thread_start (seat->sync, seat->console->token);
  rfi_test_wait (get_state (seat)->phase == RFI_PHASE_LIVE);
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
  g_assert_cmpuint (rfi_sync_metrics_get_count (rfi_sync_thread_get_metrics (dispatcher.sync),
                                                RFI_SYNC_COUNTER_EVENTS), >=, 2);
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

static gboolean
has_photo (Seat       *seat,
           const char *job_id,
           char      **photo_id)
{
  g_autoptr(RfiJob) base = rfi_test_console_get_base (seat->console, job_id);

  if (base == NULL || base->photos == NULL || base->photos->len == 0)
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

  server = rfi_test_server_new (NULL);
  result = g_test_run ();
  rfi_test_server_free (server);
  return result;
}
