/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-check"

#include "config.h"

#include "rfi-sim-history.h"
#include "rfi-sim-world.h"

#include "rfi-rules.h"
#include "rfi-server-head.h"
#include "rfi-server-sums.h"
#include "rfi-scope-sum.h"
#include "rfi-sim-memory.h"

#include <string.h>

/* Requests that one machine may have under way at once, and begin in a simulated hour. */
#define MAX_IN_FLIGHT 8

static const char unfinished_sql[] =
  "SELECT watermark, max_seq FROM chain "
  "WHERE device_id = ?1 AND epoch = ?2 AND watermark < min (max_seq, ?3 - 1)";

static RfiUser *
user_of (RfiSimWorld *self,
         guint        number)
{
  return g_ptr_array_index (self->users, number);
}

/* S9: what is shown is the server's row with the pending changes on it, and the windows were told
 * of it. */

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const RfiOperation *one = *(const RfiOperation *const *) a;
  const RfiOperation *other = *(const RfiOperation *const *) b;

  return one->seq < other->seq ? -1 : one->seq > other->seq;
}

/* What the server accepted stands for its effect until its row is there.
 * Returns: (transfer full) (nullable) (element-type RfiOperation), in the order of typing */
static GPtrArray *
list_pending_on (RfiSimWorld   *self,
                 RfiSimConsole *console)
{
  GPtrArray *pending = rfi_sim_console_outbox (console, NULL);
  g_autoptr(GPtrArray) letters = rfi_sim_console_letters (console, NULL);

  for (guint i = 0; pending != NULL && letters != NULL && i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);
      RfiSignedOperation *said =
        g_hash_table_lookup (self->truth->ever, letter->operation_id);
      RfiOperation operation = { .id = letter->operation_id, .job_id = letter->job_id };

      if (letter->state != RFI_LETTER_ACCEPTED || said == NULL)
        continue;
      operation.seq = letter->position;
      operation.kind = said->kind;
      operation.vendor_id = said->vendor_id;
      operation.user_id = said->user_id;
      operation.patch = said->patch;
      g_ptr_array_add (pending, rfi_operation_new (&operation));
    }

  if (pending != NULL)
    g_ptr_array_sort (pending, compare_places);
  return pending;
}

static RfiJob *
fold (GPtrArray  *outbox,
      const char *job_id,
      RfiJob     *base)
{
  g_autoptr(GPtrArray) pending = g_ptr_array_new ();

  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);

      if (g_str_equal (operation->job_id, job_id))
        g_ptr_array_add (pending, operation);
    }

  return rfi_operation_fold (base, pending);
}

static char *
check_shown (RfiSimConsole *console,
             GPtrArray     *outbox,
             RfiJobState   *state,
             RfiJob        *base)
{
  g_autoptr(RfiJob) work = fold (outbox, state->work->id, base);
  RfiJobState *told = g_hash_table_lookup (console->view, state->work->id);
  g_autofree char *difference = NULL;
  const char *where = "folded";

  if (work == NULL)
    return g_strdup_printf ("S9: console %u shows %s, of which nothing is left", console->number,
                            state->work->id);
  difference = rfi_sim_differ (state->work, work);
  if (difference == NULL)
    {
      where = "in the windows";
      difference = told != NULL ? rfi_sim_differ (state->work, told->work) : g_strdup ("nothing");
    }
  return difference == NULL ? NULL
                            : g_strdup_printf ("S9: console %u, %s: in the store against %s: %s",
                                               console->number, state->work->id, where,
                                               difference);
}

/* What real time told of a later version, on top of what the feed brought: see rfi-store-event.c.
 * What was told before the server was put back is not known here. If it was put back in silence,
 * and nothing else was fetched before, it even stays: the feed has no reason to bring the row
 * again. */
static char *
check_told_early (RfiSimWorld       *self,
                  RfiSimRow         *row,
                  const RfiJobExtra *extra,
                  RfiJob            *base)
{
  g_autofree char *difference = NULL;

  if (self->truth->history > 0)
    return NULL;

  for (guint i = (guint) base->version; i < row->history->len; i++)
    {
      const RfiJob *later = g_ptr_array_index (row->history, i);
      RfiJob early;

      if (later == NULL)
        return NULL;

      early = *later;
      early.extra = (RfiJobExtra *) extra;
      g_free (difference);
      difference = rfi_sim_differ (base, &early);
      if (difference == NULL)
        return NULL;
    }

  return difference != NULL ? g_steal_pointer (&difference) : g_strdup ("it is like no version");
}

static char *
check_unnumbered (RfiSimWorld   *self,
                  RfiSimConsole *console,
                  RfiSimRow     *row,
                  RfiJob        *base)
{
  g_autofree char *difference = check_told_early (self, row, base->extra, base);

  return difference == NULL ? NULL
                            : g_strdup_printf ("S7: console %u, %s as it was shown: %s",
                                               console->number, base->id, difference);
}

/* S7: a row is always one that the server had, or a later one as far as real time tells, and where
 * the cursor has passed, the latest. */
static char *
check_base (RfiSimWorld   *self,
            RfiSimConsole *console,
            RfiJob        *base,
            gint64         cursor)
{
  RfiSimRow *row = rfi_sim_truth_find (self->truth, base->id);
  const RfiJob *then = NULL;
  char *difference;

  /* Only what the old contract tells, until the feed brings the rest. */
  if (row != NULL && base->version == 0 && row->seq > cursor)
    return check_unnumbered (self, console, row, base);
  if (row == NULL || base->version <= 0 || base->version > row->history->len)
    return g_strdup_printf ("S7: console %u has version %u of %s, which never was",
                            console->number, base->version, base->id);
  then = g_ptr_array_index (row->history, base->version - 1);
  if (then == NULL)
    return NULL;
  difference = rfi_sim_differ (base, then);
  if (difference != NULL && (row->seq > cursor || self->unsaid))
    {
      g_free (difference);
      difference = check_told_early (self, row, then->extra, base);
    }
  if (difference != NULL)
    return g_strdup_printf ("S7: console %u, version %u of %s: %s",
                            console->number, base->version, base->id, difference);
  if (row->seq > cursor)
    return NULL;
  if (row->job == NULL)
    return g_strdup_printf ("S10: console %u has %s, deleted by change %" G_GINT64_FORMAT ", and "
                            "its cursor is at %" G_GINT64_FORMAT, console->number, base->id,
                            row->seq, cursor);
  if (!rfi_rules_may_see (user_of (self, console->number), row->job))
    return g_strdup_printf ("S7: console %u has %s, given to another vendor by change %"
                            G_GINT64_FORMAT ", and its cursor is at %" G_GINT64_FORMAT,
                            console->number, base->id, row->seq, cursor);
  if (row->job->version != base->version)
    return g_strdup_printf ("S7: console %u has version %u of %s; %u is change %"
                            G_GINT64_FORMAT " and its cursor is at %" G_GINT64_FORMAT,
                            console->number, base->version, base->id,
                            row->job->version, row->seq, cursor);
  return NULL;
}

/* Everything that the cursor has passed and this person may see is there. @found: ids of rows that
 * were just seen there */
static char *
check_missing (RfiSimWorld   *self,
               RfiSimConsole *console,
               GHashTable    *found,
               gint64         cursor)
{
  g_autoptr(GPtrArray) ids = rfi_sim_truth_ids (self->truth);

  for (guint i = 0; i < ids->len; i++)
    {
      RfiSimRow *row = rfi_sim_truth_find (self->truth, g_ptr_array_index (ids, i));
      g_autoptr(RfiJob) base = NULL;

      if (row->job == NULL || row->seq > cursor || g_hash_table_contains (found, row->id) ||
          !rfi_rules_may_see (user_of (self, console->number), row->job))
        continue;
      base = rfi_sim_console_base (console, row->id, NULL);
      if (base == NULL && !console->disk->dead)
        return g_strdup_printf ("S7: console %u lacks %s, change %" G_GINT64_FORMAT ", and its "
                                "cursor is at %" G_GINT64_FORMAT, console->number, row->id,
                                row->seq, cursor);
    }

  return NULL;
}

/* Where the console's cursor stands in the server's present history; -1 = elsewhere, or nowhere */
static gint64
find_cursor (RfiSimWorld   *self,
             RfiSimConsole *console)
{
  RfiServerHead head;
  g_autofree char *epoch = NULL;

  if (self->server->db == NULL || !rfi_server_head_get (self->server->db, &head, NULL))
    return -1;

  epoch = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", (guint64) head.epoch);
  return rfi_sim_console_position (console, epoch);
}

static void
check_cursor (RfiSimWorld *self,
              guint        number,
              gint64       cursor)
{
  if (cursor < 0)
    return;
  if (self->seen_history[number] == self->truth->history && cursor < self->seen[number])
    rfi_sim_world_fail (self, g_strdup_printf ("S8: the cursor of console %u went from %"
                                               G_GINT64_FORMAT " back to %" G_GINT64_FORMAT,
                                               number, self->seen[number], cursor));
  self->seen[number] = cursor;
  self->seen_history[number] = self->truth->history;
}

static void
look_at (RfiSimWorld *self,
         guint        number)
{
  RfiSimConsole *console = self->consoles[number];
  g_autoptr(GPtrArray) jobs = NULL;
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  char *problem = NULL;
  gint64 cursor;

  if (!rfi_sim_console_is_up (console) || console->disk->dead)
    return;

  jobs = rfi_sim_console_jobs (console, NULL);
  outbox = list_pending_on (self, console);
  if (jobs == NULL || outbox == NULL)
    return;

  cursor = self->unsure ? -1 : find_cursor (self, console);
  check_cursor (self, number, cursor);
  if (g_hash_table_size (console->view) != jobs->len)
    problem = g_strdup_printf ("S9: console %u has %u jobs and shows %u", number, jobs->len,
                               g_hash_table_size (console->view));
  for (guint i = 0; i < jobs->len && problem == NULL; i++)
    {
      RfiJobState *state = g_ptr_array_index (jobs, i);
      g_autoptr(RfiJob) base = rfi_sim_console_base (console, state->work->id, NULL);

      if (base != NULL)
        g_hash_table_add (found, (gpointer) state->work->id);
      problem = check_shown (console, outbox, state, base);
      if (problem == NULL && base != NULL && cursor >= 0)
        problem = check_base (self, console, base, cursor);
    }
  if (problem == NULL && cursor >= 0)
    problem = check_missing (self, console, found, cursor);
  if (!console->disk->dead)
    rfi_sim_world_fail (self, problem);
  else
    g_free (problem);
}

void
rfi_sim_check_console (RfiSimWorld *self,
                       guint        number)
{
  RfiSimDisk *disk = self->consoles[number]->disk;

  rfi_sim_time_settle ();
  disk->spared = TRUE;
  self->server->disk->spared = TRUE;
  look_at (self, number);
  disk->spared = FALSE;
  self->server->disk->spared = FALSE;
}

/* S1, S16: nothing that was said to be safe is anywhere but where it may be. */

static gboolean
is_pending (RfiSimIntent *intent,
            GHashTable  **pending,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    if ((intent->homes & 1u << i) != 0 &&
        (pending[i] == NULL || g_hash_table_contains (pending[i], intent->id)))
      return TRUE;

  return FALSE;
}

/* Whether the same person meant to delete the job, then or later: if it is gone, whoever did it,
 * nothing of that is left to do. Nor is there where the server forgot the job and whoever made it
 * brings it back after that. @job_id: (nullable): there is none */
static gboolean
is_over (RfiSimWorld  *self,
         RfiSimIntent *intent,
         const char   *job_id,
         guint         homes)
{
  RfiSimRow *row;

  if (job_id == NULL)
    return FALSE;

  row = rfi_sim_truth_find (self->truth, job_id);
  return (row == NULL || row->job == NULL || row->is_back) &&
         rfi_sim_ledger_was_deleted (self->ledger, intent, job_id, homes);
}

static char *
check_intent (RfiSimWorld  *self,
              RfiSimIntent *intent,
              GHashTable  **pending)
{
  RfiSimVerdict *verdict = rfi_sim_truth_verdict (self->truth, intent->id);

  if (intent->state != RFI_SIM_INTENT_MEANT)
    return NULL;
  /* Each where it stands for it: a deletion of the job that was made anew says nothing of a copy
   * that is still for the one before, nor the other way round. */
  if (is_over (self, intent, intent->job_id, intent->homes & ~intent->moved) ||
      is_over (self, intent, intent->moved_to, intent->homes & intent->moved))
    return NULL;
  if (is_pending (intent, pending, self->plan->n_consoles))
    return NULL;
  /* Refused for good, it has to be shown until a person gave it up. */
  if (verdict != NULL && verdict->outcome <= RFI_OUTCOME_CONFLICT)
    return NULL;
  if (rfi_sim_album_has (self->album, intent->id))
    return NULL;

  return g_strdup_printf ("S1: %s of %s (%s) is neither waiting nor done%s",
                          rfi_operation_kind_to_string (intent->kind), intent->job_id,
                          intent->id, verdict != NULL ? ", it was refused" : "");
}

/* (nullable): the ids in the outbox; %NULL: cannot be told now */
static GHashTable *
list_pending (RfiSimWorld   *self,
              RfiSimConsole *console)
{
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GPtrArray) letters = NULL;
  GHashTable *ids;

  if (!rfi_sim_console_is_up (console) || console->disk->dead)
    return NULL;
  console->disk->spared = TRUE;
  outbox = rfi_sim_console_outbox (console, NULL);
  letters = rfi_sim_console_letters (console, NULL);
  console->disk->spared = FALSE;
  if (outbox == NULL || letters == NULL)
    return NULL;

  rfi_sim_ledger_follow (self->ledger, outbox, console->number);
  ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < outbox->len; i++)
    g_hash_table_add (ids, g_strdup (((RfiOperation *) g_ptr_array_index (outbox, i))->id));
  /* What is accepted is held until the cursor has reached it. */
  for (guint i = 0; i < letters->len; i++)
    g_hash_table_add (ids,
                      g_strdup (((RfiLetter *) g_ptr_array_index (letters, i))->operation_id));
  return ids;
}

void
rfi_sim_check_ledger (RfiSimWorld *self)
{
  GHashTable *pending[RFI_SIM_MAX_CONSOLES] = { NULL, };

  for (guint i = 0; i < self->plan->n_consoles; i++)
    pending[i] = list_pending (self, self->consoles[i]);
  for (guint i = 0; i < self->ledger->len && self->problem == NULL; i++)
    rfi_sim_world_fail (self, check_intent (self, g_ptr_array_index (self->ledger, i), pending));
  for (guint i = 0; i < self->plan->n_consoles; i++)
    g_clear_pointer (&pending[i], g_hash_table_unref);
}

/* L4, S22 */
void
rfi_sim_check_alive (RfiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      RfiSimConsole *console = self->consoles[i];
      RfiSyncWait wait;

      if (!rfi_sim_console_is_up (console))
        continue;
      if (rfi_sim_net_in_flight (self->net, i) > MAX_IN_FLIGHT)
        rfi_sim_world_fail (self, g_strdup_printf ("S22: console %u has %u requests under way", i,
                                                   rfi_sim_net_in_flight (self->net, i)));
      wait = rfi_sync_engine_get_wait (console->engine);
      if (console->n_keeping > 0)
        continue;
      if ((wait == RFI_SYNC_WAIT_TIMER && rfi_sim_clock_n_armed (console->clock) == 0) ||
          (wait == RFI_SYNC_WAIT_WORK && rfi_sim_clock_n_armed (console->clock) == 0 &&
           rfi_sim_net_in_flight (self->net, i) == 0))
        rfi_sim_world_fail (self, g_strdup_printf ("L4: console %u does nothing and waits for "
                                                   "nothing", i));
    }
}

/* The end: C1 to C3, S3, S14, L1. */

/* How a change stands that nobody sends. Returns: (transfer full) */
static char *
describe_letters (RfiSimConsole *console)
{
  g_autoptr(GPtrArray) letters = rfi_sim_console_letters (console, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (letters, i);

      g_string_append_printf (text, " %.8s number %" G_GINT64_FORMAT " of %.4s state %d waits %d",
                              letter->operation_id, letter->number,
                              letter->epoch != NULL ? letter->epoch : "", (int) letter->state,
                              (int) letter->waits);
    }
  return g_string_free (text, FALSE);
}

/* Withdrawals and decisions for theirs are letters, though no changes any more. */
static gboolean
has_open_letters (GPtrArray *letters)
{
  for (guint i = 0; i < letters->len; i++)
    if (rfi_letter_is_open (g_ptr_array_index (letters, i)))
      return TRUE;

  return FALSE;
}

static char *
check_agreement (RfiSimWorld   *self,
                 RfiSimConsole *console)
{
  g_autoptr(GPtrArray) outbox = rfi_sim_console_outbox (console, NULL);
  g_autoptr(GPtrArray) waiting = rfi_sim_console_letters (console, NULL);
  gint64 cursor = find_cursor (self, console);

  if (outbox == NULL || waiting == NULL)
    return g_strdup_printf ("L1: the outbox of console %u cannot be read", console->number);
  if (outbox->len > 0)
    {
      RfiOperation *first = g_ptr_array_index (outbox, 0);
      g_autofree char *letters = describe_letters (console);

      return g_strdup_printf ("L1: %u changes still wait at console %u, the first %s of %s, state "
                              "%d, %u tries, %s; letters%s", outbox->len, console->number,
                              rfi_operation_kind_to_string (first->kind), first->job_id,
                              (int) first->state, first->attempts,
                              first->error_code != NULL ? first->error_code : "no error", letters);
    }
  if (has_open_letters (waiting))
    {
      g_autofree char *letters = describe_letters (console);

      return g_strdup_printf ("L1: letters still wait at console %u:%s", console->number, letters);
    }
  if (cursor < self->truth->head)
    return g_strdup_printf ("C1: the cursor of console %u is at %" G_GINT64_FORMAT ", the server "
                            "at %" G_GINT64_FORMAT, console->number, cursor, self->truth->head);
  return NULL;
}

/* C3: the sum that the server keeps is the one of the rows here. */
static char *
check_sum (RfiSimWorld   *self,
           RfiSimConsole *console)
{
  g_autoptr(GPtrArray) jobs = rfi_sim_console_jobs (console, NULL);
  RfiScope scope;
  RfiServerSum sum;
  guint64 own = 0;

  rfi_scope_init (&scope, console->user);
  if (jobs == NULL || !rfi_server_sums_get (self->server->db, &scope, &sum, NULL))
    return NULL;

  for (guint i = 0; i < jobs->len; i++)
    {
      RfiJob *job = ((RfiJobState *) g_ptr_array_index (jobs, i))->work;

      own += rfi_scope_sum_row (job->id, job->version);
    }
  if (own == sum.sum && sum.n == (gint64) jobs->len)
    return NULL;

  return g_strdup_printf ("C3: console %u has %u jobs, the server counts %" G_GINT64_FORMAT
                          "%s", console->number, jobs->len, sum.n,
                          own != sum.sum ? ", and the sums differ" : "");
}

/* S3: of the epoch that each console is in, every number it gave has come. What a computer had that
 * was lost with its disk nobody can send, and what a copy of it gave is the copy's business. */
static char *
check_numbers (RfiSimWorld   *self,
               RfiSimConsole *console)
{
  g_autoptr(RfiSigner) signer = rfi_sim_console_signer (console);
  RFI_DB_KEPT row = rfi_db_prepare (self->server->db, unfinished_sql, NULL);

  if (signer == NULL || row == NULL)
    return g_strdup_printf ("S3: console %u does not know who it is", console->number);
  rfi_db_bind (row, 1, signer->id);
  rfi_db_bind (row, 2, signer->epoch);
  sqlite3_bind_int64 (row, 3, signer->next);
  if (!rfi_db_step (self->server->db, row, NULL))
    return NULL;

  return g_strdup_printf ("S3: of console %u the numbers up to %d came without a gap, and %d came",
                          console->number, sqlite3_column_int (row, 0),
                          sqlite3_column_int (row, 1));
}

static char *
check_files (RfiDb      *db,
             const char *whose)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, "PRAGMA integrity_check(1)", NULL);

  if (row != NULL && rfi_db_step (db, row, NULL) && g_strcmp0 (rfi_db_text (row, 0), "ok") == 0)
    return NULL;

  return g_strdup_printf ("S20: the file of %s is damaged", whose);
}

/* L2: whether a person has to see to something of the job that was typed before. */
static gboolean
is_in_the_way (GPtrArray    *outbox,
               RfiOperation *operation)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      const RfiOperation *other = g_ptr_array_index (outbox, i);

      if (other->seq < operation->seq && g_str_equal (other->job_id, operation->job_id) &&
          other->state != RFI_OPERATION_QUEUED)
        return TRUE;
    }

  return FALSE;
}

void
rfi_sim_check_free (RfiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_consoles && self->problem == NULL; i++)
    {
      RfiSimConsole *console = self->consoles[i];
      gboolean is_in = rfi_sim_console_is_up (console) &&
                       rfi_sync_engine_get_wait (console->engine) != RFI_SYNC_WAIT_SIGN_IN;
      g_autoptr(GPtrArray) outbox = is_in ? rfi_sim_console_outbox (console, NULL) : NULL;

      for (guint j = 0; outbox != NULL && j < outbox->len; j++)
        {
          RfiOperation *operation = g_ptr_array_index (outbox, j);

          if (operation->state == RFI_OPERATION_QUEUED && !is_in_the_way (outbox, operation))
            rfi_sim_world_fail (self, g_strdup_printf ("L2: %s of %s (%.8s) still waits at console "
                                                       "%u, and nothing is in its way",
                                                       rfi_operation_kind_to_string (
                                                         operation->kind), operation->job_id,
                                                       operation->id, i));
        }
    }
}

static gboolean
agree (RfiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_consoles; i++)
    {
      RfiSimConsole *console = self->consoles[i];
      g_autofree char *problem = NULL;

      if (!rfi_sim_console_is_up (console))
        return FALSE;
      problem = check_agreement (self, console);
      if (problem == NULL)
        problem = check_sum (self, console);
      if (problem != NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
rfi_sim_check_agreed (RfiSimWorld *self)
{
  RfiSimOwner before = rfi_sim_memory_enter (RFI_SIM_OWNER_OBSERVERS);
  gboolean agreed = agree (self);

  rfi_sim_memory_enter (before);
  return agreed;
}

static void
check_all (RfiSimWorld *self)
{
  self->unsure = FALSE;
  for (guint i = 0; i < self->plan->n_consoles && self->problem == NULL; i++)
    {
      RfiSimConsole *console = self->consoles[i];
      char *problem;

      if (!rfi_sim_console_is_up (console))
        {
          rfi_sim_world_fail (self, g_strdup_printf ("L1: console %u does not start", i));
          return;
        }
      problem = check_agreement (self, console);
      rfi_sim_world_fail (self, problem);
      if (self->problem == NULL)
        rfi_sim_check_console (self, i);
      if (self->problem == NULL)
        rfi_sim_world_fail (self, check_sum (self, console));
      if (self->problem == NULL)
        rfi_sim_world_fail (self, check_numbers (self, console));
    }
  if (self->problem == NULL)
    rfi_sim_world_fail (self, rfi_sim_history_check (self->truth, self->server->db));
  if (self->problem == NULL)
    rfi_sim_world_fail (self, check_files (self->server->db, "the server"));
  if (self->problem == NULL)
    rfi_sim_world_verify_server (self);
}

void
rfi_sim_check_quiet (RfiSimWorld *self)
{
  RfiSimOwner before = rfi_sim_memory_enter (RFI_SIM_OWNER_OBSERVERS);

  check_all (self);
  rfi_sim_memory_enter (before);
}
