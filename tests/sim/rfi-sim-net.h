/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-request.h"
#include "rfi-sim-faults.h"
#include "rfi-sim-time.h"
#include "rfi-socket.h"
#include "rfi-transport.h"

G_BEGIN_DECLS

typedef struct _RfiSimNet RfiSimNet;

/* What the server answers. */
typedef struct
{
  guint    status;
  char     type[40];     /* of the content */
  GString *body;         /* (owned) */
  guint    retry_after;  /* s; 0 = not said */
} RfiSimAnswer;

/* The server's side. */
typedef struct
{
  /* Does what is asked; %FALSE: the server is down, or went down on it: no answer comes.
   * @who: number of the machine that asks */
  gboolean (*handle) (gpointer      server,
                      guint         who,
                      RfiRequest   *request,
                      RfiSimAnswer *answer);
  /* A socket was opened; it lives until it is closed. %FALSE: the server is down */
  gboolean (*accept) (gpointer      server,
                      guint         who,
                      RfiSocket    *socket);
  void     (*hear)   (gpointer      server,
                      RfiSocket    *socket,
                      const char   *text,
                      gsize         length);
  void     (*hang_up) (gpointer     server,
                       RfiSocket   *socket);
} RfiSimServerSide;

/**
 * RfiSimNet:
 *
 * The network between the machines and their server, with all that can go wrong on it.
 */
RfiSimNet    *rfi_sim_net_new           (RfiSimTime             *time,
                                         const RfiSimFaults     *faults,
                                         guint64                 seed,
                                         guint                   n_machines,
                                         const RfiSimServerSide *side,
                                         gpointer                server);
void          rfi_sim_net_free          (RfiSimNet   *self);

/* Machine @who's way to the server. @clock: of the machine: nothing arrives while it sleeps */
RfiTransport *rfi_sim_net_transport_new (RfiSimNet   *self,
                                         guint        who,
                                         RfiSimClock *clock);
/* What was under way for @who never ends well: the machine crashed. */
void          rfi_sim_net_forget        (RfiSimNet   *self,
                                         guint        who);

/* Nothing of @who gets through for so many ms, that way, or both. */
void          rfi_sim_net_cut           (RfiSimNet   *self,
                                         guint        who,
                                         RfiSimFault  partition,
                                         gint64       ms);
/* Every fault of the network ends, for good. */
void          rfi_sim_net_heal          (RfiSimNet   *self);

/* From the server to the other end. */
void          rfi_sim_net_say           (RfiSocket   *socket,
                                         const char  *text,
                                         gsize        length);
/* The server ends it, or is gone. */
void          rfi_sim_net_drop          (RfiSocket   *socket);

/* Whether nobody waits for the answer to what is being handled: it came before, or was long on its
 * way and whoever asked is gone. */
gboolean      rfi_sim_net_is_unheard    (RfiSimNet   *self);

/* Requests of @who that are under way. */
guint         rfi_sim_net_in_flight     (RfiSimNet   *self,
                                         guint        who);
/* Connections and requests that @who began. */
guint64       rfi_sim_net_n_sent        (RfiSimNet   *self,
                                         guint        who);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSimNet, rfi_sim_net_free)

G_END_DECLS
