/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-body-tag"

#include "config.h"

#include "rfi-body-tag.h"

#include <string.h>

/* A fast 64-bit mix of all bytes, in four lanes so that one multiplication need not wait for the
 * last. */
static guint64
hash_bytes (const char *data,
            gsize       length)
{
  const guint64 factor = G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  guint64 lanes[4] = { length, ~length, length << 32, ~(length << 32) };
  guint64 words[4];
  guint64 hash = 0;

  while (length > 0)
    {
      gsize n = sizeof words;

      if (G_UNLIKELY (length < sizeof words))
        {
          memset (words, 0, sizeof words);
          n = length;
          memcpy (words, data, n);
        }
      else
        {
          memcpy (words, data, sizeof words);
        }
      for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
        {
          lanes[i] = (lanes[i] ^ words[i]) * factor;
          lanes[i] ^= lanes[i] >> 32;
        }
      data += n;
      length -= n;
    }

  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    hash = (hash ^ lanes[i]) * factor + (hash >> 29);
  return hash;
}

void
rfi_body_tag (const char *data,
              gsize       length,
              char       *tag)
{
  g_snprintf (tag, RFI_BODY_TAG_SIZE,
              "W/\"%" G_GSIZE_MODIFIER "x-%016" G_GINT64_MODIFIER "x\"", length,
              hash_bytes (data, length));
}
