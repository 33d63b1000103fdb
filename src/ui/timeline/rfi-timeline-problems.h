/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-schedule.h"
#include "rfi-timeline-rows.h"

G_BEGIN_DECLS

/* Where a plan can't work out: somebody is to be in two places, or has more to do on a day than
 * their shift is long. What is over is no problem any more. */
typedef struct
{
  char    *job_id;  /* (owned): of the bar to look at */
  char    *words;   /* (owned): one sentence */
  RfiSpan  span;
} RfiTimelineProblem;

/* In the order of the rows, then of time. Main thread; linear in the bars.
 * Returns: (transfer full) (element-type RfiTimelineProblem) */
GPtrArray *rfi_timeline_problems_find (RfiTimelineRows *rows,
                                       RfiSchedule     *schedule,
                                       GTimeZone       *zone,
                                       gint64           now);

G_END_DECLS
