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

  RfiGrouping         by;
  RfiStatus           status;     /* of RFI_GROUPING_STATUS */
  char               *key;        /* (owned) (nullable): of the others, as RfiJobGroups has it */
  RfiCardStyle       *style;      /* (owned) */
  RfiSession         *session;    /* (owned) (nullable) */
  RfiJobView         *view;       /* (owned) (nullable) */
  RfiJobSelection    *chosen;     /* (owned) */
  RfiLaneSelection   *selection;  /* (owned) (nullable) while unfolded */
  GtkWidget          *menu;       /* (nullable): the popover, once it was needed */
  GPtrArray          *held;       /* (owned) (nullable) (element-type RfiJobHold): dragged */
  guint               fill_source; /* tick callback */
  gboolean            loading;    /* as the head says */
  gboolean            folded;
  gboolean            foldable;
  int                 card_width; /* as it was last, 0 before there was any */
  gboolean            fluid;      /* takes whatever width there is */
  gboolean            dragged;    /* a card of it is */

  GtkWidget          *stack;
  GtkWidget          *head;
  GtkWidget          *icon;
  GtkWidget          *avatar;
  GtkWidget          *name;
  GtkWidget          *count;
  GtkWidget          *urgent;
  GtkWidget          *age;
  GtkWidget          *oldest;
  GtkWidget          *oldest_short; /* where there is little room */
  GtkWidget          *fold;
  GtkWidget          *list;
  GtkWidget          *empty;
  GtkWidget          *reason;
  GtkWidget          *more;
  GtkWidget          *unfold;
  GtkWidget          *folded_icon;
  GtkWidget          *folded_count;
  RfiSideLabel       *folded_name;
};

/* Pointer, keyboard and drags over the cards of @self. */
void rfi_lane_add_controllers (RfiLane *self);

/* Lets the list of a lane that was empty have jobs, all of them after some frames; or all now. */
void rfi_lane_fill            (RfiLane *self);
void rfi_lane_fill_all        (RfiLane *self);

/* Has a lane that nobody uses stay at its top, whatever came there. To be called when the list has
 * been told. */
void rfi_lane_keep_top        (RfiLane *self);

/* What a lane of @status says when it is empty. */
const char *rfi_lane_get_empty_words (RfiStatus status);

/* Whether what is done to @item is meant for all that is selected. */
gboolean rfi_lane_means_many   (RfiLane    *self,
                                RfiJobItem *item);

/* Returns: (nullable): the card in a row of the list */
RfiJobCard *rfi_lane_get_card  (GtkWidget  *row);

/* Returns: (nullable): the living card of @item */
RfiJobCard *rfi_lane_find_card (RfiLane    *self,
                                RfiJobItem *item);

void rfi_lane_drag_started    (RfiLane    *self,
                               RfiJobItem *item);
void rfi_lane_drag_ended      (RfiLane    *self);
void rfi_lane_leave_sideways  (RfiLane    *self,
                               guint       position,
                               int         step);
void rfi_lane_move_sideways   (RfiLane    *self,
                               RfiJobItem *item,
                               int         step);

/* Whether what is dragged over it may be dropped; and what then becomes of it. */
gboolean rfi_lane_welcomes    (RfiLane      *self,
                               const GValue *value);
gboolean rfi_lane_drop        (RfiLane      *self,
                               const GValue *value);

G_END_DECLS
