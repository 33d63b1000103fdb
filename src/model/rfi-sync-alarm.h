/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert.h"

G_BEGIN_DECLS

/* When syncing itself wants a person's attention. */
typedef enum {
  RFI_ALARM_QUEUE,     /* more than 100, 500 changes wait */
  RFI_ALARM_CONFLICT,  /* a conflict is open for more than a day, a week */
  RFI_ALARM_FAILURES,  /* more than 10 cycles failed in a row */
  RFI_ALARM_OFFLINE,   /* for more than a day, three days */
} RfiAlarmKind;

#define RFI_N_ALARM_KINDS 4

#define RFI_ALARM_QUEUE_WARNING     100
#define RFI_ALARM_QUEUE_CRITICAL    500
#define RFI_ALARM_FAILURES_CRITICAL 10
/* ms */
#define RFI_ALARM_OFFLINE_WARNING   (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define RFI_ALARM_OFFLINE_CRITICAL  (G_GINT64_CONSTANT (72) * 60 * 60 * 1000)
#define RFI_ALARM_CONFLICT_WARNING  (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define RFI_ALARM_CONFLICT_CRITICAL (G_GINT64_CONSTANT (7) * 24 * 60 * 60 * 1000)

/* What is looked at. Times are ms since 1970; 0 = there is none. */
typedef struct
{
  guint  n_queued;
  guint  n_failures;          /* cycles in a row */
  gint64 oldest_conflict_at;
  gint64 offline_since;
} RfiSyncVitals;

typedef struct
{
  RfiAlarmKind kind;
  RfiSeverity  severity;
  guint        n;      /* of the queue and of failures */
  gint64       since;  /* of a conflict and of being offline; 0 = says nothing */
} RfiSyncAlarm;

/* Pure. @alarms: (out caller-allocates): the critical ones first. @next: (out): when this may read
 * otherwise by itself; G_MAXINT64 = never. Returns: how many */
guint       rfi_sync_alarm_check      (const RfiSyncVitals *vitals,
                                       gint64               now,
                                       RfiSyncAlarm         alarms[RFI_N_ALARM_KINDS],
                                       gint64              *next);

/* The same of a device that was seen last at @seen_at. @severity: (out). %FALSE: it is fine */
gboolean    rfi_sync_alarm_is_silent  (gint64               seen_at,
                                       gint64               now,
                                       RfiSeverity         *severity);

G_END_DECLS
