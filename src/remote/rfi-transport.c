/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-transport"

#include "config.h"

#include "rfi-transport.h"

G_DEFINE_INTERFACE (RfiTransport, rfi_transport, G_TYPE_OBJECT)

static void
rfi_transport_default_init (RfiTransportInterface *iface)
{
}

void
rfi_transport_send_async (RfiTransport        *self,
                          RfiRequest          *request,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (RFI_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  RFI_TRANSPORT_GET_IFACE (self)->send_async (self, request, cancellable, callback, user_data);
}

RfiResponse *
rfi_transport_send_finish (RfiTransport  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (RFI_IS_TRANSPORT (self), NULL);

  return RFI_TRANSPORT_GET_IFACE (self)->send_finish (self, result, error);
}

void
rfi_transport_open_socket_async (RfiTransport        *self,
                                 RfiRequest          *request,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (RFI_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  RFI_TRANSPORT_GET_IFACE (self)->open_socket_async (self, request, cancellable, callback,
                                                     user_data);
}

RfiSocket *
rfi_transport_open_socket_finish (RfiTransport  *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (RFI_IS_TRANSPORT (self), NULL);

  return RFI_TRANSPORT_GET_IFACE (self)->open_socket_finish (self, result, error);
}
