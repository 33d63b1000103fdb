/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-stream.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
drop (RfiJob   *job,
      gpointer  user_data)
{
  rfi_job_unref (job);
}

typedef struct
{
  gboolean  good;
  guint     n_jobs;
  guint     n_bad;
  char     *timestamp;
} Outcome;

static Outcome
read_in_pieces (const guint8 *data,
                gsize         size,
                gsize         piece)
{
  g_autoptr(RfiJobStream) stream = rfi_job_stream_new (drop, NULL);
  Outcome outcome = { .good = TRUE };

  for (gsize at = 0; at < size && outcome.good; at += piece)
    {
      gsize length = MIN (piece, size - at);
      g_autofree char *copy = g_memdup2 (data + at, length);

      outcome.good = rfi_job_stream_feed (stream, copy, length, NULL);
    }

  outcome.good = rfi_job_stream_finish (stream, NULL);
  outcome.n_jobs = rfi_job_stream_get_n_jobs (stream);
  outcome.n_bad = rfi_job_stream_get_n_bad (stream);
  outcome.timestamp = g_strdup (rfi_job_stream_get_sync_timestamp (stream));
  return outcome;
}

/* Where a network cuts a document must not matter. The first byte is a size of pieces. */
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
  g_assert_cmpuint (whole.n_jobs, ==, cut.n_jobs);
  g_assert_cmpuint (whole.n_bad, ==, cut.n_bad);
  g_assert_cmpstr (whole.timestamp, ==, cut.timestamp);
  g_free (whole.timestamp);
  g_free (cut.timestamp);
  return 0;
}
