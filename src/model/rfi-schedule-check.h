/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert.h"
#include "rfi-job.h"
#include "rfi-rules.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* Whether a job fits into a technician's day: one answer for dragging, keys, menus and dialogs.
 * Pure. Times are ms since 1970, ends are not part of their span. */

typedef struct
{
  gint64 start;
  gint64 end;
} RfiSpan;

/* What a technician has to do. */
typedef struct
{
  RfiJob  *job;   /* not owned */
  RfiSpan  span;
} RfiVisit;

/* What speaks against a time, and may be done all the same. */
typedef enum {
  RFI_SCHEDULE_OVERLAP,        /* the technician is somewhere else then */
  RFI_SCHEDULE_OFF_SHIFT,
  RFI_SCHEDULE_MISSING_SKILL,
  RFI_SCHEDULE_PAST,           /* it would have begun already */
  RFI_SCHEDULE_ON_HOLD,        /* it begins before the job may */
  RFI_SCHEDULE_PAST_DUE,       /* it would end later than its priority allows */
} RfiScheduleProblem;

#define RFI_N_SCHEDULE_PROBLEMS 6

typedef struct
{
  RfiVerdict  verdict;     /* why it can't be at all, or RFI_VERDICT_OK */
  gboolean    inactive;    /* it can't be: the technician takes no assignments any more */
  guint       problems;    /* bits 1 << RfiScheduleProblem; none where it can't be */
  guint       n_overlaps;
  RfiVisit    overlap;     /* the first of them, of @visits */
  RfiSpan     shift;       /* of RFI_SCHEDULE_OFF_SHIFT: that of the day; empty = unknown */
  char        skill[48];   /* of RFI_SCHEDULE_MISSING_SKILL: the first */
  gint64      late;        /* of RFI_SCHEDULE_PAST_DUE: by so many ms … */
  gboolean    lost;        /* … and no other time would spare that any more */
} RfiScheduleCheck;

/* Who asks, about whom, and what is known of their days. */
typedef struct
{
  const RfiUser  *user;
  gboolean        online;
  const RfiUser  *technician;  /* (nullable): %NULL takes the technician off */
  const RfiVisit *visits;      /* of the technician, sorted by start; may hold the job itself */
  guint           n_visits;
  GTimeZone      *zone;        /* of working hours */
  gint64          now;
  const RfiAlertRules *rules;  /* (nullable): when jobs are due; %NULL = at no time */
} RfiScheduleCase;

/* When a job is to be done. %FALSE if it has no time; one without an end lasts as long as
 * rfi_schedule_get_length() says. */
gboolean rfi_schedule_get_span   (const RfiJob          *job,
                                  RfiSpan               *span);

/* How long it takes: as planned, else as estimated, else an hour. */
gint64   rfi_schedule_get_length (const RfiJob          *job);

/* @span of @job until a person may begin with it. 0 = at any time */
gint64   rfi_schedule_get_hold   (const RfiJob          *job);

/* The shift of @technician that begins on @day (as rfi-calendar.h counts). %FALSE if none is
 * known. One that ends at or before the time it begins goes on into the next day. */
gboolean rfi_schedule_get_shift  (const RfiUser         *technician,
                                  GTimeZone             *zone,
                                  gint64                 day,
                                  RfiSpan               *shift);

void     rfi_schedule_check      (const RfiScheduleCase *about,
                                  const RfiJob          *job,
                                  const RfiSpan         *span,
                                  RfiScheduleCheck      *check);

/* Whether it can't be at all. */
gboolean rfi_schedule_is_refused (const RfiScheduleCheck *check);

/* Whether a person is to be asked first: not about what no other time would spare. */
gboolean rfi_schedule_wants_answer (const RfiScheduleCheck *check);

/* The first stretch of @length from @from on, on a quarter of an hour, in which the technician is
 * at work and free. If that ends after the job is due, one before @from that does not is taken.
 * %FALSE if there is none within two weeks. */
gboolean rfi_schedule_find_slot  (const RfiScheduleCase *about,
                                  const RfiJob          *job,
                                  gint64                 from,
                                  gint64                 length,
                                  RfiSpan               *slot);

G_END_DECLS
