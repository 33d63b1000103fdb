/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sync: what a client that asks "since" again and again gets, and the stream of everything. */

#include "config.h"

#include "rfi-server-store.h"
#include "rfi-test-http.h"

#include <string.h>

#define N_MANY    4000
#define N_WRITES  300
#define JOB \
  "{\"title\":\"job %u\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"vendor-001\"," \
  "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\"," \
  "\"zipCode\":\"75201\"}}"

static RfiTestServer *server;
static SoupSession *session;
static char *admin;

static RfiTestAnswer *
call (const char *method,
      const char *path,
      const char *json)
{
  return rfi_test_http_call (session, rfi_test_server_get_url (server), method, path, admin, json);
}

static RfiTestAnswer *
sync_since (const char *since)
{
  g_autofree char *json = since != NULL ? g_strdup_printf ("{\"since\":\"%s\"}", since)
                                        : g_strdup ("{}");
  RfiTestAnswer *answer = call ("POST", "/api/jobs/sync", json);

  g_assert_cmpuint (answer->status, ==, 200);
  return answer;
}

static guint
count (const char *text,
       const char *what)
{
  guint n = 0;

  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + 1, what))
    n++;
  return n;
}

static char *
make_job (guint number)
{
  g_autofree char *json = g_strdup_printf (JOB, number);
  g_autoptr(RfiTestAnswer) answer = call ("POST", "/api/jobs", json);

  g_assert_cmpuint (answer->status, ==, 201);
  return rfi_test_answer_get (answer, "id");
}

/* Nothing twice, nothing missed, the latest first. */
static void
test_delta (void)
{
  g_autoptr(RfiTestAnswer) all = sync_since (NULL);
  g_autofree char *moment = rfi_test_answer_get (all, "syncTimestamp");
  g_autoptr(RfiTestAnswer) nothing = sync_since (moment);
  g_autofree char *first = make_job (1);
  g_autofree char *second = make_job (2);
  g_autoptr(RfiTestAnswer) two = sync_since (moment);
  g_autofree char *later = rfi_test_answer_get (two, "syncTimestamp");
  g_autoptr(RfiTestAnswer) again = sync_since (later);

  g_assert_cmpuint (strlen (moment), ==, 24);
  g_assert_cmpuint (count (nothing->text, "\"id\":"), ==, 0);
  g_assert_true (g_str_has_prefix (nothing->text, "{\"data\":[],\"syncTimestamp\":\""));
  g_assert_cmpuint (count (two->text, "\"_etag\":"), ==, 2);
  g_assert_true (strstr (two->text, second) < strstr (two->text, first));
  g_assert_cmpuint (count (again->text, "\"_etag\":"), ==, 0);
}

static void
wrote_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GHashTable *missing = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  g_autofree char *text = NULL;
  RfiTestAnswer answer = { 0 };

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  answer.text = text;
  g_hash_table_add (missing, rfi_test_answer_get (&answer, "id"));
}

static void
start_write (SoupSession *many,
             guint        number,
             GHashTable  *missing)
{
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), "/api/jobs", NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", admin, NULL);
  g_autofree char *json = g_strdup_printf (JOB, number);
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_and_read_async (many, message, G_PRIORITY_DEFAULT, NULL, wrote_cb, missing);
}

/* Remembers every id that a delta told of. */
static char *
take_delta (const char *since,
            GHashTable *seen)
{
  g_autoptr(RfiTestAnswer) delta = sync_since (since);

  for (const char *at = strstr (delta->text, "{\"id\":\""); at != NULL;
       at = strstr (at + 1, "{\"id\":\""))
    g_hash_table_add (seen, g_strndup (at + 7, 36));
  return rfi_test_answer_get (delta, "syncTimestamp");
}

/* The original loses a write that is stamped before, and lands after, a moment it gave out. */
static void
test_nothing_falls_behind (void)
{
  g_autoptr(SoupSession) many =
    soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", 8, NULL);
  g_autoptr(GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(RfiTestAnswer) all = sync_since (NULL);
  g_autofree char *since = rfi_test_answer_get (all, "syncTimestamp");
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < N_WRITES; i++)
    start_write (many, i, written);

  while (g_hash_table_size (written) < N_WRITES)
    {
      char *next;

      g_main_context_iteration (NULL, FALSE);
      next = take_delta (since, seen);
      g_free (since);
      since = next;
    }
  g_free (take_delta (since, seen));

  g_hash_table_iter_init (&iter, written);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (seen, id));
}

/* Times never step back, not even over a restart. */
static void
test_restart (void)
{
  g_autofree char *id = make_job (7);
  g_autoptr(RfiTestAnswer) before = sync_since (NULL);
  g_autofree char *moment = rfi_test_answer_get (before, "syncTimestamp");
  g_autofree char *later = NULL;
  g_autoptr(RfiTestAnswer) delta = NULL;

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  rfi_test_server_start (server);
  later = make_job (8);
  delta = sync_since (moment);
  g_assert_nonnull (strstr (delta->text, later));
  g_assert_null (strstr (delta->text, id));
}

static void
fill_many (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiServerStore) store = NULL;

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  store = rfi_server_store_open (rfi_test_server_get_data_dir (server), NULL, &error);
  g_assert_no_error (error);
  rfi_server_store_begin (store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      RfiJob job = {
        .id = id, .title = "many", .description = "one of many",
        .vendor_id = "vendor-009", .created_by = "nobody", .created_at = i, .updated_at = i,
        .store_name = "s", .address = "a", .city = "c", .state = "TX", .zip_code = "75201",
      };

      g_assert_true (rfi_server_store_add_job (store, &job, &error));
    }
  rfi_server_store_end (store, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (rfi_server_store_close (store, &error));
  rfi_test_server_start (server);
}

/* More than fits into one piece: whole, in order, and the same when compressed. */
static void
test_stream (void)
{
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), "/api/jobs/sync", NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", admin, NULL);
  g_autoptr(RfiTestAnswer) plain = NULL;
  g_autoptr(RfiTestAnswer) packed = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
      g_autoptr(GBytes) body = g_bytes_new_static ("{}", 2);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                   authorization);
      soup_message_set_request_body_from_bytes (message, "application/json", body);
      if (i == 0)
        {
          soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
          plain = rfi_test_http_send (session, message);
        }
      else
        {
          packed = rfi_test_http_send (session, message);
        }
    }

  g_assert_cmpuint (count (plain->text, "\"title\":\"many\""), ==, N_MANY);
  g_assert_true (g_str_has_suffix (plain->text, "Z\"}"));
  g_assert_null (soup_message_headers_get_one (plain->headers, "Content-Encoding"));
  g_assert_cmpstr (soup_message_headers_get_one (packed->headers, "Content-Encoding"), ==, "gzip");
  g_assert_cmpuint (soup_message_headers_get_encoding (packed->headers), ==,
                    SOUP_ENCODING_CHUNKED);
  g_assert_cmpuint (strcspn (plain->text, "]"), ==, strcspn (packed->text, "]"));
  g_assert_cmpint (strncmp (plain->text, packed->text, plain->length - 40), ==, 0);
}

/* A client that goes away in the middle leaves a server that goes on. */
static void
test_gone_client (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), "/api/jobs/sync", NULL);
      g_autofree char *authorization = g_strconcat ("Bearer ", admin, NULL);
      g_autoptr(SoupSession) leaving =
        soup_session_new_with_options ("proxy-resolver", NULL, NULL);
      g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
      g_autoptr(GBytes) body = g_bytes_new_static ("{}", 2);
      g_autoptr(GInputStream) stream = NULL;
      char some[1000];
      gsize n_read;

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                   authorization);
      soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
      soup_message_set_request_body_from_bytes (message, "application/json", body);
      stream = soup_session_send (leaving, message, NULL, NULL);
      g_assert_nonnull (stream);
      g_assert_true (g_input_stream_read_all (stream, some, sizeof some, &n_read, NULL, NULL));
      soup_session_abort (leaving);
    }

  rfi_test_answer_free (sync_since (NULL));
  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  rfi_test_server_start (server);
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

  g_test_add_func ("/api-sync/delta", test_delta);
  g_test_add_func ("/api-sync/nothing-falls-behind", test_nothing_falls_behind);
  g_test_add_func ("/api-sync/restart", test_restart);
  fill_many ();
  g_test_add_func ("/api-sync/stream", test_stream);
  g_test_add_func ("/api-sync/gone-client", test_gone_client);
  result = g_test_run ();

  g_free (admin);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
