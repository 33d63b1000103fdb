/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-valve"

#include "config.h"

#include "rfi-test-valve.h"

#include <sys/socket.h>

/* Two threads per connection, one for each direction. */

#define BLOCK 16384

struct _RfiTestValve
{
  GSocketService *service;  /* (owned) */
  char           *url;      /* (owned) */
  guint16         server_port;

  GMutex          lock;     /* guards the rest, and what pipes say of themselves */
  GCond           moved;
  gsize           limit;
  GPtrArray      *pipes;    /* (owned) (element-type Pipe), not owned: open ones */
  gboolean        closing;
};

typedef struct
{
  RfiTestValve      *valve;
  GSocketConnection *client;
  GSocketConnection *server;  /* (owned) */
  gsize              passed;
  gboolean           over;
} Pipe;

static void
shut (GSocketConnection *connection)
{
  g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
}

/* Returns: how many bytes may pass; 0: no more ever will */
static gsize
wait_for_room (Pipe *self)
{
  RfiTestValve *valve = self->valve;
  gsize room;

  g_mutex_lock (&valve->lock);
  while (self->passed >= valve->limit && !self->over)
    g_cond_wait (&valve->moved, &valve->lock);
  room = self->over ? 0 : MIN (BLOCK, valve->limit - self->passed);
  g_mutex_unlock (&valve->lock);
  return room;
}

/* Returns: how many bytes came and went on; 0: that was all */
static gsize
pass (GSocketConnection *from,
      GSocketConnection *to,
      gsize              most)
{
  char buffer[BLOCK];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (from)), buffer, most,
                                  NULL, NULL);

  return n > 0 && g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (to)),
                                             buffer, (gsize) n, NULL, NULL, NULL)
           ? (gsize) n : 0;
}

static gsize
pass_up (Pipe *self)
{
  gsize room = wait_for_room (self);

  return room > 0 ? pass (self->client, self->server, room) : 0;
}

static gpointer
send_thread (gpointer user_data)
{
  Pipe *self = user_data;

  for (gsize n = pass_up (self); n > 0; n = pass_up (self))
    self->passed += n;
  shut (self->server);
  return NULL;
}

static void
add_pipe (Pipe *self)
{
  g_mutex_lock (&self->valve->lock);
  g_ptr_array_add (self->valve->pipes, self);
  if (self->valve->closing)
    shut (self->server);
  g_mutex_unlock (&self->valve->lock);
}

/* The other thread waits for the client, or for room. */
static void
end_sending (Pipe    *self,
             GThread *sending)
{
  g_mutex_lock (&self->valve->lock);
  self->over = TRUE;
  g_cond_broadcast (&self->valve->moved);
  g_mutex_unlock (&self->valve->lock);
  g_socket_shutdown (g_socket_connection_get_socket (self->client), TRUE, FALSE, NULL);
  g_thread_join (sending);
}

static void
remove_pipe (Pipe *self)
{
  g_mutex_lock (&self->valve->lock);
  g_ptr_array_remove_fast (self->valve->pipes, self);
  g_cond_broadcast (&self->valve->moved);
  g_mutex_unlock (&self->valve->lock);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *client,
        GObject                *source,
        gpointer                user_data)
{
  RfiTestValve *valve = user_data;
  g_autoptr(GSocketClient) connector = g_socket_client_new ();
  struct linger abrupt = { .l_onoff = 1, .l_linger = 0 };
  Pipe self = { .valve = valve, .client = client };
  GThread *sending;

  /* Whatever proxy the person uses is not between the two of us. */
  g_socket_client_set_enable_proxy (connector, FALSE);
  self.server = g_socket_client_connect_to_host (connector, "127.0.0.1", valve->server_port, NULL,
                                                 NULL);
  if (self.server == NULL)
    return TRUE;

  add_pipe (&self);
  sending = g_thread_new ("valve", send_thread, &self);
  while (pass (self.server, client, BLOCK) > 0)
    ;
  end_sending (&self, sending);
  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (client)), SOL_SOCKET, SO_LINGER,
              &abrupt, sizeof abrupt);
  g_io_stream_close (G_IO_STREAM (client), NULL, NULL);
  remove_pipe (&self);
  g_object_unref (self.server);
  return TRUE;
}

RfiTestValve *
rfi_test_valve_new (const char *server_url,
                    gsize       limit)
{
  RfiTestValve *self = g_new0 (RfiTestValve, 1);
  g_autoptr(GUri) uri = g_uri_parse (server_url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->moved);
  self->limit = limit;
  self->pipes = g_ptr_array_new ();
  self->server_port = (guint16) g_uri_get_port (uri);
  self->service = g_threaded_socket_service_new (-1);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  return self;
}

void
rfi_test_valve_free (RfiTestValve *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  for (guint i = 0; i < self->pipes->len; i++)
    shut (((Pipe *) self->pipes->pdata[i])->server);
  while (self->pipes->len > 0)
    g_cond_wait (&self->moved, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  g_ptr_array_unref (self->pipes);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->moved);
  g_free (self->url);
  g_free (self);
}

const char *
rfi_test_valve_get_url (RfiTestValve *self)
{
  return self->url;
}

void
rfi_test_valve_set (RfiTestValve *self,
                    gsize         limit)
{
  g_mutex_lock (&self->lock);
  self->limit = limit;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}
