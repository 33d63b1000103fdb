/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-lane.h"

G_BEGIN_DECLS

#define RFI_TYPE_LANE_STRIP (rfi_lane_strip_get_type ())

G_DECLARE_FINAL_TYPE (RfiLaneStrip, rfi_lane_strip, RFI, LANE_STRIP, GtkWidget)

/* One column of it, in the order they are given. */
typedef struct
{
  char *key;   /* (owned): of the group */
  char *name;  /* (owned): as people read it */
} RfiLaneColumn;

RfiLaneColumn *rfi_lane_column_new  (const char    *key,
                                     const char    *name);
void           rfi_lane_column_free (RfiLaneColumn *self);

/**
 * RfiLaneStrip:
 *
 * Any number of lanes beside each other, of which only those in sight, and one that a person is at,
 * exist. It goes into a viewport, whose adjustment tells what is in sight.
 *
 * Signals: `made (RfiLane)`: there is one more; `bind (RfiLane)`: it became that of the column
 * whose key it has; `moved`: other columns are in sight.
 */
GtkWidget  *rfi_lane_strip_new         (RfiCardStyle  *style,
                                        GtkAdjustment *adjustment);

/* Lanes whose columns stay stay theirs, unless they are @by something else.
 * @columns: (transfer full) (element-type RfiLaneColumn) */
void        rfi_lane_strip_set_columns (RfiLaneStrip  *self,
                                        RfiGrouping    by,
                                        GPtrArray     *columns);
GPtrArray  *rfi_lane_strip_get_columns (RfiLaneStrip  *self);

/* How wide what is seen of it is; with room for one column only, columns are as wide as that. */
void        rfi_lane_strip_set_page    (RfiLaneStrip  *self,
                                        int            width);

/* The first column that is wholly in sight. */
guint       rfi_lane_strip_get_first   (RfiLaneStrip  *self);

/* Where the column of @lane is. %FALSE if it has none */
gboolean    rfi_lane_strip_find        (RfiLaneStrip  *self,
                                        RfiLane       *lane,
                                        guint         *index);

/* Brings a column into sight. Returns: (transfer none): its lane */
RfiLane    *rfi_lane_strip_show        (RfiLaneStrip  *self,
                                        guint          index);

/* Calls @func for each lane that has a column, or had one and waits for another. */
typedef void (*RfiLaneFunc)            (RfiLane       *lane,
                                        gpointer       user_data);
void        rfi_lane_strip_foreach     (RfiLaneStrip  *self,
                                        RfiLaneFunc    func,
                                        gpointer       user_data);

G_END_DECLS
