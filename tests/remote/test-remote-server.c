/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-hub-client.h"
#include "rfi-remote-jobs.h"
#include "rfi-remote-photos.h"
#include "rfi-soup-transport.h"

#include "rfi-test-server.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>

/* The client against the real server. */

typedef struct
{
  RfiTestServer *server;
  RfiRemote     *admin;
  RfiRemote     *technician;
  GAsyncResult  *result;  /* (owned) (nullable): of the last call */
} Fixture;

static RfiRemote *
sign_in (Fixture    *fixture,
         const char *email,
         const char *password)
{
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_server_get_url (fixture->server));
  g_autofree char *token = NULL;
  RfiRemote *remote = NULL;

  if (email != NULL)
    token = rfi_test_server_sign_in (fixture->server, email, password);
  remote = rfi_remote_new (transport);
  rfi_remote_set_token (remote, token);
  return remote;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = rfi_test_server_new (NULL);
  fixture->admin = sign_in (fixture, RFI_TEST_ADMIN);
  fixture->technician = sign_in (fixture, RFI_TEST_TECHNICIAN);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_object_unref (fixture->admin);
  g_object_unref (fixture->technician);
  rfi_test_server_free (fixture->server);
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  rfi_test_wait (fixture->result != NULL);
  return fixture->result;
}

/* The job of the call under way. @code: -1, or how it is to fail */
static RfiJob *
wait_job (Fixture *fixture,
          int      code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  RfiJob *job;

  wait (fixture);
  result = g_steal_pointer (&fixture->result);
  job = rfi_remote_job_finish (fixture->admin, result, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, RFI_REMOTE_ERROR, code);
  if (code >= 0)
    g_assert_nonnull (rfi_remote_error_get_code (error));
  return job;
}

static void
collect (RfiJob   *job,
         gpointer  user_data)
{
  g_ptr_array_add (user_data, job);
}

static GPtrArray *
pull (Fixture     *fixture,
      const char  *since,
      char       **next)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  g_autoptr(RfiRemotePull) answer = NULL;
  g_autoptr(GError) error = NULL;

  rfi_remote_pull_async (fixture->admin, since, collect, jobs, NULL, done_cb, fixture);
  answer = rfi_remote_pull_finish (fixture->admin, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->n_jobs, ==, jobs->len);
  g_assert_cmpuint (answer->n_bad, ==, 0);
  if (next != NULL)
    *next = g_strdup (answer->sync_timestamp);
  g_clear_object (&fixture->result);
  return jobs;
}

static RfiJob *
create (Fixture    *fixture,
        const char *title,
        const char *operation_id)
{
  g_autoptr(RfiPatch) fields = rfi_patch_new ();

  rfi_patch_set (fields, RFI_FIELD_TITLE, title);
  rfi_patch_set (fields, RFI_FIELD_DESCRIPTION, "5\u00b0F \"too\" warm\n\U0001f527");
  rfi_patch_set (fields, RFI_FIELD_PRIORITY, "urgent");
  rfi_patch_set (fields, RFI_FIELD_STORE_NAME, "Store");
  rfi_patch_set (fields, RFI_FIELD_ADDRESS, "1 Main St");
  rfi_patch_set (fields, RFI_FIELD_CITY, "Dallas");
  rfi_patch_set (fields, RFI_FIELD_STATE, "TX");
  rfi_patch_set (fields, RFI_FIELD_ZIP_CODE, "75201");
  rfi_remote_create_async (fixture->admin, fields, "vendor-001", operation_id, NULL, done_cb,
                           fixture);
  return wait_job (fixture, -1);
}

static void
test_health_and_login (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(RfiRemote) nobody = sign_in (fixture, NULL, NULL);
  g_autoptr(RfiHealth) health = NULL;
  g_autoptr(RfiUser) user = NULL;
  g_autofree char *token = NULL;
  g_autoptr(GError) error = NULL;

  rfi_remote_health_async (nobody, 3000, NULL, done_cb, fixture);
  health = rfi_remote_health_finish (nobody, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_true (health->ok);
  g_clear_object (&fixture->result);

  rfi_remote_login_async (nobody, RFI_TEST_DISPATCHER, NULL, done_cb, fixture);
  user = rfi_remote_login_finish (nobody, wait (fixture), &token, &error);
  g_assert_no_error (error);
  g_assert_cmpint (user->role, ==, RFI_ROLE_DISPATCHER);
  g_assert_cmpstr (user->vendor_id, ==, "vendor-001");
  g_clear_object (&fixture->result);

  rfi_remote_login_async (nobody, "admin@retailfixit.com", "wrong", NULL, done_cb, fixture);
  g_assert_null (rfi_remote_login_finish (nobody, wait (fixture), &token, &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED);
  g_assert_cmpstr (rfi_remote_error_get_code (error), ==, "INVALID_CREDENTIALS");
  g_clear_error (&error);
  g_clear_object (&fixture->result);

  rfi_remote_vendors_async (nobody, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_vendors_finish (nobody, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED);
}

static void
test_people (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) technicians = NULL;
  g_autoptr(GPtrArray) vendors = NULL;
  g_autoptr(GError) error = NULL;

  rfi_remote_technicians_async (fixture->admin, "vendor-002", FALSE, NULL, done_cb, fixture);
  technicians = rfi_remote_technicians_finish (fixture->admin, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (technicians->len, >=, 1);
  for (guint i = 0; i < technicians->len; i++)
    g_assert_cmpstr (((RfiUser *) technicians->pdata[i])->vendor_id, ==, "vendor-002");
  g_clear_object (&fixture->result);

  rfi_remote_vendors_async (fixture->admin, NULL, done_cb, fixture);
  vendors = rfi_remote_vendors_finish (fixture->admin, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (vendors->len, >=, 2);
  g_clear_object (&fixture->result);

  rfi_remote_vendors_async (fixture->technician, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_vendors_finish (fixture->technician, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_FORBIDDEN);
}

static void
test_pull (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *since = NULL;
  g_autoptr(GPtrArray) all = pull (fixture, NULL, &since);
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(GPtrArray) delta = NULL;
  RfiJob *got;
  gint64 count;

  rfi_remote_count_async (fixture->admin, NULL, done_cb, fixture);
  count = rfi_remote_count_finish (fixture->admin, wait (fixture), NULL);
  g_clear_object (&fixture->result);
  g_assert_cmpint (count, ==, all->len);
  g_assert_cmpuint (all->len, >=, 8);

  /* A create whose answer got lost is found again by the operation that made it. */
  job = create (fixture, "New", "7f6ad0d2-3f2e-4c55-9f0e-6a5a5a1d0001");
  delta = pull (fixture, since, NULL);
  g_assert_cmpuint (delta->len, ==, 1);
  got = delta->pdata[0];
  g_assert_cmpstr (got->id, ==, job->id);
  g_assert_true (rfi_etag_equal (got->etag, job->etag));
  g_assert_cmpstr (rfi_job_extra_get_operation (got->extra), ==,
                   "7f6ad0d2-3f2e-4c55-9f0e-6a5a5a1d0001");
  g_assert_cmpstr (got->description, ==, "5\u00b0F \"too\" warm\n\U0001f527");
  g_assert_nonnull (got->created_by_name);
}

static void
test_writes (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiJob) job = create (fixture, "Door", "7f6ad0d2-3f2e-4c55-9f0e-6a5a5a1d0002");
  g_autoptr(RfiPatch) changes = rfi_patch_new ();
  g_autoptr(RfiJob) edited = NULL;
  g_autoptr(RfiJob) assigned = NULL;

  g_autoptr(RfiJob) started = NULL;
  g_autoptr(GPtrArray) technicians = NULL;
  const char *technician_id;

  rfi_patch_set (changes, RFI_FIELD_CITY, "Waco");
  rfi_remote_edit_async (fixture->admin, job, changes, RFI_ETAG_TEXT (job->etag), NULL,
                         NULL, done_cb, fixture);
  edited = wait_job (fixture, -1);
  g_assert_cmpstr (edited->city, ==, "Waco");
  g_assert_cmpstr (edited->zip_code, ==, "75201");
  g_assert_cmpstr (rfi_job_extra_get_operation (edited->extra), ==,
                   rfi_job_extra_get_operation (job->extra));
  g_assert_false (rfi_etag_equal (edited->etag, job->etag));

  rfi_remote_edit_async (fixture->admin, job, changes, RFI_ETAG_TEXT (job->etag), NULL,
                         NULL, done_cb, fixture);
  g_assert_null (wait_job (fixture, RFI_REMOTE_ERROR_CONFLICT));
  rfi_remote_set_status_async (fixture->admin, job->id, RFI_STATUS_COMPLETED,
                               RFI_ETAG_TEXT (edited->etag), NULL, NULL, done_cb, fixture);
  g_assert_null (wait_job (fixture, RFI_REMOTE_ERROR_ILLEGAL_STEP));
  rfi_remote_assign_async (fixture->admin, job->id, "nobody", NULL, NULL, NULL, done_cb, fixture);
  g_assert_null (wait_job (fixture, RFI_REMOTE_ERROR_INVALID));
  rfi_remote_get_job_async (fixture->technician, job->id, NULL, done_cb, fixture);
  wait (fixture);
  g_assert_null (rfi_remote_job_finish (fixture->technician, fixture->result, NULL));
  g_clear_object (&fixture->result);

  rfi_remote_technicians_async (fixture->admin, "vendor-001", FALSE, NULL, done_cb, fixture);
  technicians = rfi_remote_technicians_finish (fixture->admin, wait (fixture), NULL);
  g_clear_object (&fixture->result);
  technician_id = ((RfiUser *) technicians->pdata[0])->id;

  rfi_remote_assign_async (fixture->admin, job->id, technician_id,
                           RFI_ETAG_TEXT (edited->etag), NULL, NULL, done_cb, fixture);
  assigned = wait_job (fixture, -1);
  g_assert_cmpstr (assigned->assigned_to, ==, technician_id);
  g_assert_cmpint (assigned->status, ==, RFI_STATUS_ASSIGNED);

  rfi_remote_set_status_async (fixture->admin, job->id, RFI_STATUS_IN_PROGRESS,
                               RFI_ETAG_TEXT (assigned->etag), NULL, NULL, done_cb, fixture);
  started = wait_job (fixture, -1);
  g_assert_cmpint (started->status, ==, RFI_STATUS_IN_PROGRESS);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiJob) job = create (fixture, "Gone", NULL);
  g_autoptr(GError) error = NULL;

  rfi_remote_delete_async (fixture->technician, job->id, NULL, NULL, done_cb, fixture);
  g_assert_false (rfi_remote_delete_finish (fixture->technician, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_clear_object (&fixture->result);

  rfi_remote_delete_async (fixture->admin, job->id, NULL, NULL, done_cb, fixture);
  g_assert_true (rfi_remote_delete_finish (fixture->admin, wait (fixture), &error));
  g_clear_object (&fixture->result);

  rfi_remote_get_job_async (fixture->admin, job->id, NULL, done_cb, fixture);
  g_assert_null (wait_job (fixture, RFI_REMOTE_ERROR_NOT_FOUND));
}

/* One transparent pixel. */
static const char png[] =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
  "gg==";

static void
test_photos (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiJob) job = create (fixture, "Photographed", NULL);
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GBytes) none = g_bytes_new_static ("no picture", 10);
  g_autoptr(RfiPhoto) photo = NULL;
  g_autoptr(RfiJob) with_photo = NULL;
  g_autoptr(GBytes) picture = NULL;
  g_autoptr(GError) error = NULL;
  guchar *decoded;
  gsize length;

  decoded = g_base64_decode (png, &length);
  content = g_bytes_new_take (decoded, length);
  rfi_remote_upload_photo_async (fixture->admin, job->id, content, "\u00e9t\u00e9 & co.png",
                                 "image/png", NULL, NULL, NULL, NULL, done_cb, fixture);
  photo = rfi_remote_upload_photo_finish (fixture->admin, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (photo->file_name, ==, "\u00e9t\u00e9 & co.png");
  g_assert_cmpint (photo->size, ==, (gint64) length);
  g_clear_object (&fixture->result);

  rfi_remote_get_job_async (fixture->admin, job->id, NULL, done_cb, fixture);
  with_photo = wait_job (fixture, -1);
  g_assert_cmpuint (with_photo->n_photos, ==, 1);
  g_assert_false (rfi_etag_equal (with_photo->etag, job->etag));

  rfi_remote_fetch_photo_async (fixture->admin,
                                ((RfiPhoto *) with_photo->photos->pdata[0])->url, NULL, done_cb,
                                fixture);
  picture = rfi_remote_fetch_photo_finish (fixture->admin, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (picture, content));
  g_clear_object (&fixture->result);

  rfi_remote_delete_photo_async (fixture->admin, job->id, photo->id, NULL, NULL, done_cb, fixture);
  g_assert_true (rfi_remote_delete_photo_finish (fixture->admin, wait (fixture), &error));
  g_clear_object (&fixture->result);

  rfi_remote_upload_photo_async (fixture->admin, job->id, none, "x.png", "image/png", NULL, NULL,
                                 NULL, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_upload_photo_finish (fixture->admin, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INVALID);
}

typedef struct
{
  char  *job_id;
  int    event;
  guint  n_closed;
} Heard;

static void
event_cb (Heard      *heard,
          int         event,
          RfiJob     *job,
          const char *previous_status,
          const char *triggered_by)
{
  g_free (heard->job_id);
  heard->job_id = g_strdup (job != NULL ? job->id : NULL);
  heard->event = event;
}

static void
closed_cb (Heard  *heard,
           GError *error)
{
  heard->n_closed++;
}

static void
test_hub (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);
  g_autoptr(RfiHubClient) hub = rfi_hub_client_new (fixture->admin, clock);
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(GError) error = NULL;
  Heard heard = { 0 };

  g_signal_connect_swapped (hub, "event", G_CALLBACK (event_cb), &heard);
  g_signal_connect_swapped (hub, "closed", G_CALLBACK (closed_cb), &heard);
  rfi_hub_client_connect_async (hub, NULL, done_cb, fixture);
  g_assert_true (rfi_hub_client_connect_finish (hub, wait (fixture), &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->result);

  job = create (fixture, "Told", NULL);
  rfi_test_wait (g_strcmp0 (heard.job_id, job->id) == 0);
  g_assert_cmpint (heard.event, ==, RFI_HUB_EVENT_JOB_CREATED);

  rfi_test_server_kill (fixture->server);
  rfi_test_wait (heard.n_closed == 1);
  g_assert_false (rfi_hub_client_is_connected (hub));
  g_free (heard.job_id);
}

/* Connections that were kept from before do not spoil the first request after. */
static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) before = pull (fixture, NULL, NULL);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(RfiJob) job = NULL;

  rfi_test_server_kill (fixture->server);
  rfi_remote_get_job_async (fixture->admin, "x", NULL, done_cb, fixture);
  wait (fixture);
  {
    g_autoptr(GError) error = NULL;

    g_assert_null (rfi_remote_job_finish (fixture->admin, fixture->result, &error));
    g_assert_true (rfi_remote_error_is_network (error));
    g_clear_object (&fixture->result);
  }

  rfi_test_server_start (fixture->server);
  after = pull (fixture, NULL, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  job = create (fixture, "After", NULL);
  g_assert_cmpstr (job->title, ==, "After");
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/remote/server/health-and-login", test_health_and_login },
    { "/remote/server/people", test_people },
    { "/remote/server/pull", test_pull },
    { "/remote/server/writes", test_writes },
    { "/remote/server/delete", test_delete },
    { "/remote/server/photos", test_photos },
    { "/remote/server/hub", test_hub },
    { "/remote/server/restart", test_restart },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
