/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-net.h"

G_BEGIN_DECLS

/* One machine's cable. */
typedef struct
{
  RfiRandom   *random;     /* (owned) */
  RfiSimClock *clock;      /* (owned) (nullable) */
  gint64       out_until;  /* nothing leaves before; ms since the beginning */
  gint64       in_until;
  GPtrArray   *calls;      /* (element-type RfiSimRequest): not answered yet */
  GPtrArray   *sockets;    /* (element-type RfiSocket): that its owner holds open; borrowed */
  guint64      n_sent;
} RfiSimLink;

struct _RfiSimNet
{
  RfiSimTime             *time;    /* borrowed */
  RfiSimFaults            faults;
  RfiSimLink             *links;   /* (owned) */
  guint                   n_links;
  const RfiSimServerSide *side;
  gpointer                server;  /* borrowed */
  gboolean                unheard;
};

/* ms until something sent now arrives */
gint64     rfi_sim_net_latency       (RfiSimNet            *self,
                                      RfiSimLink           *link);
gboolean   rfi_sim_net_draw          (RfiSimNet            *self,
                                      RfiSimLink           *link,
                                      RfiSimFault           fault);
gboolean   rfi_sim_net_is_out        (RfiSimNet            *self,
                                      RfiSimLink           *link);
gboolean   rfi_sim_net_is_in         (RfiSimNet            *self,
                                      RfiSimLink           *link);
/* When something that arrives at @at is noticed by a machine that may sleep. */
gint64     rfi_sim_net_noticed       (RfiSimLink           *link,
                                      gint64                at);

void       rfi_sim_socket_open_async (RfiSimNet            *net,
                                      guint                 who,
                                      GTask                *task);

G_END_DECLS
