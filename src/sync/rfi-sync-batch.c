/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-batch"

#include "config.h"

#include "rfi-sync-batch.h"

#include "rfi-bug.h"

/* The letters of one job that may be sent now, the first one first. */
typedef struct
{
  GPtrArray *letters;  /* (element-type RfiLetter), borrowed */
  guint      next;
  guint      class;    /* of the most urgent one from there on */
  gboolean   closed;   /* nothing of the job may follow */
} Chain;

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  g_ptr_array_unref (chain->letters);
  g_free (chain);
}

/* A withdrawal has nothing to wait for: it is a chain of its own. */
static Chain *
find_chain (GHashTable      *by_job,
            GPtrArray       *chains,
            const RfiLetter *letter)
{
  gboolean alone = letter->kind == RFI_OPERATION_VOID || RFI_BUG (24);
  Chain *chain = alone ? NULL : g_hash_table_lookup (by_job, letter->job_id);

  if (chain != NULL)
    return chain;

  chain = g_new0 (Chain, 1);
  chain->letters = g_ptr_array_new ();
  g_ptr_array_add (chains, chain);
  if (!alone)
    g_hash_table_insert (by_job, letter->job_id, chain);
  return chain;
}

static gboolean
may_go (RfiSyncBatchChoice *choice,
        const RfiLetter    *letter)
{
  const gint64 *at;

  if (!rfi_letter_is_open (letter) ||
      (letter->user_id != NULL && g_strcmp0 (letter->user_id, choice->user_id) != 0))
    return FALSE;
  /* A conflict that only this console knows of is the server's to judge. */
  if (letter->waits != RFI_OPERATION_QUEUED && letter->waits != RFI_OPERATION_CONFLICT)
    return FALSE;

  at = choice->due != NULL ? g_hash_table_lookup (choice->due, letter->operation_id) : NULL;
  if (at == NULL || *at <= choice->now)
    return TRUE;

  choice->next_due = MIN (choice->next_due, *at);
  return FALSE;
}

static void
add_to_chain (RfiSyncBatchChoice *choice,
              Chain              *chain,
              RfiLetter          *letter)
{
  if (letter->state == RFI_LETTER_ACCEPTED || chain->closed)
    return;

  if (may_go (choice, letter))
    g_ptr_array_add (chain->letters, letter);
  else
    chain->closed = TRUE;
  if (letter->waits == RFI_OPERATION_CONFLICT)
    chain->closed = TRUE;
}

static RfiLetter *
get_head (const Chain *chain)
{
  return chain->next < chain->letters->len ? g_ptr_array_index (chain->letters, chain->next) : NULL;
}

static void
find_class (Chain *chain)
{
  chain->class = G_MAXUINT;
  for (guint i = chain->next; i < chain->letters->len; i++)
    chain->class = MIN (chain->class,
                        ((RfiLetter *) g_ptr_array_index (chain->letters, i))->priority);
}

static void
advance (Chain *chain)
{
  chain->next++;
  find_class (chain);
}

static gboolean
is_of_group (const RfiLetter *letter,
             const RfiLetter *first)
{
  return first == NULL || (g_strcmp0 (letter->device, first->device) == 0 &&
                           g_strcmp0 (letter->epoch, first->epoch) == 0);
}

/* @first: (nullable): of the batch
 * Returns: (nullable) */
static Chain *
choose (GPtrArray       *chains,
        const RfiLetter *first,
        guint           *n_overtakes)
{
  Chain *oldest = NULL;
  Chain *best = NULL;

  for (guint i = 0; i < chains->len; i++)
    {
      Chain *chain = g_ptr_array_index (chains, i);
      RfiLetter *head = get_head (chain);

      if (head == NULL || !is_of_group (head, first))
        continue;

      if (oldest == NULL || head->position < get_head (oldest)->position)
        oldest = chain;
      if (best == NULL || chain->class < best->class ||
          (chain->class == best->class && head->position < get_head (best)->position))
        best = chain;
    }

  if (best == oldest || *n_overtakes >= RFI_SYNC_BATCH_PATIENCE)
    {
      *n_overtakes = 0;
      return oldest;
    }

  (*n_overtakes)++;
  return best;
}

GPtrArray *
rfi_sync_batch_pick (RfiSyncBatchChoice *choice)
{
  g_autoptr(GPtrArray) chains = g_ptr_array_new_with_free_func (chain_free);
  g_autoptr(GHashTable) by_job = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *picked = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_letter_unref);
  gsize bytes = 0;

  choice->next_due = G_MAXINT64;
  for (guint i = 0; i < choice->letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (choice->letters, i);

      add_to_chain (choice, find_chain (by_job, chains, letter), letter);
    }
  for (guint i = 0; i < chains->len; i++)
    find_class (g_ptr_array_index (chains, i));

  while (picked->len < choice->max_letters)
    {
      Chain *chain = choose (chains, picked->len > 0 ? g_ptr_array_index (picked, 0) : NULL,
                             &choice->n_overtakes);
      RfiLetter *letter = chain != NULL ? get_head (chain) : NULL;

      if (letter == NULL)
        break;
      bytes += letter->size + RFI_SYNC_BATCH_OVERHEAD;
      if (picked->len > 0 && bytes > choice->max_bytes)
        break;

      g_ptr_array_add (picked, rfi_letter_ref (letter));
      advance (chain);
    }

  return picked;
}
