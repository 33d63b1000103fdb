/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-decision"

#include "config.h"

#include "rfi-decision.h"

#include <string.h>

struct _RfiDecision
{
  RfiConflict     *conflict;                /* (owned) */
  RfiPatch        *merged;                  /* (owned) (nullable): %NULL when the job is gone */
  RfiPatch        *values;                  /* (owned): typed by the person now */
  RfiMergeOutcome  outcomes[RFI_N_FIELDS];
  RfiChoice        choices[RFI_N_FIELDS];   /* of collisions */
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

static const char *
get_theirs (const RfiDecision *self,
            RfiField           field)
{
  return self->conflict->theirs != NULL ? rfi_patch_get (self->conflict->theirs, field) : NULL;
}

/* Only one side changed it, and still it cannot be left to itself. */
static gboolean
is_contested (const RfiDecision *self,
              RfiField           field)
{
  switch ((int) self->conflict->reason)
    {
    case RFI_CONFLICT_INACTIVE_TARGET:
      return field == RFI_FIELD_ASSIGNED_TO;
    case RFI_CONFLICT_OVER_BOOKING:
      return field == RFI_FIELD_ASSIGNED_TO || field == RFI_FIELD_SCHEDULED_START ||
             field == RFI_FIELD_SCHEDULED_END;
    default:
      return FALSE;
    }
}

static RfiChoice
propose (const RfiDecision *self,
         RfiField           field)
{
  RfiMergeRule rule = rfi_field_get_rule (field);

  if (is_contested (self, field) || rule == RFI_MERGE_MANUAL ||
      self->conflict->reason == RFI_CONFLICT_STATE_RACE)
    return RFI_CHOICE_OPEN;

  return rfi_decision_may_be_mine (self, field) ? RFI_CHOICE_MINE : RFI_CHOICE_THEIRS;
}

RfiDecision *
rfi_decision_new (RfiConflict *conflict)
{
  RfiDecision *self = g_new0 (RfiDecision, 1);
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  RfiPatch *mine = conflict->operation->patch != NULL ? conflict->operation->patch : nothing;

  self->conflict = rfi_conflict_ref (conflict);
  self->values = rfi_patch_new ();
  if (conflict->theirs != NULL)
    self->merged = rfi_merge (conflict->base, mine, conflict->theirs, self->outcomes,
                              &self->n_collisions);

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;

      if (self->outcomes[i] == RFI_MERGE_MINE && is_contested (self, field))
        {
          self->outcomes[i] = RFI_MERGE_COLLISION;
          self->n_collisions++;
        }
      if (self->outcomes[i] == RFI_MERGE_COLLISION)
        self->choices[i] = propose (self, field);
    }
  return self;
}

void
rfi_decision_free (RfiDecision *self)
{
  rfi_conflict_unref (self->conflict);
  g_clear_pointer (&self->merged, rfi_patch_unref);
  rfi_patch_unref (self->values);
  g_free (self);
}

RfiConflict *
rfi_decision_get_conflict (const RfiDecision *self)
{
  return self->conflict;
}

void
rfi_decision_set_conflict (RfiDecision *self,
                           RfiConflict *conflict)
{
  rfi_conflict_ref (conflict);
  rfi_conflict_unref (self->conflict);
  self->conflict = conflict;
}

gboolean
rfi_decision_is_shown (const RfiDecision *self,
                       RfiField           field)
{
  return get_mine (self, field) != NULL || self->outcomes[field] != RFI_MERGE_SAME ||
         rfi_patch_has (self->values, field);
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

static gboolean
is_legal_step (const char *from,
               const char *to)
{
  RfiStatus before;
  RfiStatus after;

  return rfi_status_from_string (from, &before) && rfi_status_from_string (to, &after) &&
         rfi_status_may_become (before, after);
}

gboolean
rfi_decision_may_be_mine (const RfiDecision *self,
                          RfiField           field)
{
  if (self->merged == NULL || get_mine (self, field) == NULL)
    return FALSE;
  if (field == RFI_FIELD_ASSIGNED_TO && self->conflict->reason == RFI_CONFLICT_INACTIVE_TARGET)
    return FALSE;

  return rfi_field_get_rule (field) != RFI_MERGE_STATE_MACHINE ||
         is_legal_step (get_theirs (self, field), get_mine (self, field));
}

RfiChoice
rfi_decision_get_choice (const RfiDecision *self,
                         RfiField           field)
{
  if (rfi_patch_has (self->values, field))
    return RFI_CHOICE_OTHER;
  if (self->outcomes[field] == RFI_MERGE_COLLISION)
    return self->choices[field];

  return self->outcomes[field] == RFI_MERGE_MINE ? RFI_CHOICE_MINE : RFI_CHOICE_THEIRS;
}

void
rfi_decision_choose (RfiDecision *self,
                     RfiField     field,
                     gboolean     mine)
{
  rfi_patch_set (self->values, field, NULL);
  self->choices[field] =
    mine && rfi_decision_may_be_mine (self, field) ? RFI_CHOICE_MINE : RFI_CHOICE_THEIRS;
}

void
rfi_decision_choose_all (RfiDecision *self,
                         gboolean     mine)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    rfi_decision_choose (self, (RfiField) i, mine);
}

void
rfi_decision_set_value (RfiDecision *self,
                        RfiField     field,
                        const char  *value)
{
  rfi_patch_set (self->values, field, value);
}

const char *
rfi_decision_get_result (const RfiDecision *self,
                         RfiField           field)
{
  if (self->merged == NULL)
    return NULL;

  switch (rfi_decision_get_choice (self, field))
    {
    case RFI_CHOICE_OTHER:
      return rfi_patch_get (self->values, field);
    case RFI_CHOICE_MINE:
      return get_mine (self, field);
    case RFI_CHOICE_OPEN:
    case RFI_CHOICE_THEIRS:
    default:
      return self->outcomes[field] == RFI_MERGE_COLLISION ? get_theirs (self, field)
                                                          : rfi_patch_get (self->merged, field);
    }
}

RfiPatch *
rfi_decision_to_patch (const RfiDecision *self)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *result = rfi_decision_get_result (self, (RfiField) i);
      const char *theirs = get_theirs (self, (RfiField) i);

      if (result != NULL && strcmp (result, theirs != NULL ? theirs : "") != 0)
        rfi_patch_set (patch, (RfiField) i, result);
    }

  return rfi_patch_is_empty (patch) ? NULL : g_steal_pointer (&patch);
}

static gboolean
find_fault (RfiFault        *fault,
            RfiFaultKind     kind,
            RfiField         field,
            RfiFieldProblem  problem)
{
  *fault = (RfiFault) { .kind = kind, .field = field, .problem = problem };
  return FALSE;
}

/* What the server would say of the status that comes of it. */
static gboolean
check_status (const RfiDecision *self,
              RfiFault          *fault)
{
  const char *from = get_theirs (self, RFI_FIELD_STATUS);
  const char *to = rfi_decision_get_result (self, RFI_FIELD_STATUS);
  const char *technician = rfi_decision_get_result (self, RFI_FIELD_ASSIGNED_TO);

  if (g_strcmp0 (from, to) == 0)
    return TRUE;
  if (!is_legal_step (from, to))
    return find_fault (fault, RFI_FAULT_STEP, RFI_FIELD_STATUS, RFI_FIELD_OK);
  if (strcmp (to, rfi_status_to_string (RFI_STATUS_ASSIGNED)) == 0 &&
      (technician == NULL || *technician == '\0'))
    return find_fault (fault, RFI_FAULT_NEEDS_TECHNICIAN, RFI_FIELD_ASSIGNED_TO, RFI_FIELD_OK);
  return TRUE;
}

/* Times as text in one spelling stand in the order of time. */
static gboolean
check_schedule (const RfiDecision *self,
                RfiFault          *fault)
{
  const char *start = rfi_decision_get_result (self, RFI_FIELD_SCHEDULED_START);
  const char *end = rfi_decision_get_result (self, RFI_FIELD_SCHEDULED_END);

  if (start == NULL || end == NULL || *start == '\0' || *end == '\0' || strcmp (start, end) < 0)
    return TRUE;
  return find_fault (fault, RFI_FAULT_SCHEDULE, RFI_FIELD_SCHEDULED_END, RFI_FIELD_OK);
}

gboolean
rfi_decision_check (const RfiDecision *self,
                    RfiFault          *fault)
{
  *fault = (RfiFault) { .kind = RFI_FAULT_NONE };
  if (self->merged == NULL)
    return TRUE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      const char *result = rfi_decision_get_result (self, field);
      RfiFieldProblem problem;

      if (rfi_decision_get_choice (self, field) == RFI_CHOICE_OPEN)
        return find_fault (fault, RFI_FAULT_OPEN, field, RFI_FIELD_OK);
      if (result == NULL || g_strcmp0 (result, get_theirs (self, field)) == 0)
        continue;

      problem = rfi_field_check (field, result);
      if (problem != RFI_FIELD_OK)
        return find_fault (fault, RFI_FAULT_VALUE, field, problem);
    }

  return check_status (self, fault) && check_schedule (self, fault);
}

gboolean
rfi_decision_may_insist (const RfiDecision *self,
                         RfiFault          *fault)
{
  RfiFaultKind kind = RFI_FAULT_NONE;

  *fault = (RfiFault) { .kind = RFI_FAULT_NONE };
  if (self->merged == NULL)
    return TRUE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      RfiField field = (RfiField) i;
      const char *mine = get_mine (self, field);

      if (mine == NULL || g_strcmp0 (mine, get_theirs (self, field)) == 0)
        continue;
      if (rfi_decision_may_be_mine (self, field))
        return TRUE;

      kind = field == RFI_FIELD_ASSIGNED_TO ? RFI_FAULT_INACTIVE : RFI_FAULT_STEP;
      find_fault (fault, kind, field, RFI_FIELD_OK);
    }
  return kind == RFI_FAULT_NONE;
}

RfiPatch *
rfi_decision_insist (const RfiDecision *self)
{
  RfiPatch *mine = self->conflict->operation->patch;
  g_autoptr(RfiDecision) wanted = rfi_decision_new (self->conflict);
  g_autoptr(RfiPatch) anew = NULL;

  if (self->merged != NULL && mine != NULL)
    {
      rfi_decision_choose_all (wanted, TRUE);
      return rfi_decision_to_patch (wanted);
    }

  anew = self->merged == NULL ? rfi_patch_copy (self->conflict->base) : rfi_patch_new ();
  for (guint i = 0; mine != NULL && i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (mine, (RfiField) i))
      rfi_patch_set (anew, (RfiField) i, rfi_patch_get (mine, (RfiField) i));
  return g_steal_pointer (&anew);
}

gboolean
rfi_decision_is_like (const RfiDecision *self,
                      const RfiDecision *other)
{
  const RfiConflict *a = self->conflict;
  const RfiConflict *b = other->conflict;

  if (a->reason != b->reason || a->operation->kind != b->operation->kind ||
      (a->theirs == NULL) != (b->theirs == NULL) || self->n_collisions != other->n_collisions ||
      g_strcmp0 (a->theirs_by, b->theirs_by) != 0 || a->elsewhere != b->elsewhere)
    return FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if ((self->outcomes[i] == RFI_MERGE_COLLISION) != (other->outcomes[i] == RFI_MERGE_COLLISION))
      return FALSE;
  return TRUE;
}
