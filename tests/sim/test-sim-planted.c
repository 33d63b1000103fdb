/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-sim-planted"

#include "config.h"

#include "rfi-sim-runner.h"

/* The simulation is strong enough: it finds each of fifteen faults that others had. */

static void
test_planted (void)
{
  int n_missed = rfi_sim_runner_plant (10000, 60);

  if (n_missed < 0)
    g_test_skip ("this build has no faults on purpose: -Dplanted_bugs=true has");
  else
    g_assert_cmpint (n_missed, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* A program with a fault in it has reason to warn. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  rfi_sim_runner_install ();

  g_test_add_func ("/sim/planted", test_planted);

  return g_test_run ();
}
