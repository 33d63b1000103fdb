/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests that no library would send, byte by byte: each gets an answer with a code, words and
 * the headers that every answer has. */

#include "config.h"

#include "rfi-test-server.h"

#include <gio/gio.h>
#include <string.h>

#define HEAD "Host: x\r\nConnection: close\r\n"
#define LOGIN "POST /api/auth/login HTTP/1.1\r\nContent-Type: application/json\r\n"

typedef struct
{
  const char *name;
  const char *text;
  const char *status;
  const char *words;   /* somewhere in the answer */
} Row;

static const Row rows[] = {
  { "no-request", "GARBAGE\r\n\r\n", "400", "\"BAD_REQUEST\"" },
  { "no-host", "GET /api/health HTTP/1.1\r\n\r\n", "400", "\"BAD_REQUEST\"" },
  { "space-in-name", "GET /api/health HTTP/1.1\r\nHost : x\r\n\r\n", "400", "\"BAD_REQUEST\"" },
  { "bad-escape", "GET /api/jobs/%zz HTTP/1.1\r\n" HEAD "\r\n", "400", "\"BAD_REQUEST\"" },
  { "escaped-nul", "GET /api/jobs/%00 HTTP/1.1\r\n" HEAD "\r\n", "400", "\"BAD_REQUEST\"" },
  { "escaped-way-up", "GET /photos/..%2fserver.db HTTP/1.1\r\n" HEAD "\r\n", "400",
    "\"BAD_REQUEST\"" },
  { "way-up", "GET /photos/../server.db HTTP/1.1\r\n" HEAD "\r\n", "404", "\"NOT_FOUND\"" },
  { "two-lengths", LOGIN HEAD "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", "400",
    "\"BAD_REQUEST\"" },
  { "odd-length", LOGIN HEAD "Content-Length: abc\r\n\r\n{}", "400", "\"BAD_REQUEST\"" },
  { "length-and-chunks",
    LOGIN HEAD "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400",
    "\"BAD_REQUEST\"" },
  { "chunks", LOGIN HEAD "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", "400",
    "Email and password are required" },
  { "expects", LOGIN HEAD "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}", "400",
    "Email and password are required" },
  { "expects-wonders", LOGIN HEAD "Expect: wonders\r\nContent-Length: 2\r\n\r\n{}", "417",
    "\"BAD_REQUEST\"" },
  { "packed-for-show", LOGIN HEAD "Content-Encoding: GZIP\r\nContent-Length: 2\r\n\r\n{}", "400",
    "\"INVALID_JSON\"" },
  { "negotiation", "POST /client/negotiate?hub=jobs HTTP/1.1\r\n" HEAD "Content-Length: 0\r\n\r\n",
    "401", "\"TOKEN_MISSING\"" },
};

static RfiTestServer *server;

static GSocketConnection *
connect_to_server (void)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (
    client, "127.0.0.1", (guint16) rfi_test_server_get_port (server), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* Everything up to the end of the connection. Returns: (transfer full) */
static char *
ask (const char *text)
{
  g_autoptr(GSocketConnection) connection = connect_to_server ();
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr(GOutputStream) answer = g_memory_output_stream_new_resizable ();
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_splice (answer, in, G_OUTPUT_STREAM_SPLICE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (answer, "", 1, NULL, NULL, NULL);
  g_output_stream_close (answer, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (answer));
}

/* The last of the answers: "100 Continue" comes before another. */
static const char *
find_last (const char *answer)
{
  const char *last = g_strrstr (answer, "HTTP/1.");

  g_assert_nonnull (last);
  return last;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *answer = ask (row->text);
  const char *last = find_last (answer);

  if (strncmp (last + strlen ("HTTP/1.x "), row->status, 3) != 0 || !strstr (last, row->words))
    g_error ("Not %s with %s: %s", row->status, row->words, answer);

  g_assert_nonnull (strstr (last, "\"message\":\""));
  g_assert_nonnull (strstr (last, "\r\nContent-Type: application/json"));
  g_assert_nonnull (strstr (last, "\r\nX-Content-Type-Options: nosniff"));
  g_assert_nonnull (strstr (last, "\r\nAccess-Control-Allow-Origin: *"));
}

/* Where the headers could be read, the answer tells under which number it is logged. */
static void
test_numbered (void)
{
  static const char * const requests[] = {
    "GET /photos/..%2fserver.db HTTP/1.1\r\n" HEAD "x-request-id: of-mine\r\n\r\n",
    LOGIN HEAD "Expect: 100-continue\r\nx-request-id: of-mine\r\nContent-Length: 2\r\n\r\n{}",
    "POST /client/negotiate HTTP/1.1\r\n" HEAD "x-request-id: of-mine\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = ask (requests[i]);

      g_assert_nonnull (strstr (find_last (answer), "\r\nx-request-id: of-mine\r\n"));
    }
}

/* What one answer had does not show in the next of the same connection. */
static void
test_next (void)
{
  g_autofree char *answer = ask ("GET /api/nowhere HTTP/1.1\r\nHost: x\r\n\r\n"
                                 "OPTIONS /api/jobs HTTP/1.1\r\n" HEAD "\r\n");
  const char *last = find_last (answer);

  g_assert_nonnull (strstr (answer, "Route GET /api/nowhere not found"));
  g_assert_true (g_str_has_prefix (last, "HTTP/1.1 204 "));
  g_assert_null (strstr (last, "Content-Type:"));
  g_assert_true (g_str_has_suffix (last, "\r\n\r\n"));
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  server = rfi_test_server_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/api-raw/", rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_row);
    }
  g_test_add_func ("/api-raw/numbered", test_numbered);
  g_test_add_func ("/api-raw/next", test_next);
  result = g_test_run ();

  rfi_test_server_free (server);
  return result;
}
