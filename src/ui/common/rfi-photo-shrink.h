/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longer side of a shrunken photo, in pixels. */
#define RFI_PHOTO_SHRINK_SIDE 1920

/* Makes a photo smaller off the main thread: no side longer than RFI_PHOTO_SHRINK_SIDE, upright,
 * JPEG at 80 %. What is small enough, or would not get smaller, or is no picture, stays as it is.
 * finish: (transfer full), never %NULL; @name: (inout): gets another ending with another format */
void    rfi_photo_shrink_async  (GBytes              *content,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
GBytes *rfi_photo_shrink_finish (GAsyncResult        *result,
                                 char               **name);

G_END_DECLS
