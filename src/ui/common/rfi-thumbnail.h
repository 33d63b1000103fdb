/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-photo.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_THUMBNAIL (rfi_thumbnail_get_type ())

G_DECLARE_FINAL_TYPE (RfiThumbnail, rfi_thumbnail, RFI, THUMBNAIL, GtkWidget)

/**
 * RfiThumbnail:
 *
 * A photo filling a box of fixed size, loaded and decoded off the main thread, with a mark while
 * it waits to be sent. What it showed last is kept in memory for the next one of the same photo.
 */
GtkWidget *rfi_thumbnail_new       (int           width,
                                    int           height);
/* @photo: (nullable): %NULL empties it */
void       rfi_thumbnail_set_photo (RfiThumbnail *self,
                                    RfiSession   *session,
                                    const char   *job_id,
                                    RfiPhoto     *photo);

G_END_DECLS
