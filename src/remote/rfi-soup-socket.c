/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-soup-socket"

#include "config.h"

#include "rfi-soup-socket.h"

#include "rfi-remote-error.h"

/* libsoup's own limit of 128 KiB is less than one job with many photos. */
#define MESSAGE_LIMIT (2 * 1024 * 1024)

struct _RfiSoupSocket
{
  GObject                  parent_instance;

  SoupWebsocketConnection *connection;  /* (owned) (nullable): %NULL once closed */
  GError                  *error;       /* (owned) (nullable): why it is about to close */
};

static void socket_iface_init (RfiSocketInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSoupSocket, rfi_soup_socket, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_SOCKET, socket_iface_init))

static void
let_go (RfiSoupSocket *self)
{
  if (self->connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
}

static void
message_cb (RfiSoupSocket *self,
            int            type,
            GBytes        *message)
{
  g_autoptr(RfiSoupSocket) alive = g_object_ref (self);

  rfi_socket_emit_message (RFI_SOCKET (alive), message);
}

static void
error_cb (RfiSoupSocket *self,
          GError        *error)
{
  if (self->error == NULL)
    self->error = rfi_remote_error_new (RFI_REMOTE_ERROR_INTERRUPTED, "%s", error->message);
}

static void
closed_cb (RfiSoupSocket *self)
{
  g_autoptr(RfiSoupSocket) alive = g_object_ref (self);
  gushort code = soup_websocket_connection_get_close_code (self->connection);

  if (self->error == NULL && code != SOUP_WEBSOCKET_CLOSE_NORMAL &&
      code != SOUP_WEBSOCKET_CLOSE_GOING_AWAY)
    self->error = rfi_remote_error_new (RFI_REMOTE_ERROR_INTERRUPTED,
                                        "The connection ended with code %u", code);

  let_go (self);
  rfi_socket_emit_closed (RFI_SOCKET (alive), self->error);
}

static void
soup_socket_send (RfiSocket  *socket,
                  const char *text,
                  gsize       length)
{
  RfiSoupSocket *self = RFI_SOUP_SOCKET (socket);
  g_autoptr(GBytes) bytes = g_bytes_new (text, length);

  if (self->connection != NULL &&
      soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, bytes);
}

static void
soup_socket_close (RfiSocket *socket)
{
  RfiSoupSocket *self = RFI_SOUP_SOCKET (socket);

  if (self->connection != NULL &&
      soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
socket_iface_init (RfiSocketInterface *iface)
{
  iface->send = soup_socket_send;
  iface->close = soup_socket_close;
}

static void
rfi_soup_socket_dispose (GObject *object)
{
  let_go (RFI_SOUP_SOCKET (object));

  G_OBJECT_CLASS (rfi_soup_socket_parent_class)->dispose (object);
}

static void
rfi_soup_socket_finalize (GObject *object)
{
  g_clear_error (&RFI_SOUP_SOCKET (object)->error);

  G_OBJECT_CLASS (rfi_soup_socket_parent_class)->finalize (object);
}

static void
rfi_soup_socket_class_init (RfiSoupSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_soup_socket_dispose;
  object_class->finalize = rfi_soup_socket_finalize;
}

static void
rfi_soup_socket_init (RfiSoupSocket *self)
{
}

RfiSocket *
rfi_soup_socket_new (SoupWebsocketConnection *connection)
{
  RfiSoupSocket *self = g_object_new (RFI_TYPE_SOUP_SOCKET, NULL);

  self->connection = g_object_ref (connection);
  soup_websocket_connection_set_max_incoming_payload_size (connection, MESSAGE_LIMIT);
  g_signal_connect_swapped (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect_swapped (connection, "error", G_CALLBACK (error_cb), self);
  g_signal_connect_swapped (connection, "closed", G_CALLBACK (closed_cb), self);
  return RFI_SOCKET (self);
}
