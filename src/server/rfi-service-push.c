/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-push"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-bug.h"
#include "rfi-canonical.h"
#include "rfi-server-answers.h"
#include "rfi-server-conflicts.h"
#include "rfi-server-devices.h"
#include "rfi-server-operations.h"
#include "rfi-server-tally.h"
#include "rfi-service-apply.h"
#include "rfi-wire-push.h"

#include <string.h>

/* A push is carried out in one transaction with a savepoint for each operation. Every number gets
 * one result, which is stored together with what it did; a repeat gets the same bytes.
 *
 * Numbers may come in any order within a window. Each names the hash of the one before, and that is
 * checked as soon as both are here: before the later of the two does anything.
 */

#define WINDOW      4096
#define RETRY_MS    1000

static const char savepoint_sql[] = "SAVEPOINT operation";
static const char release_sql[] = "RELEASE operation";
static const char undo_sql[] = "ROLLBACK TO operation";

typedef struct
{
  RfiServiceCall *call;
  RfiSyncBatch   *batch;
  RfiServerDevice device;
  RfiServerChain  chain;
  GString        *results;     /* (owned): with a line end behind each */
  GArray         *duplicates;  /* (owned) (element-type gint64) */
  gint64          last;        /* the number kept last, and its link: mostly the next follows it */
  char            last_link[RFI_HASH_LENGTH + 1];
} Push;

static void
push_clear (Push *self)
{
  rfi_server_device_clear (&self->device);
  g_string_free (self->results, TRUE);
  g_array_unref (self->duplicates);
}

static gboolean
run (RfiDb       *db,
     const char  *sql,
     GError     **error)
{
  RFI_DB_KEPT statement = rfi_db_prepare (db, sql, error);

  return statement != NULL && rfi_db_finish (db, statement, error);
}

static void
add_result (Push       *self,
            const char *result)
{
  g_string_append (self->results, result);
  g_string_append_c (self->results, '\n');
}

static gboolean
quarantine (RfiPushResult *result,
            const char    *code,
            const char    *message)
{
  result->outcome = RFI_OUTCOME_QUARANTINED;
  result->code = g_strdup (code);
  result->message = g_strdup (message);
  return TRUE;
}

/* Whether the neighbours that are here fit. @fits: (out) */
static gboolean
check_chain (Push                      *self,
             const RfiSignedOperation  *operation,
             const char                *link,
             gboolean                  *fits,
             GError                   **error)
{
  g_auto(RfiServerOperation) before = { 0, };
  g_auto(RfiServerOperation) after = { 0, };
  RfiDb *db = self->call->db;
  gint64 chain = self->chain.n;
  gint64 seq = operation->seq;
  g_autoptr(GError) local = NULL;

  *fits = TRUE;
  if (seq > 1 && seq == self->last + 1)
    *fits = strcmp (operation->prev_hash, self->last_link) == 0;
  else if (seq > 1 && seq <= self->chain.max_seq + 1 &&
           rfi_server_operations_find (db, chain, seq - 1, &before, &local))
    *fits = strcmp (operation->prev_hash, before.link) == 0;
  if (local == NULL && seq < self->chain.max_seq &&
      rfi_server_operations_find (db, chain, seq + 1, &after, &local))
    *fits = *fits && (*after.prev == '\0' || strcmp (after.prev, link) == 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The compatible dialect may have done this already, its answer was lost. @found: (out) */
static gboolean
find_answered (Push                      *self,
               const RfiSignedOperation  *operation,
               RfiPushResult             *result,
               gboolean                  *found,
               GError                   **error)
{
  RfiServiceCall *call = self->call;
  g_autoptr(GError) local = NULL;
  g_autoptr(RfiJob) job = NULL;
  RfiServerAnswer answer;
  RfiServerHead head;

  *found = FALSE;
  if (!rfi_server_answers_find (call->db, call->user->id, operation->id, &answer, &local))
    goto out;

  *found = answer.status >= 200 && answer.status < 300;
  rfi_server_answer_clear (&answer);
  if (!*found || !rfi_server_head_get (call->db, &head, &local))
    goto out;

  job = rfi_server_jobs_get (call->db, operation->entity_id, &local);
  result->outcome = RFI_OUTCOME_APPLIED;
  result->version = job != NULL ? job->version : 0;
  result->change_seq = head.seq;

out:
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A device that began a new epoch numbers anew what it does not know the fate of. @found: (out) */
static gboolean
find_renumbered (Push                      *self,
                 const RfiSignedOperation  *operation,
                 RfiPushResult             *result,
                 gboolean                  *found,
                 GError                   **error)
{
  g_auto(RfiServerOperation) known = { 0, };
  g_autoptr(RfiPushResult) parsed = NULL;
  g_autoptr(GError) local = NULL;

  *found = rfi_server_operations_find_id (self->call->db, self->call->user->id, operation->id,
                                          operation->entity_id, &known, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!*found)
    return TRUE;

  parsed = rfi_push_result_parse (known.result, strlen (known.result), error);
  if (parsed == NULL)
    return FALSE;

  parsed->seq = operation->seq;
  rfi_push_result_clear (result);
  *result = *parsed;
  *parsed = (RfiPushResult) { 0, };
  return TRUE;
}

/* Whether all that must be settled before is. A conflict is, for the operation that settles it;
 * what is put aside never is: what follows it comes again in the device's next epoch. */
static gboolean
check_deps (Push                      *self,
            const RfiSignedOperation  *operation,
            RfiPushResult             *result,
            GError                   **error)
{
  for (guint i = 0; i < operation->n_deps; i++)
    {
      g_auto(RfiServerOperation) row = { 0, };
      g_autoptr(GError) local = NULL;
      gboolean settled = rfi_server_operations_find (self->call->db, self->chain.n,
                                                     operation->deps[i], &row, &local);

      settled = settled && row.outcome != RFI_OUTCOME_QUARANTINED;
      if (settled && row.conflict_id != NULL &&
          g_strcmp0 (row.conflict_id, operation->resolves) != 0)
        settled = rfi_server_conflicts_is_closed (self->call->db, row.conflict_id, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!settled && !RFI_BUG (24))
        {
          result->outcome = RFI_OUTCOME_BLOCKED;
          result->blocked_by = operation->deps[i];
          return TRUE;
        }
    }

  return TRUE;
}

/* Runs the operation in its savepoint. What the database will not take is that operation's fault
 * and is undone; anything else is nobody's, and ends the push. */
static gboolean
run_operation (Push                      *self,
               const RfiSignedOperation  *operation,
               RfiPushResult             *result,
               GError                   **error)
{
  RfiServiceCall *call = self->call;
  RfiServerTally *tally = rfi_server_tally_get (call->db);
  const RfiServerTallyMark mark = tally->mark;
  guint n_news = call->reply->news->len;
  g_autoptr(GError) local = NULL;

  if (!run (call->db, savepoint_sql, error))
    return FALSE;
  if (rfi_service_apply (call, operation, result, &local))
    return run (call->db, release_sql, error);

  if (!g_error_matches (local, RFI_DB_ERROR, RFI_DB_ERROR_CONSTRAINT) &&
      !g_error_matches (local, RFI_DB_ERROR, RFI_DB_ERROR_FAILED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  g_warning ("Operation %s was undone: %s", operation->id, local->message);
  g_ptr_array_set_size (call->reply->news, (int) n_news);
  rfi_server_tally_undo (tally, &mark);
  rfi_push_result_clear (result);
  *result = (RfiPushResult) { .seq = operation->seq };
  rfi_service_reject (result, "NOT_APPLICABLE", "The server cannot carry this out", FALSE);
  return run (call->db, undo_sql, error) && run (call->db, release_sql, error);
}

/* What is wrong with it whatever it asks for. @found: (out): whether something is */
static gboolean
check_trust (Push               *self,
             const RfiSyncItem  *item,
             const char         *link,
             RfiPushResult      *result,
             gboolean           *found,
             GError            **error)
{
  const RfiSignedOperation *operation = item->operation;
  gboolean fits = TRUE;

  *found = TRUE;
  if (operation == NULL)
    return rfi_service_reject (result, "INVALID_OPERATION", item->problem, FALSE);
  if (item->state != RFI_SIGNATURE_GOOD)
    return rfi_service_reject (result, "BAD_SIGNATURE", "The signature is not the device's", FALSE);
  if (strcmp (operation->user_id, self->call->user->id) != 0)
    return rfi_service_reject (result, "FORBIDDEN", "Somebody else did this", FALSE);
  if (self->device.revoked_at != 0)
    return quarantine (result, "DEVICE_REVOKED", "The device was revoked");
  if (!check_chain (self, operation, link, &fits, error))
    return FALSE;
  if (!fits)
    return quarantine (result, "BROKEN_CHAIN", "It does not follow the one before it");

  *found = FALSE;
  return TRUE;
}

static gboolean
judge (Push               *self,
       const RfiSyncItem  *item,
       const char         *link,
       RfiPushResult      *result,
       GError            **error)
{
  const RfiSignedOperation *operation = item->operation;
  gboolean found;

  if (!check_trust (self, item, link, result, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  /* What waits for this number must not overtake what it waits for. */
  if (operation->kind == RFI_OPERATION_VOID)
    return check_deps (self, operation, result, error) &&
           (result->outcome == RFI_OUTCOME_BLOCKED ||
            rfi_service_apply (self->call, operation, result, error));
  if (!find_answered (self, operation, result, &found, error) ||
      (!found && !find_renumbered (self, operation, result, &found, error)))
    return FALSE;
  if (found)
    return TRUE;
  if (!check_deps (self, operation, result, error))
    return FALSE;

  return result->outcome == RFI_OUTCOME_BLOCKED || run_operation (self, operation, result, error);
}

static gboolean
keep (Push                 *self,
      const RfiSyncItem    *item,
      const char           *link,
      const RfiPushResult  *result,
      const char           *text,
      GError              **error)
{
  RfiServerChain *chain = &self->chain;
  const RfiServerOperation row = {
    .seq = item->seq, .hash = item->hash, .link = (char *) link,
    .prev = (char *) (item->operation != NULL ? item->operation->prev_hash : ""),
    .outcome = result->outcome, .conflict_id = result->conflict_id, .result = (char *) text,
  };
  gboolean is_last = item->seq > chain->max_seq;

  if (RFI_BUG (16) && (!rfi_db_commit (self->call->db, error) ||
                       !rfi_db_begin (self->call->db, error)))
    return FALSE;
  if (!rfi_server_operations_insert (self->call->db, chain->n, self->call->user->id, item, &row,
                                     self->call->request->now, error))
    return FALSE;

  chain->max_seq = MAX (chain->max_seq, item->seq);
  self->last = item->seq;
  g_strlcpy (self->last_link, link, sizeof self->last_link);
  if (item->seq != chain->watermark + 1)
    return TRUE;

  chain->watermark = is_last ? item->seq
                             : rfi_server_operations_advance (self->call->db, chain->n, item->seq,
                                                              error);
  return chain->watermark >= 0;
}

/* Whether what came is what is stored under its number: the same bytes, or a void of them, or of
 * what another void stands for. What was withdrawn is not: whoever sends it still means it, as
 * their profile is of a time before, and must not be told that it is done. */
static gboolean
is_same (const RfiSyncItem        *item,
         const char               *link,
         const RfiServerOperation *row)
{
  return strcmp (item->hash, row->hash) == 0 ||
         (item->state == RFI_SIGNATURE_GOOD && link != item->hash &&
          (strcmp (link, row->hash) == 0 || strcmp (link, row->link) == 0));
}

/* @answered: (out): by what was there before */
static gboolean
answer_known (Push               *self,
              const RfiSyncItem  *item,
              const char         *link,
              gboolean           *answered,
              GError            **error)
{
  g_auto(RfiServerOperation) row = { 0, };
  g_autoptr(GError) local = NULL;

  *answered = item->seq <= self->chain.max_seq &&
              rfi_server_operations_find (self->call->db, self->chain.n, item->seq, &row, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!*answered)
    return TRUE;

  if (RFI_BUG (15) && item->operation != NULL)
    {
      g_auto(RfiPushResult) twice = { .seq = item->seq };

      if (!rfi_service_apply (self->call, item->operation, &twice, error))
        return FALSE;
    }
  if (is_same (item, link, &row))
    {
      add_result (self, row.result);
      g_array_append_val (self->duplicates, item->seq);
    }
  else
    {
      g_auto(RfiPushResult) fork = { .seq = item->seq, .outcome = RFI_OUTCOME_FORK };
      g_autoptr(GString) text = g_string_new (NULL);

      fork.code = g_strdup ("FORK");
      fork.message = g_strdup ("The number is taken by another operation");
      rfi_push_result_append (&fork, text);
      add_result (self, text->str);
    }
  return TRUE;
}

/* The body of another device says nothing about this one's numbers. */
static gboolean
is_of_another (const Push        *self,
               const RfiSyncItem *item)
{
  return item->operation != NULL &&
         (strcmp (item->operation->device_id, self->batch->device_id) != 0 ||
          strcmp (item->operation->epoch, self->batch->epoch) != 0);
}

static gboolean
take_item (Push               *self,
           const RfiSyncItem  *item,
           GError            **error)
{
  const char *replaces = item->operation != NULL ? item->operation->replaces : NULL;
  const char *link = replaces != NULL ? replaces : item->hash;
  g_auto(RfiPushResult) result = { .seq = item->seq };
  g_autoptr(GString) text = NULL;
  gboolean stored = FALSE;
  gboolean answered;

  if (is_of_another (self, item))
    {
      rfi_service_reject (&result, "WRONG_DEVICE", "It is of another device or epoch", FALSE);
    }
  else if (!answer_known (self, item, link, &answered, error))
    {
      return FALSE;
    }
  else if (answered)
    {
      return TRUE;
    }
  else if (item->seq > self->chain.watermark + WINDOW)
    {
      result.outcome = RFI_OUTCOME_RETRY_LATER;
      result.code = g_strdup ("SEQUENCE_GAP");
      result.retry_after = RETRY_MS;
    }
  else
    {
      if (!judge (self, item, link, &result, error))
        return FALSE;
      stored = rfi_outcome_is_stored (result.outcome);
    }

  text = g_string_sized_new (128);
  rfi_push_result_append (&result, text);
  add_result (self, text->str);
  return !stored || keep (self, item, link, &result, text->str, error);
}

/* Refuses, or fills in the device and its numbers. */
static gboolean
open_device (Push    *self,
             GError **error)
{
  RfiServiceCall *call = self->call;
  g_autoptr(GError) local = NULL;

  if (!rfi_canonical_is_hex (self->batch->epoch, RFI_EPOCH_LENGTH))
    {
      rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                          "epoch must be 16 digits of lower-case hex");
      return FALSE;
    }
  if (!rfi_server_devices_find (call->db, self->batch->device_id, &self->device, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        rfi_service_refuse (call, RFI_SERVICE_CONFLICT, "DEVICE_UNKNOWN",
                            "Register the device first");
      return FALSE;
    }
  if (strcmp (self->device.user_id, call->user->id) != 0)
    {
      rfi_service_refuse (call, RFI_SERVICE_FORBIDDEN, "DEVICE_FORBIDDEN",
                          "The device is somebody else's");
      return FALSE;
    }

  rfi_sync_batch_verify (self->batch, self->device.public_key);
  self->device.last_seen_at = call->request->now;
  if (!rfi_server_devices_update (call->db, &self->device, error) ||
      !rfi_server_chains_get (call->db, self->batch->device_id, self->batch->epoch, &self->chain,
                              error))
    return FALSE;

  /* More than there is was never confirmed by anybody. */
  self->chain.acked = MAX (self->chain.acked, MIN (self->batch->ack, self->chain.watermark));
  return self->chain.n != 0 || rfi_server_chains_put (call->db, self->batch->device_id,
                                                      self->batch->epoch, &self->chain, error);
}

static gboolean
write_answer (Push    *self,
              GError **error)
{
  GString *out = self->call->reply->body;
  char epoch[RFI_EPOCH_LENGTH + 1];
  char *rest = self->results->str;
  RfiServerHead head;

  if (!rfi_server_head_get (self->call->db, &head, error))
    return FALSE;

  rfi_service_format_epoch (head.epoch, epoch);
  rfi_wire_push_answer_begin (out, epoch, head.seq, self->chain.watermark);
  while (*rest != '\0')
    {
      char *end = strchr (rest, '\n');

      *end = '\0';
      rfi_wire_push_answer_add (out, rest);
      rest = end + 1;
    }
  rfi_wire_push_answer_end (out, (const gint64 *) (gpointer) self->duplicates->data,
                            self->duplicates->len);
  return TRUE;
}

static gboolean
carry_out (Push    *self,
           GError **error)
{
  if (!open_device (self, error))
    return FALSE;

  for (guint i = 0; i < self->batch->n_items; i++)
    if (!take_item (self, &self->batch->items[i], error))
      return FALSE;

  return rfi_server_chains_put (self->call->db, self->batch->device_id, self->batch->epoch,
                                &self->chain, error) &&
         rfi_server_tally_keep (self->call->db, error) && write_answer (self, error);
}

static void
push (RfiServiceCall *call,
      RfiSyncBatch   *batch)
{
  Push self = { .call = call, .batch = batch };
  GError *error = NULL;

  if (batch->error != NULL)
    {
      rfi_service_fail (call, g_error_copy (batch->error));
      return;
    }

  self.results = g_string_new (NULL);
  self.duplicates = g_array_new (FALSE, FALSE, sizeof (gint64));
  rfi_server_tally_begin (call->db);
  if (carry_out (&self, &error))
    rfi_service_done (call, RFI_SERVICE_OK);
  else if (error != NULL)
    rfi_service_fail (call, error);
  rfi_server_tally_end (call->db);
  push_clear (&self);
}

/* The operations, read before or now. Returns: (transfer full) (nullable): %NULL: borrowed */
static RfiSyncBatch *
read_batch (RfiServiceCall *call)
{
  static const char none[] = "";
  const char *body = call->request->body != NULL ? call->request->body : none;

  if (call->request->batch != NULL)
    return NULL;
  return rfi_sync_service_verify (
    &(RfiSyncRequest) { .method = call->request->method, .path = call->request->path,
                        .body = body, .n_body = call->request->n_body }, NULL);
}

void
rfi_service_push (RfiServiceCall *call)
{
  g_autoptr(RfiSyncBatch) own = read_batch (call);

  push (call, own != NULL ? own : call->request->batch);
}

void
rfi_service_resolve_conflict (RfiServiceCall *call)
{
  g_autoptr(RfiSyncBatch) own = read_batch (call);
  RfiSyncBatch *batch = own != NULL ? own : call->request->batch;
  const RfiSignedOperation *operation =
    batch->error == NULL && batch->n_items == 1 ? batch->items[0].operation : NULL;

  if (operation != NULL && g_strcmp0 (operation->resolves, call->param) != 0)
    rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR",
                        "The operation settles another conflict");
  else
    push (call, batch);
}
