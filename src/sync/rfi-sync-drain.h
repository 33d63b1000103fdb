/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-operation.h"
#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_DRAIN (rfi_sync_drain_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncDrain, rfi_sync_drain, RFI, SYNC_DRAIN, GObject)

/* What the outbox held when it was last read. */
typedef struct
{
  guint  n_queued;
  guint  n_failed;
  guint  n_conflicts;
  gint64 oldest_queued_at;  /* ms since 1970; 0 = none */
} RfiSyncQueue;

/**
 * RfiSyncDrain:
 *
 * Sends what waits in the outbox until nothing may be sent now or the server cannot be asked: in
 * the compatible dialect one operation after the other, in Sync v1 what is numbered in batches
 * and only photos so. When each next try is due is remembered from run to run; after
 * a restart all are due. @parts is borrowed.
 *
 * Signal `changed`: one of the getters answers something new.
 */
RfiSyncDrain       *rfi_sync_drain_new           (RfiSyncParts        *parts);

/* @error: (out): why it stopped before its end */
void                rfi_sync_drain_run_async     (RfiSyncDrain        *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean            rfi_sync_drain_run_finish    (RfiSyncDrain        *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* Reads the outbox without sending, to know the numbers. Ends with run_finish(). */
void                rfi_sync_drain_count_async   (RfiSyncDrain        *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);

/* A person does not want to wait. */
void                rfi_sync_drain_forget_waits  (RfiSyncDrain        *self);

const RfiSyncQueue *rfi_sync_drain_get_queue     (RfiSyncDrain        *self);
/* (nullable): the operation in flight, or the first of several, and its job */
const char         *rfi_sync_drain_get_sending_id     (RfiSyncDrain   *self);
const char         *rfi_sync_drain_get_sending_job_id (RfiSyncDrain   *self);
double              rfi_sync_drain_get_fraction  (RfiSyncDrain        *self);
/* When the next try of one that failed is due, by the monotonic clock; G_MAXINT64 = none */
gint64              rfi_sync_drain_get_next_due  (RfiSyncDrain        *self);

G_END_DECLS
