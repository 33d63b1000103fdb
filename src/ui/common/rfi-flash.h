/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What somebody else just changed lights up once: the accent colour over the ground of its widget,
 * fading. An animation of the toolkit would have the window painted in every frame meanwhile; what
 * lights up here fades in a few steps, and in the same frames as all else that does. Main thread
 * only. */

/* Nothing where it is not seen, or nothing shall move. Whoever starts it stops it in dispose. */
void rfi_flash_start (GtkWidget   *widget);
void rfi_flash_stop  (GtkWidget   *widget);

/* To be drawn above the ground and below the words. @radius: of the corners, in pixels. Returns:
 * whether there is anything to draw */
gboolean rfi_flash_draw (GtkWidget   *widget,
                         GtkSnapshot *snapshot,
                         float        radius);

G_END_DECLS
