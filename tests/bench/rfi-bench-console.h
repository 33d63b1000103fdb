/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One round of the console in this process. Prints "KEY NUMBER" lines: ms, MB or rows/s.
 * @round: "pull": signs in and takes all jobs; "start": the kept session, offline; "work": that,
 * and then changes and searches; "empty": a window with nothing in it */
int rfi_bench_console_run (const char *round,
                           const char *profile);

G_END_DECLS
