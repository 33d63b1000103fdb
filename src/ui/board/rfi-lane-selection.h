/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-selection.h"
#include "rfi-job-view.h"

G_BEGIN_DECLS

#define RFI_TYPE_LANE_SELECTION (rfi_lane_selection_get_type ())

G_DECLARE_FINAL_TYPE (RfiLaneSelection, rfi_lane_selection, RFI, LANE_SELECTION, GObject)

/**
 * RfiLaneSelection:
 *
 * The jobs of one lane as a GtkSelectionModel over the selection of the whole window. It keeps
 * nothing of its own, so that a lane of any length costs the same; selecting without adding
 * unselects what other lanes have.
 */
RfiLaneSelection *rfi_lane_selection_new (RfiJobView      *view,
                                          RfiJobSelection *chosen);

/* How many jobs, from the top, the list has at most: G_MAXUINT to begin with. */
guint             rfi_lane_selection_get_limit (RfiLaneSelection *self);
void              rfi_lane_selection_set_limit (RfiLaneSelection *self,
                                                guint             limit);

/* Other jobs, all of them, in the widgets that show those there are. */
void              rfi_lane_selection_set_view (RfiLaneSelection *self,
                                               RfiJobView       *view);

G_END_DECLS
