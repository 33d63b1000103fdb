/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_LIVE (rfi_sync_live_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncLive, rfi_sync_live, RFI, SYNC_LIVE, GObject)

/**
 * RfiSyncLive:
 *
 * Keeps the real-time connection open while it is wanted: after its end it is tried again after
 * 0, 2, 4, 8, 16, then every 30 seconds, each with jitter, each time with a new hub token.
 * @parts is borrowed.
 *
 * Signals: `connected` (gint64 gap: ms since it was last open, -1 for the first time), `closed`,
 * `event` (gboolean deleted, RfiJob *job, char *triggered_by (nullable)).
 */
RfiSyncLive *rfi_sync_live_new          (RfiSyncParts *parts);

/* Whether it is wanted at all: signed in, online, not told to stay offline. */
void         rfi_sync_live_set_wanted   (RfiSyncLive  *self,
                                         gboolean      wanted);
gboolean     rfi_sync_live_is_connected (RfiSyncLive  *self);

/* ms since 1970; 0 = not connected */
gint64       rfi_sync_live_get_since    (RfiSyncLive  *self);

G_END_DECLS
