/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-rules"

#include "config.h"

#include "rfi-rules.h"

#define A (1u << RFI_ROLE_ADMIN)
#define D (1u << RFI_ROLE_DISPATCHER)
#define T (1u << RFI_ROLE_TECHNICIAN)

static const struct {
  guint    roles;
  gboolean needs_connection;
} permissions[RFI_N_ACTIONS] = {
  [RFI_ACTION_CREATE] = { A | D, FALSE },
  [RFI_ACTION_EDIT] = { A | D, FALSE },
  [RFI_ACTION_SET_STATUS] = { A | D | T, FALSE },
  [RFI_ACTION_CANCEL] = { A | D, TRUE },
  [RFI_ACTION_ASSIGN] = { A | D, TRUE },
  [RFI_ACTION_DELETE] = { A, TRUE },
  [RFI_ACTION_ADD_PHOTO] = { A | D | T, FALSE },
  [RFI_ACTION_DELETE_PHOTO] = { A | D | T, TRUE },
  [RFI_ACTION_MOVE] = { A, TRUE },
};

RfiVerdict
rfi_rules_check_role (RfiRole   role,
                      RfiAction action,
                      gboolean  online)
{
  g_return_val_if_fail (action < RFI_N_ACTIONS, RFI_VERDICT_NOT_YOUR_ROLE);

  if ((permissions[action].roles >> role & 1) == 0)
    return RFI_VERDICT_NOT_YOUR_ROLE;
  if (permissions[action].needs_connection && !online)
    return RFI_VERDICT_NEEDS_CONNECTION;

  return RFI_VERDICT_OK;
}

gboolean
rfi_rules_may_see (const RfiUser *user,
                   const RfiJob  *job)
{
  switch (user->role)
    {
    case RFI_ROLE_ADMIN:
      return TRUE;
    case RFI_ROLE_DISPATCHER:
      return user->vendor_id != NULL && g_strcmp0 (user->vendor_id, job->vendor_id) == 0;
    case RFI_ROLE_TECHNICIAN:
      return g_strcmp0 (user->id, job->assigned_to) == 0;
    default:
      return FALSE;
    }
}

RfiVerdict
rfi_rules_check_job (const RfiUser *user,
                     const RfiJob  *job,
                     RfiAction      action,
                     gboolean       online)
{
  RfiVerdict verdict = rfi_rules_check_role (user->role, action, online);

  if (verdict == RFI_VERDICT_NOT_YOUR_ROLE)
    return verdict;
  if (!rfi_rules_may_see (user, job))
    return RFI_VERDICT_NOT_VISIBLE;
  if (action == RFI_ACTION_CANCEL && !rfi_status_may_become (job->status, RFI_STATUS_CANCELLED))
    return RFI_VERDICT_ILLEGAL_STEP;
  if ((action == RFI_ACTION_ASSIGN || action == RFI_ACTION_MOVE) &&
      rfi_status_is_final (job->status))
    return RFI_VERDICT_JOB_IS_OVER;
  if (action == RFI_ACTION_MOVE && job->status == RFI_STATUS_IN_PROGRESS)
    return RFI_VERDICT_WORK_HAS_BEGUN;

  return verdict;
}

RfiVerdict
rfi_rules_check_status (const RfiUser *user,
                        const RfiJob  *job,
                        RfiStatus      to,
                        gboolean       online)
{
  RfiAction action = to == RFI_STATUS_CANCELLED ? RFI_ACTION_CANCEL : RFI_ACTION_SET_STATUS;
  RfiVerdict verdict = rfi_rules_check_job (user, job, action, online);

  if (verdict != RFI_VERDICT_OK && verdict != RFI_VERDICT_NEEDS_CONNECTION)
    return verdict;
  if (!rfi_status_may_become (job->status, to))
    return RFI_VERDICT_ILLEGAL_STEP;
  if (verdict == RFI_VERDICT_OK && to == RFI_STATUS_ASSIGNED && job->assigned_to == NULL)
    return RFI_VERDICT_NEEDS_TECHNICIAN;

  return verdict;
}

RfiVerdict
rfi_rules_check_assign (const RfiUser *user,
                        const RfiJob  *job,
                        const RfiUser *technician,
                        gboolean       online)
{
  RfiVerdict verdict = rfi_rules_check_job (user, job, RFI_ACTION_ASSIGN, online);

  if (verdict != RFI_VERDICT_OK)
    return verdict;
  if (technician == NULL)
    return job->status == RFI_STATUS_IN_PROGRESS ? RFI_VERDICT_ILLEGAL_STEP : RFI_VERDICT_OK;
  if (technician->role != RFI_ROLE_TECHNICIAN ||
      g_strcmp0 (technician->vendor_id, job->vendor_id) != 0)
    return RFI_VERDICT_OTHER_VENDOR;

  return RFI_VERDICT_OK;
}
