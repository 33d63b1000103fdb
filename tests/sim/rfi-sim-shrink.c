/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-shrink"

#include "config.h"

#include "rfi-sim-shrink.h"

typedef struct
{
  RfiSimPlan       *plan;         /* (owned): the smallest that fails so far */
  RfiSimStillFails  still_fails;
  gpointer          data;
  guint             runs_left;
} Shrink;

/* @smaller: (transfer full). Whether it is taken. */
static gboolean
attempt (Shrink     *shrink,
         RfiSimPlan *smaller)
{
  if (shrink->runs_left == 0)
    {
      rfi_sim_plan_free (smaller);
      return FALSE;
    }

  shrink->runs_left--;
  if (!shrink->still_fails (smaller, shrink->data))
    {
      rfi_sim_plan_free (smaller);
      return FALSE;
    }

  rfi_sim_plan_free (shrink->plan);
  shrink->plan = smaller;
  return TRUE;
}

/* Delta debugging: leaves out ever smaller pieces while any can be left out. */
static void
shrink_actions (Shrink *shrink)
{
  for (guint size = shrink->plan->actions->len; size > 0; size /= 2)
    {
      guint at = 0;

      while (at < shrink->plan->actions->len && shrink->runs_left > 0)
        {
          RfiSimPlan *smaller = rfi_sim_plan_copy (shrink->plan);

          g_array_remove_range (smaller->actions, at, MIN (size, smaller->actions->len - at));
          if (!attempt (shrink, smaller))
            at += size;
        }
    }
}

static void
shrink_faults (Shrink *shrink)
{
  for (guint i = 0; i < RFI_SIM_N_FAULTS; i++)
    if (shrink->plan->faults.rates[i] != 0)
      {
        RfiSimPlan *smaller = rfi_sim_plan_copy (shrink->plan);

        smaller->faults.rates[i] = 0;
        attempt (shrink, smaller);
      }
}

static void
drop_machine (RfiSimPlan *plan)
{
  plan->n_consoles--;
  for (guint i = plan->actions->len; i > 0; i--)
    if (g_array_index (plan->actions, RfiSimAction, i - 1).who >= plan->n_consoles)
      g_array_remove_index (plan->actions, i - 1);
}

static void
shrink_machines (Shrink *shrink)
{
  gboolean smaller_fails = TRUE;

  while (smaller_fails && shrink->plan->n_consoles > 1)
    {
      RfiSimPlan *smaller = rfi_sim_plan_copy (shrink->plan);

      drop_machine (smaller);
      smaller_fails = attempt (shrink, smaller);
    }
}

RfiSimPlan *
rfi_sim_shrink (const RfiSimPlan *plan,
                RfiSimStillFails  still_fails,
                gpointer          data,
                guint             max_runs)
{
  Shrink shrink = { rfi_sim_plan_copy (plan), still_fails, data, max_runs };

  shrink_actions (&shrink);
  shrink_faults (&shrink);
  shrink_machines (&shrink);
  shrink_actions (&shrink);
  return shrink.plan;
}
