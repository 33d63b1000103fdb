/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static void
start_with (StoreFixture *fixture,
            RfiJob       *job)
{
  g_autoptr(RfiJob) owned = job;

  store_apply (fixture, RFI_PULL_LISTING, 1, job, NULL);
  g_string_truncate (fixture->told, 0);
}

static void
test_pending_survives (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  g_autoptr(RfiJob) newer = store_job ("a", "Flood", "\"2\"", 3000);

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_assert_told (fixture, "+a outbox audit");
  g_assert_cmpuint (fixture->change->n_queued, ==, 1);
  g_assert_cmpint (fixture->change->oldest_queued_at, ==, 2000);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");
  store_assert (store_show_audit (fixture, "a"), "changed title Leak>Big leak*");

  /* The server's row replaces the base; what the person typed stays on top. */
  store_apply (fixture, RFI_PULL_DELTA, 0, newer, NULL);
  store_assert_told (fixture, "+a foreign audit");
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");
  store_assert (store_show_outbox (fixture), "op-1:edit@a");

  store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 4000);
  store_assert_told (fixture, "+a outbox audit");
  store_assert (store_show_jobs (fixture), "a Flood/assigned/confirmed");
  store_assert (store_show_audit (fixture, "a"),
                "changed title Leak>Flood, discarded title Big leak>");
}

static void
test_created_job_is_renamed (StoreFixture  *fixture,
                             gconstpointer  unused)
{
  g_autoptr(RfiJob) row = store_job ("server", "New", "\"1\"", 1000);

  store_enqueue (fixture, store_create ("op-1", "local", "New"));
  store_enqueue (fixture, store_edit ("op-2", "local", "New", "Newer"));
  store_enqueue (fixture, store_plain ("op-3", RFI_OPERATION_ADD_PHOTO, "local"));
  store_assert (store_show_jobs (fixture), "local Newer/pending/queued");
  g_string_truncate (fixture->told, 0);

  store_run (fixture, rfi_store_confirm_async, "op-1", row);
  store_assert_told (fixture, "+server local>server outbox audit");
  store_assert (store_show_jobs (fixture), "server Newer/assigned/queued");
  store_assert (store_show_outbox (fixture), "op-2:edit@server, op-3:add-photo@server");
  store_assert (store_show_audit (fixture, "server"),
                "created, changed title New>Newer*, photo-added*");
  store_assert (store_show_audit (fixture, "local"), "");
}

static void
test_progress (StoreFixture  *fixture,
               gconstpointer  unused)
{
  g_autoptr(GPtrArray) outbox = NULL;
  RfiOperation *operation;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));

  /* Nothing that a person sees changes while it is being sent. */
  g_string_truncate (fixture->told, 0);
  store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, NULL, NULL, (gint64) 0);
  store_assert_told (fixture, "");
  store_assert (store_show_outbox (fixture), "op-1:edit@a?");

  store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, "TIMEOUT", "No answer",
             (gint64) 9000);
  store_assert_told (fixture, "outbox");
  outbox = store_list_outbox (fixture);
  operation = g_ptr_array_index (outbox, 0);
  g_assert_cmpuint (operation->attempts, ==, 1);
  g_assert_cmpint (operation->next_try_at, ==, 9000);
  g_assert_cmpstr (operation->error_code, ==, "TIMEOUT");
  g_assert_cmpstr (operation->error_message, ==, "No answer");

  store_run (fixture, rfi_store_retry_async, "op-1");
  store_assert_told (fixture, "+a outbox");
  g_clear_pointer (&outbox, g_ptr_array_unref);
  outbox = store_list_outbox (fixture);
  operation = g_ptr_array_index (outbox, 0);
  g_assert_cmpint (operation->next_try_at, ==, 0);
  g_assert_true (operation->maybe_applied);
}

static void
test_rejected (StoreFixture  *fixture,
               gconstpointer  unused)
{
  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_enqueue (fixture, store_step ("op-2", "a", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));

  store_run (fixture, rfi_store_reject_async, "op-1", "INVALID", "Title is silly");
  g_assert_cmpuint (fixture->change->n_failed, ==, 1);
  g_assert_cmpuint (fixture->change->n_queued, ==, 1);
  store_assert (store_show_outbox (fixture), "op-1:edit@a!, op-2:status@a");
  store_assert (store_show_jobs (fixture), "a Big leak/in-progress/failed");
  store_assert (store_show_audit (fixture, "a"),
                "changed title Leak>Big leak*, changed status assigned>in-progress*, "
                "rejected >Title is silly");

  store_run (fixture, rfi_store_retry_async, "op-1");
  store_assert (store_show_outbox (fixture), "op-1:edit@a, op-2:status@a");
  store_assert (store_show_jobs (fixture), "a Big leak/in-progress/queued");
}

static void
test_rebased (StoreFixture  *fixture,
              gconstpointer  unused)
{
  g_autoptr(RfiJob) base = store_job ("a", "Leak", "\"2\"", 3000);
  g_autoptr(RfiJob) theirs = NULL;
  g_autoptr(GPtrArray) outbox = NULL;
  RfiJob template = *base;
  RfiOperation *operation;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, NULL, NULL, (gint64) 0);

  template.description = "It pours";
  theirs = rfi_job_new (&template);
  store_run (fixture, rfi_store_rebase_async, "op-1", "\"2\"", theirs);
  store_assert (store_show_outbox (fixture), "op-1:edit@a");
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");
  store_assert (store_show_audit (fixture, "a"),
                "changed title Leak>Big leak*, changed description It drips>It pours");

  outbox = store_list_outbox (fixture);
  operation = g_ptr_array_index (outbox, 0);
  g_assert_cmpstr (operation->base_etag, ==, "\"2\"");
}

/* The server's answer may carry what others did in the meantime. */
static void
test_confirmed_with_news (StoreFixture  *fixture,
                          gconstpointer  unused)
{
  g_autoptr(RfiJob) base = store_job ("a", "Big leak", "\"3\"", 3000);
  g_autoptr(RfiJob) answer = NULL;
  RfiJob template = *base;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  g_string_truncate (fixture->told, 0);

  template.city = "Austin";
  answer = rfi_job_new (&template);
  store_run (fixture, rfi_store_confirm_async, "op-1", answer);
  store_assert_told (fixture, "+a foreign outbox audit");
  store_assert (store_show_outbox (fixture), "");
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/confirmed");
  store_assert (store_show_audit (fixture, "a"),
                "changed title Leak>Big leak, changed city Dallas>Austin");
}

/* A person may give a change up while it is being sent: what the server made of it stands. */
static void
test_given_up_while_sent (StoreFixture  *fixture,
                          gconstpointer  unused)
{
  g_autoptr(RfiJob) answer = store_job ("a", "Big leak", "\"2\"", 3000);
  g_autoptr(GError) error = NULL;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 4000);

  store_run (fixture, rfi_store_confirm_async, "op-1", answer);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/confirmed");

  store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, "TIMEOUT", "No answer",
             (gint64) 9000);
  store_run (fixture, rfi_store_reject_async, "op-1", "INVALID", "No");
  store_assert (store_show_outbox (fixture), "");

  /* But nothing is sent that was given up. */
  g_assert_false (store_try (fixture, &error, rfi_store_record_attempt_async, "op-1", TRUE, NULL,
                             NULL, (gint64) 0));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
}

static void
test_discarded_creation (StoreFixture  *fixture,
                         gconstpointer  unused)
{
  store_enqueue (fixture, store_create ("op-1", "local", "New"));
  store_enqueue (fixture, store_edit ("op-2", "local", "New", "Newer"));
  g_string_truncate (fixture->told, 0);

  store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 4000);
  store_assert_told (fixture, "-local outbox audit");
  store_assert (store_show_jobs (fixture), "");
  store_assert (store_show_outbox (fixture), "");
  store_assert (store_show_audit (fixture, "local"),
                "discarded New>, discarded title Newer>");
}

static RfiOperation *
make_photo (StoreFixture *fixture,
            const char   *id,
            const char   *path)
{
  RfiOperation photo = {
    .id = (char *) id, .kind = RFI_OPERATION_ADD_PHOTO, .job_id = (char *) "a",
    .user_id = (char *) "me", .photo_name = (char *) "fan.jpg", .photo_mime = (char *) "image/jpeg",
    .photo_path = (char *) path, .photo_size = 3, .created_at = 2000,
  };

  g_assert_true (g_file_set_contents (path, "jpg", 3, NULL));
  return rfi_operation_new (&photo);
}

static void
test_photo_copies (StoreFixture  *fixture,
                   gconstpointer  unused)
{
  g_autofree char *sent = g_build_filename (fixture->dir, "sent.jpg", NULL);
  g_autofree char *dropped = g_build_filename (fixture->dir, "dropped.jpg", NULL);
  g_autofree char *elsewhere_dir = g_dir_make_tmp ("rfi-photo-XXXXXX", NULL);
  g_autofree char *elsewhere = g_build_filename (elsewhere_dir, "own.jpg", NULL);
  g_autoptr(RfiJob) row = store_job ("a", "Leak", "\"2\"", 2000);
  g_autoptr(GPtrArray) photos = NULL;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, make_photo (fixture, "op-1", sent));
  store_enqueue (fixture, make_photo (fixture, "op-2", dropped));
  store_enqueue (fixture, make_photo (fixture, "op-3", elsewhere));
  photos = store_list_photos (fixture, "a");
  g_assert_cmpuint (photos->len, ==, 3);
  g_assert_true (((RfiPhoto *) photos->pdata[0])->waiting);

  store_run (fixture, rfi_store_confirm_async, "op-1", row);
  g_assert_false (g_file_test (sent, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (dropped, G_FILE_TEST_EXISTS));
  store_run (fixture, rfi_store_discard_async, "op-2", (gint64) 4000);
  g_assert_false (g_file_test (dropped, G_FILE_TEST_EXISTS));

  /* What does not lie in the profile is not ours to delete. */
  store_run (fixture, rfi_store_discard_async, "op-3", (gint64) 4000);
  g_assert_true (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
  g_unlink (elsewhere);
  g_rmdir (elsewhere_dir);
}

static void
test_queue_limit (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  g_autoptr(RfiOperation) late = store_edit ("late", "a", "Leak", "Late");
  g_autoptr(RfiPatch) patch = rfi_patch_copy (late->patch);
  g_autoptr(RfiOperation) urgent = NULL;
  g_autoptr(GError) error = NULL;
  RfiOperation template = *late;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  for (guint i = 0; i < RFI_STORE_QUEUE_LIMIT; i++)
    {
      g_autofree char *id = g_strdup_printf ("op-%u", i);

      store_enqueue (fixture, store_edit (id, id, "Leak", "Big leak"));
    }
  g_assert_cmpuint (fixture->change->n_queued, ==, RFI_STORE_QUEUE_LIMIT);

  g_assert_false (store_try_enqueue (fixture, late, &error));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_QUEUE_FULL);
  g_clear_error (&error);

  /* The steps of the work and emergencies still go through. */
  store_enqueue (fixture, store_step ("step", "a", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));
  rfi_patch_set (patch, RFI_FIELD_PRIORITY, rfi_priority_to_string (RFI_PRIORITY_URGENT));
  template.patch = patch;
  urgent = rfi_operation_new (&template);
  g_assert_true (store_try_enqueue (fixture, urgent, &error));
  g_assert_no_error (error);
}

/* The connection that is opened next. */
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
test_full_disk (StoreFixture  *fixture,
                gconstpointer  unused)
{
  g_autofree char *long_title = g_strnfill (100000, 'x');
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", long_title);
  g_autoptr(GError) error = NULL;

  store_fixture_close (fixture);
  sqlite3_auto_extension ((void (*) (void)) opened_cb);
  store_fixture_open (fixture);
  sqlite3_cancel_auto_extension ((void (*) (void)) opened_cb);
  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));

  sqlite3_exec (connection, "PRAGMA max_page_count = 1", NULL, NULL, NULL);
  g_assert_false (store_try_enqueue (fixture, edit, &error));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_FULL);
  g_clear_error (&error);
  store_assert_told (fixture, "");
  store_assert (store_show_jobs (fixture), "a Leak/assigned/confirmed");
  store_assert (store_show_audit (fixture, "a"), "");

  /* Space was made: the same change goes in. */
  sqlite3_exec (connection, "PRAGMA max_page_count = 1000000", NULL, NULL, NULL);
  g_assert_true (store_try_enqueue (fixture, edit, &error));
  g_assert_no_error (error);
}

/* Only before anybody else can know of it, and while nothing stands on it. */
static void
test_taken_back (StoreFixture  *fixture,
                 gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  start_with (fixture, store_job ("a", "Leak", "\"1\"", 1000));
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_enqueue (fixture, store_step ("op-2", "a", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));
  store_enqueue (fixture, store_edit ("op-3", "a", "Big leak", "Flood"));
  g_assert_false (store_try (fixture, &error, rfi_store_take_back_async, "op-1", (gint64) 4000));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
  g_clear_error (&error);

  store_run (fixture, rfi_store_take_back_async, "op-2", (gint64) 4000);
  store_assert (store_show_jobs (fixture), "a Flood/assigned/queued");
  store_run (fixture, rfi_store_take_back_async, "op-3", (gint64) 4000);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");

  store_run (fixture, rfi_store_record_attempt_async, "op-1", TRUE, NULL, NULL, (gint64) 0);
  g_assert_false (store_try (fixture, &error, rfi_store_take_back_async, "op-1", (gint64) 4000));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
  g_clear_error (&error);
  store_assert (store_show_outbox (fixture), "op-1:edit@a?");
  g_assert_false (store_try (fixture, &error, rfi_store_take_back_async, "op-2", (gint64) 4000));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/outbox/pending-survives", NULL, test_pending_survives);
  store_test_add ("/outbox/created-job-is-renamed", NULL, test_created_job_is_renamed);
  store_test_add ("/outbox/progress", NULL, test_progress);
  store_test_add ("/outbox/rejected", NULL, test_rejected);
  store_test_add ("/outbox/rebased", NULL, test_rebased);
  store_test_add ("/outbox/confirmed-with-news", NULL, test_confirmed_with_news);
  store_test_add ("/outbox/given-up-while-sent", NULL, test_given_up_while_sent);
  store_test_add ("/outbox/discarded-creation", NULL, test_discarded_creation);
  store_test_add ("/outbox/taken-back", NULL, test_taken_back);
  store_test_add ("/outbox/photo-copies", NULL, test_photo_copies);
  store_test_add ("/outbox/queue-limit", NULL, test_queue_limit);
  store_test_add ("/outbox/full-disk", NULL, test_full_disk);

  return g_test_run ();
}
