/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-socket"

#include "config.h"

#include "rfi-sim-net-private.h"

#include "rfi-remote-error.h"

#define RFI_TYPE_SIM_SOCKET (rfi_sim_socket_get_type ())

G_DECLARE_FINAL_TYPE (RfiSimSocket, rfi_sim_socket, RFI, SIM_SOCKET, GObject)

/* Both ends of one connection. */
struct _RfiSimSocket
{
  GObject    parent_instance;

  RfiSimNet *net;          /* borrowed */
  guint      who;
  gint64     out_at;       /* when the last thing sent arrives: nothing overtakes */
  gint64     in_at;
  gboolean   open;         /* at the machine's end */
  gboolean   server_open;
};

typedef struct
{
  RfiSimSocket *socket;  /* (owned) */
  GBytes       *data;    /* (owned) (nullable): %NULL = the end */
} Piece;

static void socket_iface_init (RfiSocketInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSimSocket, rfi_sim_socket, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_SOCKET, socket_iface_init))

static RfiSimLink *
link_of (RfiSimSocket *self)
{
  return &self->net->links[self->who];
}

static void
piece_free (Piece *piece)
{
  g_object_unref (piece->socket);
  g_clear_pointer (&piece->data, g_bytes_unref);
  g_free (piece);
}

static Piece *
piece_new (RfiSimSocket *socket,
           const char   *text,
           gsize         length)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->socket = g_object_ref (socket);
  if (text != NULL)
    piece->data = g_bytes_new (text, length);
  return piece;
}

/* From the machine to the server */

static void
reach_server (gpointer data)
{
  Piece *piece = data;
  RfiSimSocket *self = piece->socket;
  RfiSimNet *net = self->net;
  gsize length;
  const char *text;

  if (!self->server_open)
    return;

  if (piece->data == NULL)
    {
      self->server_open = FALSE;
      net->side->hang_up (net->server, RFI_SOCKET (self));
      return;
    }

  text = g_bytes_get_data (piece->data, &length);
  net->side->hear (net->server, RFI_SOCKET (self), text, length);
}

static void
post (RfiSimSocket *self,
      Piece        *piece)
{
  gint64 now = rfi_sim_time_now (self->net->time);

  if (rfi_sim_net_is_out (self->net, link_of (self)))
    {
      piece_free (piece);
      return;
    }

  self->out_at = MAX (self->out_at + 1, now + rfi_sim_net_latency (self->net, link_of (self)));
  rfi_sim_time_at (self->net->time, self->out_at, reach_server, piece,
                   (GDestroyNotify) piece_free);
}

static void
socket_send (RfiSocket  *socket,
             const char *text,
             gsize       length)
{
  RfiSimSocket *self = RFI_SIM_SOCKET (socket);

  if (self->open)
    post (self, piece_new (self, text, length));
}

static void
end_here (RfiSimSocket *self)
{
  self->open = FALSE;
  g_ptr_array_remove (link_of (self)->sockets, self);
}

static void
socket_close (RfiSocket *socket)
{
  RfiSimSocket *self = RFI_SIM_SOCKET (socket);

  if (!self->open)
    return;

  end_here (self);
  post (self, piece_new (self, NULL, 0));
}

static void
socket_iface_init (RfiSocketInterface *iface)
{
  iface->send = socket_send;
  iface->close = socket_close;
}

static void
rfi_sim_socket_class_init (RfiSimSocketClass *klass)
{
}

static void
rfi_sim_socket_init (RfiSimSocket *self)
{
}

/* From the server to the machine */

static void
reach_machine (gpointer data)
{
  Piece *piece = data;
  RfiSimSocket *self = piece->socket;

  if (!self->open || rfi_sim_net_is_in (self->net, link_of (self)))
    return;

  if (piece->data != NULL)
    {
      rfi_socket_emit_message (RFI_SOCKET (self), piece->data);
      return;
    }

  end_here (self);
  rfi_socket_emit_closed (RFI_SOCKET (self), NULL);
}

static void
bring (RfiSimSocket *self,
       Piece        *piece,
       gint64        more)
{
  gint64 now = rfi_sim_time_now (self->net->time);
  gint64 at = now + rfi_sim_net_latency (self->net, link_of (self)) + more;

  self->in_at = rfi_sim_net_noticed (link_of (self), MAX (self->in_at + 1, at));
  rfi_sim_time_at (self->net->time, self->in_at, reach_machine, piece,
                   (GDestroyNotify) piece_free);
}

void
rfi_sim_net_say (RfiSocket  *socket,
                 const char *text,
                 gsize       length)
{
  RfiSimSocket *self = RFI_SIM_SOCKET (socket);
  RfiSimLink *link = link_of (self);
  gint64 more = 0;

  if (!self->server_open)
    return;

  /* What the hub does wrong concerns its events only. */
  if (g_strstr_len (text, (gssize) length, "\"type\":1") != NULL)
    {
      gboolean lost = rfi_sim_net_draw (self->net, link, RFI_SIM_FAULT_HUB_DROP);
      gboolean twice = rfi_sim_net_draw (self->net, link, RFI_SIM_FAULT_HUB_DUPLICATE);

      if (rfi_sim_net_draw (self->net, link, RFI_SIM_FAULT_HUB_DELAY))
        more = (gint64) rfi_random_range (link->random, 15000);
      if (rfi_sim_net_draw (self->net, link, RFI_SIM_FAULT_HUB_CLOSE))
        rfi_sim_net_drop (socket);
      if (lost)
        return;
      if (twice)
        bring (self, piece_new (self, text, length), more);
    }

  bring (self, piece_new (self, text, length), more);
}

void
rfi_sim_net_drop (RfiSocket *socket)
{
  RfiSimSocket *self = RFI_SIM_SOCKET (socket);

  if (!self->server_open)
    return;

  self->server_open = FALSE;
  bring (self, piece_new (self, NULL, 0), 0);
}

/* Opening */

typedef struct
{
  RfiSimNet *net;   /* borrowed */
  guint      who;
  GTask     *task;  /* (owned) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->task);
  g_free (opening);
}

static void
fail_opening (gpointer data)
{
  Opening *opening = data;

  if (!g_task_return_error_if_cancelled (opening->task))
    g_task_return_error (opening->task,
                         rfi_remote_error_new (RFI_REMOTE_ERROR_OFFLINE, "Simulated"));
}

static void
open_now (gpointer data)
{
  Opening *opening = data;
  RfiSimNet *net = opening->net;
  g_autoptr(RfiSimSocket) self = NULL;

  if (g_task_return_error_if_cancelled (opening->task))
    return;

  self = g_object_new (RFI_TYPE_SIM_SOCKET, NULL);
  self->net = net;
  self->who = opening->who;
  self->open = TRUE;
  self->server_open = net->side->accept (net->server, opening->who, RFI_SOCKET (self));
  if (!self->server_open)
    {
      fail_opening (opening);
      return;
    }

  g_ptr_array_add (net->links[opening->who].sockets, self);
  g_task_return_pointer (opening->task, g_steal_pointer (&self), g_object_unref);
}

void
rfi_sim_socket_open_async (RfiSimNet *net,
                           guint      who,
                           GTask     *task)
{
  RfiSimLink *link = &net->links[who];
  Opening *opening = g_new (Opening, 1);
  gint64 at = rfi_sim_time_now (net->time) + rfi_sim_net_latency (net, link);
  gboolean lost = rfi_sim_net_draw (net, link, RFI_SIM_FAULT_DROP_REQUEST) ||
                  rfi_sim_net_is_out (net, link) || rfi_sim_net_is_in (net, link);

  opening->net = net;
  opening->who = who;
  opening->task = task;
  rfi_sim_time_at (net->time, rfi_sim_net_noticed (link, at), lost ? fail_opening : open_now,
                   opening, (GDestroyNotify) opening_free);
}
