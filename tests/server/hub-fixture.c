/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-fixture.h"

#include <string.h>

static gint64
test_clock_get_wall (RfiClock *clock)
{
  return TEST_CLOCK (clock)->wall;
}

static gint64
test_clock_get_monotonic (RfiClock *clock)
{
  return rfi_clock_get_monotonic (TEST_CLOCK (clock)->real);
}

static guint
test_clock_arm (RfiClock    *clock,
                gint64       delay,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return rfi_clock_arm (TEST_CLOCK (clock)->real, delay, callback, user_data);
}

static void
test_clock_disarm (RfiClock *clock,
                   guint     timer)
{
  rfi_clock_disarm (TEST_CLOCK (clock)->real, timer);
}

static void
clock_iface_init (RfiClockInterface *iface)
{
  iface->get_wall = test_clock_get_wall;
  iface->get_monotonic = test_clock_get_monotonic;
  iface->arm = test_clock_arm;
  iface->disarm = test_clock_disarm;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestClock, test_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_CLOCK, clock_iface_init))

static void
test_clock_finalize (GObject *object)
{
  g_clear_object (&TEST_CLOCK (object)->real);

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
  self->real = rfi_clock_new_system (NULL);
  self->wall = G_GINT64_CONSTANT (1800000000000);
}

void
set_up (Fixture            *fixture,
        const RfiHubLimits *limits)
{
  g_autoptr(GBytes) secret = g_bytes_new_static ("0123456789abcdef", 16);
  g_autoptr(GError) error = NULL;
  GSList *uris;

  fixture->clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  fixture->hub = rfi_hub_new (secret, RFI_CLOCK (fixture->clock), limits);
  fixture->server = soup_server_new (NULL, NULL);
  rfi_hub_attach (fixture->hub, fixture->server);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_strdup_printf ("127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  fixture->session = soup_session_new_with_options ("max-conns-per-host", 64, "max-conns", 64,
                                                    "proxy-resolver", NULL, NULL);
}

void
tear_down (Fixture *fixture)
{
  soup_session_abort (fixture->session);
  g_clear_object (&fixture->session);
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->hub));
  g_clear_object (&fixture->clock);
  g_clear_pointer (&fixture->base, g_free);
}

gboolean
test_deadline_cb (gpointer user_data)
{
  gboolean *passed = user_data;

  *passed = TRUE;
  return G_SOURCE_REMOVE;
}

char *
make_token (Fixture    *fixture,
            const char *id,
            RfiRole     role,
            const char *vendor)
{
  RfiUser template = { .id = (char *) id, .role = role, .vendor_id = (char *) vendor };
  g_autoptr(RfiUser) user = rfi_user_new (&template);
  g_autofree char *url = g_strdup_printf ("http://%s" RFI_HUB_PATH, fixture->base);

  return rfi_hub_issue_token (fixture->hub, user, url);
}

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *message,
            Client                  *client)
{
  gsize length;
  const char *data = g_bytes_get_data (message, &length);

  g_string_append_len (client->heard, data, (gssize) length);
  for (gsize i = 0; i < length; i++)
    client->n_records += data[i] == '\x1e';
}

static void
closed_cb (SoupWebsocketConnection *connection,
           Client                  *client)
{
  client->closed = TRUE;
}

typedef struct
{
  Client      *client;
  SoupMessage *message;
} Opening;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Opening *opening = user_data;
  Client *client = opening->client;
  g_autoptr(GError) error = NULL;

  client->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result,
                                                              &error);
  client->done = TRUE;
  if (client->connection == NULL)
    {
      client->status = soup_message_get_status (opening->message);
      return;
    }
  g_signal_connect (client->connection, "message", G_CALLBACK (message_cb), client);
  g_signal_connect (client->connection, "closed", G_CALLBACK (closed_cb), client);
}

Client *
open_client (Fixture    *fixture,
             const char *token,
             const char *more)
{
  g_autofree char *url = g_strdup_printf ("ws://%s" RFI_HUB_PATH "%s", fixture->base, more);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  Client *client = g_new0 (Client, 1);
  Opening opening = { client, message };

  client->heard = g_string_new (NULL);
  if (token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 bearer);
  soup_session_websocket_connect_async (fixture->session, message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, NULL, opened_cb, &opening);
  wait_until (client->done);
  return client;
}

void
close_client (Client *client)
{
  if (client->connection != NULL)
    {
      if (soup_websocket_connection_get_state (client->connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (client->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      wait_until (client->closed);
    }
  g_clear_object (&client->connection);
  g_string_free (client->heard, TRUE);
  g_free (client);
}

void
say (Client     *client,
     const char *text)
{
  soup_websocket_connection_send_text (client->connection, text);
}

guint
count (Client     *client,
       const char *text)
{
  const char *at = strstr (client->heard->str, text);
  guint n = 0;

  for (; at != NULL; at = strstr (at + 1, text))
    n++;
  return n;
}

Client *
join_as (Fixture    *fixture,
         const char *id,
         RfiRole     role,
         const char *vendor)
{
  g_autofree char *token = make_token (fixture, id, role, vendor);
  Client *client = open_client (fixture, token, "");

  g_assert_nonnull (client->connection);
  say (client, HANDSHAKE);
  wait_until (count (client, "{}\x1e") == 1);
  return client;
}

RfiJob *
make_job (const char *vendor,
          const char *assignee,
          RfiStatus   status)
{
  const RfiJob template = {
    .id = "0b5c1a52-5c1d-4b57-8a39-2e0f7b1c9d10",
    .title = "Walk-in cooler repair",
    .description = "Box is at 48 °F",
    .status = status,
    .vendor_id = vendor,
    .created_by = "admin",
    .assigned_to = assignee,
    .store_name = "FreshMart #1",
    .address = "1 Main St",
    .city = "Dallas",
    .state = "TX",
    .zip_code = "75201",
    .etag = rfi_etag ("\"1\""),
  };

  return rfi_job_new (&template);
}

void
broadcast (Fixture     *fixture,
           RfiHubEvent  event,
           RfiJob      *job,
           RfiJob      *previous)
{
  const RfiHubNews news = { event, job, previous, "admin" };

  rfi_hub_broadcast (fixture->hub, &news);
}

RfiHubCounts
get_counts (Fixture *fixture)
{
  RfiHubCounts counts;

  rfi_hub_get_counts (fixture->hub, &counts);
  return counts;
}
