/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-faults"

#include "config.h"

#include "rfi-sim-faults.h"

static const char *const names[] = {
  [RFI_SIM_FAULT_DROP_REQUEST] = "drop-request",
  [RFI_SIM_FAULT_DROP_RESPONSE] = "drop-response",
  [RFI_SIM_FAULT_DUPLICATE] = "duplicate",
  [RFI_SIM_FAULT_DELAY] = "delay",
  [RFI_SIM_FAULT_TRUNCATE] = "truncate",
  [RFI_SIM_FAULT_HANG] = "hang",
  [RFI_SIM_FAULT_UNAUTHORISED] = "unauthorised",
  [RFI_SIM_FAULT_TOO_LARGE] = "too-large",
  [RFI_SIM_FAULT_BUSY] = "busy",
  [RFI_SIM_FAULT_GATEWAY] = "gateway",
  [RFI_SIM_FAULT_GATEWAY_AFTER] = "gateway-after",
  [RFI_SIM_FAULT_PORTAL] = "portal",
  [RFI_SIM_FAULT_HUB_DROP] = "hub-drop",
  [RFI_SIM_FAULT_HUB_DUPLICATE] = "hub-duplicate",
  [RFI_SIM_FAULT_HUB_DELAY] = "hub-delay",
  [RFI_SIM_FAULT_HUB_CLOSE] = "hub-close",
  [RFI_SIM_FAULT_PARTITION_OUT] = "partition-out",
  [RFI_SIM_FAULT_PARTITION_IN] = "partition-in",
  [RFI_SIM_FAULT_PARTITION_BOTH] = "partition-both",
  [RFI_SIM_FAULT_SERVER_CRASH] = "server-crash",
  [RFI_SIM_FAULT_SERVER_CRASH_INSIDE] = "server-crash-inside",
  [RFI_SIM_FAULT_SERVER_RESTART] = "server-restart",
  [RFI_SIM_FAULT_SERVER_RESTORE] = "server-restore",
  [RFI_SIM_FAULT_CONSOLE_CRASH] = "console-crash",
  [RFI_SIM_FAULT_CONSOLE_CRASH_INSIDE] = "console-crash-inside",
  [RFI_SIM_FAULT_CONSOLE_RESTART] = "console-restart",
  [RFI_SIM_FAULT_CONSOLE_RESTORE] = "console-restore",
  [RFI_SIM_FAULT_CONSOLE_CLONE] = "console-clone",
  [RFI_SIM_FAULT_CONSOLE_FULL] = "console-full",
  [RFI_SIM_FAULT_CONSOLE_IO] = "console-io",
  [RFI_SIM_FAULT_SERVER_IO] = "server-io",
  [RFI_SIM_FAULT_SUSPEND] = "suspend",
  [RFI_SIM_FAULT_CLOCK] = "clock",
  [RFI_SIM_FAULT_FORGET] = "forget",
  [RFI_SIM_FAULT_CONSOLE_DAMAGE] = "console-damage",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == RFI_SIM_N_FAULTS);

/* What has to happen at least sometimes, beside each of the faults. */
static const char *const expected[] = {
  "op applied",
  "op merged",
  "op conflict",
  "op rejected",
  "op blocked",
  "op repeated",
  "op void",
  "conflict resolved",
  "operation discarded",
  "operation retried",
  "crash between send and answer",
  "answer lost after commit",
  "fork found",
  "resync required",
  "edit while a request was under way",
  "enqueue refused by a full disk",
  "job deleted",
  "old client wrote",
  "picture taken",
  "picture came again",
  "token renewed",
  "token renewed again",
  "token used twice",
  "file recovered",
  "operation salvaged",
};

static GHashTable *counts;
static gboolean paused;

const char *
rfi_sim_fault_to_string (RfiSimFault fault)
{
  return names[fault];
}

int
rfi_sim_fault_from_string (const char *name)
{
  for (int i = 0; i < RFI_SIM_N_FAULTS; i++)
    if (g_str_equal (names[i], name))
      return i;

  return -1;
}

void
rfi_sim_faults_init (RfiSimFaults *self,
                     RfiRandom    *random)
{
  /* How much of what can go wrong does in this world: sometimes nothing. */
  guint64 share = rfi_random_range (random, 5);

  for (guint i = 0; i <= RFI_SIM_LAST_DRAWN; i++)
    {
      gboolean on = rfi_random_range (random, 8) < share;
      guint64 rate = 1 + rfi_random_range (random, i <= RFI_SIM_LAST_OF_HUB ? 150 : 40);

      self->rates[i] = on ? (guint) rate : 0;
    }
}

gboolean
rfi_sim_faults_draw (const RfiSimFaults *self,
                     RfiSimFault         fault,
                     RfiRandom          *random)
{
  /* Drawn in any case, so that leaving out one fault changes nothing of the others. */
  gboolean happens = rfi_random_range (random, 1000) < self->rates[fault];

  if (happens)
    rfi_sim_count (names[fault]);
  return happens;
}

static void
add (const char *what,
     guint64     more)
{
  guint64 *n;

  if (counts == NULL)
    counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  n = g_hash_table_lookup (counts, what);
  if (n == NULL)
    {
      n = g_new0 (guint64, 1);
      g_hash_table_insert (counts, g_strdup (what), n);
    }
  *n += more;
}

void
rfi_sim_count (const char *what)
{
  if (!paused)
    add (what, 1);
}

void
rfi_sim_count_write (FILE *out)
{
  GHashTableIter iter;
  gpointer what;
  gpointer n;

  if (counts == NULL)
    return;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &what, &n))
    fprintf (out, "%" G_GUINT64_FORMAT " %s\n", *(guint64 *) n, (const char *) what);
}

void
rfi_sim_count_read (FILE *in)
{
  char line[128];

  while (fgets (line, sizeof line, in) != NULL)
    {
      char *what = NULL;
      guint64 n = g_ascii_strtoull (line, &what, 10);

      add (g_strstrip (what), n);
    }
}

guint64
rfi_sim_count_get (const char *what)
{
  guint64 *n = counts != NULL ? g_hash_table_lookup (counts, what) : NULL;

  return n != NULL ? *n : 0;
}

void
rfi_sim_count_pause (gboolean pause)
{
  paused = pause;
}

const char *
rfi_sim_count_missing (guint i)
{
  for (guint n = 0; n < G_N_ELEMENTS (expected) + RFI_SIM_N_FAULTS; n++)
    {
      const char *what = n < RFI_SIM_N_FAULTS ? names[n] : expected[n - RFI_SIM_N_FAULTS];

      if (rfi_sim_count_get (what) == 0 && i-- == 0)
        return what;
    }

  return NULL;
}

guint
rfi_sim_count_print (void)
{
  g_autoptr(GList) keys = NULL;
  guint n_never = 0;

  for (const char *what; (what = rfi_sim_count_missing (n_never)) != NULL; n_never++)
    add (what, 0);

  keys = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) g_strcmp0);
  for (GList *l = keys; l != NULL; l = l->next)
    g_print ("  %-36s %" G_GUINT64_FORMAT "\n", (const char *) l->data,
             rfi_sim_count_get (l->data));
  return n_never;
}
