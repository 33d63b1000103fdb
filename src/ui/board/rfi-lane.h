/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-card-style.h"
#include "rfi-job-item.h"
#include "rfi-job-selection.h"
#include "rfi-job-view.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_LANE (rfi_lane_get_type ())

G_DECLARE_FINAL_TYPE (RfiLane, rfi_lane, RFI, LANE, GtkWidget)

/**
 * RfiLane:
 *
 * The jobs of one status: a head with its counts above a virtual list of cards, or, folded, a
 * narrow bar. A folded lane keeps no cards.
 *
 * Property (read only, notifies): `folded`.
 * Signals: `drag-started (RfiJobItem)`, `drag-ended`, `leave-sideways (uint position, int step)`:
 * an arrow key points out of the lane.
 */
GtkWidget  *rfi_lane_new          (RfiStatus     status,
                                   RfiCardStyle *style);

/* What is selected in all lanes; set before there is a view. */
void        rfi_lane_set_selection (RfiLane         *self,
                                    RfiJobSelection *chosen);
RfiStatus   rfi_lane_get_status   (RfiLane      *self);

/* @session: (nullable), for names and rules. @view: (nullable) */
void        rfi_lane_set_view     (RfiLane      *self,
                                   RfiSession   *session,
                                   RfiJobView   *view);
RfiJobView *rfi_lane_get_view     (RfiLane      *self);
gboolean    rfi_lane_get_folded   (RfiLane      *self);
void        rfi_lane_set_folded   (RfiLane      *self,
                                   gboolean      folded);

/* Whether it takes whatever width there is, instead of at least a card's. */
void        rfi_lane_set_fluid    (RfiLane      *self,
                                   gboolean      fluid);
/* The cursor of the selection, if it is here. (nullable) */
RfiJobItem *rfi_lane_get_selected (RfiLane      *self);

/* Focuses the card at @position, or the nearest there is. %FALSE if the lane has none. */
gboolean    rfi_lane_focus_card   (RfiLane      *self,
                                   guint         position);

/* What is shown is another set of jobs: begin with the first. */
void        rfi_lane_scroll_to_top (RfiLane     *self);

/* While a card is dragged, with all that is selected if it is: %NULL @item = nothing is. */
void        rfi_lane_offer        (RfiLane      *self,
                                   RfiJobItem   *item);

/* Time passed, or the style changed (@resize): say it anew. */
void        rfi_lane_refresh      (RfiLane      *self,
                                   gboolean      resize);

G_END_DECLS
