/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict"

#include "config.h"

#include "rfi-conflict.h"

static const char *const reasons[RFI_N_CONFLICT_REASONS] = {
  "fields", "illegal-step", "deleted", "over-booking", "state-race", "inactive-target",
};

const char *
rfi_conflict_reason_to_string (RfiConflictReason reason)
{
  g_return_val_if_fail (reason < RFI_N_CONFLICT_REASONS, NULL);

  return reasons[reason];
}

gboolean
rfi_conflict_reason_from_string (const char        *text,
                                 RfiConflictReason *reason)
{
  for (guint i = 0; i < RFI_N_CONFLICT_REASONS; i++)
    if (g_strcmp0 (text, reasons[i]) == 0)
      {
        *reason = (RfiConflictReason) i;
        return TRUE;
      }

  return FALSE;
}

G_DEFINE_BOXED_TYPE (RfiConflict, rfi_conflict, rfi_conflict_ref, rfi_conflict_unref)

RfiConflict *
rfi_conflict_new (const RfiConflict *template)
{
  RfiConflict *self = g_new0 (RfiConflict, 1);

  *self = *template;
  self->id = g_strdup (template->id);
  self->operation = rfi_operation_ref (template->operation);
  self->job_id = g_strdup (template->job_id);
  self->job_title = g_strdup (template->job_title);
  self->base = rfi_patch_ref (template->base);
  self->theirs = template->theirs != NULL ? rfi_patch_ref (template->theirs) : NULL;
  self->base_etag = g_strdup (template->base_etag);
  self->theirs_etag = g_strdup (template->theirs_etag);
  self->theirs_by = g_strdup (template->theirs_by);
  self->record_id = g_strdup (template->record_id);
  self->facts = template->facts != NULL ? rfi_conflict_facts_ref (template->facts) : NULL;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiConflict *
rfi_conflict_ref (RfiConflict *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_conflict_unref (RfiConflict *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->id);
  rfi_operation_unref (self->operation);
  g_free (self->job_id);
  g_free (self->job_title);
  rfi_patch_unref (self->base);
  g_clear_pointer (&self->theirs, rfi_patch_unref);
  g_free (self->base_etag);
  g_free (self->theirs_etag);
  g_free (self->theirs_by);
  g_free (self->record_id);
  g_clear_pointer (&self->facts, rfi_conflict_facts_unref);
  g_free (self);
}
