/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests that come twice because an answer was lost: done once, answered alike. */

#include "config.h"

#include "rfi-db.h"
#include "rfi-test-http.h"

#include <string.h>

#define JOB \
  "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"vendor-001\"," \
  "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\"," \
  "\"zipCode\":\"75201\"}}"

static RfiTestServer *server;
static SoupSession *session;
static char *admin;
static char *dispatcher;

static RfiTestAnswer *
call_with_key (const char *method,
               const char *path,
               const char *token,
               const char *json,
               const char *key)
{
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), path, NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr(GBytes) body = json != NULL ? g_bytes_new (json, strlen (json)) : NULL;

  soup_message_headers_append (headers, "Authorization", authorization);
  if (key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", key);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  return rfi_test_http_send (session, message);
}

static guint
get_total (void)
{
  g_autoptr(RfiTestAnswer) list =
    call_with_key ("GET", "/api/jobs?limit=1", admin, NULL, NULL);

  return (guint) g_ascii_strtoull (strstr (list->text, "\"total\":") + 8, NULL, 10);
}

static gboolean
is_replayed (RfiTestAnswer *answer)
{
  return soup_message_headers_get_one (answer->headers, "Idempotent-Replayed") != NULL;
}

static void
test_create (void)
{
  guint before = get_total ();
  g_autoptr(RfiTestAnswer) first = call_with_key ("POST", "/api/jobs", admin, JOB, "key-1");
  g_autoptr(RfiTestAnswer) second = call_with_key ("POST", "/api/jobs", admin, JOB, "key-1");
  g_autoptr(RfiTestAnswer) other = call_with_key ("POST", "/api/jobs", admin, JOB, "key-2");
  g_autoptr(RfiTestAnswer) of_another =
    call_with_key ("POST", "/api/jobs", dispatcher, JOB, "key-1");

  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 201);
  g_assert_cmpstr (first->text, ==, second->text);
  g_assert_false (is_replayed (first));
  g_assert_true (is_replayed (second));
  g_assert_cmpstr (other->text, !=, first->text);
  g_assert_cmpstr (of_another->text, !=, first->text);
  g_assert_cmpuint (get_total (), ==, before + 3);
}

static void
test_another_request (void)
{
  g_autoptr(RfiTestAnswer) first = call_with_key ("POST", "/api/jobs", admin, JOB, "key-3");
  g_autofree char *changed = g_strdup (JOB);
  g_autoptr(RfiTestAnswer) second = NULL;

  *strstr (changed, "\"t\"") = ' ';
  *strstr (changed, " t\"") = '"';
  changed[strlen ("{\"title\":\"")] = 'u';
  second = call_with_key ("POST", "/api/jobs", admin, changed, "key-3");
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 400);
  g_assert_nonnull (strstr (second->text, "belongs to another request"));
}

static void
test_bad_keys (void)
{
  g_autofree char *long_key = g_strnfill (256, 'k');
  g_autoptr(RfiTestAnswer) too_long = call_with_key ("POST", "/api/jobs", admin, JOB, long_key);
  g_autoptr(RfiTestAnswer) with_space = call_with_key ("POST", "/api/jobs", admin, JOB, "a b");

  g_assert_cmpuint (too_long->status, ==, 400);
  g_assert_cmpuint (with_space->status, ==, 400);
}

/* Without a key the repeat is 422; with it, the first answer, also after a crash. */
static void
test_status_over_crash (void)
{
  g_autoptr(RfiTestAnswer) created = call_with_key ("POST", "/api/jobs", admin, JOB, NULL);
  g_autofree char *id = rfi_test_answer_get (created, "id");
  g_autofree char *etag = rfi_test_answer_get (created, "_etag");
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s/status", id);
  g_autofree char *json =
    g_strdup_printf ("{\"_etag\":\"%s\",\"status\":\"cancelled\"}", etag);
  g_autoptr(RfiTestAnswer) first = call_with_key ("PATCH", path, admin, json, "step-1");
  g_autoptr(RfiTestAnswer) repeat = NULL;
  g_autoptr(RfiTestAnswer) without = NULL;

  g_assert_cmpuint (first->status, ==, 200);
  rfi_test_server_kill (server);
  rfi_test_server_start (server);
  soup_session_abort (session);

  repeat = call_with_key ("PATCH", path, admin, json, "step-1");
  without = call_with_key ("PATCH", path, admin, json, NULL);
  g_assert_cmpuint (repeat->status, ==, 200);
  g_assert_true (is_replayed (repeat));
  g_assert_cmpstr (repeat->text, ==, first->text);
  g_assert_cmpuint (without->status, ==, 422);
}

/* A refusal is not kept: what it was about may have changed. */
static void
test_refusal (void)
{
  g_autoptr(RfiTestAnswer) created = call_with_key ("POST", "/api/jobs", admin, JOB, NULL);
  g_autofree char *id = rfi_test_answer_get (created, "id");
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autoptr(RfiTestAnswer) gone =
    call_with_key ("DELETE", "/api/jobs/none", admin, NULL, "delete-1");
  g_autoptr(RfiTestAnswer) first = call_with_key ("DELETE", path, admin, NULL, "delete-2");
  g_autoptr(RfiTestAnswer) repeat = call_with_key ("DELETE", path, admin, NULL, "delete-2");
  g_autoptr(RfiTestAnswer) again =
    call_with_key ("DELETE", "/api/jobs/none", admin, NULL, "delete-1");

  g_assert_cmpuint (gone->status, ==, 404);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (repeat->status, ==, 200);
  g_assert_true (is_replayed (repeat));
  g_assert_cmpuint (again->status, ==, 404);
  g_assert_false (is_replayed (again));
}

/* When the answer is no longer kept it is said that it was done, and it is not done again. */
static void
test_long_ago (void)
{
  g_autoptr(RfiTestAnswer) first = call_with_key ("POST", "/api/jobs", admin, JOB, "key-4");
  g_autofree char *path = g_build_filename (rfi_test_server_get_data_dir (server), "server.db",
                                            NULL);
  guint before = get_total ();
  g_autoptr(RfiTestAnswer) repeat = NULL;
  g_autoptr(GError) error = NULL;
  RfiDb *db;

  g_assert_cmpuint (first->status, ==, 201);
  rfi_test_server_kill (server);
  db = rfi_db_open (path, TRUE, "/com/retailfixit/Dispatch/sql/server", &error);
  g_assert_no_error (error);
  g_assert_true (rfi_db_run (db, "UPDATE answer SET body = '' WHERE key = 'key-4'", &error));
  g_assert_true (rfi_db_close (db, &error));
  rfi_test_server_start (server);
  soup_session_abort (session);

  repeat = call_with_key ("POST", "/api/jobs", admin, JOB, "key-4");
  g_assert_cmpuint (repeat->status, ==, 410);
  g_assert_nonnull (strstr (repeat->text, "\"ANSWER_GONE\""));
  g_assert_cmpuint (get_total (), ==, before);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  server = rfi_test_server_new (NULL);
  session = rfi_test_http_new ();
  admin = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  dispatcher = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);

  g_test_add_func ("/api-repeats/create", test_create);
  g_test_add_func ("/api-repeats/another-request", test_another_request);
  g_test_add_func ("/api-repeats/bad-keys", test_bad_keys);
  g_test_add_func ("/api-repeats/status-over-crash", test_status_over_crash);
  g_test_add_func ("/api-repeats/refusal", test_refusal);
  g_test_add_func ("/api-repeats/long-ago", test_long_ago);
  result = g_test_run ();

  g_free (admin);
  g_free (dispatcher);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
