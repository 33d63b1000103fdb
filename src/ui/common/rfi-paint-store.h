/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Small pictures in one colour that are drawn again and again, painted once: to colour a symbol or
 * to cut a disc takes many times as long as to copy it. One for the process, in the main thread;
 * forgets what it has when that becomes much, or the icon theme changes. */

/* @icon: (nullable): the name of a symbol, %NULL for a disc. @size: in pixels of the widget, more
 * than 0. Returns: (transfer none): until the next one is asked for */
GdkTexture *rfi_paint_store_get (GtkWidget     *widget,
                                 const char    *icon,
                                 int            size,
                                 const GdkRGBA *color);

/* Has the file of a symbol that will be asked for read by another thread. */
void        rfi_paint_store_preload (GtkWidget     *widget,
                                     const char    *icon,
                                     int            size);

/* @surface: of CAIRO_FORMAT_ARGB32, flushed. */
GdkRGBA     rfi_paint_store_read_pixel (cairo_surface_t *surface,
                                        int              x,
                                        int              y);
/* All of it, without premultiplied alpha: where GTK draws by itself, it copies that faster.
 * Returns: (transfer full) */
GdkTexture *rfi_paint_store_read       (cairo_surface_t *surface);

G_END_DECLS
