/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_FEED (rfi_sync_feed_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncFeed, rfi_sync_feed, RFI, SYNC_FEED, GObject)

/**
 * RfiSyncFeed:
 *
 * Brings the server's rows into the store as Sync v1 has it: what changed since the cursor, page
 * by page, each with its cursor; where there is no cursor that helps, a snapshot first, which
 * goes on where it broke off. @parts is borrowed.
 *
 * Signal `progress`: the numbers are new.
 */
RfiSyncFeed *rfi_sync_feed_new         (RfiSyncParts        *parts);

/* @people: (element-type utf8): users that rows name as technicians are added, interned.
 * finish: the store has all that the server had when its last page was asked for */
void         rfi_sync_feed_run_async   (RfiSyncFeed         *self,
                                        GHashTable          *people,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean     rfi_sync_feed_run_finish  (RfiSyncFeed         *self,
                                        GAsyncResult        *result,
                                        GError             **error);

/* Of the run that goes on, or the last one. */
gboolean     rfi_sync_feed_is_first    (RfiSyncFeed         *self);
guint        rfi_sync_feed_get_n_rows  (RfiSyncFeed         *self);
/* Of a snapshot; 0 = it is none */
guint        rfi_sync_feed_get_n_total (RfiSyncFeed         *self);

G_END_DECLS
