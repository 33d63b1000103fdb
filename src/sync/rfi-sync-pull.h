/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-sync-parts.h"

G_BEGIN_DECLS

/* In the store's meta: ms since 1970 of the last pull that ended well. */
#define RFI_SYNC_META_LAST "last-sync"

#define RFI_TYPE_SYNC_PULL (rfi_sync_pull_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncPull, rfi_sync_pull, RFI, SYNC_PULL, GObject)

/**
 * RfiSyncPull:
 *
 * Brings the server's rows into the store: what changed since the last time, or a complete
 * listing, which alone can tell what is gone. Rows go in by pages as they arrive; the cursor
 * goes with the last page, so that one that breaks off costs nothing but its time. @parts is
 * borrowed.
 *
 * Signal `progress`: the numbers are new.
 */
RfiSyncPull *rfi_sync_pull_new           (RfiSyncParts        *parts);

/* @listing: whether a complete listing is wanted; the first pull is one anyway */
void         rfi_sync_pull_run_async     (RfiSyncPull         *self,
                                          gboolean             listing,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data);
gboolean     rfi_sync_pull_run_finish    (RfiSyncPull         *self,
                                          GAsyncResult        *result,
                                          GError             **error);

/* Of the pull that runs, or the last one: whether it knows what is gone. In Sync v1 all do. */
gboolean     rfi_sync_pull_is_listing    (RfiSyncPull         *self);
/* The account never completed one before. */
gboolean     rfi_sync_pull_is_first      (RfiSyncPull         *self);
guint        rfi_sync_pull_get_n_rows    (RfiSyncPull         *self);
/* Of a first one; 0 = not known */
guint        rfi_sync_pull_get_n_total   (RfiSyncPull         *self);
/* The server's time went back: what it says changed may not be all. */
gboolean     rfi_sync_pull_went_back     (RfiSyncPull         *self);

/* Users that rows name as technicians. (element-type utf8): a set, emptied by the reader */
GHashTable  *rfi_sync_pull_get_people    (RfiSyncPull         *self);

G_END_DECLS
