/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What goes with the pointer while @card is dragged: the card as it is now, and how many go with
 * it when @n_jobs is more than one. Returns: (transfer full) */
GdkPaintable *rfi_drag_picture_new (GtkWidget *card,
                                    guint      n_jobs);

G_END_DECLS
