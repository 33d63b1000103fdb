/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-ledger"

#include "config.h"

#include "rfi-sim-ledger.h"

static void
intent_free (RfiSimIntent *intent)
{
  g_free (intent->id);
  g_free (intent->job_id);
  g_free (intent->moved_to);
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

/* Whether a decision about the job that @intent is for, or was moved to, made @job_id. */
static gboolean
was_made_for (GPtrArray          *ledger,
              const RfiSimIntent *intent,
              const char         *job_id)
{
  for (guint i = 0; i < ledger->len; i++)
    {
      const RfiSimIntent *decision = g_ptr_array_index (ledger, i);

      if (decision->kind == RFI_OPERATION_RESOLVE &&
          g_strcmp0 (decision->moved_to, job_id) == 0 &&
          (g_str_equal (decision->job_id, intent->job_id) ||
           g_strcmp0 (decision->job_id, intent->moved_to) == 0))
        return TRUE;
    }

  return FALSE;
}

static void
move (RfiSimIntent *intent,
      const char   *job_id)
{
  g_free (intent->moved_to);
  intent->moved_to = g_strdup (job_id);
}

/* The creation has the decision's id. */
static void
note_remade (GPtrArray          *ledger,
             const RfiOperation *operation)
{
  RfiSimIntent *decision = rfi_sim_ledger_find (ledger, operation->id);

  if (operation->kind == RFI_OPERATION_CREATE && decision != NULL &&
      decision->kind == RFI_OPERATION_RESOLVE)
    move (decision, operation->job_id);
}

void
rfi_sim_ledger_follow (GPtrArray *ledger,
                       GPtrArray *outbox,
                       guint      console)
{
  for (guint i = 0; i < outbox->len; i++)
    note_remade (ledger, g_ptr_array_index (outbox, i));

  for (guint i = 0; i < outbox->len; i++)
    {
      const RfiOperation *operation = g_ptr_array_index (outbox, i);
      RfiSimIntent *intent = rfi_sim_ledger_find (ledger, operation->id);

      if (intent == NULL || intent->kind == RFI_OPERATION_RESOLVE)
        continue;
      if (g_str_equal (operation->job_id, intent->job_id))
        {
          intent->moved &= ~(1u << console);
        }
      else if (was_made_for (ledger, intent, operation->job_id))
        {
          move (intent, operation->job_id);
          intent->moved |= 1u << console;
        }
    }
}

gboolean
rfi_sim_ledger_was_deleted (GPtrArray          *ledger,
                            const RfiSimIntent *intent,
                            const char         *job_id,
                            guint               homes)
{
  for (guint i = intent->number - 1; i < ledger->len; i++)
    {
      const RfiSimIntent *later = g_ptr_array_index (ledger, i);

      if (later->kind == RFI_OPERATION_DELETE && (later->homes & homes) != 0 &&
          (g_str_equal (later->job_id, job_id) || g_strcmp0 (later->moved_to, job_id) == 0))
        return TRUE;
    }

  return FALSE;
}
