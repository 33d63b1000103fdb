/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-runner"

#include "config.h"

#include "rfi-sim-runner.h"

#include "rfi-bug.h"
#include "rfi-sim-interpose.h"
#include "rfi-sim-memory.h"
#include "rfi-sim-shrink.h"
#include "rfi-sim-vfs.h"
#include "rfi-sim-world.h"

#include <malloc.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* A page of 1024 bytes and what SQLite keeps beside it. */
#define PAGE_SLOT 1280
#define N_PAGE_SLOTS 49152

/* What the consoles say to themselves, world after world, is megabytes in a test's log. */
static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  if ((level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO)) == 0)
    g_log_default_handler (domain, level, message, NULL);
}

void
rfi_sim_runner_install (void)
{
  g_log_set_default_handler (log_cb, NULL);
  /* World after world takes and gives the same memory: it need not go back each time. */
  mallopt (M_TRIM_THRESHOLD, 512 * 1024 * 1024);
  mallopt (M_MMAP_THRESHOLD, 512 * 1024 * 1024);
  mallopt (M_TOP_PAD, 16 * 1024 * 1024);
  /* There is one thread here, and nobody asks how much the database uses. */
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_SINGLETHREAD), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0), ==, SQLITE_OK);
  rfi_sim_memory_install ();
  /* Pages of the consoles' and the server's files, one world's at a time. */
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_PAGECACHE, g_malloc (PAGE_SLOT * N_PAGE_SLOTS),
                                   PAGE_SLOT, N_PAGE_SLOTS), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 1200, 200), ==, SQLITE_OK);
  rfi_sim_interpose_install ();
  g_assert_cmpint (sodium_init (), >=, 0);
  rfi_sim_vfs_install ();
}

double
rfi_sim_runner_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* "S1" of "S1: words" */
static gboolean
is_same_check (const char *a,
               const char *b)
{
  gsize length = strcspn (a, ":");

  return strncmp (a, b, length + 1) == 0;
}

static gboolean
still_fails (const RfiSimPlan *plan,
             gpointer          data)
{
  const char *problem = data;
  g_autoptr(RfiSimResult) result = rfi_sim_world_run (plan, FALSE, FALSE);

  return result->problem != NULL && is_same_check (problem, result->problem);
}

static void
tell_failure (const RfiSimBatch *batch,
              const RfiSimPlan  *plan,
              const char        *problem)
{
  g_autoptr(RfiSimPlan) small = NULL;
  g_autoptr(RfiSimResult) result = NULL;

  rfi_sim_count_pause (TRUE);
  small = rfi_sim_shrink (plan, still_fails, (gpointer) problem, batch->max_shrink);
  result = rfi_sim_world_run (small, TRUE, FALSE);
  rfi_sim_count_pause (FALSE);

  g_print ("\nSeed %" G_GUINT64_FORMAT " fails: %s\n", plan->seed, problem);
  g_print ("again: ./dev sim --from %" G_GUINT64_FORMAT " --seeds 1%s%s\n", plan->seed,
           batch->scenario != NULL ? " --scenario " : "",
           batch->scenario != NULL ? batch->scenario : "");
  g_print ("The least that is needed: %u consoles, %u of %u actions, and of the network's "
           "faults:", small->n_consoles, small->actions->len, plan->actions->len);
  for (guint i = 0; i <= RFI_SIM_LAST_OF_HUB; i++)
    if (small->faults.rates[i] != 0)
      g_print (" %s", rfi_sim_fault_to_string (i));
  g_print ("\n%s", result->story);
}

/* D1. Returns: (transfer full) (nullable): what is wrong */
static char *
check_repeat (const RfiSimPlan   *plan,
              const RfiSimResult *first)
{
  g_autoptr(RfiSimResult) second = NULL;

  rfi_sim_count_pause (TRUE);
  second = rfi_sim_world_run (plan, FALSE, FALSE);
  rfi_sim_count_pause (FALSE);
  if (second->trace == first->trace && second->n_steps == first->n_steps)
    return NULL;

  return g_strdup_printf ("D1: two runs differ: %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT
                          " events", first->n_steps, second->n_steps);
}

static void
run_one (const RfiSimBatch *batch,
         guint64            seed,
         RfiSimReport      *report)
{
  g_autoptr(RfiSimPlan) plan = rfi_sim_plan_new (seed, batch->scenario);
  g_autoptr(RfiSimResult) result = NULL;

  plan->ends_well = plan->ends_well && !batch->safety;
  result = rfi_sim_world_run (plan, batch->verbose, batch->verbose);
  report->n_run++;
  report->n_steps += result->n_steps;
  if (result->problem == NULL && batch->twice_every != 0 && seed % batch->twice_every == 0)
    result->problem = check_repeat (plan, result);
  if (result->problem == NULL)
    return;

  if (report->n_failed++ == 0)
    {
      report->failed_seed = seed;
      report->problem = g_strdup (result->problem);
    }
  if (batch->all)
    {
      g_print ("seed %" G_GUINT64_FORMAT ": %s\n", seed, result->problem);
      /* Hours may pass before the end. */
      fflush (stdout);
    }
  else if (batch->max_shrink > 0)
    tell_failure (batch, plan, result->problem);
}

void
rfi_sim_runner_run (const RfiSimBatch *batch,
                    RfiSimReport      *report)
{
  double start = rfi_sim_runner_clock ();

  memset (report, 0, sizeof *report);
  for (guint64 i = 0; i < batch->n_seeds && (batch->all || report->n_failed == 0); i++)
    {
      if (batch->seconds != 0 && rfi_sim_runner_clock () - start > (double) batch->seconds)
        break;
      run_one (batch, batch->first + i, report);
    }
}

/* What each check is called, and where it cannot apply yet, why. */
static const struct
{
  const char *name;
  const char *words;
  const char *not_yet;  /* (nullable) */
} checks[] = {
  { "S1", "every intent is waiting, done, in conflict, refused and shown, or given up", NULL },
  { "S2", "an effect once per number, a repeat answered with the same bytes", NULL },
  { "S3", "numbers without a gap: in the end the server's watermark is at the last", NULL },
  { "S4", "one number, one hash; otherwise a fork and no effect", NULL },
  { "S5", "per job in the order of typing, dependencies first", NULL },
  { "S6", "inside a request urgent goes first, and the oldest after a while", NULL },
  { "S7", "where the cursor has passed, the row is the server's", NULL },
  { "S8", "the cursor never goes back and moves only with its rows", NULL },
  { "S9", "shown is the server's row with what waits on it, and the windows are told", NULL },
  { "S10", "nothing comes back after it was deleted", NULL },
  { "S11", "nothing is overwritten in silence", NULL },
  { "S12", "what the server makes of a change is what the merge rules say", NULL },
  { "S13", "a conflict's record is complete: it has the job as it is there", NULL },
  { "S14", "the history is one chain, its hashes are right, nothing is left out", NULL },
  { "S15", "what the server answered survives its crash", NULL },
  { "S16", "no operation leaves the outbox before its answer is safe", NULL },
  { "S17", "nothing is applied for another person, a sign-in has one successor at a time", NULL },
  { "S18", "a picture that was taken is there once, and its bytes are those of the file", NULL },
  { "S19", "the end is the same without real time: every fourth world has none", NULL },
  { "S20", "files are sound after every recovery and never deleted", NULL },
  { "S21", "another history of the server deletes nothing that waits", NULL },
  { "S22", "requests under way are bounded", NULL },
  { "C1", "in the end nothing waits, cursors are at the head, rows are the server's", NULL },
  { "C2", "in the end all who may see the same see the same", NULL },
  { "C3", "in the end counts and sums agree", NULL },
  { "L1", "everything is sent within a bounded time once nothing goes wrong", NULL },
  { "L2", "one that is always refused holds up no other", NULL },
  { "L3", "nobody loads everything again without a reason", NULL },
  { "L4", "there is always work, a timer, or a named reason", NULL },
  { "D1", "the same seed, the same run", NULL },
  { "D2", "what has to happen sometimes does", NULL },
};

void
rfi_sim_runner_checks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    g_print ("  %-4s %s%s%s\n", checks[i].name, checks[i].words,
             checks[i].not_yet != NULL ? " — not applicable: " : "",
             checks[i].not_yet != NULL ? checks[i].not_yet : "");
}

/* Faults on purpose */

#ifdef RFI_PLANTED_BUGS

static const struct
{
  guint       number;
  const char *words;
} bugs[] = {
  { 1, "the cursor is kept before its rows" },
  { 3, "a change is numbered below what was read already" },
  { 5, "a page that is full loses the row behind it" },
  { 6, "what is gone drags the cursor past rows" },
  { 10, "one's own deletion comes back as an echo" },
  { 11, "a device away for too long is not sent for everything" },
  { 15, "a repeat is done again" },
  { 16, "the answer is kept in another transaction than the effect" },
  { 19, "any refusal deletes the change" },
  { 20, "an expired token uses up the tries" },
  { 23, "an answer retires what was typed meanwhile" },
  { 24, "urgent overtakes what it needs" },
  { 28, "a copied profile goes on with the same numbers" },
  { 35, "an event of real time is taken for the latest row" },
  { 37, "a disk in trouble is taken for a damaged file" },
};

int
rfi_sim_runner_plant (guint64 max_seeds,
                      gint64  seconds)
{
  int n_missed = 0;

  rfi_sim_count_pause (TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (bugs); i++)
    {
      RfiSimBatch batch = { .first = 1, .n_seeds = max_seeds, .seconds = seconds };
      RfiSimReport report;
      double start = rfi_sim_runner_clock ();

      rfi_bug_alive = bugs[i].number;
      rfi_sim_runner_run (&batch, &report);
      rfi_bug_alive = 0;
      n_missed += report.problem == NULL;
      g_print ("%sF%02u  %-56s %s %" G_GUINT64_FORMAT " seeds, %.1f s  %.100s\n",
               g_test_initialized () ? "# " : "", bugs[i].number, bugs[i].words,
               report.problem != NULL ? "found in" : "NOT in", report.n_run,
               rfi_sim_runner_clock () - start, report.problem != NULL ? report.problem : "");
      g_free (report.problem);
    }
  rfi_sim_count_pause (FALSE);
  return n_missed;
}

#else

int
rfi_sim_runner_plant (guint64 max_seeds,
                      gint64  seconds)
{
  return -1;
}

#endif
