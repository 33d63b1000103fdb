/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-letter.h"
#include "rfi-sync-parts.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_PUSH (rfi_sync_push_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncPush, rfi_sync_push, RFI, SYNC_PUSH, GObject)

/**
 * RfiSyncPush:
 *
 * Sends letters in batches, as Sync v1 has it, until none may be sent now or the server cannot be
 * asked. Where the other dialect is spoken it only finds that out. @parts is borrowed.
 *
 * Signal `changed`: rfi_sync_push_get_sending() answers something new.
 */
RfiSyncPush *rfi_sync_push_new          (RfiSyncParts        *parts);

/* @error: (out): why it stopped before its end */
void         rfi_sync_push_run_async    (RfiSyncPush         *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
gboolean     rfi_sync_push_run_finish   (RfiSyncPush         *self,
                                         GAsyncResult        *result,
                                         GError             **error);

/* A person does not want to wait. */
void         rfi_sync_push_forget_waits (RfiSyncPush         *self);

/* (nullable): the first of the batch in flight */
RfiLetter   *rfi_sync_push_get_sending  (RfiSyncPush         *self);
/* When the next try of one that was put off is due, by the monotonic clock; G_MAXINT64 = none */
gint64       rfi_sync_push_get_next_due (RfiSyncPush         *self);

G_END_DECLS
