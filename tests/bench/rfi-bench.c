/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"

#include <glib/gstdio.h>

#include <stdio.h>

/* Of fewer samples a percentile says nothing that the median does not. */
#define ENOUGH 20

GArray *
rfi_bench_samples_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
rfi_bench_add (GArray *samples,
               double  value)
{
  g_array_append_val (samples, value);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

double
rfi_bench_percentile (const GArray *samples,
                      guint         percent)
{
  g_autoptr(GArray) sorted = g_array_copy ((GArray *) samples);

  if (sorted->len == 0)
    return 0;

  g_array_sort (sorted, compare);
  return g_array_index (sorted, double, MIN (sorted->len * percent / 100, sorted->len - 1));
}

void
rfi_bench_report (const char   *name,
                  const char   *unit,
                  const GArray *samples,
                  const char   *peer,
                  const GArray *peer_samples)
{
  double value = rfi_bench_percentile (samples, 50);

  printf ("{\"name\": \"%s\", \"unit\": \"%s\", \"value\": %.3f", name, unit, value);
  if (samples->len >= ENOUGH)
    printf (", \"p50\": %.3f, \"p99\": %.3f", value, rfi_bench_percentile (samples, 99));
  if (peer != NULL)
    printf (", \"peer\": \"%s\", \"peer_value\": %.3f", peer,
             rfi_bench_percentile (peer_samples, 50));
  printf ("}\n");
  fflush (stdout);
}

void
rfi_bench_report_one (const char *name,
                      const char *unit,
                      double      value)
{
  printf ("{\"name\": \"%s\", \"unit\": \"%s\", \"value\": %.3f}\n", name, unit, value);
  fflush (stdout);
}

void
rfi_bench_remove_tree (const char *path)
{
  g_autoptr(GDir) listing = g_dir_open (path, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      rfi_bench_remove_tree (child);
    }
  g_remove (path);
}
