/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-listener"

#include "config.h"

#include "rfi-listener.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

/* SoupServer itself waits for ever for a client that says nothing. */
#define SILENCE_SECONDS 60

/* After a failure to accept, as when there are no descriptors left. */
#define RETRY_MS 100

struct _RfiListener
{
  SoupServer      *server;       /* (owned) */
  GTlsCertificate *certificate;  /* (owned) (nullable) */
  GSocketListener *listener;     /* (owned) */
  GCancellable    *cancellable;  /* (owned): ends accepting */
  guint            port;
  guint            max_connections;
  guint            n_connections;
  guint            retry;        /* source id */
  gatomicrefcount  ref_count;    /* one for each connection and each accept under way */
};

static void
rfi_listener_unref (RfiListener *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_object (&self->server);
  g_clear_object (&self->certificate);
  g_clear_object (&self->listener);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static RfiListener *
rfi_listener_ref (RfiListener *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

RfiListener *
rfi_listener_new (SoupServer      *server,
                  GTlsCertificate *certificate,
                  guint            max_connections)
{
  RfiListener *self = g_new0 (RfiListener, 1);

  self->server = g_object_ref (server);
  g_set_object (&self->certificate, certificate);
  self->listener = g_socket_listener_new ();
  g_socket_listener_set_backlog (self->listener, 512);
  self->cancellable = g_cancellable_new ();
  self->max_connections = max_connections;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/* SoupServer closes every connection after one answer unless it listens somewhere itself. So
 * it does: on a socket whose name is gone before anybody could find it.
 */
static gboolean
keep_alive (RfiListener  *self,
            GError      **error)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-listener-XXXXXX", error);
  g_autofree char *path = dir != NULL ? g_build_filename (dir, "socket", NULL) : NULL;
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GSocket) socket = NULL;
  gboolean done;

  if (dir == NULL)
    return FALSE;

  address = g_unix_socket_address_new (path);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                         error);
  done = socket != NULL && g_socket_bind (socket, address, FALSE, error) &&
         g_socket_listen (socket, error);
  g_unlink (path);
  g_rmdir (dir);
  return done && soup_server_listen_socket (self->server, socket, 0, error);
}

static void accept_next (RfiListener *self);

static void
connection_gone_cb (gpointer  user_data,
                    GObject  *connection)
{
  RfiListener *self = user_data;

  self->n_connections--;
  rfi_listener_unref (self);
}

static void
hand_over (RfiListener       *self,
           GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr(GIOStream) stream = g_object_ref (G_IO_STREAM (connection));
  g_autoptr(GError) error = NULL;

  if (self->n_connections >= self->max_connections)
    {
      g_debug ("Refused a connection beyond %u", self->max_connections);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return;
    }

  self->n_connections++;
  g_object_weak_ref (G_OBJECT (connection), connection_gone_cb, rfi_listener_ref (self));
  g_socket_set_timeout (socket, SILENCE_SECONDS);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);

  if (self->certificate != NULL)
    {
      g_object_unref (stream);
      stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, &error);
    }
  if (stream == NULL || !soup_server_accept_iostream (self->server, stream, local, remote, &error))
    g_debug ("A connection was not taken: %s", error->message);
}

static gboolean
retry_cb (gpointer user_data)
{
  RfiListener *self = user_data;

  self->retry = 0;
  accept_next (self);
  return G_SOURCE_REMOVE;
}

static void
accept_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  RfiListener *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnection) connection =
    g_socket_listener_accept_finish (G_SOCKET_LISTENER (object), result, NULL, &error);

  if (connection != NULL)
    {
      hand_over (self, connection);
      accept_next (self);
    }
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_warning ("Cannot take a connection: %s", error->message);
      self->retry = g_timeout_add (RETRY_MS, retry_cb, self);
    }

  rfi_listener_unref (self);
}

static void
accept_next (RfiListener *self)
{
  g_socket_listener_accept_async (self->listener, self->cancellable, accept_cb,
                                  rfi_listener_ref (self));
}

gboolean
rfi_listener_open (RfiListener   *self,
                   GInetAddress  *address,
                   guint          port,
                   GError       **error)
{
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (address, (guint16) port);
  g_autoptr(GSocketAddress) got = NULL;

  if (!g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  accept_next (self);
  return keep_alive (self, error);
}

static gboolean
is_public (GSocketAddress *address)
{
  return G_IS_INET_SOCKET_ADDRESS (address) &&
         !g_inet_address_get_is_loopback (
           g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

gboolean
rfi_listener_adopt (RfiListener  *self,
                    int           fd,
                    gboolean      may_be_public,
                    GError      **error)
{
  g_autoptr(GSocket) socket = g_socket_new_from_fd (fd, error);
  g_autoptr(GSocketAddress) address = NULL;

  if (socket == NULL)
    return FALSE;

  address = g_socket_get_local_address (socket, error);
  if (address == NULL)
    return FALSE;
  if (is_public (address) && !may_be_public)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   "The socket handed over is open to other machines, without TLS");
      return FALSE;
    }
  if (!g_socket_listener_add_socket (self->listener, socket, NULL, error))
    return FALSE;

  if (G_IS_INET_SOCKET_ADDRESS (address))
    self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  accept_next (self);
  return keep_alive (self, error);
}

guint
rfi_listener_get_port (RfiListener *self)
{
  return self->port;
}

guint
rfi_listener_get_count (RfiListener *self)
{
  return self->n_connections;
}

void
rfi_listener_close (RfiListener *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_socket_listener_close (self->listener);
}

void
rfi_listener_free (RfiListener *self)
{
  rfi_listener_close (self);
  rfi_listener_unref (self);
}
