/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-truth"

#include "config.h"

#include "rfi-sim-truth.h"

#include "rfi-rules.h"
#include "rfi-sim-effects.h"
#include "rfi-sim-faults.h"
#include "rfi-sim-order.h"
#include "rfi-wire-push.h"

#include <string.h>

/* The table of results, to look for one by its number. */
static const char find_result_sql[] =
  "SELECT operation.hash, operation.result FROM operation JOIN chain ON chain.n = operation.chain "
  "WHERE chain.device_id = ? AND chain.epoch = ? AND operation.seq = ?";

static void
clear_job (gpointer job)
{
  if (job != NULL)
    rfi_job_unref (job);
}

static void
row_free (RfiSimRow *row)
{
  g_free (row->id);
  g_clear_pointer (&row->job, rfi_job_unref);
  g_ptr_array_unref (row->history);
  g_free (row);
}

static void
verdict_free (RfiSimVerdict *verdict)
{
  g_free (verdict->key);
  g_free (verdict->hash);
  g_free (verdict->result);
  rfi_signed_operation_unref (verdict->operation);
  g_free (verdict);
}

RfiSimTruth *
rfi_sim_truth_new (void)
{
  RfiSimTruth *self = g_new0 (RfiSimTruth, 1);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) row_free);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) verdict_free);
  self->forgotten = g_ptr_array_new_with_free_func ((GDestroyNotify) verdict_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->gone = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ever = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) rfi_signed_operation_unref);
  return self;
}

static void
forget_open (RfiSimTruth *self)
{
  g_clear_pointer (&self->open_push, g_bytes_unref);
  g_clear_pointer (&self->open_user, g_free);
  g_clear_pointer (&self->open_job, rfi_job_unref);
}

void
rfi_sim_truth_free (RfiSimTruth *self)
{
  forget_open (self);
  g_ptr_array_unref (self->gone);
  g_hash_table_unref (self->ever);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->forgotten);
  g_ptr_array_unref (self->verdicts);
  g_hash_table_unref (self->rows);
  g_free (self);
}

void
rfi_sim_truth_fell (RfiSimTruth *self,
                    const char  *user_id,
                    GBytes      *push)
{
  forget_open (self);
  self->open_push = g_bytes_ref (push);
  self->open_user = g_strdup (user_id);
}

void
rfi_sim_truth_fell_job (RfiSimTruth  *self,
                        const RfiJob *job,
                        gboolean      deleted)
{
  forget_open (self);
  self->open_job = rfi_job_new (job);
  self->open_gone = deleted;
}

RfiSimRow *
rfi_sim_truth_find (RfiSimTruth *self,
                    const char  *job_id)
{
  return g_hash_table_lookup (self->rows, job_id);
}

RfiSimVerdict *
rfi_sim_truth_verdict (RfiSimTruth *self,
                       const char  *operation_id)
{
  return g_hash_table_lookup (self->by_id, operation_id);
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
rfi_sim_truth_ids (RfiSimTruth *self)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, id);
  g_ptr_array_sort (ids, compare_text);
  return ids;
}

char *
rfi_sim_differ (const RfiJob *a,
                const RfiJob *b)
{
  for (RfiField field = 0; field < RFI_N_FIELDS; field++)
    if (g_strcmp0 (rfi_job_get_field (a, field), rfi_job_get_field (b, field)) != 0)
      return g_strdup_printf ("%s is “%s” against “%s”", rfi_field_to_string (field),
                              rfi_job_get_field (a, field), rfi_job_get_field (b, field));

  return NULL;
}

/* What the tables say now */

static RfiSimRow *
get_row (RfiSimTruth *self,
         const char  *id)
{
  RfiSimRow *row = rfi_sim_truth_find (self, id);

  if (row != NULL)
    return row;

  row = g_new0 (RfiSimRow, 1);
  row->id = g_strdup (id);
  row->history = g_ptr_array_new_with_free_func (clear_job);
  g_hash_table_insert (self->rows, row->id, row);
  return row;
}

static RfiSimRow *
take_job (RfiSimTruth  *self,
          const RfiJob *job,
          gint64        seq)
{
  RfiSimRow *row = get_row (self, job->id);

  g_clear_pointer (&row->job, rfi_job_unref);
  row->job = rfi_job_new (job);
  row->seq = seq;
  if (job->version > 0 && job->version < 100000)
    {
      if (row->history->len < job->version)
        g_ptr_array_set_size (row->history, (gint) job->version);
      clear_job (row->history->pdata[job->version - 1]);
      row->history->pdata[job->version - 1] = rfi_job_ref (row->job);
    }
  return row;
}

static char *
take_gone (RfiSimTruth *self,
           const char  *id,
           gint64       seq)
{
  RfiSimRow *row = get_row (self, id);

  g_clear_pointer (&row->job, rfi_job_unref);
  row->seq = seq;
  g_ptr_array_add (self->gone, g_strdup (id));
  rfi_sim_count ("job deleted");
  return NULL;
}

/* Everything that changed since the last look must be what @effects say, and the other way
 * round. @effects: (nullable): anything may be */
static char *
look (RfiSimTruth   *self,
      RfiDb         *db,
      RfiSimEffects *effects)
{
  g_autoptr(GPtrArray) changes = rfi_sim_effects_read (db, self->head);
  char *problem = NULL;

  if (changes == NULL)
    return g_strdup ("S20: the server's tables cannot be read");

  for (guint i = 0; i < changes->len && problem == NULL; i++)
    {
      const RfiSimChange *change = g_ptr_array_index (changes, i);
      RfiSimRow *row = rfi_sim_truth_find (self, change->id);

      if (change->seq <= self->head)
        problem = g_strdup_printf ("S8: change %" G_GINT64_FORMAT " came after %" G_GINT64_FORMAT,
                                   change->seq, self->head);
      else if (effects != NULL)
        problem = rfi_sim_effects_check (effects, change, row != NULL ? row->job : NULL);
      if (problem == NULL && change->job != NULL)
        take_job (self, change->job, change->seq)->is_back |=
          effects != NULL && row == NULL && g_hash_table_contains (self->ids, change->id);
      else if (problem == NULL)
        problem = take_gone (self, change->id, change->seq);
      self->head = MAX (self->head, change->seq);
    }

  if (problem == NULL && effects != NULL)
    problem = rfi_sim_effects_check_rest (effects);
  return problem;
}

/* Verdicts */

static char *
make_key (const RfiSignedOperation *operation)
{
  return g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, operation->device_id, operation->epoch,
                          operation->seq);
}

static void
count_outcome (RfiOutcome  outcome,
               RfiSignedOperation *operation)
{
  g_autofree char *name = g_strconcat ("op ", rfi_outcome_to_string (outcome), NULL);

  rfi_sim_count (name);
  if (operation->kind == RFI_OPERATION_VOID)
    rfi_sim_count ("op void");
}

/* The same number is the same bytes and the same answer. */
static char *
check_repeat (RfiSimVerdict            *known,
              const RfiSignedOperation *operation,
              const char               *hash,
              const char               *result)
{
  rfi_sim_count ("op repeated");
  if (!g_str_equal (known->hash, hash))
    {
      /* A withdrawal of the very thing learns what became of it, and the other way round; and two
       * copies of a profile may have withdrawn the same. */
      if (g_strcmp0 (operation->replaces, known->hash) == 0 ||
          g_strcmp0 (known->operation->replaces, hash) == 0 ||
          (operation->replaces != NULL &&
           g_strcmp0 (operation->replaces, known->operation->replaces) == 0))
        return NULL;
      return g_strdup_printf ("S4: %s was answered for two different bodies: %s", known->key,
                              result);
    }
  if (!g_str_equal (known->result, result))
    return g_strdup_printf ("S2: %s was answered %s and then %s", known->key, known->result,
                            result);

  return NULL;
}

/* Of several changes in one request only the last one's row is seen: of the others it is known that
 * they were. A deletion leaves no row. */
static void
note_version (RfiSimTruth              *self,
              const RfiSignedOperation *operation,
              const RfiPushResult      *result)
{
  RfiSimRow *row = rfi_sim_truth_find (self, operation->entity_id);

  if (row != NULL && result->outcome <= RFI_OUTCOME_MERGED &&
      operation->kind != RFI_OPERATION_DELETE && result->version > row->history->len &&
      result->version < 100000)
    g_ptr_array_set_size (row->history, (gint) result->version);
}

/* A withdrawal, or a repeat under another number, does not hide that it was done; that it was
 * refused under the first one does not either. */
static void
name_verdict (RfiSimTruth   *self,
              RfiSimVerdict *verdict)
{
  const RfiSimVerdict *known = g_hash_table_lookup (self->by_id, verdict->operation->id);

  if (known == NULL || known->outcome > RFI_OUTCOME_CONFLICT)
    g_hash_table_replace (self->by_id, verdict->operation->id, verdict);
}

static void
add_verdict (RfiSimTruth         *self,
             RfiSignedOperation  *operation,
             char                *hash,
             const char          *text,
             const RfiPushResult *result)
{
  RfiSimVerdict *verdict = g_new0 (RfiSimVerdict, 1);

  verdict->key = make_key (operation);
  verdict->hash = g_strdup (hash);
  verdict->result = g_strdup (text);
  verdict->operation = rfi_signed_operation_ref (operation);
  verdict->outcome = result->outcome;
  verdict->version = result->version;
  verdict->change_seq = result->change_seq;
  note_version (self, operation, result);
  g_ptr_array_add (self->verdicts, verdict);
  g_hash_table_insert (self->by_key, verdict->key, verdict);
  name_verdict (self, verdict);
}

/* Under any number. What is done to a job that was made anew is another act than what was done to
 * the one before. */
static gboolean
was_done (RfiSimTruth              *self,
          const RfiSignedOperation *operation)
{
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      const RfiSimVerdict *verdict = g_ptr_array_index (self->verdicts, i);

      if (verdict->outcome <= RFI_OUTCOME_MERGED &&
          g_str_equal (verdict->operation->id, operation->id) &&
          g_str_equal (verdict->operation->entity_id, operation->entity_id))
        return TRUE;
    }

  return FALSE;
}

/* Whether a person did one before the other. What is decided or tried again has a new number, and
 * its old place. */
static gboolean
was_typed_before (RfiSimTruth *self,
                  const char  *first,
                  const char  *second)
{
  RfiSimIntent *one = rfi_sim_ledger_find (self->ledger, first);
  RfiSimIntent *other = rfi_sim_ledger_find (self->ledger, second);
  guint homes;

  if (one == NULL || other == NULL || one->number > other->number)
    return FALSE;

  /* Copies of a profile give the same numbers, each in an order of its own: what was given up at
   * one of them the other sends when it likes. */
  homes = one->homes & ~one->given_up;
  if (homes == 0)
    homes = one->homes;
  return (homes & other->homes) != 0;
}

/* Whether a change of the same job by the same hand with a later number came first. */
static char *
check_order (RfiSimTruth              *self,
             const RfiSignedOperation *operation)
{
  /* What a server forgot when it was put back comes again after what it still knows. */
  if (operation->kind == RFI_OPERATION_VOID || self->history > 0)
    return NULL;

  for (guint i = self->verdicts->len; i > 0; i--)
    {
      RfiSimVerdict *other = g_ptr_array_index (self->verdicts, i - 1);

      if (other->outcome <= RFI_OUTCOME_MERGED && other->operation->seq > operation->seq &&
          g_str_equal (other->operation->entity_id, operation->entity_id) &&
          g_str_equal (other->operation->epoch, operation->epoch) &&
          g_str_equal (other->operation->device_id, operation->device_id) &&
          operation->kind != RFI_OPERATION_RESOLVE &&
          other->operation->kind != RFI_OPERATION_RESOLVE &&
          other->operation->kind != RFI_OPERATION_VOID &&
          was_typed_before (self, operation->id, other->operation->id))
        return g_strdup_printf ("S5: %s number %" G_GINT64_FORMAT " (%.8s) was applied after %"
                                G_GINT64_FORMAT " (%.8s), which waits for %" G_GINT64_FORMAT,
                                operation->entity_id, operation->seq, operation->id,
                                other->operation->seq, other->operation->id,
                                other->operation->n_deps > 0 ? other->operation->deps[0] : 0);
    }

  return NULL;
}

static char *
check_deps (RfiSimTruth              *self,
            const RfiSignedOperation *operation)
{
  for (guint i = 0; i < operation->n_deps; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, operation->device_id,
                                              operation->epoch, operation->deps[i]);

      if (g_hash_table_lookup (self->by_key, key) == NULL)
        return g_strdup_printf ("S5: number %" G_GINT64_FORMAT " was applied before %"
                                G_GINT64_FORMAT " that it needs", operation->seq,
                                operation->deps[i]);
    }

  return NULL;
}

/* (nullable): the job as who did it may know of it; what is another vendor's is not there */
static const RfiJob *
find_visible (RfiSimTruth              *self,
              const RfiSignedOperation *operation,
              const RfiSimRow          *row)
{
  for (guint i = 0; row != NULL && row->job != NULL && i < self->users->len; i++)
    {
      const RfiUser *user = g_ptr_array_index (self->users, i);

      if (g_str_equal (user->id, operation->user_id))
        return rfi_rules_may_see (user, row->job) ? row->job : NULL;
    }

  return row != NULL ? row->job : NULL;
}

/* One operation and its answer, new or not. */
static char *
take_result (RfiSimTruth         *self,
             RfiSimEffects       *effects,
             RfiSignedOperation  *operation,
             const char          *user_id,
             const RfiPushResult *result,
             const char          *text,
             char                *hash)
{
  g_autofree char *key = make_key (operation);
  RfiSimVerdict *known = g_hash_table_lookup (self->by_key, key);
  RfiSimRow *row = rfi_sim_truth_find (self, operation->entity_id);
  /* Done before under another number: the answer repeats, the effect does not. */
  gboolean effective = result->outcome <= RFI_OUTCOME_MERGED &&
                       (operation->kind == RFI_OPERATION_VOID || !was_done (self, operation));
  char *problem = NULL;

  /* Also where another with its number was answered before: the console goes by what it said. */
  g_hash_table_replace (self->ever, g_strdup (operation->id),
                        rfi_signed_operation_ref (operation));
  if (result->outcome == RFI_OUTCOME_FORK)
    rfi_sim_count ("fork found");
  if (known != NULL && rfi_outcome_is_stored (result->outcome))
    return check_repeat (known, operation, hash, text);
  if (!rfi_outcome_is_stored (result->outcome))
    {
      g_autofree char *name = g_strconcat ("op ", rfi_outcome_to_string (result->outcome), NULL);

      rfi_sim_count (name);
      return NULL;
    }

  count_outcome (result->outcome, operation);
  if (effective && !g_str_equal (operation->user_id, user_id))
    return g_strdup_printf ("S17: an operation of %s was applied for %s", operation->user_id,
                            user_id);
  if (effective)
    problem = check_order (self, operation);
  if (effective && problem == NULL)
    problem = check_deps (self, operation);
  /* Under another number it is answered as before, with the record of then. */
  if (result->outcome == RFI_OUTCOME_CONFLICT &&
      rfi_sim_truth_verdict (self, operation->id) == NULL)
    problem = rfi_sim_effects_check_conflict (effects, operation, result,
                                              find_visible (self, operation, row));
  if (effective && problem == NULL && operation->kind != RFI_OPERATION_VOID)
    problem = rfi_sim_effects_add (effects, operation, result,
                                   find_visible (self, operation, row));
  if (problem == NULL)
    add_verdict (self, operation, hash, text, result);
  return problem;
}

char *
rfi_sim_truth_pushed (RfiSimTruth *self,
                      RfiDb       *db,
                      const char  *user_id,
                      const char  *request,
                      gsize        n_request,
                      const char  *answer,
                      gsize        n_answer)
{
  g_autoptr(RfiWirePush) push = rfi_wire_push_parse (request, (gssize) n_request, NULL);
  g_autoptr(RfiWirePushAnswer) parsed =
    rfi_wire_push_answer_parse (answer, (gssize) n_answer, NULL);
  g_autoptr(RfiSimEffects) effects = rfi_sim_effects_new ();
  char *problem = NULL;

  if (push == NULL || parsed == NULL || parsed->results->len != push->n_items)
    return g_strdup_printf ("S2: the answer to a push does not fit it: %.*s", (int) n_answer,
                            answer);

  problem = rfi_sim_order_check (self->ledger, push);
  for (guint i = 0; i < push->n_items && problem == NULL; i++)
    {
      const RfiWirePushItem *item = &push->items[i];
      const RfiPushResult *result = g_ptr_array_index (parsed->results, i);
      g_autoptr(RfiSignedOperation) operation =
        rfi_signed_operation_decode (item->body, (gssize) item->n_body, NULL);
      g_autofree char *hash = rfi_canonical_hash (item->body, (gssize) item->n_body);
      g_autoptr(GString) text = g_string_new (NULL);

      if (operation == NULL)
        continue;
      rfi_push_result_append (result, text);
      /* Nobody here types what no database takes. */
      if (g_strcmp0 (result->code, "NOT_APPLICABLE") == 0)
        problem = g_strdup_printf ("S1: operation %s is refused for good, for a trouble of the "
                                   "moment", operation->id);
      else
        problem = take_result (self, effects, operation, user_id, result, text->str, hash);
    }

  return problem != NULL ? problem : look (self, db, effects);
}

char *
rfi_sim_truth_changed (RfiSimTruth  *self,
                       RfiDb        *db,
                       const RfiJob *job,
                       gboolean      deleted)
{
  g_autoptr(RfiSimEffects) effects = rfi_sim_effects_new ();

  rfi_sim_effects_add_job (effects, job, deleted);
  return look (self, db, effects);
}

/* After a restart */

/* Returns: (transfer full) (nullable) */
static char *
find_result (RfiDb                    *db,
             const RfiSignedOperation *operation,
             char                    **hash)
{
  RFI_DB_KEPT row = rfi_db_prepare (db, find_result_sql, NULL);

  if (row == NULL)
    return NULL;

  rfi_db_bind (row, 1, operation->device_id);
  rfi_db_bind (row, 2, operation->epoch);
  sqlite3_bind_int64 (row, 3, operation->seq);
  if (!rfi_db_step (db, row, NULL))
    return NULL;

  *hash = g_strdup (rfi_db_text (row, 0));
  return g_strdup (rfi_db_text (row, 1));
}

/* The server fell over a push: finds out what it did of it. */
static char *
take_open_push (RfiSimTruth   *self,
                RfiDb         *db,
                RfiSimEffects *effects)
{
  gsize length;
  const char *text = g_bytes_get_data (self->open_push, &length);
  g_autoptr(RfiWirePush) push = rfi_wire_push_parse (text, (gssize) length, NULL);
  char *problem = NULL;

  for (guint i = 0; push != NULL && i < push->n_items && problem == NULL; i++)
    {
      const RfiWirePushItem *item = &push->items[i];
      g_autoptr(RfiSignedOperation) operation =
        rfi_signed_operation_decode (item->body, (gssize) item->n_body, NULL);
      g_autofree char *hash = NULL;
      g_autofree char *stored = operation != NULL ? find_result (db, operation, &hash) : NULL;
      g_autoptr(RfiPushResult) result = NULL;

      if (stored == NULL)
        continue;
      result = rfi_push_result_parse (stored, -1, NULL);
      if (result != NULL)
        problem = take_result (self, effects, operation, self->open_user, result, stored, hash);
    }

  return problem;
}

static char *
check_verdicts (RfiSimTruth *self,
                RfiDb       *db)
{
  for (guint i = 0; i < self->verdicts->len; i++)
    {
      RfiSimVerdict *verdict = g_ptr_array_index (self->verdicts, i);
      g_autofree char *hash = NULL;
      g_autofree char *result = find_result (db, verdict->operation, &hash);

      if (result == NULL || g_strcmp0 (hash, verdict->hash) != 0)
        return g_strdup_printf ("S15: the server no longer knows what it answered to %s",
                                verdict->key);
    }

  return NULL;
}

static char *
check_rows (RfiSimTruth *self,
            RfiDb       *db)
{
  g_autoptr(GPtrArray) now = rfi_sim_effects_read (db, 0);
  guint n_jobs = 0;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; now != NULL && i < now->len; i++)
    {
      const RfiSimChange *change = g_ptr_array_index (now, i);
      RfiSimRow *row = rfi_sim_truth_find (self, change->id);
      g_autofree char *difference = NULL;

      if (change->job == NULL)
        continue;
      n_jobs++;
      if (row == NULL || row->job == NULL)
        return g_strdup_printf ("S10: after a restart there is %s, which was deleted",
                                change->id);
      difference = rfi_sim_differ (row->job, change->job);
      if (difference != NULL)
        return g_strdup_printf ("S15: after a restart of the server %s: %s", change->id,
                                difference);
    }

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((RfiSimRow *) value)->job != NULL)
      n_jobs--;
  return n_jobs == 0 ? NULL : g_strdup ("S15: after a restart of the server jobs are missing");
}

char *
rfi_sim_truth_verify (RfiSimTruth *self,
                      RfiDb       *db)
{
  g_autoptr(RfiSimEffects) effects = rfi_sim_effects_new ();
  char *problem = NULL;

  if (self->open_push != NULL)
    problem = take_open_push (self, db, effects);
  else if (self->open_job != NULL && rfi_sim_effects_moved (db, self->head))
    rfi_sim_effects_add_job (effects, self->open_job, self->open_gone);
  forget_open (self);
  if (problem == NULL)
    problem = look (self, db, effects);
  if (problem == NULL)
    problem = check_verdicts (self, db);
  if (problem == NULL)
    problem = check_rows (self, db);
  return problem;
}

/* Whether it is what the server answered in the history that its file is of: in another one the
 * number may be there with another answer. */
static gboolean
is_known (RfiDb               *db,
          const RfiSimVerdict *verdict)
{
  g_autofree char *hash = NULL;
  g_autofree char *stored = find_result (db, verdict->operation, &hash);
  g_autoptr(RfiPushResult) result = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (stored == NULL || g_strcmp0 (hash, verdict->hash) != 0)
    return FALSE;

  result = rfi_push_result_parse (stored, -1, NULL);
  if (result == NULL)
    return FALSE;

  rfi_push_result_append (result, text);
  return g_str_equal (text->str, verdict->result);
}

/* Moves what the server does not know from @verdicts to @lost, and the rest to what it knows. */
static void
sort_out (RfiSimTruth *self,
          RfiDb       *db,
          GPtrArray   *verdicts,
          GPtrArray   *lost)
{
  while (verdicts->len > 0)
    {
      RfiSimVerdict *verdict = g_ptr_array_steal_index (verdicts, 0);

      if (g_hash_table_contains (self->by_key, verdict->key) || !is_known (db, verdict))
        {
          g_ptr_array_add (lost, verdict);
          continue;
        }
      g_ptr_array_add (self->verdicts, verdict);
      g_hash_table_insert (self->by_key, verdict->key, verdict);
      name_verdict (self, verdict);
    }
}

GPtrArray *
rfi_sim_truth_reset (RfiSimTruth *self,
                     RfiDb       *db)
{
  g_autoptr(GPtrArray) known = g_steal_pointer (&self->verdicts);
  g_autoptr(GPtrArray) forgotten = g_steal_pointer (&self->forgotten);
  GPtrArray *lost = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  forget_open (self);
  g_hash_table_remove_all (self->by_key);
  g_hash_table_remove_all (self->by_id);
  self->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) verdict_free);
  self->forgotten = g_ptr_array_new_with_free_func ((GDestroyNotify) verdict_free);
  sort_out (self, db, known, lost);
  for (guint i = 0; i < lost->len; i++)
    g_ptr_array_add (self->forgotten, g_ptr_array_index (lost, i));
  /* The copy may be of a time that an earlier putting back took away. */
  sort_out (self, db, forgotten, self->forgotten);

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->ids, g_strdup (id));
  g_hash_table_remove_all (self->rows);
  self->head = 0;
  self->history++;
  g_free (look (self, db, NULL));
  g_ptr_array_set_size (self->gone, 0);
  return lost;
}
