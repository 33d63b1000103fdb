/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-alert"

#include "config.h"

#include "rfi-alert.h"

#define MINUTE G_GINT64_CONSTANT (60000)

RfiSeverity
rfi_alert_get_severity (RfiAlertKind kind)
{
  return kind <= RFI_ALERT_LATE_START ? RFI_SEVERITY_CRITICAL : RFI_SEVERITY_WARNING;
}

gboolean
rfi_alert_is_late (RfiAlertKind kind)
{
  switch (kind)
    {
    case RFI_ALERT_LATE_END:
    case RFI_ALERT_LATE_START:
    case RFI_ALERT_OVERRUN:
      return TRUE;

    case RFI_ALERT_UNASSIGNED:
    case RFI_ALERT_OVERDUE:
    case RFI_ALERT_UNACKNOWLEDGED:
    case RFI_ALERT_AT_RISK:
      return FALSE;

    default:
      g_return_val_if_reached (FALSE);
    }
}

/* 0 if the job has no such time. */
static gint64
get_time (const RfiJob *job,
          RfiField      field)
{
  gint64 time = 0;

  rfi_job_extra_get_time (job->extra, field, &time);
  return time;
}

/* The reason is there from @due on; what it is counted from is @since. */
static void
add (RfiAlertCheck *check,
     RfiAlertKind   kind,
     gint64         since,
     gint64         due,
     gint64         now)
{
  if (due > now)
    {
      check->next = MIN (check->next, due);
      return;
    }

  check->kinds |= 1u << kind;
  check->since[kind] = since;
}

static void
check_deadline (const RfiJob        *job,
                const RfiAlertRules *rules,
                gint64               now,
                RfiAlertCheck       *check)
{
  gint64 deadline = rfi_alert_get_deadline (job, rules);

  if (deadline == 0)
    return;

  add (check, RFI_ALERT_OVERDUE, deadline, deadline, now);
  if (rules->risk > 0 && now < deadline)
    add (check, RFI_ALERT_AT_RISK, deadline, deadline - rules->risk, now);
}

static void
check_plan (const RfiJob        *job,
            const RfiAlertRules *rules,
            gint64               now,
            RfiAlertCheck       *check)
{
  gint64 start = get_time (job, RFI_FIELD_SCHEDULED_START);
  gint64 end = get_time (job, RFI_FIELD_SCHEDULED_END);

  if (rules->late == 0)
    return;

  if (end != 0)
    add (check, RFI_ALERT_LATE_END, end, end + rules->late, now);
  if (start != 0 && job->status != RFI_STATUS_IN_PROGRESS)
    add (check, RFI_ALERT_LATE_START, start, start + rules->late, now);
}

static void
check_work (const RfiJob        *job,
            const RfiAlertRules *rules,
            gint64               now,
            RfiAlertCheck       *check)
{
  gint64 end = rfi_job_get_status_at (job);
  gint64 estimate = 0;

  if (job->status == RFI_STATUS_ASSIGNED && rules->unacknowledged > 0 &&
      get_time (job, RFI_FIELD_SCHEDULED_START) == 0)
    add (check, RFI_ALERT_UNACKNOWLEDGED, job->updated_at,
         job->updated_at + rules->unacknowledged, now);

  if (job->status != RFI_STATUS_IN_PROGRESS || rules->overrun == 0 || job->extra == NULL)
    return;

  estimate =
    g_ascii_strtoll (rfi_job_extra_get (job->extra, RFI_FIELD_ESTIMATED_MINUTES), NULL, 10) *
    MINUTE;
  end += estimate;
  if (estimate > 0)
    add (check, RFI_ALERT_OVERRUN, end, end + rules->overrun, now);
}

void
rfi_alert_check (const RfiJob        *job,
                 const RfiAlertRules *rules,
                 gint64               now,
                 RfiAlertCheck       *check)
{
  gint64 hold = get_time (job, RFI_FIELD_HOLD_UNTIL);

  *check = (RfiAlertCheck) { .next = G_MAXINT64 };
  if (rfi_status_is_final (job->status))
    return;

  if (hold > now)
    {
      check->next = hold;
      return;
    }

  if (job->priority == RFI_PRIORITY_URGENT && rules->unassigned > 0 &&
      (job->assigned_to == NULL || job->assigned_to[0] == '\0'))
    add (check, RFI_ALERT_UNASSIGNED, job->created_at, job->created_at + rules->unassigned, now);
  check_deadline (job, rules, now, check);
  check_plan (job, rules, now, check);
  check_work (job, rules, now, check);
}

gint64
rfi_alert_get_deadline (const RfiJob        *job,
                        const RfiAlertRules *rules)
{
  gint64 allowed = rules->sla[job->priority];

  return allowed == 0 || rfi_status_is_final (job->status) ? 0 : job->created_at + allowed;
}

gboolean
rfi_alert_is_quiet (guint minute,
                    guint from,
                    guint until)
{
  if (from <= until)
    return minute >= from && minute < until;

  return minute >= from || minute < until;
}
