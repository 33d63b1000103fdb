/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pictures for tests. */

/* Returns: (transfer full): one of as many bytes, however it is packed, as a real one */
GdkPixbuf *rfi_test_pictures_make        (int         width,
                                          int         height);
/* Writes such a picture to @path; @type as gdk-pixbuf names it. */
void       rfi_test_pictures_save        (const char *path,
                                          const char *type,
                                          int         width,
                                          int         height);
/* In pixels. */
void       rfi_test_pictures_assert_size (GBytes     *content,
                                          int         width,
                                          int         height);
/* The first of @jpeg's first table, right behind its head: quality 80 divides by six. */
guint      rfi_test_pictures_get_divisor (GBytes     *jpeg);

G_END_DECLS
