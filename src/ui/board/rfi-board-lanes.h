/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-board-counts.h"
#include "rfi-job-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_BOARD_LANES (rfi_board_lanes_get_type ())

G_DECLARE_INTERFACE (RfiBoardLanes, rfi_board_lanes, RFI, BOARD_LANES, GtkWidget)

/**
 * RfiBoardLanes:
 *
 * The lanes of a board, grouped one way or another. Signal `changed`: it counts other numbers than
 * before.
 */
struct _RfiBoardLanesInterface
{
  GTypeInterface parent_iface;

  void (*set_jobs)       (RfiBoardLanes   *self,
                          RfiSession      *session,
                          RfiJobTable     *jobs,
                          RfiJobFilter    *filter);
  void (*set_selection)  (RfiBoardLanes   *self,
                          RfiJobSelection *selection);
  void (*set_sort)       (RfiBoardLanes   *self,
                          RfiJobSort       sort);
  void (*filter_changed) (RfiBoardLanes   *self);
  void (*count)          (RfiBoardLanes   *self,
                          RfiBoardCounts  *counts);
  void (*scroll_to_top)  (RfiBoardLanes   *self);
  void (*refresh)        (RfiBoardLanes   *self,
                          gboolean         resize);
};

/* @session, @jobs, @filter: (nullable): no lanes have jobs without the latter two */
void rfi_board_lanes_set_jobs       (RfiBoardLanes   *self,
                                     RfiSession      *session,
                                     RfiJobTable     *jobs,
                                     RfiJobFilter    *filter);
void rfi_board_lanes_set_selection  (RfiBoardLanes   *self,
                                     RfiJobSelection *selection);
void rfi_board_lanes_set_sort       (RfiBoardLanes   *self,
                                     RfiJobSort       sort);
/* The filter asks for something else than before. */
void rfi_board_lanes_filter_changed (RfiBoardLanes   *self);
void rfi_board_lanes_count          (RfiBoardLanes   *self,
                                     RfiBoardCounts  *counts);
/* What is shown is another set of jobs: begin with the first. */
void rfi_board_lanes_scroll_to_top  (RfiBoardLanes   *self);
/* Time passed, or the style changed (@resize): say it anew. */
void rfi_board_lanes_refresh        (RfiBoardLanes   *self,
                                     gboolean         resize);

/* For those that implement it. */
void rfi_board_lanes_changed        (RfiBoardLanes   *self);

G_END_DECLS
