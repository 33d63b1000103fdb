/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_HELLO (rfi_sync_hello_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncHello, rfi_sync_hello, RFI, SYNC_HELLO, GObject)

/**
 * RfiSyncHello:
 *
 * Chooses the dialect, and where it is Sync v1, makes sure that the server and the store mean the
 * same by this device's numbers before anything is sent. What it finds is in @parts, which is
 * borrowed.
 */
RfiSyncHello *rfi_sync_hello_new        (RfiSyncParts        *parts);

/* Asks the server only if there is a reason to: see RfiSyncParts.hello_needed. finish: the dialect
 * is known; @error: it could not be found out */
void          rfi_sync_hello_run_async  (RfiSyncHello        *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean      rfi_sync_hello_run_finish (RfiSyncHello        *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/* What waited when the server was asked in the run that ended, as it was listed for that.
 * (transfer full) (nullable) (element-type RfiLetter): %NULL if it need not be asked, and if the
 * letters were taken already */
GPtrArray    *rfi_sync_hello_take_letters (RfiSyncHello     *self);

G_END_DECLS
