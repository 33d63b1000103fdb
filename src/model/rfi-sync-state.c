/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-state"

#include "config.h"

#include "rfi-sync-state.h"

G_DEFINE_BOXED_TYPE (RfiSyncState, rfi_sync_state, rfi_sync_state_ref, rfi_sync_state_unref)

RfiSyncState *
rfi_sync_state_new (const RfiSyncState *template)
{
  RfiSyncState *self = g_new0 (RfiSyncState, 1);

  *self = *template;
  self->sending_id = g_strdup (template->sending_id);
  self->sending_job_id = g_strdup (template->sending_job_id);
  self->error_code = g_strdup (template->error_code);
  self->error_message = g_strdup (template->error_message);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiSyncState *
rfi_sync_state_ref (RfiSyncState *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_sync_state_unref (RfiSyncState *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->sending_id);
  g_free (self->sending_job_id);
  g_free (self->error_code);
  g_free (self->error_message);
  g_free (self);
}
