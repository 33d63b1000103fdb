/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_TIMELINE_TRAY (rfi_timeline_tray_get_type ())

G_DECLARE_FINAL_TYPE (RfiTimelineTray, rfi_timeline_tray, RFI, TIMELINE_TRAY, AdwBin)

/**
 * RfiTimelineTray:
 *
 * The open jobs without a time or a technician, the most urgent first, however many there are.
 * Those on hold stay behind a toggle until their time comes. Jobs can be dragged out.
 *
 * Signals: `grab` (RfiJobItem): to be put onto the timeline by keyboard; `open` (job_id);
 * `hold` (job_id).
 */
/* @jobs, @filter: (nullable): nothing to show */
void rfi_timeline_tray_set           (RfiTimelineTray *self,
                                      RfiJobTable     *jobs,
                                      RfiJobFilter    *filter);
void rfi_timeline_tray_set_selection (RfiTimelineTray *self,
                                      RfiJobSelection *selection);
/* With little room it begins closed. */
void rfi_timeline_tray_set_narrow    (RfiTimelineTray *self,
                                      gboolean         narrow);

G_END_DECLS
