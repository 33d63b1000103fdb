/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-decision"

#include "config.h"

#include "rfi-decision.h"

struct _RfiDecision
{
  RfiConflict     *conflict;                /* (owned) */
  RfiPatch        *merged;                  /* (owned) (nullable): %NULL when the job is gone */
  RfiMergeOutcome  outcomes[RFI_N_FIELDS];
  gboolean         mine[RFI_N_FIELDS];      /* of collisions */
  guint            n_collisions;
};

/* What the person set: nothing for a deletion or a photo. */
static const char *
get_mine (const RfiDecision *self,
          RfiField           field)
{
  RfiPatch *patch = self->conflict->operation->patch;

  return patch != NULL ? rfi_patch_get (patch, field) : NULL;
}

RfiDecision *
rfi_decision_new (RfiConflict *conflict)
{
  RfiDecision *self = g_new0 (RfiDecision, 1);
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  RfiPatch *mine = conflict->operation->patch != NULL ? conflict->operation->patch : nothing;

  self->conflict = rfi_conflict_ref (conflict);
  if (conflict->theirs != NULL)
    self->merged = rfi_merge (conflict->base, mine, conflict->theirs, self->outcomes,
                              &self->n_collisions);
  rfi_decision_choose_all (self, TRUE);
  return self;
}

void
rfi_decision_free (RfiDecision *self)
{
  rfi_conflict_unref (self->conflict);
  g_clear_pointer (&self->merged, rfi_patch_unref);
  g_free (self);
}

RfiConflict *
rfi_decision_get_conflict (const RfiDecision *self)
{
  return self->conflict;
}

gboolean
rfi_decision_is_shown (const RfiDecision *self,
                       RfiField           field)
{
  return get_mine (self, field) != NULL || self->outcomes[field] != RFI_MERGE_SAME;
}

RfiMergeOutcome
rfi_decision_get_outcome (const RfiDecision *self,
                          RfiField           field)
{
  return self->outcomes[field];
}

guint
rfi_decision_count_collisions (const RfiDecision *self)
{
  return self->n_collisions;
}

gboolean
rfi_decision_may_be_mine (const RfiDecision *self,
                          RfiField           field)
{
  RfiStatus from;
  RfiStatus to;

  if (self->merged == NULL || get_mine (self, field) == NULL)
    return FALSE;
  if (rfi_field_get_rule (field) != RFI_MERGE_STATE_MACHINE)
    return TRUE;

  return rfi_status_from_string (rfi_patch_get (self->conflict->theirs, field), &from) &&
         rfi_status_from_string (get_mine (self, field), &to) && rfi_status_may_become (from, to);
}

gboolean
rfi_decision_is_mine (const RfiDecision *self,
                      RfiField           field)
{
  if (self->outcomes[field] == RFI_MERGE_COLLISION)
    return self->mine[field];

  return self->outcomes[field] == RFI_MERGE_MINE;
}

void
rfi_decision_choose (RfiDecision *self,
                     RfiField     field,
                     gboolean     mine)
{
  self->mine[field] = mine && rfi_decision_may_be_mine (self, field);
}

void
rfi_decision_choose_all (RfiDecision *self,
                         gboolean     mine)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_decision_choose (self, (RfiField) i, mine);
}

const char *
rfi_decision_get_result (const RfiDecision *self,
                         RfiField           field)
{
  if (self->merged == NULL)
    return NULL;

  return rfi_decision_is_mine (self, field) ? get_mine (self, field)
                                            : rfi_patch_get (self->merged, field);
}

RfiPatch *
rfi_decision_to_patch (const RfiDecision *self)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_decision_is_mine (self, (RfiField) i) || self->outcomes[i] == RFI_MERGE_BOTH)
      rfi_patch_set (patch, (RfiField) i, rfi_decision_get_result (self, (RfiField) i));

  return rfi_patch_is_empty (patch) ? NULL : g_steal_pointer (&patch);
}
