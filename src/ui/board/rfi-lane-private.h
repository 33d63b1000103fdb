/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-card.h"
#include "rfi-lane.h"
#include "rfi-lane-selection.h"
#include "rfi-side-label.h"

G_BEGIN_DECLS

struct _RfiLane
{
  GtkWidget           parent_instance;

  RfiStatus           status;
  RfiCardStyle       *style;      /* (owned) */
  RfiSession         *session;    /* (owned) (nullable) */
  RfiJobView         *view;       /* (owned) (nullable) */
  RfiJobSelection    *chosen;     /* (owned) */
  RfiLaneSelection   *selection;  /* (owned) (nullable) while unfolded */
  GtkWidget          *menu;       /* (nullable): the popover, once it was needed */
  GPtrArray          *dragged;    /* (owned) (nullable) (element-type RfiJobHold) */
  gboolean            folded;
  gboolean            foldable;
  gboolean            fluid;      /* takes whatever width there is */

  GtkWidget          *stack;
  GtkWidget          *head;
  GtkWidget          *icon;
  GtkWidget          *name;
  GtkWidget          *count;
  GtkWidget          *urgent;
  GtkWidget          *oldest;
  GtkWidget          *fold;
  GtkWidget          *list;
  GtkWidget          *empty;
  GtkWidget          *reason;
  GtkWidget          *unfold;
  GtkWidget          *folded_icon;
  GtkWidget          *folded_count;
  RfiSideLabel       *folded_name;
};

/* Pointer, keyboard and drags over the cards of @self. */
void rfi_lane_add_controllers (RfiLane *self);

/* Whether what is done to @item is meant for all that is selected. */
gboolean rfi_lane_means_many   (RfiLane    *self,
                                RfiJobItem *item);

/* Returns: (nullable): the living card of @item */
RfiJobCard *rfi_lane_find_card (RfiLane    *self,
                                RfiJobItem *item);

void rfi_lane_drag_started    (RfiLane    *self,
                               RfiJobItem *item);
void rfi_lane_drag_ended      (RfiLane    *self);
void rfi_lane_leave_sideways  (RfiLane    *self,
                               guint       position,
                               int         step);

G_END_DECLS
