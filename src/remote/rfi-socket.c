/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-socket"

#include "config.h"

#include "rfi-socket.h"

enum {
  MESSAGE,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (RfiSocket, rfi_socket, G_TYPE_OBJECT)

static void
rfi_socket_default_init (RfiSocketInterface *iface)
{
  signals[MESSAGE] =
    g_signal_new ("message", RFI_TYPE_SOCKET, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_BYTES);

  signals[CLOSED] =
    g_signal_new ("closed", RFI_TYPE_SOCKET, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

void
rfi_socket_send (RfiSocket  *self,
                 const char *text,
                 gsize       length)
{
  g_return_if_fail (RFI_IS_SOCKET (self));

  RFI_SOCKET_GET_IFACE (self)->send (self, text, length);
}

void
rfi_socket_close (RfiSocket *self)
{
  g_return_if_fail (RFI_IS_SOCKET (self));

  RFI_SOCKET_GET_IFACE (self)->close (self);
}

void
rfi_socket_emit_message (RfiSocket *self,
                         GBytes    *data)
{
  g_signal_emit (self, signals[MESSAGE], 0, data);
}

void
rfi_socket_emit_closed (RfiSocket    *self,
                        const GError *error)
{
  g_signal_emit (self, signals[CLOSED], 0, error);
}
