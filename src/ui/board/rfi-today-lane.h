/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-lane.h"

G_BEGIN_DECLS

/**
 * RfiTodayLane:
 *
 * What the lane of completed jobs shows: those of today, by the clocks of here, and behind a button
 * the earlier ones too. Who asks for completed jobs, or seeks any, gets them all.
 */
typedef struct _RfiTodayLane RfiTodayLane;

/* @lane: outlives it */
RfiTodayLane *rfi_today_lane_new      (RfiLane       *lane,
                                       RfiCardStyle  *style);
void          rfi_today_lane_free     (RfiTodayLane  *self);

/* @session, @jobs, @filter: (nullable): no jobs without the latter two */
void          rfi_today_lane_set_jobs (RfiTodayLane  *self,
                                       RfiSession    *session,
                                       RfiJobTable   *jobs,
                                       RfiJobFilter  *filter);
void          rfi_today_lane_set_sort (RfiTodayLane  *self,
                                       RfiJobSort     sort);
/* Whether the filter asks for them all. */
void          rfi_today_lane_set_asked (RfiTodayLane *self,
                                       gboolean       asked);
/* Time passed: another day may have begun. */
void          rfi_today_lane_refresh  (RfiTodayLane  *self);
/* All there are, shown or behind the button. (nullable) */
RfiJobView   *rfi_today_lane_get_all  (RfiTodayLane  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiTodayLane, rfi_today_lane_free)

G_END_DECLS
