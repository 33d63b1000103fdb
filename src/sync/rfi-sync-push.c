/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-push"

#include "config.h"

#include "rfi-sync-push.h"

#include "rfi-backoff.h"
#include "rfi-bug.h"
#include "rfi-remote-sync.h"
#include "rfi-store-letters.h"
#include "rfi-store-outbox.h"
#include "rfi-sync-answer.h"
#include "rfi-sync-error.h"
#include "rfi-sync-hello.h"
#include "rfi-sync-queue.h"
#include "rfi-sync-window.h"

/* Batches of letters.
 *
 *    greeted_cb: the dialect and the numbers are agreed upon
 *        │ ◄──────────────────────────── an answer that does not fit: once more
 *        ▼
 *    take_letters(): everything that waits, listed now or for the hello
 *        │
 *        ▼
 *    go_on() ── none may go, none is under way ──► the end
 *        │  ▲
 *        ▼  │ a batch; while it is at the server, the next one
 *    claimed_cb: "sent" is durable, the bytes are at hand
 *        │  │
 *        ▼  │
 *    pushed_cb ── refused as a whole: a smaller one, down to the one that is at fault
 *        │  │
 *        ▼  │
 *    recorded_cb: what was answered is durable
 *
 * What ends the run or starts it over waits until no batch is under way.
 *
 * Invariants
 *  1. No letter leaves before the store knows that it may have; a withdrawn one does not leave.
 *  2. Every try sends the same bytes. What came of a try that was not answered does not matter.
 *  3. A letter ends only by a store transaction with the server's answer to it.
 *  4. Answers of another history of the server than the store knows, or of one that lacks what it
 *     had, are not recorded: after a hello they are asked for again.
 *  5. One letter that the server stumbles over keeps only its own chain waiting.
 *  6. Two batches never have letters of the same job, so it does not matter which arrives first.
 */

/* A server that stumbles over so many in a row is in trouble itself. */
#define SERVER_ERROR_LIMIT 3
/* So often may one run begin anew. */
#define MAX_HELLOS 4

#define RETRY_BASE 1000
#define RETRY_CAP  (5 * 60 * 1000)

/* What a request has besides its letters. */
#define ENVELOPE 512

/* One that is checked at the server, one that is carried out there, and one on its way into and one
 * out of the store. */
#define MAX_BATCHES 4

struct _RfiSyncPush
{
  GObject       parent_instance;

  RfiSyncParts *parts;            /* borrowed */
  RfiSyncHello *hello;            /* (owned) */
  GTask        *task;             /* (owned) (nullable): the run */
  RfiSyncQueue *queue;            /* (owned): what waits */
  GPtrArray    *batches;          /* (owned) (element-type Batch): under way, the oldest first */
  GError       *failure;          /* (owned) (nullable): ends the run */
  RfiSyncWindow window;
  guint         n_server_errors;  /* in a row */
  guint         n_hellos;
  gint64        watermark;        /* that the server told of since the letters were listed; or -1 */
  gboolean      signed_all;       /* in this run */
  gboolean      greets_next;      /* an answer did not fit: begins anew */
};

/* What goes in one request. */
typedef struct
{
  RfiSyncPush *push;     /* (owned) */
  GPtrArray   *letters;  /* (owned) (element-type RfiLetter) */
  GPtrArray   *settled;  /* (owned) (element-type utf8): wait no longer, once the store has it */
  GPtrArray   *held;     /* (owned) (element-type utf8): wait for a person then */
  gboolean     refused;  /* as a whole: no number of it was answered */
  gint64       sent_at;  /* monotonic ms */
  gint64       ack;      /* as sent with it */
  gint64       head;     /* that the server had reached before */
} Batch;

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncPush, rfi_sync_push, G_TYPE_OBJECT)

static void greeted_cb  (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void listed_cb   (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void go_on       (RfiSyncPush  *self);
static void claimed_cb  (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void pushed_cb   (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void recorded_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);

static GCancellable *
get_cancellable (RfiSyncPush *self)
{
  return g_task_get_cancellable (self->task);
}

/* @letters: (transfer full): under way in the queue */
static Batch *
batch_new (RfiSyncPush *self,
           GPtrArray   *letters)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->push = g_object_ref (self);
  batch->letters = letters;
  batch->settled = g_ptr_array_new_with_free_func (g_free);
  batch->held = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->batches, batch);
  return batch;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_ptr_array_unref (batch->letters);
  g_ptr_array_unref (batch->settled);
  g_ptr_array_unref (batch->held);
  g_object_unref (batch->push);
  g_free (batch);
}

/* It is under way no longer. @error: (transfer full) (nullable): ends the run */
static void
land (Batch  *batch,
      GError *error)
{
  g_autoptr(RfiSyncPush) self = g_object_ref (batch->push);

  rfi_sync_queue_put_back (self->queue, batch->letters);
  g_ptr_array_remove (self->batches, batch);
  g_signal_emit (self, signals[CHANGED], 0);
  if (error != NULL)
    {
      g_clear_error (&self->failure);
      self->failure = error;
    }
  go_on (self);
}

/* @error: (transfer full) (nullable) */
static void
end (RfiSyncPush *self,
     GError      *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  rfi_sync_queue_set_letters (self->queue, NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
greet (RfiSyncPush *self)
{
  self->greets_next = FALSE;
  self->watermark = -1;
  if (++self->n_hellos > MAX_HELLOS)
    {
      end (self, rfi_remote_error_new (RFI_REMOTE_ERROR_PROTOCOL,
                                       "This device's numbers are not agreed upon"));
      return;
    }

  rfi_sync_hello_run_async (self->hello, get_cancellable (self), greeted_cb, g_object_ref (self));
}

static void
list (RfiSyncPush *self)
{
  rfi_store_list_letters_async (self->parts->store, get_cancellable (self), listed_cb,
                                g_object_ref (self));
}

static void
signed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncPush) self = user_data;
  GError *error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    list (self);
  else
    end (self, error);
}

static void
take_letters (RfiSyncPush *self,
              GPtrArray   *letters)
{
  rfi_sync_queue_set_letters (self->queue, letters);
  if (!self->signed_all && rfi_sync_queue_has_unsigned (self->queue))
    {
      self->signed_all = TRUE;
      rfi_store_sign_waiting_async (self->parts->store, get_cancellable (self), signed_cb,
                                    g_object_ref (self));
    }
  else
    go_on (self);
}

static void
greeted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiSyncPush) self = user_data;
  g_autoptr(GPtrArray) letters = NULL;
  GError *error = NULL;

  if (!rfi_sync_hello_run_finish (RFI_SYNC_HELLO (object), result, &error))
    {
      end (self, error);
      return;
    }
  if (self->parts->dialect != RFI_DIALECT_SYNC_V1)
    {
      end (self, NULL);
      return;
    }

  letters = rfi_sync_hello_take_letters (self->hello);
  if (letters != NULL)
    take_letters (self, letters);
  else
    list (self);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncPush) self = user_data;
  g_autoptr(GPtrArray) letters = NULL;
  GError *error = NULL;

  letters = rfi_store_list_letters_finish (RFI_STORE (object), result, &error);
  if (letters == NULL)
    end (self, error);
  else
    take_letters (self, letters);
}

/* (element-type utf8), borrowed from @letters */
static GPtrArray *
list_ids (GPtrArray *letters)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < letters->len; i++)
    g_ptr_array_add (ids, g_strdup (((RfiLetter *) g_ptr_array_index (letters, i))->operation_id));

  return ids;
}

/* Whether there is one. */
static gboolean
begin_batch (RfiSyncPush *self)
{
  g_autoptr(GPtrArray) picked =
    rfi_sync_queue_pick (self->queue, rfi_clock_get_monotonic (self->parts->clock),
                         rfi_sync_window_get (&self->window), RFI_WIRE_PUSH_MAX_BYTES - ENVELOPE);
  g_autoptr(GPtrArray) ids = NULL;

  if (picked->len == 0)
    return FALSE;

  ids = list_ids (picked);
  rfi_store_claim_letters_async (self->parts->store, ids, get_cancellable (self), claimed_cb,
                                 batch_new (self, g_steal_pointer (&picked)));
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* Whether the server lacks a number that was answered. All of them were kept there before the last
 * of their answers was written, so its watermark has come to them. What is acknowledged may not
 * tell: that ends below a number that is blocked for days, and a server that went back in silence
 * has as many changes again after one request. */
static gboolean
is_behind (RfiSyncPush *self)
{
  gint64 open = rfi_sync_queue_find_open (self->queue, self->parts->epoch);

  return self->watermark >= 0 && self->watermark < MIN (open, self->parts->next) - 1;
}

static void
go_on (RfiSyncPush *self)
{
  while (self->failure == NULL && !self->greets_next && self->batches->len < MAX_BATCHES)
    if (!begin_batch (self))
      break;

  if (self->batches->len > 0)
    return;

  if (self->failure == NULL && is_behind (self))
    self->parts->hello_needed = self->greets_next = TRUE;
  if (self->failure == NULL && self->greets_next)
    greet (self);
  else
    end (self, g_steal_pointer (&self->failure));
}

/* Those that were withdrawn meanwhile. @claimed: the others, in the same order */
static void
forget_withdrawn (Batch     *batch,
                  GPtrArray *claimed)
{
  guint n = 0;

  for (guint i = 0; i < batch->letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (batch->letters, i);
      RfiLetter *kept = n < claimed->len ? g_ptr_array_index (claimed, n) : NULL;

      if (kept != NULL && g_str_equal (kept->operation_id, letter->operation_id))
        n++;
      else
        rfi_sync_queue_leave (batch->push->queue, letter->operation_id);
    }
}

static void
send (Batch *batch)
{
  RfiSyncPush *self = batch->push;
  RfiLetter *first = g_ptr_array_index (batch->letters, 0);
  GString *body = g_string_new (NULL);

  batch->ack = rfi_sync_queue_find_ack (self->queue, first);
  batch->head = self->parts->head;
  rfi_wire_push_begin (body, first->device, first->epoch, batch->ack);
  for (guint i = 0; i < batch->letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (batch->letters, i);

      rfi_wire_push_add (body, letter->body, (gssize) letter->size, letter->signature);
    }
  rfi_wire_push_end (body);

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_SENT, batch->letters->len);
  batch->sent_at = rfi_clock_get_monotonic (self->parts->clock);
  rfi_remote_push_async (self->parts->remote, body, get_cancellable (self), pushed_cb, batch);
}

static void
claimed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Batch *batch = user_data;
  g_autoptr(GPtrArray) claimed = NULL;
  GError *error = NULL;

  claimed = rfi_store_claim_letters_finish (RFI_STORE (object), result, &error);
  if (claimed == NULL)
    {
      land (batch, error);
      return;
    }

  forget_withdrawn (batch, claimed);
  g_ptr_array_unref (batch->letters);
  batch->letters = g_ptr_array_ref (claimed);
  /* What came of another one meanwhile is to be thought about first. */
  if (claimed->len == 0 || batch->push->failure != NULL || batch->push->greets_next)
    land (batch, NULL);
  else
    send (batch);
}

/* Answers */

static void
count_outcome (RfiSyncPush *self,
               RfiOutcome   outcome)
{
  RfiSyncMetrics *metrics = self->parts->metrics;

  self->parts->device_revoked |= outcome == RFI_OUTCOME_QUARANTINED;
  if (outcome == RFI_OUTCOME_MERGED)
    rfi_sync_metrics_count (metrics, RFI_SYNC_COUNTER_MERGED, 1);
  if (outcome == RFI_OUTCOME_APPLIED || outcome == RFI_OUTCOME_MERGED)
    rfi_sync_metrics_count (metrics, RFI_SYNC_COUNTER_CONFIRMED, 1);
  else if (outcome == RFI_OUTCOME_CONFLICT)
    rfi_sync_metrics_count (metrics, RFI_SYNC_COUNTER_CONFLICTS, 1);
  else if (outcome == RFI_OUTCOME_REJECTED || outcome == RFI_OUTCOME_QUARANTINED)
    rfi_sync_metrics_count (metrics, RFI_SYNC_COUNTER_REJECTED, 1);
}

static RfiPushResult *
find_result (RfiWirePushAnswer *answer,
             gint64             number)
{
  for (guint i = 0; i < answer->results->len; i++)
    {
      RfiPushResult *result = g_ptr_array_index (answer->results, i);

      if (result->seq == number)
        return result;
    }

  return NULL;
}

/* What is to be sent again, and when. @result: (nullable): the server says nothing of it */
static void
take_delay (RfiSyncPush         *self,
            const RfiLetter     *letter,
            const RfiPushResult *result)
{
  gboolean blocked = result != NULL && result->outcome == RFI_OUTCOME_BLOCKED;
  guint n_tries = letter->attempts;
  gint64 delay;

  if (result != NULL && result->outcome == RFI_OUTCOME_FORK)
    {
      self->parts->hello_needed = TRUE;
      self->parts->older_taken |= g_strcmp0 (letter->epoch, self->parts->epoch) != 0;
      return;
    }

  /* Of what stands in no queue of a person's, a withdrawal, nobody counts the tries: behind a
   * conflict it is blocked for days. */
  if (blocked)
    n_tries = MAX (n_tries, rfi_sync_queue_count_put_off (self->queue, letter->operation_id));
  delay = rfi_backoff_delay (n_tries + 3, RETRY_BASE, RETRY_CAP, self->parts->random);
  if (result != NULL && result->outcome == RFI_OUTCOME_RETRY_LATER && result->retry_after > 0)
    delay = result->retry_after;

  delay += rfi_clock_get_monotonic (self->parts->clock);
  if (blocked)
    rfi_sync_queue_block (self->queue, letter->operation_id, delay);
  else
    rfi_sync_queue_put_off (self->queue, letter->operation_id, delay);
}

/* What is durable at the server. (transfer full) (element-type RfiAnswer) */
static GPtrArray *
sort_results (Batch             *batch,
              RfiWirePushAnswer *answer)
{
  RfiSyncPush *self = batch->push;
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_answer_free);

  for (guint i = 0; i < batch->letters->len; i++)
    {
      RfiLetter *letter = g_ptr_array_index (batch->letters, i);
      RfiPushResult *result = find_result (answer, letter->number);

      if (result == NULL || (!rfi_outcome_is_stored (result->outcome) &&
                             !(RFI_BUG (28) && result->outcome == RFI_OUTCOME_FORK)))
        {
          take_delay (self, letter, result);
          continue;
        }

      count_outcome (self, result->outcome);
      /* The reason may be that another computer goes by this one's numbers. */
      if (result->outcome == RFI_OUTCOME_QUARANTINED)
        self->parts->hello_needed = TRUE;
      g_ptr_array_add (result->outcome <= RFI_OUTCOME_MERGED ? batch->settled : batch->held,
                       g_strdup (letter->operation_id));
      g_ptr_array_add (answers, rfi_sync_answer_new (letter, result));
    }

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_RECOGNISED, answer->n_duplicates);
  return answers;
}

/* Whether its numbers are of the epoch that this device is in. */
static gboolean
is_present (Batch *batch)
{
  const RfiLetter *first = g_ptr_array_index (batch->letters, 0);

  return g_strcmp0 (first->epoch, batch->push->parts->epoch) == 0;
}

/* It has numbers missing that were answered, or changes that were seen or told of: it went back in
 * time. Of an epoch that was given up that is known already. */
static gboolean
is_consistent (Batch             *batch,
               RfiWirePushAnswer *answer)
{
  const RfiSyncParts *parts = batch->push->parts;

  return g_strcmp0 (answer->epoch, parts->server_epoch) == 0 &&
         answer->head >= MAX (batch->head, parts->position) &&
         (!is_present (batch) || answer->watermark >= batch->ack);
}

static void
begin_anew (Batch *batch)
{
  batch->push->parts->hello_needed = TRUE;
  batch->push->greets_next = TRUE;
  land (batch, NULL);
}

static void
take_answer (Batch             *batch,
             RfiWirePushAnswer *answer)
{
  RfiSyncPush *self = batch->push;
  g_autoptr(GPtrArray) answers = NULL;

  self->n_server_errors = 0;
  rfi_sync_window_note (&self->window,
                        rfi_clock_get_monotonic (self->parts->clock) - batch->sent_at);
  if (!is_consistent (batch, answer))
    {
      begin_anew (batch);
      return;
    }

  self->parts->head = MAX (self->parts->head, answer->head);
  if (is_present (batch))
    self->watermark = MAX (self->watermark, answer->watermark);
  answers = sort_results (batch, answer);
  rfi_store_record_answers_async (self->parts->store, answers,
                                  rfi_clock_get_wall (self->parts->clock), NULL, recorded_cb,
                                  batch);
}

/* Refusals of a request as a whole */

/* The one that is at fault is found; a person has to see to it. Its number is still to come. */
static void
refuse (Batch        *batch,
        const GError *error)
{
  RfiSyncPush *self = batch->push;
  RfiLetter *letter = g_ptr_array_index (batch->letters, 0);

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_REJECTED, 1);
  batch->refused = TRUE;
  g_ptr_array_add (batch->held, g_strdup (letter->operation_id));
  rfi_store_reject_async (self->parts->store, letter->operation_id, rfi_sync_error_code (error),
                          error->message, NULL, recorded_cb, batch);
}

/* A try that was not answered. @stop: (transfer full) (nullable): ends the run */
static void
burn (Batch        *batch,
      const GError *error,
      GError       *stop)
{
  RfiSyncPush *self = batch->push;
  g_autoptr(GPtrArray) ids = list_ids (batch->letters);
  RfiLetter *first = g_ptr_array_index (batch->letters, 0);
  gint64 delay = rfi_backoff_delay (first->attempts + 1, RETRY_BASE, RETRY_CAP,
                                    self->parts->random);

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_UNKNOWN, ids->len);
  if (stop == NULL)
    {
      rfi_sync_queue_put_off (self->queue, first->operation_id,
                              rfi_clock_get_monotonic (self->parts->clock) + delay);
    }
  else
    {
      g_clear_error (&self->failure);
      self->failure = stop;
    }
  rfi_store_record_tries_async (self->parts->store, ids, rfi_sync_error_code (error),
                                error->message,
                                rfi_clock_get_wall (self->parts->clock) + delay, NULL,
                                recorded_cb, batch);
}

static gboolean
is_unknown_device (const GError *error)
{
  return g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_CONFLICT) &&
         g_strcmp0 (rfi_remote_error_get_code (error), "DEVICE_UNKNOWN") == 0;
}

/* Whether a smaller request may do. */
static gboolean
is_about_content (const GError *error)
{
  return !rfi_sync_error_is_network (error) &&
         (g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_TOO_LARGE) ||
          g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_INVALID) ||
          g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_SERVER));
}

static void
take_failure (Batch  *batch,
              GError *error)
{
  RfiSyncPush *self = batch->push;
  g_autoptr(GError) owned = error;

  if ((RFI_BUG (19) && rfi_remote_error_get_http_status (error) >= 400) ||
      (RFI_BUG (20) && g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_AUTH_REQUIRED)))
    {
      RfiLetter *letter = g_ptr_array_index (batch->letters, 0);

      g_ptr_array_add (batch->settled, g_strdup (letter->operation_id));
      rfi_store_discard_async (self->parts->store, letter->operation_id, 0, NULL, recorded_cb,
                               batch);
      return;
    }
  if (is_unknown_device (error))
    begin_anew (batch);
  else if (is_about_content (error) && batch->letters->len > 1)
    {
      rfi_sync_window_halve (&self->window, batch->letters->len);
      land (batch, NULL);
    }
  else if (g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_SERVER) &&
           !rfi_sync_error_is_network (error))
    burn (batch, error,
          ++self->n_server_errors >= SERVER_ERROR_LIMIT ? g_steal_pointer (&owned) : NULL);
  else if (is_about_content (error))
    refuse (batch, error);
  else if (rfi_remote_error_maybe_applied (error) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      rfi_sync_window_halve (&self->window, batch->letters->len);
      burn (batch, error, g_steal_pointer (&owned));
    }
  else
    {
      /* Refused as this device: a hello finds out what is left to do. */
      self->parts->hello_needed |= rfi_sync_error_is_refusal (error);
      land (batch, g_steal_pointer (&owned));
    }
}

static void
pushed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  GError *error = NULL;

  answer = rfi_remote_push_finish (RFI_REMOTE (object), result, &error);
  if (answer != NULL)
    take_answer (user_data, answer);
  else
    take_failure (user_data, error);
}

static void
recorded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Batch *batch = user_data;
  RfiSyncPush *self = batch->push;
  GError *error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    {
      for (guint i = 0; i < batch->settled->len; i++)
        rfi_sync_queue_forget (self->queue, g_ptr_array_index (batch->settled, i));
      for (guint i = 0; i < batch->held->len; i++)
        rfi_sync_queue_hold (self->queue, g_ptr_array_index (batch->held, i), !batch->refused);
      self->greets_next |= self->parts->hello_needed;
    }
  land (batch, error);
}

static void
rfi_sync_push_dispose (GObject *object)
{
  RfiSyncPush *self = RFI_SYNC_PUSH (object);

  g_clear_object (&self->hello);
  g_clear_pointer (&self->queue, rfi_sync_queue_free);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (rfi_sync_push_parent_class)->dispose (object);
}

static void
rfi_sync_push_class_init (RfiSyncPushClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_sync_push_dispose;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_SYNC_PUSH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_sync_push_init (RfiSyncPush *self)
{
  self->batches = g_ptr_array_new_with_free_func (batch_free);
  rfi_sync_window_init (&self->window);
}

RfiSyncPush *
rfi_sync_push_new (RfiSyncParts *parts)
{
  RfiSyncPush *self = g_object_new (RFI_TYPE_SYNC_PUSH, NULL);

  self->parts = parts;
  self->queue = rfi_sync_queue_new (parts->user->id);
  self->hello = rfi_sync_hello_new (parts);
  return self;
}

void
rfi_sync_push_run_async (RfiSyncPush         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rfi_sync_push_run_async);
  /* What the store has begun it ends, and the run with it. */
  g_task_set_check_cancellable (self->task, FALSE);
  self->n_server_errors = 0;
  self->n_hellos = 0;
  self->signed_all = FALSE;
  greet (self);
}

gboolean
rfi_sync_push_run_finish (RfiSyncPush   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rfi_sync_push_forget_waits (RfiSyncPush *self)
{
  rfi_sync_queue_forget_waits (self->queue);
}

RfiLetter *
rfi_sync_push_get_sending (RfiSyncPush *self)
{
  const Batch *oldest = self->batches->len > 0 ? g_ptr_array_index (self->batches, 0) : NULL;

  return oldest != NULL && oldest->letters->len > 0 ? g_ptr_array_index (oldest->letters, 0)
                                                    : NULL;
}

gint64
rfi_sync_push_get_next_due (RfiSyncPush *self)
{
  return rfi_sync_queue_get_next_due (self->queue);
}
