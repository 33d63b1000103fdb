/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-gzip"

#include "config.h"

#include "rfi-gzip.h"

#define LEVEL 4
#define PIECE 32768

void
rfi_gzip_append (GZlibCompressor *compressor,
                 const char      *data,
                 gsize            length,
                 gboolean         last,
                 GByteArray      *out)
{
  GConverterFlags flags = last ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (length > 0 || (last && result != G_CONVERTER_FINISHED))
    {
      guint filled = out->len;
      gsize n_read = 0;
      gsize n_written = 0;
      g_autoptr(GError) error = NULL;

      g_byte_array_set_size (out, filled + PIECE);
      result = g_converter_convert (G_CONVERTER (compressor), data, length, out->data + filled,
                                    PIECE, flags, &n_read, &n_written, &error);
      g_byte_array_set_size (out, filled + (guint) n_written);
      if (result == G_CONVERTER_ERROR)
        {
          g_critical ("Compressing failed: %s", error->message);
          return;
        }
      data += n_read;
      length -= n_read;
    }
}

GBytes *
rfi_gzip_compress (GBytes *data)
{
  g_autoptr(GZlibCompressor) compressor =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);
  g_autoptr(GByteArray) out = g_byte_array_new ();
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);

  rfi_gzip_append (compressor, bytes, length, TRUE, out);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
rfi_gzip_decompress (GBytes    *data,
                     gboolean   gzip,
                     gsize      limit,
                     GError   **error)
{
  g_autoptr(GZlibDecompressor) decompressor = g_zlib_decompressor_new (
    gzip ? G_ZLIB_COMPRESSOR_FORMAT_GZIP : G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr(GByteArray) out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize left;
  const guint8 *at = g_bytes_get_data (data, &left);

  while (result != G_CONVERTER_FINISHED && out->len <= limit)
    {
      guint filled = out->len;
      gsize n_read = 0;
      gsize n_written = 0;

      g_byte_array_set_size (out, filled + PIECE);
      result = g_converter_convert (G_CONVERTER (decompressor), at, left, out->data + filled,
                                    PIECE, G_CONVERTER_INPUT_AT_END, &n_read, &n_written, error);
      g_byte_array_set_size (out, filled + (guint) n_written);
      if (result == G_CONVERTER_ERROR)
        return NULL;
      at += n_read;
      left -= n_read;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
