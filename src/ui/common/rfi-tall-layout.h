/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_TALL_LAYOUT (rfi_tall_layout_get_type ())

G_DECLARE_FINAL_TYPE (RfiTallLayout, rfi_tall_layout, RFI, TALL_LAYOUT, GtkLayoutManager)

/**
 * RfiTallLayout:
 *
 * Lays out the one child of a bin, much text in wrapping labels, and asks little of it. A pane asks
 * how wide it would be for its height, for which each label tries all widths; a scroller asks how
 * tall it would be at its narrowest, with each word on a line of its own. Nothing follows from
 * either, and both are most of what a frame costs. So the width asked for is any height's, and a
 * scroller needs no height.
 */
G_END_DECLS
