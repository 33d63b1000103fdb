/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-schedule.h"
#include "rfi-session.h"
#include "rfi-timeline-scale.h"

G_BEGIN_DECLS

#define RFI_TYPE_TIMELINE_VIEW (rfi_timeline_view_get_type ())

G_DECLARE_FINAL_TYPE (RfiTimelineView, rfi_timeline_view, RFI, TIMELINE_VIEW, GtkWidget)

/**
 * RfiTimelineView:
 *
 * Technicians as rows, time as columns, jobs as bars; a GtkScrollable that draws what is in sight
 * and nothing else. Names and hours stay at the edges. It has a cursor that arrows move from bar
 * to bar; what has the cursor is a child that screen readers are told of, a cell of a grid.
 *
 * A bar can be grabbed, by the pointer or with Space; then pointer or arrows say where it would
 * go, what speaks against it stands beside it in words, and dropping it, or Enter, emits `place`.
 *
 * Properties: the four of GtkScrollable.
 * Signals: `place` (job_id, technician_id, start, end): a person wants a job there;
 * `unschedule` (job_id), `hold` (job_id): keys for it were pressed; `open` (job_id);
 * `scale-changed`: another rate, or another time at the start.
 */
GtkWidget   *rfi_timeline_view_new           (void);

/* @session: (nullable): judges where things may go. @technicians: (nullable): of RfiRecordItem
 * holding RfiUser. @schedule: (nullable) until there is something */
void         rfi_timeline_view_set           (RfiTimelineView *self,
                                              RfiSession      *session,
                                              GListModel      *technicians,
                                              RfiSchedule     *schedule,
                                              RfiJobFilter    *filter);
void         rfi_timeline_view_set_selection (RfiTimelineView *self,
                                              RfiJobSelection *selection);
/* Why nothing can be moved; %NULL = it can. */
void         rfi_timeline_view_set_read_only (RfiTimelineView *self,
                                              const char      *reason);

/* Time */
void         rfi_timeline_view_show_span     (RfiTimelineView *self,
                                              RfiTimelineSpan  span);
/* @at is at the start of what is seen. */
void         rfi_timeline_view_show_time     (RfiTimelineView *self,
                                              gint64           at);
/* What is seen now. */
RfiSpan      rfi_timeline_view_get_seen      (RfiTimelineView *self);
/* 0 … 1; zooming is about the middle. */
double       rfi_timeline_view_get_zoom      (RfiTimelineView *self);
void         rfi_timeline_view_set_zoom      (RfiTimelineView *self,
                                              double           zoom);
/* Times what is seen, about @pointer pixels from the widget's start edge; < 0 = the middle. */
void         rfi_timeline_view_zoom_by       (RfiTimelineView *self,
                                              double           factor,
                                              double           pointer);

guint        rfi_timeline_view_get_n_rows    (RfiTimelineView *self);

/* Scrolls there and puts the cursor on it. %FALSE if the job has no bar, or no row. */
gboolean     rfi_timeline_view_show_job      (RfiTimelineView *self,
                                              const char      *job_id);

/* Holds a job that has no bar yet, or another one's, as if Space had been pressed on it; it begins
 * beside the cursor. %FALSE if it can't be moved. */
gboolean     rfi_timeline_view_grab          (RfiTimelineView *self,
                                              RfiJobItem      *item);
/* What is held, and where it would go. (nullable) */
RfiJobItem  *rfi_timeline_view_get_grabbed   (RfiTimelineView *self,
                                              RfiSpan         *span,
                                              const char     **technician_id);

/* Where a technician is at some time, in the widget's pixels, in sight or not. %FALSE if there is
 * no such row. */
gboolean     rfi_timeline_view_get_place     (RfiTimelineView *self,
                                              const char      *technician_id,
                                              gint64           at,
                                              double          *x,
                                              double          *y);

G_END_DECLS
