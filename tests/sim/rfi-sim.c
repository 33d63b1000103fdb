/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim"

#include "config.h"

#include "rfi-sim-exhaust.h"
#include "rfi-sim-faults.h"
#include "rfi-sim-fleet.h"
#include "rfi-sim-plan.h"
#include "rfi-sim-runner.h"

#include <locale.h>
#include <stdlib.h>

static gint64 n_seeds = 1000;
static gint64 first_seed = 1;
static gint n_processes;
static char *scenario;
static gboolean verbose;
static gboolean list_checks;
static gboolean safety;
static gboolean all;
static gboolean planted;
static gboolean exhaustive;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT64, &n_seeds, "How many worlds", "N" },
  { "from", 0, 0, G_OPTION_ARG_INT64, &first_seed, "The first seed", "S" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &n_processes, "How many processes", "N" },
  { "scenario", 0, 0, G_OPTION_ARG_STRING, &scenario, "One kind of world only", "NAME" },
  { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "Tell what happens as it happens", NULL },
  { "safety", 0, 0, G_OPTION_ARG_NONE, &safety, "Let things go wrong to the end", NULL },
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, "Go on after a failure", NULL },
  { "planted", 0, 0, G_OPTION_ARG_NONE, &planted, "Look for the faults made on purpose", NULL },
  { "exhaustive", 0, 0, G_OPTION_ARG_NONE, &exhaustive,
    "Trouble at each call of a disk, or for memory", NULL },
  { "checks", 0, 0, G_OPTION_ARG_NONE, &list_checks, "Name what is checked", NULL },
  { NULL }
};

static gboolean
is_scenario (const char *name)
{
  if (name == NULL || g_strv_contains (rfi_sim_plan_scenarios (), name))
    return TRUE;

  g_printerr ("rfi-sim: there is no scenario “%s”; there are:", name);
  for (const char *const *each = rfi_sim_plan_scenarios (); *each != NULL; each++)
    g_printerr (" %s", *each);
  g_printerr ("\n");
  return FALSE;
}

static int
plant (void)
{
  int n_missed;

  rfi_sim_runner_install ();
  n_missed = rfi_sim_runner_plant (10000, 0);
  if (n_missed < 0)
    g_printerr ("rfi-sim: this build has no faults on purpose: -Dplanted_bugs=true has\n");
  return n_missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
exhaust (void)
{
  gboolean good = TRUE;

  rfi_sim_runner_install ();
  for (guint i = 0; i < 6; i++)
    {
      RfiSimExhaust result;

      rfi_sim_exhaust (i % 2 == 0, (RfiSimTroubleKind) (i / 2), 1, &result);
      g_print ("%s at each call of %s: %u of %u came about: %s\n",
               rfi_sim_exhaust_to_string ((RfiSimTroubleKind) (i / 2)),
               i % 2 == 0 ? "the server" : "a console", result.n_happened, result.n_points,
               result.problem != NULL ? result.problem : "no failure");
      good = good && result.problem == NULL;
      g_free (result.problem);
    }
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
run (void)
{
  RfiSimBatch batch = {
    .first = (guint64) first_seed,
    .n_seeds = (guint64) n_seeds,
    .scenario = scenario,
    .twice_every = 16,
    .max_shrink = 400,
    .verbose = verbose,
    .safety = safety,
    .all = all,
  };
  RfiSimReport report;
  double start = rfi_sim_runner_clock ();
  double took;
  guint n_never;

  rfi_sim_runner_install ();
  if (verbose || n_seeds == 1)
    rfi_sim_runner_run (&batch, &report);
  else
    rfi_sim_fleet_run (&batch, n_processes > 0 ? (guint) n_processes : g_get_num_processors (),
                       &report);
  took = rfi_sim_runner_clock () - start;
  g_print ("\nWhat happened (D2):\n");
  n_never = rfi_sim_count_print ();
  g_print ("\n%" G_GUINT64_FORMAT " seeds, %" G_GUINT64_FORMAT " events, %.1f s, %.0f seeds/s: ",
           report.n_run, report.n_steps, took, (double) report.n_run / took);
  if (report.problem != NULL)
    g_print ("%" G_GUINT64_FORMAT " FAILED, the first %" G_GUINT64_FORMAT ", %s\n",
             report.n_failed, report.failed_seed, report.problem);
  else
    g_print ("no failure; %u things never happened\n", n_never);
  return report.problem == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("rfi-sim: %s\n", error->message);
      return EXIT_FAILURE;
    }
  if (list_checks)
    {
      rfi_sim_runner_checks ();
      return EXIT_SUCCESS;
    }
  if (!is_scenario (scenario))
    return EXIT_FAILURE;
  if (planted)
    return plant ();
  if (exhaustive)
    return exhaust ();

  return run ();
}
