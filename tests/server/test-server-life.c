/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program itself: how it starts, what it says when it cannot, how it ends. */

#include "config.h"

#include "rfi-db.h"
#include "rfi-test-http.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define TROUBLE  1
#define USAGE    64
#define BAD_DATA 65
#define NO_DATA  66
#define IN_USE   75

/* Runs it with @options, a NULL-terminated list, to its end.
 * @said: (out): standard error */
static int
run (const char * const  *options,
     const char          *input,
     char               **said)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *out = NULL;

  g_ptr_array_add (argv, (gpointer) g_getenv ("RFI_SERVER"));
  for (guint i = 0; options[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) options[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char * const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, said, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_bad_options (void)
{
  static const struct {
    const char *options[6];
    const char *sentence;
  } cases[] = {
    { { NULL }, "--data" },
    { { "--nonsense" }, "--nonsense" },
    { { "--data=x", "surplus" }, "surplus" },
    { { "--data=x", "--port=70000" }, "--port" },
    { { "--data=x", "--port=abc" }, "abc" },
    { { "--data=x", "--listen=nowhere" }, "--listen" },
    { { "--data=x", "--listen=0.0.0.0" }, "--insecure" },
    { { "--data=x", "--listen=::" }, "--insecure" },
    { { "--data=x", "--sample=huge" }, "--sample" },
    { { "--data=x", "--jobs=0" }, "--jobs" },
    { { "--data=x", "--tls-certificate=c.pem" }, "--tls-key" },
    { { "--data=x", "--email=a@b.c" }, "--create-user" },
    { { "--data=x", "--create-user" }, "--email" },
    { { "--data=x", "--create-user", "--email=a@b.c", "--role=boss" }, "--role" },
    { { "--data=x", "--create-user", "--email=a@b.c", "--role=technician" }, "--vendor" },
    { { "--data=x", "--create-user", "--email=a@b.c", "--vendor=v" }, "--vendor" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = NULL;

      g_assert_cmpint (run (cases[i].options, NULL, &said), ==, USAGE);
      g_assert_true (g_str_has_prefix (said, "retailfixit-server: "));
      g_assert_nonnull (strstr (said, cases[i].sentence));
    }
}

static void
test_one_at_a_time (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autofree char *data = g_strdup_printf ("--data=%s", rfi_test_server_get_data_dir (server));
  g_autofree char *own = g_strdup_printf ("--data=%s/own", g_get_user_data_dir ());
  g_autofree char *port = g_strdup_printf ("--port=%u", rfi_test_server_get_port (server));
  const char * const same_data[] = { data, "--port=0", NULL };
  const char * const same_port[] = { own, port, NULL };
  g_autofree char *of_data = NULL;
  g_autofree char *of_port = NULL;

  g_assert_cmpint (run (same_data, NULL, &of_data), ==, IN_USE);
  g_assert_nonnull (strstr (of_data, "Another server is using"));
  g_assert_cmpint (run (same_port, NULL, &of_port), ==, IN_USE);
  g_assert_nonnull (strstr (of_port, "in use"));
}

/* Secrets and data are the server's own. */
static void
test_private_files (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  static const char * const names[] = { "jwt-secret", "server.db", "server.db-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path =
        g_build_filename (rfi_test_server_get_data_dir (server), names[i], NULL);
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_mode & 0077, ==, 0);
    }
}

/* A token outlives a restart, for the secret does. */
static void
test_restart (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autoptr(RfiTestAnswer) before =
    rfi_test_http_call (session, rfi_test_server_get_url (server), "GET", "/api/jobs", token, NULL);
  g_autoptr(RfiTestAnswer) after = NULL;

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  rfi_test_server_start (server);
  soup_session_abort (session);
  after =
    rfi_test_http_call (session, rfi_test_server_get_url (server), "GET", "/api/jobs", token, NULL);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpstr (after->text, ==, before->text);
}

static void
test_create_user (void)
{
  static const char * const empty[] = { NULL };
  g_autoptr(RfiTestServer) server = rfi_test_server_new (empty);
  g_autofree char *data = g_strdup_printf ("--data=%s", rfi_test_server_get_data_dir (server));
  const char * const options[] = {
    data, "--create-user", "--email=Boss@example.org", "--name=The Boss", NULL,
  };
  g_autofree char *none = NULL;
  g_autofree char *made = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *token = NULL;

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  g_assert_cmpint (run (options, "\n", &none), ==, USAGE);
  g_assert_cmpint (run (options, "correct horse\n", &made), ==, 0);
  g_assert_cmpint (run (options, "correct horse\n", &twice), ==, NO_DATA);
  rfi_test_server_start (server);
  token = rfi_test_server_sign_in (server, "boss@example.org", "correct horse");
  g_assert_nonnull (token);
}

static RfiTestAnswer *
make_job (RfiTestServer *server,
          SoupSession   *session,
          const char    *token)
{
  return rfi_test_http_call (
    session, rfi_test_server_get_url (server), "POST", "/api/jobs", token,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"v\","
    "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\","
    "\"zipCode\":\"75201\"}}");
}

/* Somebody with the file in hand rewrites who did it. */
static void
tamper (RfiTestServer *server)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  g_autoptr(GError) error = NULL;
  RfiDb *db = rfi_db_open (path, TRUE, "/com/retailfixit/Dispatch/sql/server", &error);

  g_assert_no_error (error);
  rfi_db_run (db, "DROP TRIGGER audit_kept; UPDATE audit SET actor_id = 'me' WHERE n = 2", &error);
  g_assert_no_error (error);
  g_assert_true (rfi_db_close (db, NULL));
}

static void
test_verify_audit (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autofree char *data = g_strdup_printf ("--data=%s", rfi_test_server_get_data_dir (server));
  const char * const options[] = { data, "--verify-audit", NULL };
  const char * const nowhere[] = { "--data=nowhere", "--verify-audit", NULL };
  g_autofree char *whole = NULL;
  g_autofree char *broken = NULL;
  g_autofree char *none = NULL;

  for (guint i = 0; i < 3; i++)
    rfi_test_answer_free (make_job (server, session, token));
  g_assert_cmpint (run (options, NULL, &whole), ==, 0);
  g_assert_cmpstr (whole, ==, "");

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  tamper (server);
  g_assert_cmpint (run (options, NULL, &broken), ==, BAD_DATA);
  g_assert_nonnull (strstr (broken, "Entry 2 was altered"));
  g_assert_cmpint (run (nowhere, NULL, &none), ==, TROUBLE);
  g_assert_nonnull (strstr (none, "nowhere"));
}

/* What was answered is there after a power cut. */
static void
test_kill (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr(RfiTestAnswer) created = make_job (server, session, token);
      g_autofree char *id = rfi_test_answer_get (created, "id");
      g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
      g_autoptr(RfiTestAnswer) found = NULL;

      rfi_test_server_kill (server);
      rfi_test_server_start (server);
      soup_session_abort (session);
      found =
        rfi_test_http_call (session, rfi_test_server_get_url (server), "GET", path, token, NULL);
      g_assert_cmpuint (found->status, ==, 200);
    }
}

static void
test_headers (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), "/api/jobs", NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(RfiTestAnswer) first =
    rfi_test_http_call (session, rfi_test_server_get_url (server), "GET", "/api/jobs", token, NULL);
  const char *etag = soup_message_headers_get_one (first->headers, "ETag");
  g_autoptr(SoupMessage) again = soup_message_new ("GET", url);
  g_autoptr(SoupMessage) preflight = soup_message_new ("OPTIONS", url);
  g_autoptr(SoupMessage) head = soup_message_new ("HEAD", url);
  g_autoptr(RfiTestAnswer) same = NULL;
  g_autoptr(RfiTestAnswer) allowed = NULL;
  g_autoptr(RfiTestAnswer) bare = NULL;

  g_assert_true (g_str_has_prefix (etag, "W/\""));
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "Access-Control-Allow-Origin"),
                   ==, "*");
  g_assert_cmpstr (soup_message_headers_get_one (first->headers, "X-Content-Type-Options"), ==,
                   "nosniff");
  g_assert_nonnull (soup_message_headers_get_one (first->headers, "x-request-id"));

  soup_message_headers_append (soup_message_get_request_headers (again), "Authorization",
                               authorization);
  soup_message_headers_append (soup_message_get_request_headers (again), "If-None-Match", etag);
  soup_message_headers_append (soup_message_get_request_headers (again), "x-request-id",
                               "my.request-7");
  same = rfi_test_http_send (session, again);
  g_assert_cmpuint (same->status, ==, 304);
  g_assert_cmpuint (same->length, ==, 0);
  g_assert_cmpstr (soup_message_headers_get_one (same->headers, "x-request-id"), ==,
                   "my.request-7");

  soup_message_headers_append (soup_message_get_request_headers (preflight),
                               "Access-Control-Request-Headers", "authorization,x-y");
  allowed = rfi_test_http_send (session, preflight);
  g_assert_cmpuint (allowed->status, ==, 204);
  g_assert_cmpstr (soup_message_headers_get_one (allowed->headers, "Access-Control-Allow-Headers"),
                   ==, "authorization,x-y");
  g_assert_cmpstr (soup_message_headers_get_one (allowed->headers, "Access-Control-Allow-Methods"),
                   ==, "GET,HEAD,PUT,PATCH,POST,DELETE");

  soup_message_headers_append (soup_message_get_request_headers (head), "Authorization",
                               authorization);
  bare = rfi_test_http_send (session, head);
  g_assert_cmpuint (bare->status, ==, 200);
  g_assert_cmpuint (bare->length, ==, 0);
}

static void
test_limits (void)
{
  static const char * const options[] = { "--sample=small", "--rate=5", NULL };
  g_autoptr(RfiTestServer) server = rfi_test_server_new (options);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *long_header = g_strnfill (17000, 'h');
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), "/api/health", NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr(RfiTestAnswer) too_long = NULL;
  guint n_refused = 0;

  soup_message_headers_append (soup_message_get_request_headers (message), "x-long", long_header);
  too_long = rfi_test_http_send (session, message);
  g_assert_cmpuint (too_long->status, ==, 431);

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (
        session, rfi_test_server_get_url (server), "GET", "/api/health", NULL, NULL);

      if (answer->status != 429)
        continue;
      n_refused++;
      g_assert_nonnull (soup_message_headers_get_one (answer->headers, "Retry-After"));
      g_assert_nonnull (strstr (answer->text, "RATE_LIMITED"));
    }
  g_assert_cmpuint (n_refused, >, 5);
}

/* Guessing a password ends soon, and does not keep out who knows another's. */
static void
test_sign_in_limit (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = NULL;
  guint last = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr(RfiTestAnswer) answer = rfi_test_http_call (
        session, rfi_test_server_get_url (server), "POST", "/api/auth/login", NULL,
        "{\"email\":\"ahmed@coolair.com\",\"password\":\"guess\"}");

      last = answer->status;
    }
  g_assert_cmpuint (last, ==, 429);
  token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_assert_nonnull (token);
}

/* Nobody can tell from the time whether an address is known. */
static void
test_sign_in_time (void)
{
  static const char * const bodies[] = {
    "{\"email\":\"sara@sparkelectric.com\",\"password\":\"guess\"}",
    "{\"email\":\"nobody@sparkelectric.com\",\"password\":\"guess\"}",
  };
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  gint64 best[2] = { G_MAXINT64, G_MAXINT64 };

  for (guint i = 0; i < 10; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      rfi_test_answer_free (rfi_test_http_call (session, rfi_test_server_get_url (server), "POST",
                                                "/api/auth/login", NULL, bodies[i % 2]));
      best[i % 2] = MIN (best[i % 2], g_get_monotonic_time () - begun);
    }
  g_assert_cmpint (best[1], >, best[0] / 2);
  g_assert_cmpint (best[0], >, best[1] / 2);
}

static void
test_metrics (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  g_autoptr(RfiTestAnswer) metrics =
    rfi_test_http_call (session, rfi_test_server_get_url (server), "GET", "/metrics", NULL, NULL);

  g_assert_nonnull (token);
  g_assert_cmpuint (metrics->status, ==, 200);
  g_assert_nonnull (strstr (metrics->text, "rfi_requests_total{method=\"POST\","
                                           "route=\"/api/auth/login\",status=\"2xx\"} 1\n"));
  g_assert_nonnull (strstr (metrics->text, "\nrfi_jobs 8\n"));
  g_assert_nonnull (strstr (metrics->text, "le=\"+Inf\"} 1\n"));
}

static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  return TRUE;
}

/* A certificate of its own makes it speak TLS, and its addresses say so. */
static void
test_tls (void)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-tls-XXXXXX", NULL);
  g_autofree char *key = g_build_filename (dir, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (dir, "certificate.pem", NULL);
  g_autofree char *key_option = g_strconcat ("--tls-key=", key, NULL);
  g_autofree char *certificate_option = g_strconcat ("--tls-certificate=", certificate, NULL);
  const char * const make[] = {
    "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days",
    "2", "-keyout", key, "-out", certificate, NULL,
  };
  const char * const options[] = { certificate_option, key_option, NULL };
  g_autoptr(GSubprocess) openssl = g_subprocess_newv (
    make, G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);
  g_autoptr(RfiTestServer) server = NULL;
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(RfiTestAnswer) answer = NULL;
  g_autofree char *url = NULL;

  if (openssl == NULL)
    {
      g_test_skip ("openssl is not installed, which makes the certificate");
      return;
    }

  g_assert_true (g_subprocess_wait_check (openssl, NULL, NULL));
  server = rfi_test_server_new (options);
  g_assert_true (g_str_has_prefix (rfi_test_server_get_url (server), "https://127.0.0.1:"));
  url = g_strconcat (rfi_test_server_get_url (server), "/api/health", NULL);
  message = soup_message_new ("GET", url);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  answer = rfi_test_http_send (session, message);
  g_assert_cmpuint (answer->status, ==, 200);

  g_unlink (key);
  g_unlink (certificate);
  g_rmdir (dir);
}

/* Beyond the limit a connection is closed at once; those there are go on. */
static void
test_connections (void)
{
  static const char * const options[] = { "--sample=small", "--max-connections=3", NULL };
  g_autoptr(RfiTestServer) server = rfi_test_server_new (options);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  GSocketConnection *kept[3];
  g_autoptr(GSocketConnection) beyond = NULL;
  g_autofree char *url = NULL;
  char byte;

  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, 10);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      kept[i] = g_socket_client_connect_to_host (
        client, "127.0.0.1", (guint16) rfi_test_server_get_port (server), NULL, NULL);
      g_assert_nonnull (kept[i]);
    }

  beyond = g_socket_client_connect_to_host (
    client, "127.0.0.1", (guint16) rfi_test_server_get_port (server), NULL, NULL);
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (beyond)), &byte,
                                        1, NULL, NULL),
                   <=, 0);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_io_stream_close (G_IO_STREAM (kept[i]), NULL, NULL);
      g_object_unref (kept[i]);
    }
  /* Closed here is not yet noticed there: one may still be refused. */
  url = g_strconcat (rfi_test_server_get_url (server), "/api/health", NULL);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr(GBytes) body = NULL;

      body = soup_session_send_and_read (session, message, NULL, NULL);
      if (body != NULL && soup_message_get_status (message) == 200)
        return;
    }
  g_assert_not_reached ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/server-life/bad-options", test_bad_options);
  g_test_add_func ("/server-life/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/server-life/private-files", test_private_files);
  g_test_add_func ("/server-life/restart", test_restart);
  g_test_add_func ("/server-life/create-user", test_create_user);
  g_test_add_func ("/server-life/verify-audit", test_verify_audit);
  g_test_add_func ("/server-life/kill", test_kill);
  g_test_add_func ("/server-life/headers", test_headers);
  g_test_add_func ("/server-life/limits", test_limits);
  g_test_add_func ("/server-life/tls", test_tls);
  g_test_add_func ("/server-life/connections", test_connections);
  g_test_add_func ("/server-life/sign-in-limit", test_sign_in_limit);
  g_test_add_func ("/server-life/sign-in-time", test_sign_in_time);
  g_test_add_func ("/server-life/metrics", test_metrics);
  return g_test_run ();
}
