/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-hasty-transport"

#include "config.h"

#include "rfi-hasty-transport.h"

struct _RfiHastyTransport
{
  GObject       parent_instance;

  RfiTransport *inner;     /* (owned) */
  guint         patience;  /* ms */
};

static void transport_iface_init (RfiTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiHastyTransport, rfi_hasty_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_TRANSPORT, transport_iface_init))

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  RfiResponse *response = rfi_transport_send_finish (RFI_TRANSPORT (object), result, &error);

  if (response != NULL)
    g_task_return_pointer (task, response, (GDestroyNotify) rfi_response_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
send_async (RfiTransport        *transport,
            RfiRequest          *request,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  RfiHastyTransport *self = RFI_HASTY_TRANSPORT (transport);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  request->timeout = MIN (request->timeout, self->patience);
  rfi_transport_send_async (self->inner, request, cancellable, sent_cb, task);
}

static RfiResponse *
send_finish (RfiTransport  *transport,
             GAsyncResult  *result,
             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  RfiSocket *socket = rfi_transport_open_socket_finish (RFI_TRANSPORT (object), result, &error);

  if (socket != NULL)
    g_task_return_pointer (task, socket, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
open_socket_async (RfiTransport        *transport,
                   RfiRequest          *request,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  RfiHastyTransport *self = RFI_HASTY_TRANSPORT (transport);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  request->timeout = MIN (request->timeout, self->patience);
  rfi_transport_open_socket_async (self->inner, request, cancellable, opened_cb, task);
}

static RfiSocket *
open_socket_finish (RfiTransport  *transport,
                    GAsyncResult  *result,
                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (RfiTransportInterface *iface)
{
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->open_socket_async = open_socket_async;
  iface->open_socket_finish = open_socket_finish;
}

static void
rfi_hasty_transport_finalize (GObject *object)
{
  g_clear_object (&RFI_HASTY_TRANSPORT (object)->inner);

  G_OBJECT_CLASS (rfi_hasty_transport_parent_class)->finalize (object);
}

static void
rfi_hasty_transport_class_init (RfiHastyTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_hasty_transport_finalize;
}

static void
rfi_hasty_transport_init (RfiHastyTransport *self)
{
}

RfiTransport *
rfi_hasty_transport_new (RfiTransport *inner,
                         guint         patience)
{
  RfiHastyTransport *self = g_object_new (RFI_TYPE_HASTY_TRANSPORT, NULL);

  self->inner = g_object_ref (inner);
  self->patience = patience;
  return RFI_TRANSPORT (self);
}
