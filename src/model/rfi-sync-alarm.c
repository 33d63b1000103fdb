/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-alarm"

#include "config.h"

#include "rfi-sync-alarm.h"

typedef struct
{
  RfiSyncAlarm *alarms;
  guint         n;
  gint64        now;
  gint64        next;
} Check;

static void
add (Check        *check,
     RfiAlarmKind  kind,
     gboolean      critical,
     guint         n,
     gint64        since)
{
  check->alarms[check->n++] = (RfiSyncAlarm) {
    .kind = kind,
    .severity = critical ? RFI_SEVERITY_CRITICAL : RFI_SEVERITY_WARNING,
    .n = n,
    .since = since,
  };
}

static void
check_count (Check        *check,
             RfiAlarmKind  kind,
             guint         n,
             guint         warning,
             guint         critical)
{
  if (n > MIN (warning, critical))
    add (check, kind, n > critical, n, 0);
}

/* More than so long, as the specification has it: at the very moment it is not yet. */
static void
check_age (Check        *check,
           RfiAlarmKind  kind,
           gint64        since,
           gint64        warning,
           gint64        critical)
{
  if (since == 0)
    return;

  if (check->now - since > warning)
    add (check, kind, check->now - since > critical, 0, since);
  if (check->now - since <= warning)
    check->next = MIN (check->next, since + warning + 1);
  else if (check->now - since <= critical)
    check->next = MIN (check->next, since + critical + 1);
}

static void
put_critical_first (Check *check)
{
  RfiSyncAlarm sorted[RFI_N_ALARM_KINDS];
  guint n = 0;

  for (int severity = RFI_SEVERITY_CRITICAL; severity >= RFI_SEVERITY_WARNING; severity--)
    for (guint i = 0; i < check->n; i++)
      if ((int) check->alarms[i].severity == severity)
        sorted[n++] = check->alarms[i];
  for (guint i = 0; i < n; i++)
    check->alarms[i] = sorted[i];
}

guint
rfi_sync_alarm_check (const RfiSyncVitals *vitals,
                      gint64               now,
                      RfiSyncAlarm         alarms[RFI_N_ALARM_KINDS],
                      gint64              *next)
{
  Check check = { .alarms = alarms, .now = now, .next = G_MAXINT64 };

  check_count (&check, RFI_ALARM_QUEUE, vitals->n_queued, RFI_ALARM_QUEUE_WARNING,
               RFI_ALARM_QUEUE_CRITICAL);
  check_age (&check, RFI_ALARM_CONFLICT, vitals->oldest_conflict_at, RFI_ALARM_CONFLICT_WARNING,
             RFI_ALARM_CONFLICT_CRITICAL);
  check_count (&check, RFI_ALARM_FAILURES, vitals->n_failures, G_MAXUINT,
               RFI_ALARM_FAILURES_CRITICAL);
  check_age (&check, RFI_ALARM_OFFLINE, vitals->offline_since, RFI_ALARM_OFFLINE_WARNING,
             RFI_ALARM_OFFLINE_CRITICAL);
  put_critical_first (&check);
  *next = check.next;
  return check.n;
}

gboolean
rfi_sync_alarm_is_silent (gint64       seen_at,
                          gint64       now,
                          RfiSeverity *severity)
{
  *severity = now - seen_at > RFI_ALARM_OFFLINE_CRITICAL ? RFI_SEVERITY_CRITICAL
                                                         : RFI_SEVERITY_WARNING;
  return now - seen_at > RFI_ALARM_OFFLINE_WARNING;
}
