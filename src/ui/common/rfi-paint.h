/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-card-style.h"

G_BEGIN_DECLS

/* What cards and bars are drawn from. Places are the left and top edge, in pixels. */

/* A symbol in one colour. */
void           rfi_paint_icon         (GtkSnapshot        *snapshot,
                                       GtkWidget          *widget,
                                       const char         *name,
                                       int                 size,
                                       float               x,
                                       float               y,
                                       const GdkRGBA      *color);

/* A filled rectangle with round corners. */
void           rfi_paint_round        (GtkSnapshot        *snapshot,
                                       const graphene_rect_t *bounds,
                                       float               radius,
                                       const GdkRGBA      *color);

/* A line of one pixel or more around it, on its inside. */
void           rfi_paint_outline      (GtkSnapshot        *snapshot,
                                       const graphene_rect_t *bounds,
                                       float               radius,
                                       float               width,
                                       const GdkRGBA      *color);

/* Text laid out by the style's cache, which is as wide as @width says, or -1 for what it takes.
 * Returns: the width it takes, in pixels */
int            rfi_paint_text         (GtkSnapshot        *snapshot,
                                       const RfiCardStyle *style,
                                       PangoContext       *context,
                                       const PangoFontDescription *font,
                                       const char         *text,
                                       int                 width,
                                       float               x,
                                       float               y,
                                       const GdkRGBA      *color);

/* A disc with the initials, in the colour AdwAvatar would give it. */
void           rfi_paint_avatar       (GtkSnapshot        *snapshot,
                                       GtkWidget          *widget,
                                       const RfiCardStyle *style,
                                       PangoContext       *context,
                                       const char         *name,
                                       int                 size,
                                       float               x,
                                       float               y);

G_END_DECLS
