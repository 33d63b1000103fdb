/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-facts"

#include "config.h"

#include "rfi-conflict-facts.h"

RfiCaseNote *
rfi_case_note_new (const char *by,
                   const char *by_name,
                   gint64      at,
                   const char *text)
{
  RfiCaseNote *self = g_new0 (RfiCaseNote, 1);

  self->by = g_strdup (by);
  self->by_name = g_strdup (by_name);
  self->at = at;
  self->text = g_strdup (text);
  return self;
}

void
rfi_case_note_free (RfiCaseNote *self)
{
  g_free (self->by);
  g_free (self->by_name);
  g_free (self->text);
  g_free (self);
}

RfiConflictFacts *
rfi_conflict_facts_new (void)
{
  RfiConflictFacts *self = g_new0 (RfiConflictFacts, 1);

  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_case_note_free);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiConflictFacts *
rfi_conflict_facts_ref (RfiConflictFacts *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_conflict_facts_unref (RfiConflictFacts *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->user_name);
  g_free (self->theirs_name);
  g_free (self->escalated_to);
  g_free (self->escalated_to_name);
  g_free (self->escalated_by);
  g_free (self->escalated_by_name);
  g_free (self->escalation_note);
  g_free (self->owner);
  g_free (self->owner_name);
  g_ptr_array_unref (self->notes);
  g_free (self->resolved_by);
  g_free (self->resolved_by_name);
  g_clear_pointer (&self->resolution, rfi_patch_unref);
  g_free (self);
}

gboolean
rfi_conflict_facts_is_settled (const RfiConflictFacts *self)
{
  return self != NULL && self->resolved_at != 0;
}

gboolean
rfi_conflict_facts_is_escalated (const RfiConflictFacts *self)
{
  return self != NULL && self->escalation_note != NULL;
}

gboolean
rfi_conflict_facts_is_investigated (const RfiConflictFacts *self)
{
  return self != NULL && self->begun_at != 0 && self->ended_at == 0;
}
