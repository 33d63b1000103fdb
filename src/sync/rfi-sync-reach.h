/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_REACH (rfi_sync_reach_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncReach, rfi_sync_reach, RFI, SYNC_REACH, GObject)

/**
 * RfiSyncReach:
 *
 * Whether the server can be reached: only its own health answer counts. One hit is online, two
 * misses in a row are offline. @parts is borrowed, and told what the health answer says.
 */
RfiSyncReach *rfi_sync_reach_new          (RfiSyncParts        *parts);

/* Asks; after a first miss once more, a moment later. finish: whether it is online; @error
 * (nullable): why not. */
void          rfi_sync_reach_probe_async  (RfiSyncReach        *self,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean      rfi_sync_reach_probe_finish (RfiSyncReach        *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Whether a probe answered at all yet, and the last one's outcome. */
gboolean      rfi_sync_reach_is_known     (RfiSyncReach        *self);
gboolean      rfi_sync_reach_is_online    (RfiSyncReach        *self);

/* Whether it was online within the last @ms. */
gboolean      rfi_sync_reach_is_fresh     (RfiSyncReach        *self,
                                           gint64               ms);
/* Another call failed for the network: the next question is asked anew. */
void          rfi_sync_reach_doubt        (RfiSyncReach        *self);

/* ms since 1970; 0 = not offline */
gint64        rfi_sync_reach_get_offline_since (RfiSyncReach   *self);
/* ms, of the last hit */
guint         rfi_sync_reach_get_latency  (RfiSyncReach        *self);

G_END_DECLS
