/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_WRAP_LAYOUT (rfi_wrap_layout_get_type ())

G_DECLARE_FINAL_TYPE (RfiWrapLayout, rfi_wrap_layout, RFI, WRAP_LAYOUT, GtkLayoutManager)

/**
 * RfiWrapLayout:
 *
 * Puts its widget's children beside each other, as a horizontal box does, and those that do not
 * fit there at their least width on further lines. What expands takes what its line has left.
 *
 * Property: `spacing` (pixels between children and between lines).
 */

G_END_DECLS
