/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-bench.h"
#include "rfi-job-table.h"

#include "rfi-random.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Changes what is seen, once a frame. */
typedef void (*RfiBenchStep) (gpointer user_data);

/* The toolkit with the console's look, as the application would do by itself. */
void         rfi_bench_init_toolkit (void);

/* What this thread has worked so far, in ms. */
double       rfi_bench_get_work     (void);

/* The same jobs for the same numbers, without a server. Returns: (transfer full) */
RfiJobState *rfi_bench_new_state    (RfiRandom    *random,
                                     guint         number);
RfiJobTable *rfi_bench_new_jobs     (guint         n_jobs);

/* A window of 1440 × 900 with @content, seen when it returns. Returns: (transfer none) */
GtkWidget   *rfi_bench_show         (GtkWidget    *content);

/* Paints frames of the window of @content. Returns: (transfer full): ms of this thread's work for
 * each, by its frame clock, from before it is laid out to after it is painted */
GArray      *rfi_bench_play         (GtkWidget    *content,
                                     RfiBenchStep  step,
                                     gpointer      user_data,
                                     guint         n_frames);
/* The same from frame to frame, with what is done between them. */
GArray      *rfi_bench_play_through (GtkWidget    *content,
                                     RfiBenchStep  step,
                                     gpointer      user_data,
                                     guint         n_frames);
/* The same of a window with nothing in it: the floor. */
GArray      *rfi_bench_play_empty   (guint         n_frames);

G_END_DECLS
