/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-hub-frame.h"
#include "rfi-hub-splitter.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* The first byte is a size of pieces; however small they are, as many records come out as there
 * are separators. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(RfiHubSplitter) splitter = rfi_hub_splitter_new ();
  guint n_records = 0;
  guint n_separators = 0;
  gsize piece;

  if (size < 2)
    return 0;

  piece = 1 + data[0] % 32;
  for (gsize at = 1; at < size; at += piece)
    {
      const char *record;
      gsize length;

      g_assert_true (rfi_hub_splitter_feed (splitter, (const char *) data + at,
                                            MIN (piece, size - at), NULL));
      while ((record = rfi_hub_splitter_next (splitter, &length)) != NULL)
        {
          g_autoptr(RfiHubFrame) frame = rfi_hub_frame_parse (record, length, n_records == 0, NULL);

          rfi_hub_handshake_parse_request (record, length, NULL);
          n_records++;
        }
    }

  for (gsize at = 1; at < size; at++)
    if (data[at] == 0x1e)
      n_separators++;
  g_assert_cmpuint (n_records, ==, n_separators);
  return 0;
}
