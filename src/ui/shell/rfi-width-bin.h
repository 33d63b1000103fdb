/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_WIDTH_BIN (rfi_width_bin_get_type ())

G_DECLARE_FINAL_TYPE (RfiWidthBin, rfi_width_bin, RFI, WIDTH_BIN, GtkWidget)

/* Steps of width, counted in text of the usual size, so that large text folds earlier. */
typedef enum {
  RFI_WIDTH_NARROW,  /* under 860: one thing at a time */
  RFI_WIDTH_MEDIUM,  /* under 1200: the sidebar lies over the page */
  RFI_WIDTH_WIDE,    /* sidebar or detail beside the page */
  RFI_WIDTH_HUGE,    /* from 1600: both */
} RfiWidth;

/**
 * RfiWidthBin:
 *
 * Gives its child whatever width there is, and says in `width-step` (notifies, before the child
 * is laid out) how much that is. It needs little itself, so that the window can become narrow
 * while its child is still laid out for much room.
 *
 * Properties: `child`, `width-step` (int, read only).
 */
RfiWidth rfi_width_bin_get_step (RfiWidthBin *self);

G_END_DECLS
