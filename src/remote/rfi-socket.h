/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_SOCKET (rfi_socket_get_type ())

G_DECLARE_INTERFACE (RfiSocket, rfi_socket, RFI, SOCKET, GObject)

/**
 * RfiSocket:
 *
 * An open WebSocket that carries text. Signals, in the context it was opened in:
 *
 * "message" (GBytes *data)
 * "closed" (GError *error): once; @error is (nullable): %NULL if the other side ended it in order
 */
struct _RfiSocketInterface
{
  GTypeInterface parent_iface;

  void (*send)  (RfiSocket  *self,
                 const char *text,
                 gsize       length);
  void (*close) (RfiSocket  *self);
};

/* Silently nothing once it is closed. */
void rfi_socket_send         (RfiSocket    *self,
                              const char   *text,
                              gsize         length);

/* Ends it; "closed" still comes unless the last reference goes first. */
void rfi_socket_close        (RfiSocket    *self);

/* For implementations. */
void rfi_socket_emit_message (RfiSocket    *self,
                              GBytes       *data);
void rfi_socket_emit_closed  (RfiSocket    *self,
                              const GError *error);

G_END_DECLS
