/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-remote-error.h"
#include "rfi-soup-transport.h"

#include "rfi-test-bad-server.h"
#include "rfi-test-wait.h"

#include <libsoup/soup.h>
#include <string.h>

/* What one request came to. */
typedef struct
{
  gboolean     done;
  RfiResponse *response;  /* (owned) (nullable) */
  GError      *error;     /* (owned) (nullable) */
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->response, rfi_response_free);
  g_clear_error (&outcome->error);
  outcome->done = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->response = rfi_transport_send_finish (RFI_TRANSPORT (object), result, &outcome->error);
  outcome->done = TRUE;
}

static void
send (RfiTransport *transport,
      RfiRequest   *request,
      Outcome      *outcome)
{
  outcome_clear (outcome);
  rfi_transport_send_async (transport, request, NULL, done_cb, outcome);
  rfi_test_wait (outcome->done);
}

static RfiRequest *
new_post (const char *body)
{
  RfiRequest *request = rfi_request_new ("POST", "/api/x");

  rfi_request_set_json (request, g_string_new (body));
  return request;
}

static void
assert_body (Outcome    *outcome,
             const char *expected)
{
  gsize length;
  const char *data;

  g_assert_no_error (outcome->error);
  data = g_bytes_get_data (outcome->response->body, &length);
  g_assert_cmpmem (data, length, expected, strlen (expected));
}

/* Headers and body there, status, headers and body back; one connection serves many requests. */
static gboolean
echo (RfiTestRequest *request,
      gpointer        user_data)
{
  g_assert_cmpstr (request->path, ==, "/prefix/api/x");
  g_assert_true (rfi_test_request_has_header (request, "Content-Type: application/json"));
  g_assert_true (rfi_test_request_has_header (request, "Authorization: Bearer t"));
  g_assert_true (rfi_test_request_has_header (request, "Connection: Keep-Alive"));
  rfi_test_request_reply (request, 201, "X-Request-Id: 7\r\n", request->body->str);
  return TRUE;
}

static void
test_exchange (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (echo, NULL);
  g_autofree char *base = g_strconcat (rfi_test_bad_server_get_url (server), "/prefix/", NULL);
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (base);
  g_auto(Outcome) outcome = { 0 };

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(RfiRequest) request = new_post ("{\"a\":1}");

      request->idempotent = TRUE;
      rfi_request_add_header (request, "Authorization", "Bearer t");
      send (transport, request, &outcome);
      assert_body (&outcome, "{\"a\":1}");
      g_assert_cmpuint (outcome.response->status, ==, 201);
      g_assert_cmpstr (rfi_response_get_header (outcome.response, "x-request-ID"), ==, "7");
    }

  g_assert_cmpuint (rfi_test_bad_server_get_n_connections (server), ==, 1);
}

/* A server that closes idle connections without a word after each answer it gave: what is
 * idempotent is sent again, a write is not, and neither fails.
 */
static gboolean
hang_up_on_second (RfiTestRequest *request,
                   gpointer        user_data)
{
  gint *last_connection = user_data;

  if ((guint) g_atomic_int_get (last_connection) == request->connection)
    return FALSE;

  g_atomic_int_set (last_connection, (gint) request->connection);
  rfi_test_request_reply (request, 200, NULL, "{}");
  return TRUE;
}

static void
test_stale_connection (void)
{
  gint last_connection = 0;
  g_autoptr(RfiTestBadServer) server =
    rfi_test_bad_server_new (hang_up_on_second, &last_connection);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_auto(Outcome) outcome = { 0 };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(RfiRequest) request = new_post ("{}");

      request->idempotent = TRUE;
      send (transport, request, &outcome);
      assert_body (&outcome, "{}");
    }
  g_assert_cmpuint (rfi_test_bad_server_get_n_requests (server), ==, 7);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(RfiRequest) request = new_post ("{}");

      send (transport, request, &outcome);
      assert_body (&outcome, "{}");
    }
  g_assert_cmpuint (rfi_test_bad_server_get_n_requests (server), ==, 11);
}

/* One fault each: how it is called, and whether the request may have taken effect. */
static gboolean
lose_reply (RfiTestRequest *request,
            gpointer        user_data)
{
  return FALSE;
}

static gboolean
stay_silent (RfiTestRequest *request,
             gpointer        user_data)
{
  rfi_test_request_await_close (request);
  return FALSE;
}

static gboolean
stop_in_head (RfiTestRequest *request,
              gpointer        user_data)
{
  rfi_test_request_write (request, "HTTP/1.1 200 OK\r\nContent-Le", -1);
  return FALSE;
}

static gboolean
stop_in_body (RfiTestRequest *request,
              gpointer        user_data)
{
  rfi_test_request_write (request, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\"", -1);
  return FALSE;
}

static gboolean
stop_in_chunk (RfiTestRequest *request,
               gpointer        user_data)
{
  rfi_test_request_write (request,
                          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "4\r\n{\"da\r\n10\r\nta", -1);
  return FALSE;
}

static gboolean
stall_in_body (RfiTestRequest *request,
               gpointer        user_data)
{
  rfi_test_request_write (request, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\"", -1);
  rfi_test_request_await_close (request);
  return FALSE;
}

static gboolean
speak_nonsense (RfiTestRequest *request,
                gpointer        user_data)
{
  rfi_test_request_write (request, "220 mail.example ESMTP\r\n", -1);
  return FALSE;
}

static const struct {
  const char           *name;
  RfiTestBadServerFunc  func;
  RfiRemoteError        code;
} faults[] = {
  { "lost-reply", lose_reply, RFI_REMOTE_ERROR_INTERRUPTED },
  { "silent", stay_silent, RFI_REMOTE_ERROR_TIMEOUT },
  { "stop-in-head", stop_in_head, RFI_REMOTE_ERROR_INTERRUPTED },
  { "stop-in-body", stop_in_body, RFI_REMOTE_ERROR_INTERRUPTED },
  { "stop-in-chunk", stop_in_chunk, RFI_REMOTE_ERROR_INTERRUPTED },
  { "stall-in-body", stall_in_body, RFI_REMOTE_ERROR_TIMEOUT },
  { "nonsense", speak_nonsense, RFI_REMOTE_ERROR_INTERRUPTED },
};

static void
test_fault (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (faults[i].func, NULL);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };

  request->timeout = 1500;
  send (transport, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, (int) faults[i].code);
  g_assert_true (rfi_remote_error_maybe_applied (outcome.error));
  g_assert_true (rfi_remote_error_is_network (outcome.error));
  g_assert_cmpuint (rfi_test_bad_server_get_n_requests (server), ==, 1);
}

/* Nobody listens: then nothing can have happened. */
static void
test_refused (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (lose_reply, NULL);
  g_autofree char *url = g_strdup (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new (url);
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };

  g_clear_pointer (&server, rfi_test_bad_server_free);
  send (transport, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_OFFLINE);
  g_assert_false (rfi_remote_error_maybe_applied (outcome.error));
}

static void
test_unresolvable (void)
{
  g_autoptr(RfiTransport) transport = rfi_soup_transport_new ("http://no-such-host.invalid");
  g_autoptr(RfiTransport) broken = rfi_soup_transport_new ("no address");
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };

  send (transport, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_OFFLINE);
  send (broken, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
}

/* Slow, but never longer without a sign of life than the timeout allows. */
static gboolean
trickle (RfiTestRequest *request,
         gpointer        user_data)
{
  rfi_test_request_write (request, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n", -1);
  for (guint i = 0; i < 8; i++)
    {
      g_usleep (60000);
      rfi_test_request_write (request, "x", 1);
    }
  return TRUE;
}

static void
test_trickle (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (trickle, NULL);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };

  request->timeout = 3000;
  send (transport, request, &outcome);
  assert_body (&outcome, "xxxxxxxx");
}

static gboolean
reply_gzip (RfiTestRequest *request,
            gpointer        user_data)
{
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  g_autofree char *plain = g_strnfill (200000, 'y');
  g_autofree char *packed = g_malloc (200000);
  g_autofree char *head = NULL;
  gsize read;
  gsize length;

  g_assert_nonnull (strstr (request->head, "\r\nAccept-Encoding: identity"));
  g_converter_convert (G_CONVERTER (gzip), plain, 200000, packed, 200000,
                       G_CONVERTER_INPUT_AT_END, &read, &length, NULL);
  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  rfi_test_request_write (request, head, -1);
  rfi_test_request_write (request, packed, (gssize) length);
  return TRUE;
}

static gboolean
count_chunk (const char  *data,
             gsize        length,
             gpointer     user_data,
             GError     **error)
{
  gsize *total = user_data;

  *total += length;
  if (*total <= 1000000)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Enough");
  return FALSE;
}

/* Pieces of the body go to the request's function, unpacked; the answer then has none. */
static void
test_chunks (void)
{
  /* Nothing from this machine need be packed; the server does it all the same. */
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (reply_gzip, NULL);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };
  gsize total = 0;

  request->chunk_func = count_chunk;
  request->user_data = &total;
  send (transport, request, &outcome);
  assert_body (&outcome, "");
  g_assert_cmpuint (total, ==, 200000);

  total = 900000;
  send (transport, request, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);

  request->chunk_func = NULL;
  request->body_limit = 1000;
  send (transport, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
}

/* The words of a refusal are not part of what was asked for. */
static gboolean
refuse (RfiTestRequest *request,
        gpointer        user_data)
{
  rfi_test_request_reply (request, 302, "Location: http://portal.invalid/\r\n", "no");
  return TRUE;
}

static void
test_chunks_of_refusal (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (refuse, NULL);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };
  gsize total = 0;

  request->chunk_func = count_chunk;
  request->user_data = &total;
  send (transport, request, &outcome);
  assert_body (&outcome, "no");
  g_assert_cmpuint (outcome.response->status, ==, 302);
  g_assert_cmpuint (total, ==, 0);
}

static void
test_cancel (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (stall_in_body, NULL);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_autoptr(GCancellable) before = g_cancellable_new ();
  g_autoptr(GCancellable) at_once = g_cancellable_new ();
  g_autoptr(GCancellable) during = g_cancellable_new ();
  g_auto(Outcome) outcome = { 0 };

  g_cancellable_cancel (before);
  rfi_transport_send_async (transport, request, before, done_cb, &outcome);
  rfi_test_wait (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);

  rfi_transport_send_async (transport, request, at_once, done_cb, &outcome);
  g_cancellable_cancel (at_once);
  rfi_test_wait (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
  g_assert_cmpuint (rfi_test_bad_server_get_n_requests (server), ==, 0);

  rfi_transport_send_async (transport, request, during, done_cb, &outcome);
  rfi_test_wait (rfi_test_bad_server_get_n_requests (server) == 1);
  rfi_test_settle ();
  g_cancellable_cancel (during);
  rfi_test_wait (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Too late is too late, and harmless. */
  g_cancellable_cancel (during);
  rfi_test_settle ();
}

/* A transport may go while a request is under way; the request still ends. */
static void
test_dropped (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (stay_silent, NULL);
  RfiTransport *transport = rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_auto(Outcome) outcome = { 0 };

  request->timeout = 200;
  rfi_transport_send_async (transport, request, NULL, done_cb, &outcome);
  g_object_unref (transport);
  rfi_test_wait (outcome.done);
  g_assert_nonnull (outcome.error);
}

typedef struct
{
  gint64 last;
  gint64 total;
  guint  n;
} Progress;

static void
progress_cb (gint64   sent,
             gint64   total,
             gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpint (sent, >, progress->last);
  g_assert_cmpint (sent, <=, total);
  progress->last = sent;
  progress->total = total;
  progress->n++;
}

static gboolean
answer_ok (RfiTestRequest *request,
           gpointer        user_data)
{
  rfi_test_request_reply (request, 200, NULL, "{}");
  return TRUE;
}

static void
test_progress (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (answer_ok, NULL);
  g_autoptr(RfiTransport) transport =
    rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
  g_autofree char *body = g_strnfill (3000000, 'z');
  g_autoptr(RfiRequest) request = new_post (body);
  Progress progress = { 0 };
  g_auto(Outcome) outcome = { 0 };

  request->bulk = TRUE;
  request->progress_func = progress_cb;
  request->user_data = &progress;
  send (transport, request, &outcome);
  assert_body (&outcome, "{}");
  g_assert_cmpint (progress.last, ==, 3000000);
  g_assert_cmpint (progress.total, ==, 3000000);
  g_assert_cmpuint (progress.n, >, 1);
}

/* A refusal that comes before the body was taken. With the connection kept open it arrives;
 * a server that closes instead may break the writing first, and that counts as interrupted.
 */
static gboolean
refuse_early (RfiTestRequest *request,
              gpointer        user_data)
{
  gboolean keep = GPOINTER_TO_INT (user_data);

  rfi_test_request_reply (request, 400, keep ? NULL : "Connection: close\r\n",
                          "{\"error\":{\"code\":\"UPLOAD_ERROR\",\"message\":\"No\"}}");
  if (keep)
    rfi_test_request_await_close (request);
  return FALSE;
}

static void
test_early_refusal (void)
{
  g_autofree char *body = g_strnfill (8000000, 'z');

  for (guint keep = 0; keep < 2; keep++)
    {
      g_autoptr(RfiTestBadServer) server =
        rfi_test_bad_server_new (refuse_early, GINT_TO_POINTER (keep));
      g_autoptr(RfiTransport) transport =
        rfi_soup_transport_new (rfi_test_bad_server_get_url (server));
      g_autoptr(RfiRequest) request = new_post (body);
      g_auto(Outcome) outcome = { 0 };

      rfi_test_bad_server_leave_bodies (server);
      send (transport, request, &outcome);
      if (keep)
        g_assert_no_error (outcome.error);
      if (outcome.error == NULL)
        g_assert_cmpuint (outcome.response->status, ==, 400);
      else
        g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INTERRUPTED);
    }
}

/* A certificate of nobody, for 127.0.0.1, made for this test. */
static const char self_signed[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBjzCCATagAwIBAgIUF8qCpdYvGRuIAkm1TSAtqxe1HpkwCgYIKoZIzj0EAwIw\n"
  "FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTExMzQ1MFoYDzIxMjYxMDI4\n"
  "MTEzNDUwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO\n"
  "PQMBBwNCAATz21VH+xIxS3u7J3zlybCKCTddRLB1Qk92KTpKDYoNW+2Pq00/2zU2\n"
  "Kj71q7sydQknDjr+0SKWQ5DOHGOJTg3Vo2QwYjAdBgNVHQ4EFgQUPk1WYWoeYoU/\n"
  "798QBE9+flYVEoUwHwYDVR0jBBgwFoAUPk1WYWoeYoU/798QBE9+flYVEoUwDwYD\n"
  "VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC\n"
  "ICc19eAcRXnBqIcJbaTN1+oGSBd94z5MlUB/Xwfs/s+SAiB08TwdU14mAvDFTUTl\n"
  "jMjHgYf7VUlOSe/dhZ40p9OZgQ==\n"
  "-----END CERTIFICATE-----\n"
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6zNaingZgOn0Yf7z\n"
  "/zoAXvvR0z4nLRtPVGqlo1PgzsihRANCAATz21VH+xIxS3u7J3zlybCKCTddRLB1\n"
  "Qk92KTpKDYoNW+2Pq00/2zU2Kj71q7sydQknDjr+0SKWQ5DOHGOJTg3V\n"
  "-----END PRIVATE KEY-----\n";

static void
secret_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "secret", 6);
}

/* An unknown certificate is refused and named; only the very one a person vouched for is taken. */
static void
test_pin (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTlsCertificate) certificate =
    g_tls_certificate_new_from_pem (self_signed, -1, &error);
  g_autoptr(SoupServer) server = soup_server_new ("tls-certificate", certificate, NULL);
  g_autoptr(RfiRequest) request = new_post ("{}");
  g_autoptr(RfiTransport) transport = NULL;
  g_autofree char *url = NULL;
  g_autofree char *pin = NULL;
  g_auto(Outcome) outcome = { 0 };
  GSList *uris;

  g_assert_no_error (error);
  soup_server_add_handler (server, NULL, secret_cb, NULL, NULL);
  g_assert_true (soup_server_listen_local (server, 0,
                                           SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY,
                                           &error));
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("https://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  transport = rfi_soup_transport_new (url);
  g_assert_null (rfi_soup_transport_get_refused_pin (RFI_SOUP_TRANSPORT (transport)));
  send (transport, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_CERTIFICATE);
  g_assert_false (rfi_remote_error_maybe_applied (outcome.error));
  pin = g_strdup (rfi_soup_transport_get_refused_pin (RFI_SOUP_TRANSPORT (transport)));
  g_assert_cmpuint (strlen (pin), ==, 64);

  rfi_soup_transport_set_pin (RFI_SOUP_TRANSPORT (transport), "00");
  send (transport, request, &outcome);
  g_assert_error (outcome.error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_CERTIFICATE);

  rfi_soup_transport_set_pin (RFI_SOUP_TRANSPORT (transport), pin);
  send (transport, request, &outcome);
  assert_body (&outcome, "secret");
}

/* In a thread with a context of its own, as the sync thread has. */
typedef struct
{
  const char *url;
  Outcome     outcome;
} Job;

static gpointer
thread_func (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(RfiRequest) request = new_post ("{}");
  RfiTransport *transport;

  g_main_context_push_thread_default (context);
  transport = rfi_soup_transport_new (job->url);
  rfi_transport_send_async (transport, request, NULL, done_cb, &job->outcome);
  while (!job->outcome.done)
    g_main_context_iteration (context, TRUE);
  g_object_unref (transport);
  while (g_main_context_iteration (context, FALSE))
    continue;
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_thread (void)
{
  g_autoptr(RfiTestBadServer) server = rfi_test_bad_server_new (answer_ok, NULL);
  Job job = { .url = rfi_test_bad_server_get_url (server) };

  g_thread_join (g_thread_new ("client", thread_func, &job));
  assert_body (&job.outcome, "{}");
  outcome_clear (&job.outcome);
}

static void
test_check_url (void)
{
  static const struct {
    const char *text;
    const char *url;
  } cases[] = {
    { "http://localhost:3000", "http://localhost:3000" },
    { "HTTPS://Example.com/", "https://Example.com" },
    { "https://h/base/", "https://h/base" },
    { "ftp://h", NULL },
    { "h:3000", NULL },
    { "http://", NULL },
    { "http://u:p@h", NULL },
    { "http://h/?x=1", NULL },
    { "http://h/#x", NULL },
    { "http://h:99999", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (rfi_soup_transport_check_url (cases[i].text, &url), ==,
                       cases[i].url != NULL);
      g_assert_cmpstr (url, ==, cases[i].url);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/soup-transport/exchange", test_exchange);
  g_test_add_func ("/remote/soup-transport/stale-connection", test_stale_connection);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/soup-transport/fault/", faults[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_fault);
    }
  g_test_add_func ("/remote/soup-transport/refused", test_refused);
  g_test_add_func ("/remote/soup-transport/unresolvable", test_unresolvable);
  g_test_add_func ("/remote/soup-transport/trickle", test_trickle);
  g_test_add_func ("/remote/soup-transport/chunks", test_chunks);
  g_test_add_func ("/remote/soup-transport/chunks-of-refusal", test_chunks_of_refusal);
  g_test_add_func ("/remote/soup-transport/cancel", test_cancel);
  g_test_add_func ("/remote/soup-transport/dropped", test_dropped);
  g_test_add_func ("/remote/soup-transport/progress", test_progress);
  g_test_add_func ("/remote/soup-transport/early-refusal", test_early_refusal);
  g_test_add_func ("/remote/soup-transport/pin", test_pin);
  g_test_add_func ("/remote/soup-transport/thread", test_thread);
  g_test_add_func ("/remote/soup-transport/check-url", test_check_url);

  return g_test_run ();
}
