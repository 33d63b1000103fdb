/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-board-lanes.h"
#include "rfi-card-style.h"
#include "rfi-job-groups.h"

G_BEGIN_DECLS

#define RFI_TYPE_GROUP_LANES (rfi_group_lanes_get_type ())

G_DECLARE_FINAL_TYPE (RfiGroupLanes, rfi_group_lanes, RFI, GROUP_LANES, GtkWidget)

/**
 * RfiGroupLanes:
 *
 * A lane for each technician, nobody first, or for each vendor, with the open jobs. Everybody has
 * one as long as nothing is filtered; else who has jobs that pass, so that what is found is in
 * sight.
 */

/* @jump: brings one of the lanes into sight, by name */
GtkWidget *rfi_group_lanes_new          (RfiCardStyle  *style,
                                         GtkDropDown   *jump);

/* @by: not by status */
void       rfi_group_lanes_set_grouping (RfiGroupLanes *self,
                                         RfiGrouping    by);

G_END_DECLS
