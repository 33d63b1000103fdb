/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-metrics"

#include "config.h"

#include "rfi-sync-metrics.h"

typedef struct
{
  RfiSyncSample samples[RFI_SYNC_METRICS_SIZE];
  guint         first;
  guint         length;
  guint64       total;
} Ring;

struct _RfiSyncMetrics
{
  guint64 counters[RFI_N_SYNC_COUNTERS];
  Ring    series[RFI_N_SYNC_SERIES];
};

G_DEFINE_BOXED_TYPE (RfiSyncMetrics, rfi_sync_metrics, rfi_sync_metrics_copy,
                     rfi_sync_metrics_free)

RfiSyncMetrics *
rfi_sync_metrics_new (void)
{
  return g_new0 (RfiSyncMetrics, 1);
}

RfiSyncMetrics *
rfi_sync_metrics_copy (const RfiSyncMetrics *self)
{
  return g_memdup2 (self, sizeof *self);
}

void
rfi_sync_metrics_free (RfiSyncMetrics *self)
{
  g_free (self);
}

void
rfi_sync_metrics_count (RfiSyncMetrics *self,
                        RfiSyncCounter  counter,
                        guint           n)
{
  g_return_if_fail (counter < RFI_N_SYNC_COUNTERS);

  self->counters[counter] += n;
}

void
rfi_sync_metrics_reset (RfiSyncMetrics *self,
                        RfiSyncCounter  counter)
{
  g_return_if_fail (counter < RFI_N_SYNC_COUNTERS);

  self->counters[counter] = 0;
}

guint64
rfi_sync_metrics_get_count (const RfiSyncMetrics *self,
                            RfiSyncCounter        counter)
{
  g_return_val_if_fail (counter < RFI_N_SYNC_COUNTERS, 0);

  return self->counters[counter];
}

void
rfi_sync_metrics_sample (RfiSyncMetrics *self,
                         RfiSyncSeries   series,
                         gint64          at,
                         double          value)
{
  Ring *ring;
  RfiSyncSample *sample;

  g_return_if_fail (series < RFI_N_SYNC_SERIES);

  ring = &self->series[series];
  sample = &ring->samples[(ring->first + ring->length) % RFI_SYNC_METRICS_SIZE];
  sample->at = at;
  sample->value = value;
  ring->total++;

  if (ring->length < RFI_SYNC_METRICS_SIZE)
    ring->length++;
  else
    ring->first = (ring->first + 1) % RFI_SYNC_METRICS_SIZE;
}

guint
rfi_sync_metrics_get_length (const RfiSyncMetrics *self,
                             RfiSyncSeries         series)
{
  g_return_val_if_fail (series < RFI_N_SYNC_SERIES, 0);

  return self->series[series].length;
}

guint64
rfi_sync_metrics_get_total (const RfiSyncMetrics *self,
                            RfiSyncSeries         series)
{
  g_return_val_if_fail (series < RFI_N_SYNC_SERIES, 0);

  return self->series[series].total;
}

const RfiSyncSample *
rfi_sync_metrics_get_sample (const RfiSyncMetrics *self,
                             RfiSyncSeries         series,
                             guint                 index)
{
  const Ring *ring;

  g_return_val_if_fail (series < RFI_N_SYNC_SERIES, NULL);

  ring = &self->series[series];
  g_return_val_if_fail (index < ring->length, NULL);

  return &ring->samples[(ring->first + index) % RFI_SYNC_METRICS_SIZE];
}
