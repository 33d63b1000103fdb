/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-remote-jobs.h"
#include "rfi-remote-photos.h"
#include "rfi-soup-transport.h"

#include "rfi-test-bad-server.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>
#include <string.h>

#define JOB                                                                                        \
  "{\"id\":\"j 1\",\"title\":\"T\",\"status\":\"pending\",\"priority\":\"low\","                   \
  "\"vendorId\":\"v\","                                                                         \
  "\"createdAt\":\"2026-11-20T08:12:22.988Z\",\"updatedAt\":\"2026-11-20T08:12:22.988Z\","         \
  "\"_etag\":\"\\\"e\\\"\"}"

/* A server that answers every request alike, and keeps the last one to look at. */
typedef struct
{
  RfiTestBadServer *server;
  RfiRemote        *remote;
  guint             status;
  const char       *headers;  /* (nullable) */
  const char       *body;
  char             *line;     /* (owned): method and path of the last request */
  char             *key;      /* (owned): its Idempotency-Key, or "" */
  char             *sent;     /* (owned): its body */
  gboolean          authorized;
  GAsyncResult     *result;   /* (owned) (nullable) */
} Fixture;

static gboolean
answer (RfiTestRequest *request,
        gpointer        user_data)
{
  Fixture *fixture = user_data;
  const char *key = strstr (request->head, "\r\nIdempotency-Key: ");

  g_free (fixture->line);
  g_free (fixture->key);
  g_free (fixture->sent);
  fixture->line = g_strdup_printf ("%s %s", request->method, request->path);
  fixture->key = key != NULL ? g_strndup (key + 19, strcspn (key + 19, "\r")) : g_strdup ("");
  fixture->sent = g_strndup (request->body->str, request->body->len);
  fixture->authorized = rfi_test_request_has_header (request, "Authorization: Bearer tok");
  rfi_test_request_reply (request, fixture->status, fixture->headers, fixture->body);
  return TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(RfiTransport) transport = NULL;

  fixture->server = rfi_test_bad_server_new (answer, fixture);
  transport = rfi_soup_transport_new (rfi_test_bad_server_get_url (fixture->server));
  fixture->remote = rfi_remote_new (transport);
  rfi_remote_set_token (fixture->remote, "tok");
  fixture->status = 200;
  fixture->body = "{\"data\":" JOB "}";
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_object_unref (fixture->remote);
  rfi_test_bad_server_free (fixture->server);
  g_free (fixture->line);
  g_free (fixture->key);
  g_free (fixture->sent);
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

static void
assert_job (Fixture    *fixture,
            const char *line,
            const char *key,
            const char *sent)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) job = rfi_remote_job_finish (fixture->remote, wait (fixture), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (job->id, ==, "j 1");
  g_assert_cmpstr (RFI_ETAG_TEXT (job->etag), ==, "\"e\"");
  g_assert_cmpstr (fixture->line, ==, line);
  g_assert_cmpstr (fixture->key, ==, key);
  g_assert_cmpstr (fixture->sent, ==, sent);
  g_assert_true (fixture->authorized);
  g_clear_object (&fixture->result);
}

static void
test_jobs (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(RfiPatch) fields = rfi_patch_new ();
  RfiJob template = { .id = "j 1" };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  rfi_remote_get_job_async (fixture->remote, "j 1", NULL, done_cb, fixture);
  assert_job (fixture, "GET /api/jobs/j%201", "", "");

  rfi_patch_set (fields, RFI_FIELD_TITLE, "T");
  fixture->status = 201;
  rfi_remote_create_async (fixture->remote, fields, "v", "op", NULL, done_cb, fixture);
  assert_job (fixture, "POST /api/jobs", "op",
              "{\"title\":\"T\",\"description\":\"\",\"priority\":\"\",\"vendorId\":\"v\","
              "\"location\":{\"storeName\":\"\",\"address\":\"\",\"city\":\"\",\"state\":\"\","
              "\"zipCode\":\"\",\"opId\":\"op\"}}");

  fixture->status = 200;
  rfi_remote_edit_async (fixture->remote, job, fields, "\"e\"", "op", NULL, done_cb, fixture);
  assert_job (fixture, "PATCH /api/jobs/j%201", "op", "{\"_etag\":\"\\\"e\\\"\",\"title\":\"T\"}");

  rfi_remote_set_status_async (fixture->remote, "../x?y", RFI_STATUS_CANCELLED, "e", "op", NULL,
                               done_cb, fixture);
  assert_job (fixture, "PATCH /api/jobs/..%2Fx%3Fy/status", "op",
              "{\"status\":\"cancelled\",\"_etag\":\"e\"}");

  rfi_remote_assign_async (fixture->remote, "j 1", "u", NULL, NULL, NULL, done_cb, fixture);
  assert_job (fixture, "POST /api/jobs/j%201/assign", "", "{\"technicianId\":\"u\"}");
}

/* What each status asks for, with the server's code and words. */
static void
test_statuses (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    guint           status;
    const char     *headers;
    const char     *body;
    RfiRemoteError  code;
    const char     *words;  /* "CODE message" */
    gint64          retry_after;
    gboolean        maybe_applied;
    gboolean        transient;
  } cases[] = {
#define BODY(code) "{\"error\":{\"code\":\"" code "\",\"message\":\"words\"}}"
    { 401, NULL, BODY ("TOKEN_EXPIRED"), RFI_REMOTE_ERROR_AUTH_REQUIRED, "TOKEN_EXPIRED words" },
    { 403, NULL, BODY ("FORBIDDEN"), RFI_REMOTE_ERROR_FORBIDDEN, "FORBIDDEN words" },
    { 404, NULL, BODY ("NOT_FOUND"), RFI_REMOTE_ERROR_NOT_FOUND, "NOT_FOUND words" },
    { 409, NULL, BODY ("CONFLICT"), RFI_REMOTE_ERROR_CONFLICT, "CONFLICT words" },
    { 422, NULL, BODY ("X"), RFI_REMOTE_ERROR_ILLEGAL_STEP, "X words" },
    { 400, NULL, BODY ("VALIDATION_ERROR"), RFI_REMOTE_ERROR_INVALID, "VALIDATION_ERROR words" },
    { 413, NULL, "<html>", RFI_REMOTE_ERROR_TOO_LARGE, "HTTP_413 HTTP 413" },
    { 415, NULL, "", RFI_REMOTE_ERROR_INVALID, "HTTP_415 HTTP 415" },
    { 429, "Retry-After: 7\r\n", BODY ("RATE_LIMITED"), RFI_REMOTE_ERROR_RATE_LIMITED,
      "RATE_LIMITED words", 7000, FALSE, TRUE },
    { 429, "Retry-After: 99999999\r\n", "", RFI_REMOTE_ERROR_RATE_LIMITED, "HTTP_429 HTTP 429",
      3600000, FALSE, TRUE },
    { 503, "Retry-After: 1\r\n", "", RFI_REMOTE_ERROR_RATE_LIMITED, "HTTP_503 HTTP 503", 1000,
      FALSE, TRUE },
    { 500, NULL, BODY ("INTERNAL_ERROR"), RFI_REMOTE_ERROR_SERVER, "INTERNAL_ERROR words", 0, TRUE,
      TRUE },
    { 502, "Retry-After: soon\r\n", "Bad Gateway", RFI_REMOTE_ERROR_SERVER, "HTTP_502 HTTP 502", 0,
      TRUE, TRUE },
    { 408, NULL, "", RFI_REMOTE_ERROR_TIMEOUT, "HTTP_408 HTTP 408", 0, TRUE, TRUE },
    { 302, "Location: /login\r\n", "", RFI_REMOTE_ERROR_PROTOCOL, "HTTP_302 HTTP 302", 0, TRUE,
      TRUE },
    { 511, NULL, "<html>Sign in to this network", RFI_REMOTE_ERROR_SERVER, "HTTP_511 HTTP 511", 0,
      TRUE, TRUE },
#undef BODY
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *words = NULL;

      g_test_message ("%u", cases[i].status);
      fixture->status = cases[i].status;
      fixture->headers = cases[i].headers;
      fixture->body = cases[i].body;
      rfi_remote_set_status_async (fixture->remote, "j", RFI_STATUS_ASSIGNED, "e", "op", NULL,
                                   done_cb, fixture);
      g_assert_null (rfi_remote_job_finish (fixture->remote, wait (fixture), &error));
      g_clear_object (&fixture->result);

      g_assert_error (error, RFI_REMOTE_ERROR, (int) cases[i].code);
      words = g_strdup_printf ("%s %s", rfi_remote_error_get_code (error), error->message);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpuint (rfi_remote_error_get_http_status (error), ==, cases[i].status);
      g_assert_cmpint (rfi_remote_error_get_retry_after (error), ==, cases[i].retry_after);
      g_assert_cmpint (rfi_remote_error_maybe_applied (error), ==, cases[i].maybe_applied);
      g_assert_cmpint (rfi_remote_error_is_transient (error), ==, cases[i].transient);
    }
}

/* A page where JSON should be is nobody we know, whatever its status says. */
static void
test_captive_portal (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const bodies[] = {
    "<!DOCTYPE html><html>Welcome! Accept our terms</html>", "", "{}", "{\"data\":[]}", "[1,2",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GError) job_error = NULL;
      g_autoptr(GError) health_error = NULL;
      g_autoptr(GError) delete_error = NULL;

      fixture->body = bodies[i];
      rfi_remote_get_job_async (fixture->remote, "j", NULL, done_cb, fixture);
      g_assert_null (rfi_remote_job_finish (fixture->remote, wait (fixture), &job_error));
      g_assert_error (job_error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
      g_clear_object (&fixture->result);

      rfi_remote_health_async (fixture->remote, 3000, NULL, done_cb, fixture);
      g_assert_null (rfi_remote_health_finish (fixture->remote, wait (fixture), &health_error));
      g_assert_error (health_error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
      g_assert_true (rfi_remote_error_is_network (health_error));
      g_clear_object (&fixture->result);

      if (*bodies[i] == '{')
        continue;
      rfi_remote_delete_async (fixture->remote, "j", NULL, NULL, done_cb, fixture);
      g_assert_false (rfi_remote_delete_finish (fixture->remote, wait (fixture), &delete_error));
      g_assert_error (delete_error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
      g_clear_object (&fixture->result);
    }
}

static void
test_health (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiHealth) degraded = NULL;
  g_autoptr(RfiHealth) fine = NULL;
  g_autoptr(GError) error = NULL;

  fixture->status = 503;
  fixture->body = "{\"status\":\"degraded\",\"services\":{\"api\":\"ok\",\"cosmosDb\":\"error\"}}";
  rfi_remote_health_async (fixture->remote, 3000, NULL, done_cb, fixture);
  degraded = rfi_remote_health_finish (fixture->remote, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_false (degraded->ok);
  g_assert_false (fixture->authorized);
  g_clear_object (&fixture->result);

  fixture->status = 200;
  fixture->body = "{\"status\":\"ok\",\"services\":{},\"capabilities\":[\"x\"]}";
  rfi_remote_health_async (fixture->remote, 3000, NULL, done_cb, fixture);
  fine = rfi_remote_health_finish (fixture->remote, wait (fixture), &error);
  g_assert_true (fine->ok);
  g_assert_true (rfi_health_has (fine, "x"));
  g_clear_object (&fixture->result);

  fixture->status = 500;
  fixture->body = "oops";
  rfi_remote_health_async (fixture->remote, 3000, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_health_finish (fixture->remote, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_SERVER);
}

static void
test_people (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiUser) user = NULL;
  g_autofree char *token = NULL;
  g_autofree char *hub_token = NULL;
  g_autofree char *url = NULL;
  g_autoptr(GPtrArray) people = NULL;

  fixture->body = "{\"token\":\"new\",\"user\":{\"id\":\"u\",\"email\":\"a@b.c\","
                  "\"role\":\"dispatcher\","
                  "\"vendorId\":\"v\",\"displayName\":\"D\"}}";
  rfi_remote_login_async (fixture->remote, "a@b.c", "pw", NULL, done_cb, fixture);
  user = rfi_remote_login_finish (fixture->remote, wait (fixture), &token, NULL);
  g_assert_cmpstr (token, ==, "new");
  g_assert_cmpstr (user->display_name, ==, "D");
  g_assert_cmpstr (fixture->sent, ==, "{\"email\":\"a@b.c\",\"password\":\"pw\"}");
  g_assert_false (fixture->authorized);
  g_clear_object (&fixture->result);

  fixture->body = "{\"data\":[{\"id\":\"t\",\"displayName\":\"T\",\"vendorId\":\"v\"}]}";
  rfi_remote_technicians_async (fixture->remote, "v&1", FALSE, NULL, done_cb, fixture);
  people = rfi_remote_technicians_finish (fixture->remote, wait (fixture), NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (fixture->line, ==, "GET /api/auth/technicians?vendorId=v%261");
  g_clear_object (&fixture->result);
  g_clear_pointer (&people, g_ptr_array_unref);

  fixture->body = "{\"data\":[{\"id\":\"t\",\"displayName\":\"T\",\"vendorId\":\"v\","
                  "\"skills\":[\"hvac\"],\"workingHours\":{\"start\":\"07:30\",\"end\":\"16:00\"},"
                  "\"active\":false}]}";
  rfi_remote_technicians_async (fixture->remote, NULL, TRUE, NULL, done_cb, fixture);
  people = rfi_remote_technicians_finish (fixture->remote, wait (fixture), NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpint (((RfiUser *) people->pdata[0])->work_start, ==, 450);
  g_assert_true (((RfiUser *) people->pdata[0])->inactive);
  g_assert_cmpstr (fixture->line, ==, "GET /api/auth/technicians?fields=v1");
  g_clear_object (&fixture->result);

  fixture->body = "{\"url\":\"http://hub\",\"accessToken\":\"h\"}";
  rfi_remote_negotiate_async (fixture->remote, NULL, done_cb, fixture);
  url = rfi_remote_negotiate_finish (fixture->remote, wait (fixture), &hub_token, NULL);
  g_assert_cmpstr (url, ==, "http://hub");
  g_assert_cmpstr (hub_token, ==, "h");
}

static void
take_job (RfiJob   *job,
          gpointer  user_data)
{
  (*(guint *) user_data)++;
  rfi_job_unref (job);
}

static void
test_pull (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(RfiRemotePull) pull = NULL;
  g_autoptr(GError) error = NULL;
  guint n_jobs = 0;

  fixture->body = "{\"data\":[" JOB "," JOB ",{\"id\":\"bad\"}],"
                  "\"syncTimestamp\":\"2026-11-21T08:12:22.9Z\"}";
  rfi_remote_pull_async (fixture->remote, "2026", take_job, &n_jobs, NULL, done_cb, fixture);
  pull = rfi_remote_pull_finish (fixture->remote, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->sent, ==, "{\"since\":\"2026\"}");
  g_assert_cmpuint (n_jobs, ==, 2);
  g_assert_cmpuint (pull->n_jobs, ==, 2);
  g_assert_cmpuint (pull->n_bad, ==, 1);
  g_assert_cmpstr (pull->sync_timestamp, ==, "2026-11-21T08:12:22.9Z");
  g_clear_object (&fixture->result);

  fixture->body = "{\"data\":[" JOB ",";
  rfi_remote_pull_async (fixture->remote, NULL, take_job, &n_jobs, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_pull_finish (fixture->remote, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_clear_object (&fixture->result);

  fixture->body = "{\"data\":[]}";
  rfi_remote_pull_async (fixture->remote, NULL, take_job, &n_jobs, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_pull_finish (fixture->remote, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_clear_object (&fixture->result);

  fixture->body = "{\"data\":[],\"pagination\":{\"total\":41,\"limit\":1,\"offset\":0}}";
  rfi_remote_count_async (fixture->remote, NULL, done_cb, fixture);
  g_assert_cmpint (rfi_remote_count_finish (fixture->remote, wait (fixture), NULL), ==, 41);
  g_assert_cmpstr (fixture->line, ==, "GET /api/jobs?limit=1");
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->body = "{\"message\":\"Job deleted\"}";
  rfi_remote_delete_async (fixture->remote, "j", "op", NULL, done_cb, fixture);
  g_assert_true (rfi_remote_delete_finish (fixture->remote, wait (fixture), NULL));
  g_assert_cmpstr (fixture->line, ==, "DELETE /api/jobs/j");
  g_clear_object (&fixture->result);

  rfi_remote_delete_photo_async (fixture->remote, "j", "a/b", "op", NULL, done_cb, fixture);
  g_assert_true (rfi_remote_delete_photo_finish (fixture->remote, wait (fixture), NULL));
  g_assert_cmpstr (fixture->line, ==, "DELETE /api/jobs/j/attachments/a%2Fb");
}

static void
progress_cb (gint64   sent,
             gint64   total,
             gpointer user_data)
{
  *(double *) user_data = (double) sent / (double) total;
}

static void
test_upload (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GBytes) content = g_bytes_new_static ("\xff\xd8\xff--", 5);
  g_autoptr(GBytes) large = g_bytes_new_take (g_malloc0 (RFI_PHOTO_SIZE_LIMIT),
                                              RFI_PHOTO_SIZE_LIMIT);
  g_autoptr(RfiPhoto) photo = NULL;
  g_autoptr(GError) error = NULL;
  double fraction = 0;

  fixture->status = 201;
  fixture->body = "{\"data\":{\"attachment\":{\"id\":\"a\",\"fileName\":\"x.jpg\"},"
                  "\"sasUrl\":\"http://s\"}}";
  rfi_remote_upload_photo_async (fixture->remote, "j", content, "\u00e9t\u00e9 \"1\".jpg",
                                 "image/jpeg", "op", progress_cb, &fraction, NULL, done_cb,
                                 fixture);
  photo = rfi_remote_upload_photo_finish (fixture->remote, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (photo->url, ==, "http://s");
  g_assert_cmpstr (fixture->line, ==, "POST /api/jobs/j/attachments");
  g_assert_cmpstr (fixture->key, ==, "op");
  g_assert_cmpfloat (fraction, ==, 1.0);
  g_assert_nonnull (strstr (fixture->sent, "name=\"photo\"; filename=\"ete _1_.jpg\"; "
                                           "filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.jpg\r\n"
                                           "Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff--\r\n"));
  g_clear_object (&fixture->result);

  rfi_remote_upload_photo_async (fixture->remote, "j", large, "x", "image/jpeg", "op", NULL,
                                 NULL, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_upload_photo_finish (fixture->remote, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TOO_LARGE);
}

static void
test_fetch_photo (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *url =
    g_strconcat (rfi_test_bad_server_get_url (fixture->server), "/blob?sig=1", NULL);
  g_autoptr(GBytes) picture = NULL;
  g_autoptr(GError) error = NULL;

  fixture->body = "\x89PNG\r\n\x1a\n....";
  rfi_remote_fetch_photo_async (fixture->remote, url, NULL, done_cb, fixture);
  picture = rfi_remote_fetch_photo_finish (fixture->remote, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (picture), ==, 12);
  g_assert_cmpstr (fixture->line, ==, "GET /blob?sig=1");
  g_assert_false (fixture->authorized);
  g_clear_object (&fixture->result);

  fixture->body = "<svg onload='x'/>";
  rfi_remote_fetch_photo_async (fixture->remote, url, NULL, done_cb, fixture);
  g_assert_null (rfi_remote_fetch_photo_finish (fixture->remote, wait (fixture), &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/remote/jobs", test_jobs },
    { "/remote/statuses", test_statuses },
    { "/remote/captive-portal", test_captive_portal },
    { "/remote/health", test_health },
    { "/remote/people", test_people },
    { "/remote/pull", test_pull },
    { "/remote/delete", test_delete },
    { "/remote/upload", test_upload },
    { "/remote/fetch-photo", test_fetch_photo },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
