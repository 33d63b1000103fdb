/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-card-style.h"
#include "rfi-job-groups.h"
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
 * The jobs of one status, technician or vendor: a head with its counts above a virtual list of
 * cards, or, folded, a narrow bar. A folded lane keeps no cards.
 *
 * Property (read only, notifies): `folded`.
 * Signals: `drag-started (RfiJobItem)`, `drag-ended`, `leave-sideways (uint position, int step)`:
 * an arrow key points out of the lane; `move-sideways (RfiJobItem, int step)`: the job, or all that
 * is selected with it, is to go to the lane beside; `more`: that button was pressed.
 */
GtkWidget  *rfi_lane_new          (RfiStatus     status,
                                   RfiCardStyle *style);

/* A lane of one group, which can become that of another one. @by: not by status */
GtkWidget  *rfi_lane_new_group    (RfiGrouping   by,
                                   RfiCardStyle *style);
void        rfi_lane_set_group    (RfiLane      *self,
                                   const char   *key,
                                   const char   *name);
/* (nullable): of a lane of one status, or of no group yet */
const char *rfi_lane_get_key      (RfiLane      *self);

/* What it is called instead of by its status, and says when it is empty. */
void        rfi_lane_set_words    (RfiLane      *self,
                                   const char   *name,
                                   const char   *empty);
/* What its name is explained by, beside it. @hint: (nullable) */
void        rfi_lane_set_hint     (RfiLane      *self,
                                   const char   *hint);
/* Below the cards, a button to show others. @label: (nullable): there are none. Signal `more` */
void        rfi_lane_set_more     (RfiLane      *self,
                                   const char   *label);

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

/* The keyboard brings @item here, with all that is selected if it is; what may not come is said. */
void        rfi_lane_take         (RfiLane      *self,
                                   RfiJobItem   *item);

/* Whether the person is at it: it has the focus, its menu is open, or a card of it is dragged. */
gboolean    rfi_lane_is_held      (RfiLane      *self);

/* Lays out the words of some cards from @first on, before the lane comes into sight with them.
 * Returns: those of how many */
guint       rfi_lane_prepare      (RfiLane      *self,
                                   guint         first,
                                   guint         n_cards);

/* Time passed, or the style changed (@resize): say it anew. */
void        rfi_lane_refresh      (RfiLane      *self,
                                   gboolean      resize);

G_END_DECLS
