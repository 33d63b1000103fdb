/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_FOLD_LAYOUT (rfi_fold_layout_get_type ())

G_DECLARE_FINAL_TYPE (RfiFoldLayout, rfi_fold_layout, RFI, FOLD_LAYOUT, GtkLayoutManager)

/**
 * RfiFoldLayout:
 *
 * Gives its widget's one child all the room, and says when that is little. What changes its
 * shape while it is given its place keeps its old measure, so `narrow` notifies a turn later.
 *
 * Property: `narrow` (read only, notifies).
 */

/* @width: below which it is narrow: pixels with text of the usual size, more with larger text */
GtkLayoutManager *rfi_fold_layout_new        (int            width);
gboolean          rfi_fold_layout_get_narrow (RfiFoldLayout *self);

/* How much larger than 11 points at 96 dpi @widget's text is; 1 if it is smaller. */
double            rfi_fold_layout_text_scale (GtkWidget     *widget);

G_END_DECLS
