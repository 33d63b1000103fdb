/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-hub-client.h"
#include "rfi-soup-transport.h"

#include "rfi-test-wait.h"

#include <libsoup/soup.h>
#include <string.h>

/* A clock that the test moves. */

#define TEST_TYPE_CLOCK (test_clock_get_type ())

G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, GObject)

typedef struct
{
  guint       id;
  gint64      due;
  GSourceFunc callback;
  gpointer    user_data;
} Timer;

struct _TestClock
{
  GObject  parent_instance;

  gint64   now;
  guint    last_id;
  GArray  *timers;  /* (owned) (element-type Timer) */
};

static gint64
test_clock_get_time (RfiClock *clock)
{
  return TEST_CLOCK (clock)->now;
}

static guint
test_clock_arm (RfiClock    *clock,
                gint64       delay,
                GSourceFunc  callback,
                gpointer     user_data)
{
  TestClock *self = TEST_CLOCK (clock);
  Timer timer = { ++self->last_id, self->now + delay, callback, user_data };

  g_array_append_val (self->timers, timer);
  return timer.id;
}

static void
test_clock_disarm (RfiClock *clock,
                   guint     id)
{
  TestClock *self = TEST_CLOCK (clock);

  for (guint i = 0; i < self->timers->len; i++)
    if (g_array_index (self->timers, Timer, i).id == id)
      {
        g_array_remove_index (self->timers, i);
        return;
      }
}

static void
clock_iface_init (RfiClockInterface *iface)
{
  iface->get_wall = test_clock_get_time;
  iface->get_monotonic = test_clock_get_time;
  iface->arm = test_clock_arm;
  iface->disarm = test_clock_disarm;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestClock, test_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_CLOCK, clock_iface_init))

static void
test_clock_finalize (GObject *object)
{
  g_array_unref (TEST_CLOCK (object)->timers);

  G_OBJECT_CLASS (test_clock_parent_class)->finalize (object);
}

static void
test_clock_class_init (TestClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_clock_finalize;
}

static void
test_clock_init (TestClock *self)
{
  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
}

static void
test_clock_advance (TestClock *self,
                    gint64     ms)
{
  gint64 end = self->now + ms;

  for (;;)
    {
      guint next = G_MAXUINT;
      Timer timer;

      for (guint i = 0; i < self->timers->len; i++)
        if (g_array_index (self->timers, Timer, i).due <= end &&
            (next == G_MAXUINT || g_array_index (self->timers, Timer, i).due <
                                    g_array_index (self->timers, Timer, next).due))
          next = i;
      if (next == G_MAXUINT)
        break;

      timer = g_array_index (self->timers, Timer, next);
      g_array_remove_index (self->timers, next);
      self->now = timer.due;
      timer.callback (timer.user_data);
    }

  self->now = end;
}

/* A hub with its negotiation, that says what the test lets it say. */
typedef struct
{
  SoupServer              *server;
  SoupWebsocketConnection *socket;     /* (owned) (nullable) */
  GString                 *received;
  char                    *url;
  const char              *answer;     /* to the handshake; (nullable): none */
  guint                    negotiate_status;
  gboolean                 refuse_socket;

  RfiRemote               *remote;
  TestClock               *clock;
  RfiHubClient            *hub;
  GAsyncResult            *result;     /* (owned) (nullable) */
  GString                 *events;
  guint                    n_closed;
  GError                  *closed_error;
} Fixture;

static void
negotiate_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *body =
    g_strdup_printf ("{\"url\":\"%s/client/?hub=jobs\",\"accessToken\":\"hub-token\"}",
                     fixture->url);

  soup_server_message_set_status (message, fixture->negotiate_status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
say (Fixture    *fixture,
     const char *text)
{
  soup_websocket_connection_send_text (fixture->socket, text);
}

static void
received_cb (Fixture *fixture,
             int      type,
             GBytes  *message)
{
  g_string_append_len (fixture->received, g_bytes_get_data (message, NULL),
                       (gssize) g_bytes_get_size (message));
  if (fixture->answer != NULL && strstr (fixture->received->str, "\"version\":1}\x1e") != NULL)
    {
      say (fixture, fixture->answer);
      fixture->answer = NULL;
    }
}

static void
socket_cb (SoupServer              *server,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpstr (soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                 "Authorization"),
                   ==, "Bearer hub-token");
  g_set_object (&fixture->socket, connection);
  g_signal_connect_swapped (connection, "message", G_CALLBACK (received_cb), fixture);
}

static void
event_cb (Fixture    *fixture,
          int         event,
          RfiJob     *job,
          const char *previous_status,
          const char *triggered_by)
{
  g_string_append_printf (fixture->events, "%d %s %s %s;", event, job != NULL ? job->id : "-",
                          previous_status != NULL ? previous_status : "-",
                          triggered_by != NULL ? triggered_by : "-");
}

static void
closed_cb (Fixture *fixture,
           GError  *error)
{
  fixture->n_closed++;
  g_clear_error (&fixture->closed_error);
  fixture->closed_error = error != NULL ? g_error_copy (error) : NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(RfiTransport) transport = NULL;
  GSList *uris;

  fixture->negotiate_status = 200;
  fixture->answer = "{}\x1e";
  fixture->received = g_string_new (NULL);
  fixture->events = g_string_new (NULL);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/api/signalr/negotiate", negotiate_cb, fixture, NULL);
  soup_server_add_websocket_handler (fixture->server, "/client", NULL, NULL, socket_cb, fixture,
                                     NULL);
  g_assert_true (soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  transport = rfi_soup_transport_new (fixture->url);
  fixture->remote = rfi_remote_new (transport);
  rfi_remote_set_token (fixture->remote, "tok");
  fixture->clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  fixture->hub = rfi_hub_client_new (fixture->remote, RFI_CLOCK (fixture->clock));
  g_signal_connect_swapped (fixture->hub, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect_swapped (fixture->hub, "closed", G_CALLBACK (closed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->result);
  g_object_unref (fixture->hub);
  g_assert_cmpuint (fixture->clock->timers->len, ==, 0);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->remote);
  g_clear_object (&fixture->socket);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_string_free (fixture->received, TRUE);
  g_string_free (fixture->events, TRUE);
  g_clear_error (&fixture->closed_error);
  g_free (fixture->url);
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

static gboolean
try_connect (Fixture  *fixture,
             GError  **error)
{
  g_clear_object (&fixture->result);
  rfi_hub_client_connect_async (fixture->hub, NULL, connected_cb, fixture);
  rfi_test_wait (fixture->result != NULL);
  return rfi_hub_client_connect_finish (fixture->hub, fixture->result, error);
}

static void
connect_hub (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (try_connect (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (rfi_hub_client_is_connected (fixture->hub));
}

#define JOB                                                                                        \
  "{\"id\":\"j\",\"title\":\"T\",\"status\":\"pending\",\"priority\":\"low\","                     \
  "\"vendorId\":\"v\","                                                                         \
  "\"createdAt\":\"2026-11-20T08:12:22.988Z\",\"updatedAt\":\"2026-11-20T08:12:22.988Z\"}"

/* An event in the same message as the handshake, one cut in two, two in one, one unknown. */
static void
test_events (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->answer = "{}\x1e{\"type\":1,\"target\":\"JobCreated\",\"arguments\":[{\"job\":" JOB
                    ",\"triggeredBy\":\"u\"}]}\x1e";
  connect_hub (fixture);
  rfi_test_wait (fixture->events->len > 0);
  g_assert_cmpstr (fixture->events->str, ==, "0 j - u;");
  g_assert_cmpstr (fixture->received->str, ==, "{\"protocol\":\"json\",\"version\":1}\x1e");

  g_string_truncate (fixture->events, 0);
  say (fixture, "{\"type\":1,\"target\":\"JobStatusChanged\",\"arguments\":"
                "[{\"previousStatus\":\"pen");
  say (fixture, "ding\",\"job\":" JOB "}]}\x1e{\"type\":6}\x1e{\"type\":42}\x1e"
                "{\"type\":1,\"target\":\"Other\",\"arguments\":[]}\x1e");
  rfi_test_wait (g_str_has_suffix (fixture->events->str, "5 - - -;"));
  g_assert_cmpstr (fixture->events->str, ==, "2 j pending -;5 - - -;");
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

/* Larger than libsoup takes unless it is told to. */
static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *letters = g_strnfill (300000, 'x');
  g_autofree char *text =
    g_strconcat ("{\"type\":1,\"target\":\"JobUpdated\",\"arguments\":"
                 "[{\"triggeredBy\":\"u\",\"x\":\"",
                 letters, "\"}]}\x1e", NULL);

  connect_hub (fixture);
  say (fixture, text);
  rfi_test_wait (fixture->events->len > 0);
  g_assert_cmpstr (fixture->events->str, ==, "3 - - u;");
}

static void
test_ping_and_silence (Fixture       *fixture,
                       gconstpointer  data)
{
  connect_hub (fixture);
  g_string_truncate (fixture->received, 0);

  test_clock_advance (fixture->clock, 14999);
  rfi_test_settle ();
  g_assert_cmpuint (fixture->received->len, ==, 0);
  test_clock_advance (fixture->clock, 1);
  rfi_test_wait (fixture->received->len > 0);
  g_assert_cmpstr (fixture->received->str, ==, "{\"type\":6}\x1e");

  /* A sign of life starts the silence anew. */
  say (fixture, "{\"type\":6}\x1e{\"type\":1,\"target\":\"X\"}\x1e");
  rfi_test_wait (fixture->events->len > 0);
  test_clock_advance (fixture->clock, 29999);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
  test_clock_advance (fixture->clock, 1);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
  g_assert_error (fixture->closed_error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TIMEOUT);
  g_assert_false (rfi_hub_client_is_connected (fixture->hub));

  fixture->answer = "{}\x1e";
  g_string_truncate (fixture->received, 0);
  connect_hub (fixture);
}

static void
test_close (Fixture       *fixture,
            gconstpointer  data)
{
  connect_hub (fixture);
  say (fixture, "{\"type\":7,\"error\":\"Server is going down\",\"allowReconnect\":true}\x1e");
  rfi_test_wait (fixture->n_closed == 1);
  g_assert_cmpstr (fixture->closed_error->message, ==, "Server is going down");

  fixture->answer = "{}\x1e";
  g_string_truncate (fixture->received, 0);
  connect_hub (fixture);
  soup_websocket_connection_close (fixture->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  rfi_test_wait (fixture->n_closed == 2);
  g_assert_no_error (fixture->closed_error);

  fixture->answer = "{}\x1e";
  g_string_truncate (fixture->received, 0);
  connect_hub (fixture);
  g_io_stream_close (soup_websocket_connection_get_io_stream (fixture->socket), NULL, NULL);
  rfi_test_wait (fixture->n_closed == 3);
  g_assert_error (fixture->closed_error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INTERRUPTED);
}

/* Nonsense ends the connection: what follows it could mean anything. */
static void
test_nonsense (Fixture       *fixture,
               gconstpointer  data)
{
  connect_hub (fixture);
  say (fixture, "hello\x1e{\"type\":1,\"target\":\"X\"}\x1e");
  rfi_test_wait (fixture->n_closed == 1);
  g_assert_error (fixture->closed_error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
  g_assert_cmpuint (fixture->events->len, ==, 0);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->answer = "{\"error\":\"Protocol not supported\"}\x1e";
  g_assert_false (try_connect (fixture, &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, "Protocol not supported");
  g_clear_error (&error);

  fixture->negotiate_status = 401;
  g_assert_false (try_connect (fixture, &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED);
  g_clear_error (&error);

  fixture->negotiate_status = 200;
  soup_server_remove_handler (fixture->server, "/client");
  g_assert_false (try_connect (fixture, &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND);

  g_assert_cmpuint (fixture->n_closed, ==, 0);
  g_assert_false (rfi_hub_client_is_connected (fixture->hub));
}

/* A hub that never shakes hands: the clock ends it, or whoever no longer wants it. */
static void
test_no_handshake (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  fixture->answer = NULL;
  rfi_hub_client_connect_async (fixture->hub, NULL, connected_cb, fixture);
  rfi_test_wait (fixture->received->len > 0);
  test_clock_advance (fixture->clock, 15000);
  rfi_test_wait (fixture->result != NULL);
  g_assert_false (rfi_hub_client_connect_finish (fixture->hub, fixture->result, &error));
  g_assert_error (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TIMEOUT);
  g_clear_error (&error);
  g_clear_object (&fixture->result);
  g_string_truncate (fixture->received, 0);

  rfi_hub_client_connect_async (fixture->hub, cancellable, connected_cb, fixture);
  rfi_test_wait (fixture->received->len > 0);
  g_cancellable_cancel (cancellable);
  rfi_test_wait (fixture->result != NULL);
  g_assert_false (rfi_hub_client_connect_finish (fixture->hub, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&fixture->result);

  rfi_hub_client_connect_async (fixture->hub, NULL, connected_cb, fixture);
  rfi_hub_client_disconnect (fixture->hub);
  rfi_test_wait (fixture->result != NULL);
  g_assert_false (rfi_hub_client_connect_finish (fixture->hub, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
}

static void
test_disconnect (Fixture       *fixture,
                 gconstpointer  data)
{
  connect_hub (fixture);
  rfi_hub_client_disconnect (fixture->hub);
  g_assert_false (rfi_hub_client_is_connected (fixture->hub));
  rfi_test_wait (soup_websocket_connection_get_state (fixture->socket) !=
                 SOUP_WEBSOCKET_STATE_OPEN);
  g_assert_cmpuint (fixture->n_closed, ==, 0);
  g_assert_cmpuint (fixture->clock->timers->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/remote/hub-client/events", test_events },
    { "/remote/hub-client/large", test_large },
    { "/remote/hub-client/ping-and-silence", test_ping_and_silence },
    { "/remote/hub-client/close", test_close },
    { "/remote/hub-client/nonsense", test_nonsense },
    { "/remote/hub-client/refusals", test_refusals },
    { "/remote/hub-client/no-handshake", test_no_handshake },
    { "/remote/hub-client/disconnect", test_disconnect },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
