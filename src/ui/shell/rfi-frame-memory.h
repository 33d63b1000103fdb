/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where GTK draws without a graphics card, a frame goes to the X server through memory that both
 * see, and cairo keeps it for the next: one or two pictures of the whole window.
 *
 * From now on it is given back whenever @window has had no frame for a moment. Where frames go
 * another way, nothing happens. Once for a window is enough. Main thread only. */
void rfi_frame_memory_watch (GtkWidget *window);

G_END_DECLS
