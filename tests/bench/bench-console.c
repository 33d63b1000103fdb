/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-bench.h"
#include "rfi-bench-console.h"

#include <gio/gio.h>
#include <stdlib.h>

/* The console with all jobs of the server at $RFI_BENCH_URL. Each round is a process of its own,
 * this program again, because a start is what is measured; a round prints "KEY NUMBER" lines.
 */

#define N_STARTS 7

static const struct {
  const char *key;
  const char *name;
  const char *unit;
} figures[] = {
  { "cards", "console: start to first frame with cards, 100,000 cached", "ms" },
  { "window", "console: start to first frame of the window", "ms" },
  { "interactive", "start-interactive: the first input served beside cards, 100,000 cached", "ms" },
  { "all", "console: start to all 100,000 jobs on the board", "ms" },
  { "start-before", "console: longest stretch of start before the first frame", "ms" },
  { "start-stall", "console: longest stall after the first frame, start", "ms" },
  { "start-stall-work", "console: longest stall after the first frame, start, own work", "ms" },
  { "pull-rate", "console: 100,000 jobs from the server onto the board", "rows/s" },
  { "pull-stall", "console: longest stall, first pull of 100,000", "ms" },
  { "pull-stall-work", "console: longest stall, first pull of 100,000, own work", "ms" },
  { "action", "console: status changed to frame that shows it", "ms" },
  { "action-stall", "console: longest stall, status changes", "ms" },
  { "action-stall-work", "console: longest stall, status changes, own work", "ms" },
  { "search", "search-keystroke: key typed to frame with its list, 100,000 jobs", "ms" },
  { "search-stall", "console: longest stall, search", "ms" },
  { "search-stall-work", "console: longest stall, search, own work", "ms" },
  { "rss", "console: memory with 100,000 jobs", "MB" },
  { "rss-empty", "an empty window: memory", "MB" },
};

static void
collect (GHashTable *rounds,
         const char *output)
{
  g_auto(GStrv) lines = g_strsplit (output, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *blank = strchr (lines[i], ' ');
      GArray *samples;

      if (blank == NULL)
        continue;

      *blank = '\0';
      samples = g_hash_table_lookup (rounds, lines[i]);
      if (samples == NULL)
        {
          samples = rfi_bench_samples_new ();
          g_hash_table_insert (rounds, g_strdup (lines[i]), samples);
        }
      rfi_bench_add (samples, g_ascii_strtod (blank + 1, NULL));
    }
}

static void
run_round (GHashTable *rounds,
           const char *program,
           const char *round,
           const char *profile)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *now = NULL;
  g_autofree char *output = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_subprocess_launcher_setenv (launcher, "RFI_BENCH_FROM", now, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, round, profile, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL,
                                                         &error))
    g_error ("%s", error->message);
  if (!g_subprocess_get_successful (process))
    g_error ("The round “%s” failed", round);

  collect (rounds, output);
}

static void
clean_up (const char *dir)
{
  g_autoptr(GSubprocess) process = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-rf", dir, NULL);
  if (process != NULL)
    g_subprocess_wait (process, NULL, NULL);
}

static double
get_median (GHashTable *rounds,
            const char *key)
{
  return rfi_bench_percentile (g_hash_table_lookup (rounds, key), 50);
}

static int
run_all (const char *program)
{
  g_autoptr(GHashTable) rounds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) g_array_unref);
  g_autofree char *dir = g_dir_make_tmp ("rfi-bench-XXXXXX", NULL);

  run_round (rounds, program, "pull", dir);
  for (guint i = 0; i < N_STARTS; i++)
    run_round (rounds, program, "start", dir);
  run_round (rounds, program, "work", dir);
  run_round (rounds, program, "empty", dir);
  clean_up (dir);

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      GArray *samples = g_hash_table_lookup (rounds, figures[i].key);

      if (samples != NULL)
        rfi_bench_report (figures[i].name, figures[i].unit, samples, NULL, NULL);
    }
  rfi_bench_report_one ("console: memory above an empty window", "MB",
                        get_median (rounds, "rss") - get_median (rounds, "rss-empty"));
  return EXIT_SUCCESS;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3)
    return rfi_bench_console_run (argv[1], argv[2]);

  return run_all (argv[0]);
}
