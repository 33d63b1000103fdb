/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-hub.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* Why a connection ended, as far as the hub counts it. */
typedef enum {
  RFI_HUB_CONNECTION_LEFT,
  RFI_HUB_CONNECTION_OVERFLOWED,
  RFI_HUB_CONNECTION_TIMED_OUT,
} RfiHubConnectionEnd;

#define RFI_TYPE_HUB_CONNECTION (rfi_hub_connection_get_type ())

G_DECLARE_FINAL_TYPE (RfiHubConnection, rfi_hub_connection, RFI, HUB_CONNECTION, GObject)

/**
 * RfiHubConnection:
 *
 * One connected socket: handshake, pings, silence, and what waits to be sent.
 *
 * Signals: "ready" once the handshake is done; "ended" when nothing more will come of it, which
 * is before "closed", when the socket itself is gone. "attend" (char *job_id, int RfiAttention): as
 * rfi-wire-presence.h.
 */

/* @limits: complete, with no 0 left in it */
RfiHubConnection   *rfi_hub_connection_new      (SoupWebsocketConnection *socket,
                                                 RfiUser                 *user,
                                                 RfiClock                *clock,
                                                 const RfiHubLimits      *limits);

/* Returns: (transfer none) */
RfiUser            *rfi_hub_connection_get_user (RfiHubConnection        *self);

/* Whether its handshake was done. */
gboolean            rfi_hub_connection_is_ready (RfiHubConnection        *self);

/* Of an ended one: why. */
RfiHubConnectionEnd rfi_hub_connection_get_end  (RfiHubConnection        *self);

/* Marks it with @round; %FALSE if it was already. */
gboolean            rfi_hub_connection_mark     (RfiHubConnection        *self,
                                                 guint64                  round);

/* Puts whole records into the queue. Too many waiting end the connection instead. */
void                rfi_hub_connection_send     (RfiHubConnection        *self,
                                                 GBytes                  *records);

/* Says goodbye and closes. @error: (nullable): words for the client */
void                rfi_hub_connection_close    (RfiHubConnection        *self,
                                                 const char              *error,
                                                 gboolean                 allow_reconnect);

G_END_DECLS
