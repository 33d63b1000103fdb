/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-lane"

#include "config.h"

#include "rfi-lane-private.h"

/* Whether a card moved here would move from under the pointer, the keyboard or a hand. */
static gboolean
is_in_use (RfiLane *self)
{
  return rfi_lane_is_held (self)
         || (gtk_widget_get_state_flags (self->list) & GTK_STATE_FLAG_PRELIGHT) != 0;
}

/* A list keeps the cards it shows where they are: one that comes above them is out of sight, the
 * list is no longer at its top, and the window has to paint its bar coming and going. */
void
rfi_lane_keep_top (RfiLane *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));

  if (gtk_adjustment_get_value (adjustment) <= 0 && !is_in_use (self))
    rfi_lane_scroll_to_top (self);
}
