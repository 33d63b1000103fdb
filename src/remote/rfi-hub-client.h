/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-hub-frame.h"
#include "rfi-remote.h"

G_BEGIN_DECLS

#define RFI_TYPE_HUB_CLIENT (rfi_hub_client_get_type ())

G_DECLARE_FINAL_TYPE (RfiHubClient, rfi_hub_client, RFI, HUB_CLIENT, GObject)

/**
 * RfiHubClient:
 *
 * A SignalR client: negotiate, WebSocket, handshake, then pings every 15 s, and an end after
 * 30 s of silence. Events are hints: they repeat, overtake each other and get lost. It does not
 * reconnect by itself. Signals, in the context it was made in:
 *
 * "event" (int RfiHubEvent, RfiJob *job, char *previous_status, char *triggered_by): all but the
 *   first (nullable)
 * "closed" (GError *error): once for each connect that ended well, unless it was
 *   rfi_hub_client_disconnect() that ended it; (nullable)
 */
RfiHubClient *rfi_hub_client_new            (RfiRemote            *remote,
                                             RfiClock             *clock);

/* Ends once the handshake is done. RFI_REMOTE_ERROR. */
void          rfi_hub_client_connect_async  (RfiHubClient         *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean      rfi_hub_client_connect_finish (RfiHubClient         *self,
                                             GAsyncResult         *result,
                                             GError              **error);
void          rfi_hub_client_disconnect     (RfiHubClient         *self);
gboolean      rfi_hub_client_is_connected   (RfiHubClient         *self);

G_END_DECLS
