/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-move"

#include "config.h"

#include "rfi-service-move.h"

#include "rfi-rules.h"
#include "rfi-server-audit.h"
#include "rfi-server-users.h"
#include "rfi-service-apply.h"

/* Whether somebody else gave the job away since this person looked: who would lose it now is not
 * whom they were told of. @changed: (out) */
static gboolean
was_given_away (RfiServiceEffect  *self,
                gboolean          *changed,
                GError           **error)
{
  const RfiSignedOperation *operation = self->operation;
  gboolean fields[RFI_N_FIELDS] = { FALSE, };

  *changed = FALSE;
  if (operation->base_version == 0 || self->job->version <= operation->base_version)
    return TRUE;
  if (!rfi_server_audit_find_moved (self->call->db, self->job->id, operation->base_version,
                                    changed, error) ||
      !rfi_server_audit_find_changed (self->call->db, self->job->id, operation->base_version,
                                      operation->device_id, fields, error))
    return FALSE;

  *changed = *changed || fields[RFI_FIELD_ASSIGNED_TO];
  return TRUE;
}

/* Returns: (nullable): the code of what forbids it. @message: (out): the same in words */
static const char *
find_obstacle (RfiServiceEffect  *self,
               const char       **message)
{
  switch ((int) rfi_rules_check_job (self->call->user, self->job, RFI_ACTION_MOVE, TRUE))
    {
    case RFI_VERDICT_OK:
      return NULL;
    case RFI_VERDICT_JOB_IS_OVER:
      *message = "A job that is over stays where it is";
      return "INVALID_STATUS_TRANSITION";
    case RFI_VERDICT_WORK_HAS_BEGUN:
      *message = "Work on the job has begun";
      return "INVALID_STATUS_TRANSITION";
    default:
      *message = "Insufficient permissions";
      return "FORBIDDEN";
    }
}

gboolean
rfi_service_move_check (RfiServiceEffect  *self,
                        gboolean          *good,
                        GError           **error)
{
  const char *message = NULL;
  const char *obstacle;
  gboolean changed;
  gboolean known;

  *good = FALSE;
  if (self->job == NULL)
    return rfi_service_reject (self->result, "NOT_FOUND", "The job is gone", FALSE);

  obstacle = find_obstacle (self, &message);
  if (obstacle != NULL)
    return rfi_service_reject (self->result, obstacle, message, FALSE);
  /* Nobody would ever see a job that is at no vendor. */
  if (!rfi_server_users_knows_vendor (self->call->db, self->operation->vendor_id, &known, error))
    return FALSE;
  if (!known)
    return rfi_service_reject (self->result, "VALIDATION_ERROR", "There is no such vendor", FALSE);
  if (!was_given_away (self, &changed, error))
    return FALSE;
  if (changed)
    return rfi_service_reject (self->result, "CHANGED_MEANWHILE",
                               "Somebody else gave the job away meanwhile. Look at it again.",
                               FALSE);

  *good = TRUE;
  return TRUE;
}
