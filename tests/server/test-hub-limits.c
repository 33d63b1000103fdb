/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-fixture.h"

#include <string.h>

static void
test_pings (void)
{
  const RfiHubLimits limits = { .ping_interval = 20, .silence_timeout = 200 };
  Fixture fixture = { 0, };
  Client *client;

  set_up (&fixture, &limits);
  client = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  wait_until (count (client, "{\"type\":6}\x1e") >= 3);

  /* It never says a word again. */
  wait_until (client->closed);
  g_assert_cmpuint (count (client, "\"type\":7"), ==, 1);
  g_assert_cmpuint (count (client, "\"allowReconnect\":true"), ==, 1);
  g_assert_cmpuint (get_counts (&fixture).n_timeouts, ==, 1);
  g_assert_cmpuint (get_counts (&fixture).n_clients, ==, 0);

  close_client (client);
  tear_down (&fixture);
}

static void
test_late_handshake (void)
{
  const RfiHubLimits limits = { .handshake_timeout = 50 };
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  Client *client;

  set_up (&fixture, &limits);
  token = make_token (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  client = open_client (&fixture, token, "");
  wait_until (client->closed);
  g_assert_true (g_str_has_prefix (client->heard->str, "{\"error\":"));

  close_client (client);
  tear_down (&fixture);
}

static void
test_limits (void)
{
  const RfiHubLimits limits = { .max_clients = 3, .max_per_user = 2, .max_message = 1024 };
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  g_autofree char *much = g_strnfill (700, 'x');
  Client *first;
  Client *second;
  Client *third;
  Client *other;

  set_up (&fixture, &limits);
  token = make_token (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  first = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  second = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  third = open_client (&fixture, token, "");
  g_assert_cmpuint (third->status, ==, 503);
  close_client (third);

  third = join_as (&fixture, "disp1", RFI_ROLE_DISPATCHER, "vendor-001");
  g_clear_pointer (&token, g_free);
  token = make_token (&fixture, "disp2", RFI_ROLE_DISPATCHER, "vendor-001");
  other = open_client (&fixture, token, "");
  g_assert_cmpuint (other->status, ==, 503);
  close_client (other);

  /* One record over the limit, in messages below it. */
  say (first, much);
  say (first, much);
  wait_until (first->closed);
  g_assert_cmpuint (count (first, "\"type\":7"), ==, 1);

  close_client (first);
  close_client (second);
  close_client (third);
  tear_down (&fixture);
}

/* A client that stops reading */

static void
write_all (GOutputStream *stream,
           const void    *data,
           gsize          length)
{
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (stream, data, length, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A WebSocket by hand: nothing reads it unless the test does. */
static GSocketConnection *
open_deaf (Fixture *fixture)
{
  g_autofree char *token = make_token (fixture, "admin", RFI_ROLE_ADMIN, NULL);
  g_autofree char *hello = g_strdup_printf ("GET " RFI_HUB_PATH " HTTP/1.1\r\nHost: x\r\n"
                                            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                            "Sec-WebSocket-Version: 13\r\n"
                                            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                            "Authorization: Bearer %s\r\n\r\n", token);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection;
  GOutputStream *output;
  const guint8 head[] = { 0x81, 0x80 | (sizeof HANDSHAKE - 1), 0, 0, 0, 0 };

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, fixture->base, 80, NULL, &error);
  g_assert_no_error (error);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  write_all (output, hello, strlen (hello));
  wait_until (get_counts (fixture).n_accepted == 1);
  write_all (output, head, sizeof head);
  write_all (output, HANDSHAKE, sizeof HANDSHAKE - 1);
  wait_until (get_counts (fixture).n_clients == 1);
  return connection;
}

static void
drained_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gssize *length = user_data;

  *length = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  if (*length < 0)
    *length = 0;
}

static void
test_overflow (void)
{
  const RfiHubLimits limits = { .max_queue = 64 * 1024 };
  Fixture fixture = { 0, };
  g_autoptr(RfiJob) job = make_job ("vendor-001", NULL, RFI_STATUS_PENDING);
  g_autoptr(GSocketConnection) deaf = NULL;
  g_autoptr(GOutputStream) sink = g_memory_output_stream_new_resizable ();
  gssize drained = -1;
  Client *good;
  guint n_sent = 0;
  gsize length;
  const char *text;

  set_up (&fixture, &limits);
  deaf = open_deaf (&fixture);
  good = join_as (&fixture, "disp1", RFI_ROLE_DISPATCHER, "vendor-001");

  /* The kernel takes some megabytes first. */
  while (get_counts (&fixture).n_overflows == 0)
    {
      broadcast (&fixture, RFI_HUB_EVENT_JOB_UPDATED, job, job);
      n_sent++;
      g_assert_cmpuint (n_sent, <, 100000);
      wait_until (good->n_records == 1 + n_sent);
    }
  g_assert_cmpuint (get_counts (&fixture).n_clients, ==, 1);

  /* It finds the goodbye at the end of what it missed, and may come back. */
  g_output_stream_splice_async (sink, g_io_stream_get_input_stream (G_IO_STREAM (deaf)),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                drained_cb, &drained);
  wait_until (drained >= 0);
  text = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (sink));
  length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink));
  g_assert_cmpuint (length, >, 100);
  g_assert_nonnull (g_strstr_len (text + length - 100, 100, "\"allowReconnect\":true"));

  close_client (good);
  tear_down (&fixture);
}

/* One that leaves without a word while something waits for it: that the socket can be written to
 * and that nobody is there is found in the same turn. */
static void
test_gone (void)
{
  Fixture fixture = { 0, };
  g_autoptr(RfiJob) job = make_job ("vendor-001", NULL, RFI_STATUS_PENDING);
  g_autoptr(GSocketConnection) deaf = NULL;
  g_autoptr(GError) error = NULL;

  set_up (&fixture, NULL);
  deaf = open_deaf (&fixture);
  for (guint i = 0; i < 3; i++)
    broadcast (&fixture, RFI_HUB_EVENT_JOB_UPDATED, job, job);
  g_socket_shutdown (g_socket_connection_get_socket (deaf), FALSE, TRUE, &error);
  g_assert_no_error (error);
  wait_until (get_counts (&fixture).n_clients == 0);
  tear_down (&fixture);
}

static void
hub_closed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  gboolean *closed = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_hub_close_finish (RFI_HUB (source), result, &error));
  g_assert_no_error (error);
  *closed = TRUE;
}

static void
test_close (void)
{
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  gboolean closed = FALSE;
  Client *ready;
  Client *early;
  Client *late;

  set_up (&fixture, NULL);
  token = make_token (&fixture, "disp1", RFI_ROLE_DISPATCHER, "vendor-001");
  ready = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  early = open_client (&fixture, token, "");

  rfi_hub_close_async (fixture.hub, hub_closed_cb, &closed);
  wait_until (closed && ready->closed && early->closed);
  g_assert_cmpuint (count (ready, "\"type\":7"), ==, 1);
  g_assert_cmpuint (count (ready, "\"allowReconnect\":true"), ==, 1);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (ready->connection), ==,
                    SOUP_WEBSOCKET_CLOSE_NORMAL);
  g_assert_true (g_str_has_prefix (early->heard->str, "{\"error\":"));

  late = open_client (&fixture, token, "");
  g_assert_cmpuint (late->status, ==, 503);

  close_client (ready);
  close_client (early);
  close_client (late);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/server/hub-limits/pings", test_pings);
  g_test_add_func ("/server/hub-limits/late-handshake", test_late_handshake);
  g_test_add_func ("/server/hub-limits/limits", test_limits);
  g_test_add_func ("/server/hub-limits/overflow", test_overflow);
  g_test_add_func ("/server/hub-limits/gone", test_gone);
  g_test_add_func ("/server/hub-limits/close", test_close);

  return g_test_run ();
}
