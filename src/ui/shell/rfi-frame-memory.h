/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where GTK draws without a graphics card, a frame goes to the X server through memory that both
 * see, and cairo keeps it for the next: one or two pictures of the whole window.
 *
 * From now on it is given back whenever @window has had no frame for a moment. Where frames go
 * another way, nothing happens. Once for a window is enough. Main thread only. */
void rfi_frame_memory_watch   (GtkWidget *window);

/* The whole of @window, which is watched, will be painted anew soon: all memory that takes is made
 * now, when there is time, and held until the window is still. A page of memory that is new costs
 * as much as drawing what is on it. */
void rfi_frame_memory_prepare (GtkWidget *window);

G_END_DECLS
