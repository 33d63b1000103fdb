/* SPDX-License-Identifier: GPL-3.0-or-later */

#define _GNU_SOURCE /* memmem */
#define G_LOG_DOMAIN "rfi-test-pictures"

#include "config.h"

#include "rfi-test-pictures.h"

#include <string.h>

/* Noise does not compress. */
GdkPixbuf *
rfi_test_pictures_make (int width,
                        int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width * 3; x++)
      pixels[y * stride + x] = (guchar) ((x + y) / 8 + g_rand_int_range (rand, 0, 24));
  return pixbuf;
}

void
rfi_test_pictures_save (const char *path,
                        const char *type,
                        int         width,
                        int         height)
{
  g_autoptr(GdkPixbuf) pixbuf = rfi_test_pictures_make (width, height);
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
}

guint
rfi_test_pictures_get_divisor (GBytes *jpeg)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  static const guint8 head[] = { 0xff, 0xdb, 0x00, 0x43, 0x00 };
  const guint8 *table = memmem (data, size, head, sizeof head);

  g_assert_nonnull (table);
  return table[sizeof head];
}

void
rfi_test_pictures_assert_size (GBytes *content,
                               int     width,
                               int     height)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = gdk_texture_new_from_bytes (content, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
}
