/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-order"

#include "config.h"

#include "rfi-sim-order.h"

#include "rfi-signed-operation.h"
#include "rfi-sync-queue.h"

/* In the order of the request. Returns: (transfer full) (nullable) (element-type
 * RfiSignedOperation): %NULL if the place of one among what was typed is not known: of a
 * withdrawal, of a decision */
static GPtrArray *
read_push (GPtrArray         *ledger,
           const RfiWirePush *push)
{
  g_autoptr(GPtrArray) operations =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_signed_operation_unref);

  for (guint i = 0; i < push->n_items; i++)
    {
      RfiSignedOperation *operation =
        rfi_signed_operation_decode (push->items[i].body, (gssize) push->items[i].n_body, NULL);
      const RfiSimIntent *typed =
        operation != NULL ? rfi_sim_ledger_find (ledger, operation->id) : NULL;

      if (operation == NULL)
        return NULL;
      g_ptr_array_add (operations, operation);
      if (operation->kind == RFI_OPERATION_RESOLVE || typed == NULL ||
          typed->kind != operation->kind)
        return NULL;
    }

  return g_steal_pointer (&operations);
}

/* The most urgent class from @first on. */
static guint
find_class (GPtrArray *operations,
            guint      first)
{
  guint class = G_MAXUINT;

  for (guint i = first; i < operations->len; i++)
    class = MIN (class, ((RfiSignedOperation *) g_ptr_array_index (operations, i))->priority);
  return class;
}

/* With what was typed later of the same job, whether the request has room for it or not. What was
 * typed for a job that is gone, and goes to the one that was made anew for it, is before what was
 * typed for that one: it is one chain. */
static guint
inherit_class (GPtrArray                *ledger,
               const RfiSignedOperation *operation)
{
  const RfiSimIntent *typed = rfi_sim_ledger_find (ledger, operation->id);
  guint class = operation->priority;

  for (guint i = typed->number; i < ledger->len; i++)
    {
      const RfiSimIntent *later = g_ptr_array_index (ledger, i);

      if (g_str_equal (later->job_id, typed->job_id) ||
          g_str_equal (later->job_id, operation->entity_id))
        class = MIN (class, rfi_signed_operation_classify (later->kind, later->patch));
    }

  return class;
}

/* Whether something behind it was typed before it. */
static gboolean
overtakes (GPtrArray *ledger,
           GPtrArray *operations,
           guint      place)
{
  const RfiSignedOperation *operation = g_ptr_array_index (operations, place);
  guint typed = rfi_sim_ledger_find (ledger, operation->id)->number;

  for (guint i = place + 1; i < operations->len; i++)
    {
      const RfiSignedOperation *other = g_ptr_array_index (operations, i);

      if (rfi_sim_ledger_find (ledger, other->id)->number < typed)
        return TRUE;
    }

  return FALSE;
}

char *
rfi_sim_order_check (GPtrArray         *ledger,
                     const RfiWirePush *push)
{
  g_autoptr(GPtrArray) operations = read_push (ledger, push);
  guint n_overtakes = 0;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      const RfiSignedOperation *operation = g_ptr_array_index (operations, i);

      if (!overtakes (ledger, operations, i))
        {
          n_overtakes = 0;
          continue;
        }
      if (inherit_class (ledger, operation) > find_class (operations, i))
        return g_strdup_printf ("S6: number %" G_GINT64_FORMAT " goes before what was typed before "
                                "it, and something more urgent waits behind", operation->seq);
      if (++n_overtakes > RFI_SYNC_QUEUE_PATIENCE)
        return g_strdup_printf ("S6: number %" G_GINT64_FORMAT " is the %uth in turn to overtake "
                                "what was typed before", operation->seq, n_overtakes);
    }

  return NULL;
}
