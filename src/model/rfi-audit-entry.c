/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-audit-entry"

#include "config.h"

#include "rfi-audit-entry.h"

static const char *const actions[RFI_N_AUDIT_ACTIONS] = {
  "created",  "changed",  "deleted",   "photo-added", "photo-deleted",
  "conflict", "resolved", "discarded", "rejected",    "escalated",
  "device-revoked", "investigated", "moved", "remade",
};

const char *
rfi_audit_action_to_string (RfiAuditAction action)
{
  g_return_val_if_fail (action < RFI_N_AUDIT_ACTIONS, NULL);

  return actions[action];
}

gboolean
rfi_audit_action_from_string (const char     *text,
                              RfiAuditAction *action)
{
  for (guint i = 0; i < RFI_N_AUDIT_ACTIONS; i++)
    if (g_strcmp0 (text, actions[i]) == 0)
      {
        *action = (RfiAuditAction) i;
        return TRUE;
      }

  return FALSE;
}

G_DEFINE_BOXED_TYPE (RfiAuditEntry, rfi_audit_entry, rfi_audit_entry_ref, rfi_audit_entry_unref)

RfiAuditEntry *
rfi_audit_entry_new (const RfiAuditEntry *template)
{
  RfiAuditEntry *self = g_new0 (RfiAuditEntry, 1);

  *self = *template;
  self->job_id = g_strdup (template->job_id);
  self->user_id = g_strdup (template->user_id);
  self->user_name = g_strdup (template->user_name);
  self->device_id = g_strdup (template->device_id);
  self->before = g_strdup (template->before);
  self->after = g_strdup (template->after);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiAuditEntry *
rfi_audit_entry_ref (RfiAuditEntry *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_audit_entry_unref (RfiAuditEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->job_id);
  g_free (self->user_id);
  g_free (self->user_name);
  g_free (self->device_id);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}
