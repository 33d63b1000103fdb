/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether GTK shall draw by OpenGL. Where no graphics card would do it, a whole OpenGL in software
 * is loaded at each start only to draw slower than GTK itself. */

/* Settles it for this process, before there are threads; where GTK runs already it stays as it is.
 * What is said in the environment, of the renderer or of OpenGL, goes before. */
void  rfi_graphics_prepare   (void);

/* What GDK's switches @flags become, the value of GDK_DEBUG.
 *
 * @devices: the folder of the machine's devices
 * @renderer: (nullable): the one that is asked for, as in GSK_RENDERER
 * @flags: (nullable): set so far
 *
 * Returns: (transfer full) (nullable): %NULL if they stay as they are */
char *rfi_graphics_get_flags (const char *devices,
                              const char *renderer,
                              const char *flags);

G_END_DECLS
