/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_PHOTO_VIEWER (rfi_photo_viewer_get_type ())

G_DECLARE_FINAL_TYPE (RfiPhotoViewer, rfi_photo_viewer, RFI, PHOTO_VIEWER, GtkWidget)

/**
 * RfiPhotoViewer:
 *
 * One photo, to be looked at closely: Ctrl and scrolling, or a pinch, zooms to the pointer;
 * dragging pans. Property `zoom`: 1 shows all of it, greater ones magnify that.
 */
/* @texture: (nullable) */
void        rfi_photo_viewer_set_texture (RfiPhotoViewer *self,
                                          GdkTexture     *texture);
GdkTexture *rfi_photo_viewer_get_texture (RfiPhotoViewer *self);
double      rfi_photo_viewer_get_zoom    (RfiPhotoViewer *self);

/* Keeps the middle where it is. */
void        rfi_photo_viewer_set_zoom    (RfiPhotoViewer *self,
                                          double          zoom);

/* A quarter turn clockwise, of what is shown; the photo itself stays as it is. */
void        rfi_photo_viewer_rotate      (RfiPhotoViewer *self);

G_END_DECLS
