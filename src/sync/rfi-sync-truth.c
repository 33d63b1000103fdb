/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-truth"

#include "config.h"

#include "rfi-sync-truth.h"

#include "rfi-sync-error.h"

/* Before the server answered for the first time. */
static RfiPhase
find_early_phase (const RfiSyncTruth *self)
{
  if (self->forced_offline_since != 0)
    return RFI_PHASE_OFFLINE;
  if (self->needs_sign_in)
    return RFI_PHASE_NEEDS_SIGN_IN;

  return self->error != NULL ? RFI_PHASE_FAILED : RFI_PHASE_STARTING;
}

static RfiPhase
find_phase (const RfiSyncTruth *self)
{
  if (self->forced_offline_since != 0 || self->needs_sign_in ||
      !rfi_sync_reach_is_known (self->reach))
    return find_early_phase (self);
  if (!rfi_sync_reach_is_online (self->reach))
    return RFI_PHASE_OFFLINE;

  if (rfi_sync_drain_get_sending_id (self->drain) != NULL)
    return RFI_PHASE_SYNCING;
  if (self->pulling && rfi_sync_pull_is_first (self->pull))
    return RFI_PHASE_SYNCING;
  if (self->error != NULL)
    return RFI_PHASE_FAILED;
  if (self->last_sync_at == 0)
    return self->working ? RFI_PHASE_SYNCING : RFI_PHASE_STARTING;
  if (self->gap)
    return RFI_PHASE_CATCHING_UP;

  return self->live_current ? RFI_PHASE_LIVE : RFI_PHASE_ONLINE;
}

RfiSyncState *
rfi_sync_truth_tell (const RfiSyncTruth *self)
{
  const RfiSyncQueue *queue = rfi_sync_drain_get_queue (self->drain);
  const RfiSyncParts *parts = self->parts;
  RfiSyncState template = {
    .phase = find_phase (self),
    .online = self->forced_offline_since == 0 && rfi_sync_reach_is_online (self->reach),
    .real_time = rfi_sync_live_is_connected (self->live),
    .first_pull = self->pulling && rfi_sync_pull_is_first (self->pull),
    .n_done = self->pulling ? rfi_sync_pull_get_n_rows (self->pull) : 0,
    .n_total = self->pulling ? rfi_sync_pull_get_n_total (self->pull) : 0,
    .n_queued = queue->n_queued,
    .n_failed = queue->n_failed,
    .n_conflicts = queue->n_conflicts,
    .oldest_queued_at = queue->oldest_queued_at,
    .offline_since = self->forced_offline_since != 0
                       ? self->forced_offline_since
                       : rfi_sync_reach_get_offline_since (self->reach),
    .last_sync_at = self->last_sync_at,
    .next_try_at = self->next_try_at,
    .real_time_since = rfi_sync_live_get_since (self->live),
    .latency = rfi_sync_reach_get_latency (self->reach),
    .last_duration = self->last_duration,
    .sending_id = (char *) rfi_sync_drain_get_sending_id (self->drain),
    .sending_job_id = (char *) rfi_sync_drain_get_sending_job_id (self->drain),
    .sending_fraction = rfi_sync_drain_get_fraction (self->drain),
    .error_code = self->error != NULL ? (char *) rfi_sync_error_code (self->error) : NULL,
    .error_message = self->error != NULL ? self->error->message : NULL,
    .error_at = self->error_at,
    .dialect = parts->dialect,
    .dialect_reason = parts->dialect_reason,
    .clock_offset = parts->clock_offset,
    .device_revoked = parts->device_revoked,
    .reissue = parts->reissue,
    .n_reissued = parts->n_reissued,
    .reissued_at = parts->reissued_at,
    .restored_at = parts->restored_at,
    .restored_before = parts->restored_before,
  };

  return rfi_sync_state_new (&template);
}
