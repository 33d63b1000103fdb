/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-drain"

#include "config.h"

#include "rfi-sync-drain.h"

#include "rfi-backoff.h"
#include "rfi-remote-error.h"
#include "rfi-send-kinds.h"
#include "rfi-store-outbox.h"
#include "rfi-sync-order.h"
#include "rfi-sync-push.h"

/* So often may one be merged and sent again at once, before it waits its turn. */
#define MERGE_LIMIT 5

/* One operation the server stumbles over must not keep the others waiting; a server that
 * stumbles over so many in a row is in trouble itself.
 */
#define SERVER_ERROR_LIMIT 3

struct _RfiSyncDrain
{
  GObject       parent_instance;

  RfiSyncParts *parts;            /* borrowed */
  GTask        *task;             /* (owned) (nullable): the run */
  RfiSyncPush  *push;             /* (owned): of what is numbered, in Sync v1 */
  GError       *error;            /* (owned) (nullable): why letters are not all sent */
  GPtrArray    *outbox;           /* (owned) (nullable) (element-type RfiOperation) */
  RfiOperation *sending;          /* (owned) (nullable) */
  GHashTable   *due;              /* operation id → gint64 *, monotonic ms */
  RfiSyncQueue  queue;
  gint64        next_due;         /* monotonic ms */
  double        fraction;
  guint         n_overtakes;
  guint         n_merges;         /* of the operation last sent, in a row */
  guint         n_server_errors;  /* in a row */
  guint         n_sent;           /* since letters were sent last */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncDrain, rfi_sync_drain, G_TYPE_OBJECT)

static void push      (RfiSyncDrain *self);
static void pushed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void step      (RfiSyncDrain *self);
static void listed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void sent_cb   (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

/* @error: (transfer full) (nullable) */
static void
end (RfiSyncDrain *self,
     GError       *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
count (RfiSyncDrain *self)
{
  RfiSyncQueue queue = { 0 };

  for (guint i = 0; i < self->outbox->len; i++)
    {
      const RfiOperation *operation = g_ptr_array_index (self->outbox, i);

      switch (operation->state)
        {
        case RFI_OPERATION_CONFLICT:
          queue.n_conflicts++;
          break;
        case RFI_OPERATION_REJECTED:
        case RFI_OPERATION_QUARANTINED:
          queue.n_failed++;
          break;
        case RFI_OPERATION_ACCEPTED:
          break;
        case RFI_OPERATION_QUEUED:
        default:
          queue.n_queued++;
          if (queue.oldest_queued_at == 0)
            queue.oldest_queued_at = operation->created_at;
          break;
        }

      /* No tries, though one was put off: a person asked for another go. */
      if (operation->attempts == 0)
        g_hash_table_remove (self->due, operation->id);
    }

  self->queue = queue;
}

/* Nobody's work is ever sent under another person's name. */
static void
drop_foreign (RfiSyncDrain *self)
{
  for (guint i = self->outbox->len; i > 0; i--)
    {
      const RfiOperation *operation = g_ptr_array_index (self->outbox, i - 1);

      if (g_strcmp0 (operation->user_id, self->parts->user->id) != 0)
        g_ptr_array_remove_index (self->outbox, i - 1);
    }
}

static void
set_sending (RfiSyncDrain *self,
             RfiOperation *operation)
{
  g_clear_pointer (&self->sending, rfi_operation_unref);
  if (operation != NULL)
    self->sending = rfi_operation_ref (operation);
  self->fraction = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  RfiSyncDrain *self = user_data;

  /* Steps too small to see would only cost wake-ups. */
  if (fraction - self->fraction < 0.01 && fraction < 1)
    return;

  self->fraction = fraction;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
put_off (RfiSyncDrain       *self,
         const RfiOperation *operation,
         gint64              delay)
{
  gint64 at = rfi_clock_get_monotonic (self->parts->clock) + delay;

  g_hash_table_insert (self->due, g_strdup (operation->id), g_memdup2 (&at, sizeof at));
  self->next_due = MIN (self->next_due, at);
}

/* What is numbered goes first; in the other dialect nothing is. */
static void
push (RfiSyncDrain *self)
{
  self->n_sent = 0;
  rfi_sync_push_run_async (self->push, g_task_get_cancellable (self->task), pushed_cb,
                           g_object_ref (self));
}

static void
pushed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncDrain) self = user_data;
  g_autoptr(GError) error = NULL;

  /* The first one ends the run; a second push may have been under way already. */
  if (!rfi_sync_push_run_finish (RFI_SYNC_PUSH (object), result, &error) && self->error == NULL)
    self->error = g_steal_pointer (&error);
  step (self);
}

static void
push_changed_cb (RfiSyncPush  *push,
                 RfiSyncDrain *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
step (RfiSyncDrain *self)
{
  rfi_store_list_outbox_async (self->parts->store, g_task_get_cancellable (self->task), listed_cb,
                               g_object_ref (self));
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncDrain) self = user_data;
  g_autoptr(RfiSend) send = NULL;
  g_autoptr(GError) error = NULL;
  RfiOperation *next;

  g_clear_pointer (&self->outbox, g_ptr_array_unref);
  self->outbox = rfi_store_list_outbox_finish (RFI_STORE (object), result, &error);
  if (self->outbox == NULL)
    {
      end (self, g_steal_pointer (&error));
      return;
    }

  count (self);
  drop_foreign (self);
  next = g_task_get_source_tag (self->task) == rfi_sync_drain_count_async || self->error != NULL
             ? NULL
             : rfi_sync_order_next (self->outbox, self->parts->dialect == RFI_DIALECT_SYNC_V1,
                                    self->due, rfi_clock_get_monotonic (self->parts->clock),
                                    &self->n_overtakes, &self->next_due);
  set_sending (self, next);
  if (next == NULL)
    {
      /* A photo that is out of the way may have let letters go. */
      if (self->n_sent > 0 && self->parts->dialect == RFI_DIALECT_SYNC_V1 && self->error == NULL)
        push (self);
      else
        end (self, g_steal_pointer (&self->error));
      return;
    }

  send = rfi_send_kinds_make (self->parts, next);
  rfi_send_run_async (send, progress_cb, self, g_task_get_cancellable (self->task), sent_cb,
                      g_object_ref (self));
}

/* Whether the next one has to wait for another run, as asking the server makes no sense now. */
static gboolean
stops (RfiSyncDrain *self,
       const GError *failure)
{
  if (g_error_matches (failure, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_SERVER))
    return ++self->n_server_errors >= SERVER_ERROR_LIMIT;

  return rfi_remote_error_is_transient (failure);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiSyncDrain) self = user_data;
  RfiSend *send = RFI_SEND (object);
  RfiOperation *operation = rfi_send_get_operation (send);
  g_autoptr(GError) failure = NULL;

  switch (rfi_send_run_finish (send, result, &failure))
    {
    case RFI_SEND_CONFIRMED:
    case RFI_SEND_CONFLICT:
    case RFI_SEND_REJECTED:
      g_hash_table_remove (self->due, operation->id);
      self->n_sent++;
      self->n_merges = 0;
      self->n_server_errors = 0;
      step (self);
      break;

    case RFI_SEND_AGAIN:
      if (++self->n_merges > MERGE_LIMIT)
        {
          self->n_merges = 0;
          put_off (self, operation, rfi_backoff_delay (3, 1000, 8000, self->parts->random));
        }
      step (self);
      break;

    case RFI_SEND_RETRY:
      self->n_merges = 0;
      put_off (self, operation, rfi_send_get_delay (send));
      if (!stops (self, failure))
        {
          step (self);
          break;
        }
      G_GNUC_FALLTHROUGH;

    case RFI_SEND_PARKED:
    case RFI_SEND_CANCELLED:
    default:
      set_sending (self, NULL);
      end (self, g_steal_pointer (&failure));
      break;
    }
}

static void
rfi_sync_drain_dispose (GObject *object)
{
  RfiSyncDrain *self = RFI_SYNC_DRAIN (object);

  if (self->push != NULL)
    g_signal_handlers_disconnect_by_data (self->push, self);
  g_clear_object (&self->push);
  g_clear_error (&self->error);
  g_clear_pointer (&self->outbox, g_ptr_array_unref);
  g_clear_pointer (&self->sending, rfi_operation_unref);
  g_clear_pointer (&self->due, g_hash_table_unref);

  G_OBJECT_CLASS (rfi_sync_drain_parent_class)->dispose (object);
}

static void
rfi_sync_drain_class_init (RfiSyncDrainClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_sync_drain_dispose;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_SYNC_DRAIN, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_sync_drain_init (RfiSyncDrain *self)
{
  self->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->next_due = G_MAXINT64;
}

RfiSyncDrain *
rfi_sync_drain_new (RfiSyncParts *parts)
{
  RfiSyncDrain *self = g_object_new (RFI_TYPE_SYNC_DRAIN, NULL);

  self->parts = parts;
  self->push = rfi_sync_push_new (parts);
  g_signal_connect (self->push, "changed", G_CALLBACK (push_changed_cb), self);
  return self;
}

static void
run (RfiSyncDrain        *self,
     gpointer             tag,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tag);
  self->n_server_errors = 0;
  g_clear_error (&self->error);
  if (tag == rfi_sync_drain_count_async)
    step (self);
  else
    push (self);
}

void
rfi_sync_drain_run_async (RfiSyncDrain        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  self->parts->look_again = FALSE;
  run (self, rfi_sync_drain_run_async, cancellable, callback, user_data);
}

void
rfi_sync_drain_count_async (RfiSyncDrain        *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  run (self, rfi_sync_drain_count_async, cancellable, callback, user_data);
}

gboolean
rfi_sync_drain_run_finish (RfiSyncDrain  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rfi_sync_drain_forget_waits (RfiSyncDrain *self)
{
  g_hash_table_remove_all (self->due);
  self->next_due = G_MAXINT64;
  rfi_sync_push_forget_waits (self->push);
}

const RfiSyncQueue *
rfi_sync_drain_get_queue (RfiSyncDrain *self)
{
  return &self->queue;
}

const char *
rfi_sync_drain_get_sending_id (RfiSyncDrain *self)
{
  RfiLetter *letter = rfi_sync_push_get_sending (self->push);

  if (letter != NULL)
    return letter->operation_id;

  return self->sending != NULL ? self->sending->id : NULL;
}

const char *
rfi_sync_drain_get_sending_job_id (RfiSyncDrain *self)
{
  RfiLetter *letter = rfi_sync_push_get_sending (self->push);

  if (letter != NULL)
    return letter->job_id;

  return self->sending != NULL ? self->sending->job_id : NULL;
}

double
rfi_sync_drain_get_fraction (RfiSyncDrain *self)
{
  return self->fraction;
}

gint64
rfi_sync_drain_get_next_due (RfiSyncDrain *self)
{
  return MIN (self->next_due, rfi_sync_push_get_next_due (self->push));
}
