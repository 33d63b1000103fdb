/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-decision-right"

#include "config.h"

#include "rfi-decision-right.h"

/* Of a step, whose @to is a status. */
static RfiVerdict
check_step (RfiRole     role,
            const char *from,
            const char *to)
{
  RfiStatus before;
  RfiStatus after;
  RfiVerdict verdict;

  if (!rfi_status_from_string (from, &before) || !rfi_status_from_string (to, &after))
    return RFI_VERDICT_ILLEGAL_STEP;

  verdict = rfi_rules_check_role (
    role, after == RFI_STATUS_CANCELLED ? RFI_ACTION_CANCEL : RFI_ACTION_SET_STATUS, TRUE);
  if (verdict != RFI_VERDICT_OK)
    return verdict;
  return rfi_status_may_become (before, after) ? RFI_VERDICT_OK : RFI_VERDICT_ILLEGAL_STEP;
}

static RfiVerdict
check_field (RfiRole            role,
             const RfiConflict *conflict,
             RfiField           field,
             const char        *value)
{
  const char *theirs = rfi_patch_get (conflict->theirs, field);

  if (value == NULL || g_strcmp0 (value, theirs) == 0)
    return RFI_VERDICT_OK;
  if (field == RFI_FIELD_STATUS)
    return check_step (role, theirs, value);
  return rfi_rules_check_role (
    role, field == RFI_FIELD_ASSIGNED_TO ? RFI_ACTION_ASSIGN : RFI_ACTION_EDIT, TRUE);
}

RfiVerdict
rfi_decision_right_check (const RfiUser     *user,
                          const RfiConflict *conflict,
                          const RfiPatch    *result)
{
  gboolean is_own = g_strcmp0 (conflict->operation->user_id, user->id) == 0;
  gboolean is_gone = conflict->theirs == NULL;
  RfiVerdict verdict = RFI_VERDICT_OK;

  if (user->role == RFI_ROLE_TECHNICIAN && !is_own)
    return RFI_VERDICT_NOT_YOUR_ROLE;
  if (result == NULL)
    return RFI_VERDICT_OK;

  /* The record of it says neither what the job was nor that it is to go. */
  if (is_gone || conflict->operation->kind == RFI_OPERATION_DELETE)
    return conflict->elsewhere
             ? RFI_VERDICT_WAITS_ELSEWHERE
             : rfi_rules_check_role (user->role, is_gone ? RFI_ACTION_CREATE : RFI_ACTION_DELETE,
                                     TRUE);

  for (guint i = 0; i < RFI_N_FIELDS && verdict == RFI_VERDICT_OK; i++)
    verdict = check_field (user->role, conflict, (RfiField) i,
                           rfi_patch_get (result, (RfiField) i));
  return verdict;
}
