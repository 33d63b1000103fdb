/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-exhaust"

#include "config.h"

#include "rfi-sim-exhaust.h"

#include "rfi-sim-world.h"

/* A console alone, a change that meets another's, a decision: every transaction there is. */
static RfiSimPlan *
make_script (void)
{
  static const struct
  {
    gint64     at;
    guint      who;
    RfiSimDeed deed;
  } steps[] = {
    { 1000, 0, RFI_SIM_DEED_EDIT },   { 2000, 1, RFI_SIM_DEED_EDIT },
    { 3000, 0, RFI_SIM_DEED_CHAIN },  { 3100, 1, RFI_SIM_DEED_STATUS },
    { 3500, 0, RFI_SIM_DEED_OFFLINE }, { 4000, 0, RFI_SIM_DEED_EDIT },
    { 4100, 0, RFI_SIM_DEED_EDIT },   { 4500, 1, RFI_SIM_DEED_EDIT },
    { 4600, 1, RFI_SIM_DEED_EDIT },   { 9000, 0, RFI_SIM_DEED_OFFLINE },
    { 12000, 0, RFI_SIM_DEED_RESOLVE }, { 13000, 1, RFI_SIM_DEED_DELETE },
    { 14000, 0, RFI_SIM_DEED_DISCARD },
  };
  RfiSimPlan *plan = rfi_sim_plan_new (7, "calm");

  g_array_set_size (plan->actions, 0);
  plan->n_consoles = 2;
  plan->n_jobs = 2;
  plan->ends_well = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      RfiSimAction action = { steps[i].at, steps[i].who, steps[i].deed, 0, 1000 + i };

      g_array_append_val (plan->actions, action);
    }
  return plan;
}

const char *
rfi_sim_exhaust_to_string (RfiSimTroubleKind kind)
{
  static const char * const words[] = { "crash", "I/O error", "no memory" };

  return words[kind];
}

void
rfi_sim_exhaust (gboolean           server,
                 RfiSimTroubleKind  kind,
                 guint              every,
                 RfiSimExhaust     *result)
{
  g_autoptr(RfiSimPlan) plan = make_script ();
  gboolean happened = TRUE;

  *result = (RfiSimExhaust) { 0 };
  for (gint64 call = 1; happened && result->problem == NULL; call += every)
    {
      g_autoptr(RfiSimResult) run = NULL;

      plan->trouble = (RfiSimTrouble) { .disk = server ? 0 : 1, .call = call, .kind = kind };
      run = rfi_sim_world_run (plan, FALSE, FALSE);
      happened = run->troubled;
      result->n_points++;
      result->n_happened += happened;
      if (run->problem != NULL)
        result->problem = g_strdup_printf ("%s of %s at call %" G_GINT64_FORMAT ": %s",
                                           rfi_sim_exhaust_to_string (kind),
                                           server ? "the server" : "the console", call,
                                           run->problem);
    }
}
