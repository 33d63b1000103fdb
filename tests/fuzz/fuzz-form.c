/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-form.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* The first line is the header that names the boundary, the rest is the body. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *line_end = memchr (data, '\n', size);
  gsize header_length = line_end != NULL ? (gsize) (line_end - data) : size;
  gsize body_start = line_end != NULL ? header_length + 1 : size;
  g_autofree char *content_type = g_strndup ((const char *) data, header_length);
  g_autoptr(GBytes) body = g_bytes_new (data + body_start, size - body_start);
  RfiFormProblem problem = { NULL, NULL };
  RfiFormPhoto photo;

  if (!rfi_form_read_photo (body, content_type, &photo, &problem))
    {
      g_assert_nonnull (problem.code);
      g_assert_nonnull (problem.message);
      return 0;
    }

  g_assert_cmpuint (g_bytes_get_size (photo.content), <=, g_bytes_get_size (body));
  g_assert_true (g_utf8_validate (photo.file_name, -1, NULL));
  g_assert_null (strchr (photo.file_name, '/'));
  g_assert_nonnull (photo.mime_type);
  rfi_form_photo_clear (&photo);
  return 0;
}
