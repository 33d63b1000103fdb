/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_METRICS (rfi_sync_metrics_get_type ())

/* Samples kept of each series; the oldest go first. */
#define RFI_SYNC_METRICS_SIZE 240

typedef enum {
  RFI_SYNC_SERIES_DURATION,     /* ms of each whole cycle */
  RFI_SYNC_SERIES_LATENCY,      /* ms of each health probe */
  RFI_SYNC_SERIES_QUEUE_DEPTH,  /* operations waiting when a cycle began */
  RFI_SYNC_SERIES_ROWS,         /* rows pulled by each cycle */
} RfiSyncSeries;

#define RFI_N_SYNC_SERIES 4

typedef enum {
  RFI_SYNC_COUNTER_CYCLES,
  RFI_SYNC_COUNTER_FAILED_CYCLES,
  RFI_SYNC_COUNTER_FAILED_IN_A_ROW, /* up to now */
  RFI_SYNC_COUNTER_SENT,        /* tries to send an operation */
  RFI_SYNC_COUNTER_CONFIRMED,
  RFI_SYNC_COUNTER_RECOGNISED,  /* confirmed by finding that an earlier try had worked */
  RFI_SYNC_COUNTER_MERGED,      /* rebased without a person */
  RFI_SYNC_COUNTER_CONFLICTS,
  RFI_SYNC_COUNTER_REJECTED,
  RFI_SYNC_COUNTER_UNKNOWN,     /* tries whose outcome is unknown */
  RFI_SYNC_COUNTER_ROWS,        /* rows pulled */
  RFI_SYNC_COUNTER_LISTINGS,    /* complete listings pulled */
  RFI_SYNC_COUNTER_EVENTS,      /* real-time events received */
  RFI_SYNC_COUNTER_RECONNECTS,  /* of the real-time connection */
} RfiSyncCounter;

#define RFI_N_SYNC_COUNTERS 14

typedef struct
{
  gint64 at;     /* ms since 1970 */
  double value;
} RfiSyncSample;

/**
 * RfiSyncMetrics:
 *
 * Figures about the engine since it started, in memory only. Plain data: belongs to one thread
 * at a time, a copy crosses.
 */
typedef struct _RfiSyncMetrics RfiSyncMetrics;

GType                rfi_sync_metrics_get_type    (void) G_GNUC_CONST;
RfiSyncMetrics      *rfi_sync_metrics_new         (void);
RfiSyncMetrics      *rfi_sync_metrics_copy        (const RfiSyncMetrics *self);
void                 rfi_sync_metrics_free        (RfiSyncMetrics       *self);

void                 rfi_sync_metrics_count       (RfiSyncMetrics       *self,
                                                   RfiSyncCounter        counter,
                                                   guint                 n);
/* It starts over. */
void                 rfi_sync_metrics_reset       (RfiSyncMetrics       *self,
                                                   RfiSyncCounter        counter);
guint64              rfi_sync_metrics_get_count   (const RfiSyncMetrics *self,
                                                   RfiSyncCounter        counter);

void                 rfi_sync_metrics_sample      (RfiSyncMetrics       *self,
                                                   RfiSyncSeries         series,
                                                   gint64                at,
                                                   double                value);
/* At most RFI_SYNC_METRICS_SIZE. */
guint                rfi_sync_metrics_get_length  (const RfiSyncMetrics *self,
                                                   RfiSyncSeries         series);
/* And those that are not kept any more. */
guint64              rfi_sync_metrics_get_total   (const RfiSyncMetrics *self,
                                                   RfiSyncSeries         series);
/* @index: 0 is the oldest sample kept */
const RfiSyncSample *rfi_sync_metrics_get_sample  (const RfiSyncMetrics *self,
                                                   RfiSyncSeries         series,
                                                   guint                 index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSyncMetrics, rfi_sync_metrics_free)

G_END_DECLS
