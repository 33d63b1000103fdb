/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-board-lanes.h"
#include "rfi-board-memory.h"
#include "rfi-card-style.h"

G_BEGIN_DECLS

#define RFI_TYPE_STATUS_LANES (rfi_status_lanes_get_type ())

G_DECLARE_FINAL_TYPE (RfiStatusLanes, rfi_status_lanes, RFI, STATUS_LANES, GtkWidget)

/**
 * RfiStatusLanes:
 *
 * A lane for each status; where there is no room for all, the finished ones are folded, and where
 * there is room for one only, a row of switches chooses it. What a person folds or unfolds stays
 * so.
 */
GtkWidget *rfi_status_lanes_new        (RfiCardStyle   *style,
                                        RfiBoardMemory *memory);

G_END_DECLS
