/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-sim"

#include "config.h"

#include "rfi-sim-exhaust.h"
#include "rfi-sim-faults.h"
#include "rfi-sim-fleet.h"
#include "rfi-sim-runner.h"

#include <string.h>

/* A short run of what ./dev sim runs for long. */

/* Enough for everything of D2 to happen; more is one command. */
#define SEEDS 120

static void
run (const RfiSimBatch *batch)
{
  RfiSimReport report;

  rfi_sim_runner_run (batch, &report);
  g_test_message ("%" G_GUINT64_FORMAT " seeds, %" G_GUINT64_FORMAT " events", report.n_run,
                  report.n_steps);
  if (report.problem != NULL)
    g_test_fail_printf ("seed %" G_GUINT64_FORMAT ": %s", report.failed_seed, report.problem);
  g_assert_cmpuint (report.n_run, >, 0);
  g_free (report.problem);
}

static void
test_seeds (void)
{
  const RfiSimBatch batch = {
    .first = 1, .n_seeds = SEEDS, .twice_every = 8, .max_shrink = 200,
  };

  run (&batch);
}

/* Shared out among processes, it is the same. */
static void
test_fleet (void)
{
  const RfiSimBatch batch = { .first = 1, .n_seeds = 9 };
  RfiSimReport alone;
  RfiSimReport shared;

  rfi_sim_runner_run (&batch, &alone);
  rfi_sim_fleet_run (&batch, 2, &shared);
  g_assert_cmpstr (alone.problem, ==, NULL);
  g_assert_cmpstr (shared.problem, ==, NULL);
  g_assert_cmpuint (shared.n_run, ==, alone.n_run);
  g_assert_cmpuint (shared.n_steps, ==, alone.n_steps);
}

static void
test_scenario (gconstpointer data)
{
  const RfiSimBatch batch = {
    .first = 1, .n_seeds = g_str_equal (data, "seven-days-offline") ? 1 : 4, .scenario = data,
    .twice_every = 4, .max_shrink = 200,
  };

  run (&batch);
}

/* One line of the list: "SEED words" or "SCENARIO/SEED words". Returns: whether it is one */
static gboolean
run_regression (const char *line)
{
  g_autofree char *name = g_strndup (line, strcspn (line, " "));
  char *slash = strchr (name, '/');
  const char *seed = slash != NULL ? slash + 1 : name;
  RfiSimBatch batch = {
    .first = g_ascii_strtoull (seed, NULL, 10), .n_seeds = 1, .max_shrink = 200,
  };

  if (!g_ascii_isdigit (*seed))
    return FALSE;

  if (slash != NULL)
    {
      *slash = '\0';
      batch.scenario = name;
    }
  run (&batch);
  return TRUE;
}

/* Seeds that failed once. */
static void
test_regressions (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sim", "regressions.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += run_regression (lines[i]);
  g_assert_cmpuint (n, >, 0);
}

/* Each fault and each of the other things happened, in the seeds above. */
static void
test_counters (void)
{
  for (guint i = 0; rfi_sim_count_missing (i) != NULL; i++)
    g_test_fail_printf ("%s never happened", rfi_sim_count_missing (i));
}

/* Every 23rd call here, and of those for memory, of which there are many, every 211th; each by the
 * program itself. */
static void
test_exhaustive (void)
{
  for (guint i = 0; i < 6; i++)
    {
      RfiSimTroubleKind kind = (RfiSimTroubleKind) (i / 2);
      RfiSimExhaust result;

      rfi_sim_exhaust (i % 2 == 0, kind, kind == RFI_SIM_TROUBLE_MEMORY ? 211 : 23, &result);
      g_assert_cmpstr (result.problem, ==, NULL);
      g_assert_cmpuint (result.n_happened, >, 5);
      g_free (result.problem);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char *const scenarios[] = { "calm", "three-days-offline", "seven-days-offline",
                                           "clone", "restore", "full-disk", "pictures", "renewal",
                                           "damage", "moves" };

  g_test_init (&argc, &argv, NULL);
  rfi_sim_runner_install ();

  g_test_add_func ("/sim/seeds", test_seeds);
  g_test_add_func ("/sim/fleet", test_fleet);
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autofree char *path = g_strconcat ("/sim/scenario-", scenarios[i], NULL);

      g_test_add_data_func (path, scenarios[i], test_scenario);
    }
  g_test_add_func ("/sim/regressions", test_regressions);
  g_test_add_func ("/sim/counters", test_counters);
  g_test_add_func ("/sim/exhaustive", test_exhaustive);

  return g_test_run ();
}
