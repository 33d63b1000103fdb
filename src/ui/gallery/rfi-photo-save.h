/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where to put a photo and writes it there.
 * finish: %FALSE with G_IO_ERROR_CANCELLED if the person thought better of it */
void     rfi_photo_save_async  (GtkWindow           *parent,
                                GBytes              *content,
                                const char          *file_name,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean rfi_photo_save_finish (GAsyncResult        *result,
                                GError             **error);

G_END_DECLS
