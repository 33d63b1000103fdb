/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Decodes a photo off the main thread, upright as its EXIF says. @width × @height: the box to fit
 * it into, in pixels, keeping its shape; 0 × 0 = full size.
 * finish: (transfer full), or %NULL with a GdkPixbufError or GIOError. */
void        rfi_texture_decode_async  (GBytes              *content,
                                       int                  width,
                                       int                  height,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GdkTexture *rfi_texture_decode_finish (GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
