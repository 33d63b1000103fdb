/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-request.h"
#include "rfi-socket.h"

G_BEGIN_DECLS

#define RFI_TYPE_TRANSPORT (rfi_transport_get_type ())

G_DECLARE_INTERFACE (RfiTransport, rfi_transport, RFI, TRANSPORT, GObject)

/**
 * RfiTransport:
 *
 * Bytes to one server and back: the seam where a simulation puts its own network. For one
 * thread: answers come in the thread-default context of the call. A finished send is an answer
 * of any status; errors are RFI_REMOTE_ERROR_{OFFLINE,TIMEOUT,INTERRUPTED,CERTIFICATE,PROTOCOL}
 * and G_IO_ERROR_CANCELLED, or what the chunk function set.
 */
struct _RfiTransportInterface
{
  GTypeInterface parent_iface;

  void         (*send_async)         (RfiTransport         *self,
                                      RfiRequest           *request,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
  RfiResponse *(*send_finish)        (RfiTransport         *self,
                                      GAsyncResult         *result,
                                      GError              **error);
  void         (*open_socket_async)  (RfiTransport         *self,
                                      RfiRequest           *request,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
  RfiSocket   *(*open_socket_finish) (RfiTransport         *self,
                                      GAsyncResult         *result,
                                      GError              **error);
};

void         rfi_transport_send_async         (RfiTransport         *self,
                                               RfiRequest           *request,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
RfiResponse *rfi_transport_send_finish        (RfiTransport         *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* @request: a GET with target and headers; http becomes ws. */
void         rfi_transport_open_socket_async  (RfiTransport         *self,
                                               RfiRequest           *request,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
RfiSocket   *rfi_transport_open_socket_finish (RfiTransport         *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
