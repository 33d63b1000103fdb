/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-feed.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

typedef struct
{
  gboolean good;
  guint    n_rows;
  gint64   last_seq;
} Outcome;

static Outcome
read_in_pieces (const guint8 *data,
                gsize         size,
                gsize         piece)
{
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  Outcome outcome = { .good = TRUE };

  for (gsize at = 0; at < size && outcome.good; at += piece)
    {
      gsize length = MIN (piece, size - at);
      g_autofree char *copy = g_memdup2 (data + at, length);
      g_autoptr(GArray) rows = NULL;

      outcome.good = rfi_feed_reader_feed (reader, copy, length, NULL);
      rows = rfi_feed_reader_take_rows (reader);
      for (guint i = 0; i < rows->len; i++)
        {
          const RfiFeedRow *row = &g_array_index (rows, RfiFeedRow, i);

          g_assert_true ((row->kind == RFI_FEED_JOB) == (row->job != NULL));
          g_assert_true ((row->job != NULL) != (row->id != NULL));
          g_assert_true (row->seq == 0 || row->seq > outcome.last_seq);
          outcome.last_seq = row->seq;
        }
    }

  outcome.good = rfi_feed_reader_finish (reader, NULL);
  outcome.n_rows = rfi_feed_reader_get_n_rows (reader);
  if (outcome.good)
    g_assert_nonnull (rfi_feed_reader_get_tail (reader));
  return outcome;
}

/* Where a network cuts a page must not matter. The first byte is a size of pieces. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  Outcome whole;
  Outcome cut;

  if (size < 2)
    return 0;

  whole = read_in_pieces (data + 1, size - 1, size - 1);
  cut = read_in_pieces (data + 1, size - 1, 1 + data[0] % 64);
  g_assert_cmpint (whole.good, ==, cut.good);
  g_assert_cmpuint (whole.n_rows, ==, cut.n_rows);
  g_assert_cmpint (whole.last_seq, ==, cut.last_seq);
  return 0;
}
