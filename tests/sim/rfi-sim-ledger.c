/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-ledger"

#include "config.h"

#include "rfi-sim-ledger.h"

static void
intent_free (RfiSimIntent *intent)
{
  g_free (intent->id);
  g_free (intent->job_id);
  g_clear_pointer (&intent->patch, rfi_patch_unref);
  g_free (intent);
}

GPtrArray *
rfi_sim_ledger_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) intent_free);
}

RfiSimIntent *
rfi_sim_ledger_add (GPtrArray          *ledger,
                    const RfiOperation *operation,
                    guint               console,
                    RfiSimIntentState   state)
{
  RfiSimIntent *intent = g_new0 (RfiSimIntent, 1);

  intent->id = g_strdup (operation->id);
  intent->job_id = g_strdup (operation->job_id);
  intent->kind = operation->kind;
  intent->patch = operation->patch != NULL ? rfi_patch_ref (operation->patch) : NULL;
  intent->homes = 1u << console;
  intent->number = ledger->len + 1;
  intent->state = state;
  g_ptr_array_add (ledger, intent);
  return intent;
}

RfiSimIntent *
rfi_sim_ledger_find (GPtrArray  *ledger,
                     const char *id)
{
  for (guint i = 0; i < ledger->len; i++)
    {
      RfiSimIntent *intent = g_ptr_array_index (ledger, i);

      if (g_str_equal (intent->id, id))
        return intent;
    }

  return NULL;
}
