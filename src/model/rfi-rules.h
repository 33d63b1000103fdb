/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-user.h"

G_BEGIN_DECLS

typedef enum {
  RFI_ACTION_CREATE,
  RFI_ACTION_EDIT,
  RFI_ACTION_SET_STATUS,  /* any step but cancelling */
  RFI_ACTION_CANCEL,
  RFI_ACTION_ASSIGN,
  RFI_ACTION_DELETE,
  RFI_ACTION_ADD_PHOTO,
  RFI_ACTION_DELETE_PHOTO,
  RFI_ACTION_MOVE,        /* to another vendor */
} RfiAction;

#define RFI_N_ACTIONS 9

/* Why something may not happen. The words for people are made in the user interface. */
typedef enum {
  RFI_VERDICT_OK,
  RFI_VERDICT_NOT_YOUR_ROLE,
  RFI_VERDICT_NOT_VISIBLE,         /* another vendor's job, or not assigned to this technician */
  RFI_VERDICT_NEEDS_CONNECTION,
  RFI_VERDICT_ILLEGAL_STEP,        /* the status machine has no such step */
  RFI_VERDICT_NEEDS_TECHNICIAN,    /* becoming assigned takes a technician */
  RFI_VERDICT_JOB_IS_OVER,         /* completed and cancelled jobs take no assignment */
  RFI_VERDICT_OTHER_VENDOR,        /* the technician works for another vendor */
  RFI_VERDICT_NOT_YOURS,           /* a technician may delete only their own photos */
  RFI_VERDICT_HAS_CONFLICT,        /* settle the conflict first */
  RFI_VERDICT_WORK_HAS_BEGUN,      /* a job in progress stays with its vendor */
  RFI_VERDICT_NOT_BY_THIS_SERVER,  /* it knows no such operation */
  RFI_VERDICT_WAITS_ELSEWHERE,     /* only where the change waits it can be insisted on */
  RFI_VERDICT_TAKES_NO_WORK,       /* the technician takes no assignments, or is not known */
} RfiVerdict;

/* The permission table: role × action × online. */
RfiVerdict rfi_rules_check_role   (RfiRole        role,
                                   RfiAction      action,
                                   gboolean       online);

/* Whether @user may see @job: admins all, dispatchers their vendor's, technicians their own. */
gboolean   rfi_rules_may_see      (const RfiUser *user,
                                   const RfiJob  *job);

/* One rule for drag, menu, keyboard and server. @online: the server always passes %TRUE. */
RfiVerdict rfi_rules_check_job    (const RfiUser *user,
                                   const RfiJob  *job,
                                   RfiAction      action,
                                   gboolean       online);
RfiVerdict rfi_rules_check_status (const RfiUser *user,
                                   const RfiJob  *job,
                                   RfiStatus      to,
                                   gboolean       online);
/* @technician: (nullable): %NULL takes the technician off */
RfiVerdict rfi_rules_check_assign (const RfiUser *user,
                                   const RfiJob  *job,
                                   const RfiUser *technician,
                                   gboolean       online);

G_END_DECLS
