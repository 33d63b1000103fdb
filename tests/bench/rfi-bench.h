/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Samples in the order they were taken: GArrays of double. */
GArray *rfi_bench_samples_new  (void);
void    rfi_bench_add          (GArray       *samples,
                                double        value);
double  rfi_bench_percentile   (const GArray *samples,
                                guint         percent);

/* One line for run.py. The value is the median; p50 and p99 are said where there are enough
 * samples for them to mean something.
 * @peer: (nullable): who else did the same, @peer_samples: in the same unit */
void    rfi_bench_report       (const char   *name,
                                const char   *unit,
                                const GArray *samples,
                                const char   *peer,
                                const GArray *peer_samples);
void    rfi_bench_report_one   (const char   *name,
                                const char   *unit,
                                double        value);

/* A folder with all that is in it. */
void    rfi_bench_remove_tree  (const char   *path);

G_END_DECLS
