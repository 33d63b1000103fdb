/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"
#include "rfi-schedule-check.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_SCHEDULE (rfi_schedule_get_type ())

G_DECLARE_FINAL_TYPE (RfiSchedule, rfi_schedule, RFI, SCHEDULE, GObject)

/* One job on a technician's row. */
typedef struct
{
  RfiSpan      span;
  guint        row;       /* of the table: the same for a job's life */
  guint8       level;     /* of those that overlap it, which place it takes … */
  guint8       n_levels;  /* … of how many */
} RfiScheduleBar;

/**
 * RfiSchedule:
 *
 * Who has to be where at what time: the jobs of a table that have a technician and a time, by
 * technician and then by start. It follows the table: one changed job costs two binary searches.
 * Cancelled jobs have no bar. With @from_history, for servers that keep no times, a bar stands for
 * what is known of when work was done: see rfi_schedule_guess_span(). Main thread only.
 *
 * Signal `bars-changed` (technician_id, position, removed, added): as items-changed of a list
 * model; a bar of which only the job changed is told as removed and added at its position. While
 * it is emitted, bars that have not been told yet may be of jobs that are gone.
 */
RfiSchedule *rfi_schedule_new          (RfiJobTable  *table,
                                        gboolean      from_history);

/* Sorted by start. @n_bars: (out). Returns: (nullable): until the table changes */
const RfiScheduleBar *rfi_schedule_get_bars (RfiSchedule *self,
                                             const char  *technician_id,
                                             guint       *n_bars);

/* (transfer none) (nullable) */
RfiJobState *rfi_schedule_get_state    (RfiSchedule  *self,
                                        const RfiScheduleBar *bar);
/* Returns: (transfer full) (nullable) */
RfiJobItem  *rfi_schedule_get_item     (RfiSchedule  *self,
                                        const RfiScheduleBar *bar);

/* Those that are under way between @from and @to stand in @first … @end - 1, maybe with others. */
void         rfi_schedule_find_range   (RfiSchedule  *self,
                                        const char   *technician_id,
                                        const RfiSpan *range,
                                        guint        *first,
                                        guint        *end);

/* The bar of a job. %FALSE if it has none.
 * @technician_id: (out) (transfer none) */
gboolean     rfi_schedule_find         (RfiSchedule  *self,
                                        const char   *job_id,
                                        const char  **technician_id,
                                        guint        *position);

/* Everybody who has a bar. Returns: (transfer container) (element-type utf8) */
GPtrArray   *rfi_schedule_list_technicians (RfiSchedule *self);
guint        rfi_schedule_get_n_bars   (RfiSchedule  *self);

/* What a bar of history shows: work under way since its last change until now, finished work up to
 * its last change, and of what is only assigned nothing but that moment. */
gboolean     rfi_schedule_guess_span   (const RfiJob *job,
                                        gint64        now,
                                        RfiSpan      *span);

/* For rfi_job_view_new_wanted(): whether an open job still lacks a time or a technician, and is on
 * hold beyond *@now (gint64), or is not. */
gboolean     rfi_schedule_is_waiting   (const RfiJob *job,
                                        gpointer      now);
gboolean     rfi_schedule_is_held      (const RfiJob *job,
                                        gpointer      now);

G_END_DECLS
