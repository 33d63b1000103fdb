/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

G_BEGIN_DECLS

/* Why a job wants a person's attention; of one job's reasons the first of these counts most. */
typedef enum {
  RFI_ALERT_UNASSIGNED,      /* urgent, and nobody has it */
  RFI_ALERT_OVERDUE,         /* open for longer than its priority allows */
  RFI_ALERT_LATE_END,        /* its planned end is past and it is not completed */
  RFI_ALERT_LATE_START,      /* its planned start is past and nobody started */
  RFI_ALERT_OVERRUN,         /* in progress for longer than estimated */
  RFI_ALERT_UNACKNOWLEDGED,  /* somebody has it, has no planned start, and does not start */
  RFI_ALERT_AT_RISK,         /* soon it will be open for longer than its priority allows */
} RfiAlertKind;

#define RFI_N_ALERT_KINDS 7

typedef enum {
  RFI_SEVERITY_WARNING,
  RFI_SEVERITY_CRITICAL,
} RfiSeverity;

/* How long what may last, in ms; 0 = the rule is off. */
typedef struct
{
  gint64 unassigned;             /* an urgent job without a technician, since it came in */
  gint64 unacknowledged;         /* from the last change of an assigned job to its start */
  gint64 late;                   /* past a planned start or end */
  gint64 overrun;                /* past the estimate */
  gint64 risk;                   /* this long before the end of what a priority allows */
  gint64 sla[RFI_N_PRIORITIES];  /* what a priority allows, since the job came in */
} RfiAlertRules;

/* What the rules say of one job at one moment. Times are ms since 1970. */
typedef struct
{
  guint  kinds;                     /* bits: the reasons there are */
  gint64 since[RFI_N_ALERT_KINDS];  /* of those: what was to happen then; later if it is at risk */
  gint64 next;                      /* when this may read otherwise by itself; G_MAXINT64 = never */
} RfiAlertCheck;

RfiSeverity rfi_alert_get_severity (RfiAlertKind         kind);

/* Whether it says that a job is behind what was planned or estimated for it. */
gboolean    rfi_alert_is_late      (RfiAlertKind         kind);

/* Pure. Where it is not known when a job came into progress an overrun counts from its last change,
 * so it comes late rather than wrongly. A job on hold has no reasons. */
void        rfi_alert_check        (const RfiJob        *job,
                                    const RfiAlertRules *rules,
                                    gint64               now,
                                    RfiAlertCheck       *check);

/* When the job is to be over by its priority; 0 if that says nothing, or it is over. */
gint64      rfi_alert_get_deadline (const RfiJob        *job,
                                    const RfiAlertRules *rules);

/* Whether @minute of the day lies in the quiet hours, which may go over midnight. */
gboolean    rfi_alert_is_quiet     (guint                minute,
                                    guint                from,
                                    guint                until);

G_END_DECLS
