/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-board-lanes"

#include "config.h"

#include "rfi-board-lanes.h"

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (RfiBoardLanes, rfi_board_lanes, GTK_TYPE_WIDGET)

static void
rfi_board_lanes_default_init (RfiBoardLanesInterface *iface)
{
  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_BOARD_LANES, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
rfi_board_lanes_set_jobs (RfiBoardLanes *self,
                          RfiSession    *session,
                          RfiJobTable   *jobs,
                          RfiJobFilter  *filter)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->set_jobs (self, session, jobs, filter);
}

void
rfi_board_lanes_set_selection (RfiBoardLanes   *self,
                               RfiJobSelection *selection)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->set_selection (self, selection);
}

void
rfi_board_lanes_set_sort (RfiBoardLanes *self,
                          RfiJobSort     sort)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->set_sort (self, sort);
}

void
rfi_board_lanes_filter_changed (RfiBoardLanes *self)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->filter_changed (self);
}

void
rfi_board_lanes_count (RfiBoardLanes  *self,
                       RfiBoardCounts *counts)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->count (self, counts);
}

void
rfi_board_lanes_scroll_to_top (RfiBoardLanes *self)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->scroll_to_top (self);
}

void
rfi_board_lanes_refresh (RfiBoardLanes *self,
                         gboolean       resize)
{
  g_return_if_fail (RFI_IS_BOARD_LANES (self));

  RFI_BOARD_LANES_GET_IFACE (self)->refresh (self, resize);
}

void
rfi_board_lanes_changed (RfiBoardLanes *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}
