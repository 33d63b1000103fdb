/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_DIRECTORY (rfi_sync_directory_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncDirectory, rfi_sync_directory, RFI, SYNC_DIRECTORY, GObject)

/**
 * RfiSyncDirectory:
 *
 * Keeps the people and vendors in the store as the server lists them: at first, every few
 * minutes, and sooner when a job names somebody unknown. Technicians may not see them and get
 * none. @parts is borrowed.
 */
RfiSyncDirectory *rfi_sync_directory_new            (RfiSyncParts        *parts);

/* @people: (element-type utf8): a set of user ids that jobs name; emptied */
void              rfi_sync_directory_note           (RfiSyncDirectory    *self,
                                                     GHashTable          *people);

/* Does what is due, if anything is. */
void              rfi_sync_directory_refresh_async  (RfiSyncDirectory    *self,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean          rfi_sync_directory_refresh_finish (RfiSyncDirectory    *self,
                                                     GAsyncResult        *result,
                                                     GError             **error);

G_END_DECLS
