/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-send"

#include "config.h"

#include "rfi-send.h"

#include "rfi-backoff.h"
#include "rfi-conflict.h"
#include "rfi-merge.h"
#include "rfi-remote-error.h"
#include "rfi-remote-jobs.h"
#include "rfi-store-outbox.h"
#include "rfi-sync-error.h"

/* The way of one operation to the server, and the one place that judges what comes back.
 *
 *            load                 the job as the store last heard of it
 *              │
 *              ├─ does not fit, or a try may have worked ─► look ──┬─ has my effect ──► CONFIRMED
 *              │                                             ▲     ├─ gone, collides ─► CONFLICT
 *              ▼                                             │     │
 *            mark  ◄── fits ───────────────────────────────────────┘
 *              │       "perhaps applied" is durable before the first byte leaves
 *              ▼                                             │
 *            send ── 409, 422 ───────────────────────────────┘  (then fits: rebase, AGAIN)
 *              ├─ 2xx ──────────────────────► CONFIRMED
 *              ├─ 400 403 413 ──────────────► REJECTED
 *              ├─ 404 ──────────────────────► CONFLICT (deleted)
 *              ├─ 401, not reached ─────────► PARKED, the mark taken back, no try burned
 *              ├─ 429 ──────────────────────► RETRY when the server says, the mark taken back
 *              └─ timeout, reset, 5xx ──────► RETRY, the mark stays: the next try looks first
 *
 * Invariants
 *  1. Nothing leaves before the store knows durably that it may have.
 *  2. An operation ends only by a store transaction: confirm, open_conflict or reject. Until
 *     then it is in the outbox, whatever happens to this object.
 *  3. A try is sent with the etag of a row that the change was merged with and found not to
 *     collide. So no try can overwrite what the person did not see.
 *  4. "Not mine" is only said after looking at the server's job.
 */

#define RETRY_BASE 1000
#define RETRY_CAP  (5 * 60 * 1000)

typedef enum {
  STAGE_BEFORE,   /* looking before it is sent */
  STAGE_JUDGING,  /* looking after 409 or 422 */
  STAGE_REREAD,   /* done; reading what the job is now */
} Stage;

typedef struct
{
  RfiSyncParts        *parts;          /* borrowed */
  RfiOperation        *operation;      /* (owned) */
  RfiJob              *row;            /* (owned) (nullable) */
  GTask               *task;           /* (owned) (nullable): the run */
  GError              *answer;         /* (owned) (nullable): the 409 or 422 being judged */
  GError              *failure;        /* (owned) (nullable): why it is not confirmed */
  RfiSendProgressFunc  progress_func;
  gpointer             progress_data;
  Stage                stage;
  RfiSendResult        result;         /* once it is being made durable */
  gint64               delay;          /* ms until the next try, of RFI_SEND_RETRY */
  char                 etag[RFI_ETAG_SIZE];
} RfiSendPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RfiSend, rfi_send, G_TYPE_OBJECT)

static RfiSendPrivate *
get (RfiSend *self)
{
  return rfi_send_get_instance_private (self);
}

static void mark        (RfiSend      *self);
static void marked_cb   (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);
static void finished_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data);

/* Ends the run. @failure: (transfer full) (nullable) */
static void
end (RfiSend       *self,
     RfiSendResult  result,
     GError        *failure)
{
  RfiSendPrivate *priv = get (self);
  g_autoptr(GTask) task = g_steal_pointer (&priv->task);

  if (failure != NULL)
    {
      g_clear_error (&priv->failure);
      priv->failure = failure;
    }
  g_task_return_int (task, (gssize) result);
}

/* The store could not keep its part: nothing is lost, the operation is as it was. Or it is no
 * longer there: real time brought the job that it made, or the person gave it up.
 */
static void
end_for_store (RfiSend *self,
               GError  *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    {
      end (self, RFI_SEND_CONFIRMED, error);
      return;
    }

  end (self, cancelled ? RFI_SEND_CANCELLED : RFI_SEND_PARKED, error);
}

/* Makes the end durable, then ends with it. */

static void
confirm (RfiSend *self,
         RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);

  priv->result = RFI_SEND_CONFIRMED;
  rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_CONFIRMED, 1);
  rfi_store_confirm_async (priv->parts->store, priv->operation->id, row, NULL, finished_cb,
                           g_object_ref (self));
}

/* @error: why */
static void
reject (RfiSend      *self,
        const GError *error)
{
  RfiSendPrivate *priv = get (self);

  priv->result = RFI_SEND_REJECTED;
  priv->failure = g_error_copy (error);
  rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_REJECTED, 1);
  rfi_store_reject_async (priv->parts->store, priv->operation->id,
                          rfi_sync_error_code (error), error->message, NULL, finished_cb,
                          g_object_ref (self));
}

/* What the person saw: the whole job as the store has it, with what stood in the fields. */
static RfiPatch *
last_seen (RfiSend *self)
{
  RfiSendPrivate *priv = get (self);
  RfiPatch *base = priv->row != NULL ? rfi_job_to_patch (priv->row) : rfi_patch_new ();

  for (guint i = 0; i < RFI_N_FIELDS && priv->operation->before != NULL; i++)
    if (rfi_patch_has (priv->operation->before, (RfiField) i))
      rfi_patch_set (base, (RfiField) i, rfi_patch_get (priv->operation->before, (RfiField) i));

  return base;
}

/* @row: (nullable): what the server has */
static void
open_conflict (RfiSend           *self,
               RfiConflictReason  reason,
               RfiJob            *row)
{
  RfiSendPrivate *priv = get (self);
  RfiSyncParts *parts = priv->parts;
  g_autofree char *id = rfi_random_uuid (parts->random);
  g_autoptr(RfiPatch) base = last_seen (self);
  g_autoptr(RfiPatch) theirs = row != NULL ? rfi_job_to_patch (row) : NULL;
  const char *title = rfi_patch_get (base, RFI_FIELD_TITLE);
  RfiConflict template = {
    .id = id,
    .operation = priv->operation,
    .job_id = priv->operation->job_id,
    .job_title = (char *) (row != NULL ? row->title : title != NULL ? title : ""),
    .reason = reason,
    .base = base,
    .theirs = theirs,
    .base_etag = priv->operation->base_etag,
    .theirs_etag = (char *) (row != NULL ? RFI_ETAG_TEXT (row->etag) : NULL),
    .theirs_by = g_hash_table_lookup (parts->actors, priv->operation->job_id),
    .theirs_at = row != NULL ? row->updated_at : 0,
    .detected_at = rfi_clock_get_wall (parts->clock),
  };
  g_autoptr(RfiConflict) conflict = rfi_conflict_new (&template);

  priv->result = RFI_SEND_CONFLICT;
  rfi_sync_metrics_count (parts->metrics, RFI_SYNC_COUNTER_CONFLICTS, 1);
  rfi_store_open_conflict_async (parts->store, conflict, row, NULL, finished_cb,
                                 g_object_ref (self));
}

/* @maybe_applied: whether the server may have it all the same
 * @burn: whether it counts as a try; else the last failure is not shown either */
static void
record (RfiSend      *self,
        gboolean      maybe_applied,
        gboolean      burn,
        gint64        delay,
        const GError *error)
{
  RfiSendPrivate *priv = get (self);

  rfi_store_record_attempt_async (priv->parts->store, priv->operation->id, maybe_applied,
                                  burn ? rfi_sync_error_code (error) : NULL,
                                  burn ? error->message : NULL,
                                  burn ? rfi_clock_get_wall (priv->parts->clock) + delay : 0,
                                  NULL, finished_cb, g_object_ref (self));
}

/* @error: of asking the server; @sent: whether it was asked to do it, not only to show the job */
static void
put_off (RfiSend      *self,
         const GError *error,
         gboolean      sent)
{
  RfiSendPrivate *priv = get (self);
  gboolean was_marked = priv->operation->maybe_applied;
  gint64 wait;

  priv->failure = g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end (self, RFI_SEND_CANCELLED, NULL);
      return;
    }

  if (!rfi_sync_error_is_transient (error) ||
      g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_OFFLINE))
    {
      priv->result = RFI_SEND_PARKED;
      record (self, was_marked, FALSE, 0, error);
      return;
    }

  priv->result = RFI_SEND_RETRY;
  wait = rfi_remote_error_get_retry_after (error);
  if (wait > 0)
    wait += (gint64) rfi_random_range (priv->parts->random, (guint64) wait / 5 + 1);
  else
    wait = rfi_backoff_delay (priv->operation->attempts + 1, RETRY_BASE, RETRY_CAP,
                              priv->parts->random);
  priv->delay = wait;
  if (sent && rfi_remote_error_maybe_applied (error))
    rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_UNKNOWN, 1);
  record (self, was_marked || (sent && rfi_remote_error_maybe_applied (error)), TRUE, wait, error);
}

/* Judging: the only place that decides what a difference means. */

static gboolean
equal_trimmed (const char *a,
               const char *b)
{
  g_autofree char *left = g_strstrip (g_strdup (a != NULL ? a : ""));
  g_autofree char *right = g_strstrip (g_strdup (b != NULL ? b : ""));

  return g_str_equal (left, right);
}

/* Whether what the person did and what @row has now fit without asking. */
static gboolean
fits (RfiSend *self,
      RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);
  RfiSendClass *klass = RFI_SEND_GET_CLASS (self);
  RfiMergeOutcome outcomes[RFI_N_FIELDS];
  g_autoptr(RfiPatch) theirs = rfi_job_to_patch (row);
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  g_autoptr(RfiPatch) merged = NULL;
  guint n_collisions;

  if (klass->is_illegal != NULL && klass->is_illegal (self, row))
    return FALSE;

  merged = rfi_merge (priv->operation->before != NULL ? priv->operation->before : nothing,
                      priv->operation->patch != NULL ? priv->operation->patch : nothing, theirs,
                      outcomes, &n_collisions);
  return n_collisions == 0;
}

/* Status changes collide by their step, the rest by their values. */
static RfiConflictReason
name_collision (RfiSend *self,
                RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);
  RfiSendClass *klass = RFI_SEND_GET_CLASS (self);
  RfiStatus wanted;

  if (klass->is_illegal != NULL && klass->is_illegal (self, row))
    return RFI_CONFLICT_ILLEGAL_STEP;
  if (priv->operation->kind == RFI_OPERATION_SET_STATUS && priv->operation->patch != NULL &&
      rfi_status_from_string (rfi_patch_get (priv->operation->patch, RFI_FIELD_STATUS), &wanted) &&
      !rfi_status_may_become (row->status, wanted))
    return RFI_CONFLICT_ILLEGAL_STEP;

  return RFI_CONFLICT_FIELDS;
}

static void
take_row (RfiSend *self,
          RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);
  g_autoptr(RfiJob) old = g_steal_pointer (&priv->row);

  priv->row = rfi_job_ref (row);
}

/* Merged into @row, the server's job: the next try carries its etag. */
static void
rebase (RfiSend *self,
        RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);

  priv->result = RFI_SEND_AGAIN;
  rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_MERGED, 1);
  rfi_store_rebase_async (priv->parts->store, priv->operation->id, RFI_ETAG_TEXT (row->etag),
                          row, NULL, finished_cb, g_object_ref (self));
}

/* The server refused and @row, which does not show that it is done, is what it has. */
static void
judge_row (RfiSend *self,
           RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);
  g_autoptr(GError) answer = g_steal_pointer (&priv->answer);
  gboolean unchanged = rfi_etag_equal (row->etag, rfi_etag (rfi_send_get_etag (self)));
  gboolean stale = g_error_matches (answer, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_CONFLICT);
  gboolean illegal = g_error_matches (answer, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_ILLEGAL_STEP);

  if (!stale && !illegal)
    reject (self, answer);
  else if (!fits (self, row))
    open_conflict (self, name_collision (self, row), row);
  else if (!unchanged)
    rebase (self, row);
  else if (stale)
    {
      /* Refused for an etag that is right by now: a write in between was taken back. */
      priv->result = RFI_SEND_RETRY;
      priv->failure = g_error_copy (answer);
      priv->delay = rfi_backoff_delay (priv->operation->attempts + 1, RETRY_BASE, RETRY_CAP,
                                       priv->parts->random);
      record (self, FALSE, TRUE, priv->delay, answer);
    }
  else
    reject (self, answer);
}

/* Looks at the job to find what @error means. */
static void
look_again (RfiSend      *self,
            const GError *error)
{
  RfiSendPrivate *priv = get (self);

  priv->answer = g_error_copy (error);
  priv->stage = STAGE_JUDGING;
  RFI_SEND_GET_CLASS (self)->look (self);
}

static void
judge_error (RfiSend      *self,
             const GError *error)
{
  RfiSendPrivate *priv = get (self);
  RfiSendClass *klass = RFI_SEND_GET_CLASS (self);

  if (klass->judge != NULL && klass->judge (self, error))
    return;

  if (rfi_sync_error_is_transient (error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      put_off (self, error, TRUE);
      return;
    }
  if (error->domain != RFI_REMOTE_ERROR)
    {
      reject (self, error);
      return;
    }

  switch ((RfiRemoteError) error->code)
    {
    case RFI_REMOTE_ERROR_AUTH_REQUIRED:
    case RFI_REMOTE_ERROR_CERTIFICATE:
      put_off (self, error, TRUE);
      break;

    case RFI_REMOTE_ERROR_CONFLICT:
    case RFI_REMOTE_ERROR_ILLEGAL_STEP:
      if (priv->operation->kind == RFI_OPERATION_CREATE)
        reject (self, error);
      else
        look_again (self, error);
      break;

    case RFI_REMOTE_ERROR_NOT_FOUND:
      if (priv->operation->kind == RFI_OPERATION_CREATE)
        reject (self, error);
      else
        open_conflict (self, RFI_CONFLICT_DELETED, NULL);
      break;

    case RFI_REMOTE_ERROR_FORBIDDEN:
    case RFI_REMOTE_ERROR_INVALID:
    case RFI_REMOTE_ERROR_TOO_LARGE:
    case RFI_REMOTE_ERROR_OFFLINE:
    case RFI_REMOTE_ERROR_TIMEOUT:
    case RFI_REMOTE_ERROR_INTERRUPTED:
    case RFI_REMOTE_ERROR_RATE_LIMITED:
    case RFI_REMOTE_ERROR_SERVER:
    case RFI_REMOTE_ERROR_PROTOCOL:
    default:
      /* A try of before may have worked and be the very reason for this refusal. */
      if (priv->operation->maybe_applied && priv->operation->kind != RFI_OPERATION_CREATE)
        look_again (self, error);
      else
        reject (self, error);
      break;
    }
}

/* The steps, in execution order. */

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSend) self = user_data;
  RfiSendPrivate *priv = get (self);
  RfiSendClass *klass = RFI_SEND_GET_CLASS (self);
  g_autoptr(GError) error = NULL;

  priv->row = rfi_store_get_base_finish (RFI_STORE (object), result, &error);
  if (error != NULL)
    {
      end_for_store (self, g_steal_pointer (&error));
      return;
    }

  if (priv->operation->maybe_applied || klass->needs_look (self) ||
      (priv->row == NULL && priv->operation->kind != RFI_OPERATION_CREATE) ||
      (priv->row != NULL && !fits (self, priv->row)))
    klass->look (self);
  else
    mark (self);
}

static void
looked_before (RfiSend *self,
               RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);
  RfiSendClass *klass = RFI_SEND_GET_CLASS (self);

  if (row == NULL)
    {
      /* Not there: a new one is still to be made, a deletion is done. */
      if (priv->operation->kind == RFI_OPERATION_CREATE)
        mark (self);
      else if (klass->is_mine (self, NULL))
        confirm (self, NULL);
      else
        open_conflict (self, RFI_CONFLICT_DELETED, NULL);
      return;
    }

  if (klass->is_mine (self, row))
    {
      rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_RECOGNISED, 1);
      confirm (self, row);
      return;
    }
  if (!fits (self, row))
    {
      open_conflict (self, name_collision (self, row), row);
      return;
    }

  take_row (self, row);
  mark (self);
}

void
rfi_send_looked (RfiSend *self,
                 RfiJob  *row,
                 GError  *error)
{
  RfiSendPrivate *priv = get (self);
  RfiSendClass *klass = RFI_SEND_GET_CLASS (self);
  g_autoptr(RfiJob) owned_row = row;
  g_autoptr(GError) owned_error = error;

  if (owned_error != NULL)
    {
      put_off (self, owned_error, priv->stage != STAGE_BEFORE);
      return;
    }

  switch (priv->stage)
    {
    case STAGE_BEFORE:
      looked_before (self, row);
      break;

    case STAGE_JUDGING:
      if (row == NULL && !klass->is_mine (self, NULL))
        open_conflict (self, RFI_CONFLICT_DELETED, NULL);
      else if (klass->is_mine (self, row))
        {
          rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_RECOGNISED, 1);
          confirm (self, row);
        }
      else
        judge_row (self, row);
      break;

    case STAGE_REREAD:
    default:
      confirm (self, row);
      break;
    }
}

static void
mark (RfiSend *self)
{
  RfiSendPrivate *priv = get (self);

  rfi_store_record_attempt_async (priv->parts->store, priv->operation->id, TRUE, NULL, NULL, 0,
                                  g_task_get_cancellable (priv->task), marked_cb,
                                  g_object_ref (self));
}

static void
marked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSend) self = user_data;
  RfiSendPrivate *priv = get (self);
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    {
      end_for_store (self, g_steal_pointer (&error));
      return;
    }

  rfi_sync_metrics_count (priv->parts->metrics, RFI_SYNC_COUNTER_SENT, 1);
  RFI_SEND_GET_CLASS (self)->send (self);
}

void
rfi_send_answered (RfiSend *self,
                   RfiJob  *row,
                   GError  *error)
{
  g_autoptr(RfiJob) owned_row = row;
  g_autoptr(GError) owned_error = error;

  if (owned_error != NULL)
    judge_error (self, owned_error);
  else if (row != NULL)
    confirm (self, row);
  else
    rfi_send_reread (self);
}

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(RfiSend) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    end_for_store (self, g_steal_pointer (&error));
  else
    end (self, get (self)->result, NULL);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(RfiSend) self = user_data;
  g_autoptr(GError) error = NULL;
  RfiJob *row = rfi_remote_job_finish (RFI_REMOTE (object), result, &error);

  if (rfi_sync_error_is_gone (error))
    g_clear_error (&error);
  rfi_send_looked (self, row, g_steal_pointer (&error));
}

static void
rfi_send_default_look (RfiSend *self)
{
  RfiSendPrivate *priv = get (self);

  rfi_remote_get_job_async (priv->parts->remote, priv->operation->job_id,
                            rfi_send_get_cancellable (self), read_cb, g_object_ref (self));
}

static gboolean
rfi_send_default_needs_look (RfiSend *self)
{
  return FALSE;
}

static gboolean
rfi_send_default_is_mine (RfiSend *self,
                          RfiJob  *row)
{
  RfiSendPrivate *priv = get (self);

  if (row == NULL || priv->operation->patch == NULL)
    return FALSE;

  for (guint i = 0; i < RFI_N_FIELDS; i++)
    {
      const char *mine = rfi_patch_get (priv->operation->patch, (RfiField) i);

      if (mine != NULL && !equal_trimmed (mine, rfi_job_get_field (row, (RfiField) i)))
        return FALSE;
    }

  return TRUE;
}

static void
rfi_send_finalize (GObject *object)
{
  RfiSendPrivate *priv = get (RFI_SEND (object));

  g_clear_pointer (&priv->operation, rfi_operation_unref);
  g_clear_pointer (&priv->row, rfi_job_unref);
  g_clear_error (&priv->answer);
  g_clear_error (&priv->failure);

  G_OBJECT_CLASS (rfi_send_parent_class)->finalize (object);
}

static void
rfi_send_class_init (RfiSendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_send_finalize;

  klass->needs_look = rfi_send_default_needs_look;
  klass->look = rfi_send_default_look;
  klass->is_mine = rfi_send_default_is_mine;
}

static void
rfi_send_init (RfiSend *self)
{
}

void
rfi_send_set_up (RfiSend      *self,
                 RfiSyncParts *parts,
                 RfiOperation *operation)
{
  RfiSendPrivate *priv = get (self);

  priv->parts = parts;
  priv->operation = rfi_operation_ref (operation);
}

void
rfi_send_run_async (RfiSend            *self,
                    RfiSendProgressFunc progress_func,
                    gpointer            progress_data,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  RfiSendPrivate *priv = get (self);

  g_return_if_fail (priv->task == NULL);

  priv->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (priv->task, rfi_send_run_async);
  g_task_set_check_cancellable (priv->task, FALSE);
  priv->progress_func = progress_func;
  priv->progress_data = progress_data;

  rfi_store_get_base_async (priv->parts->store, priv->operation->job_id, cancellable, loaded_cb,
                            g_object_ref (self));
}

RfiSendResult
rfi_send_run_finish (RfiSend      *self,
                     GAsyncResult *result,
                     GError      **failure)
{
  RfiSendPrivate *priv = get (self);
  RfiSendResult answer = (RfiSendResult) g_task_propagate_int (G_TASK (result), NULL);

  if (failure != NULL)
    *failure = g_steal_pointer (&priv->failure);
  return answer;
}

gint64
rfi_send_get_delay (RfiSend *self)
{
  return get (self)->delay;
}

RfiSyncParts *
rfi_send_get_parts (RfiSend *self)
{
  return get (self)->parts;
}

RfiOperation *
rfi_send_get_operation (RfiSend *self)
{
  return get (self)->operation;
}

GCancellable *
rfi_send_get_cancellable (RfiSend *self)
{
  return g_task_get_cancellable (get (self)->task);
}

RfiJob *
rfi_send_get_row (RfiSend *self)
{
  return get (self)->row;
}

const char *
rfi_send_get_etag (RfiSend *self)
{
  RfiSendPrivate *priv = get (self);

  return priv->row != NULL ? rfi_etag_get_text (priv->row->etag, priv->etag)
                           : priv->operation->base_etag;
}

void
rfi_send_report_progress (RfiSend *self,
                          double   fraction)
{
  RfiSendPrivate *priv = get (self);

  if (priv->progress_func != NULL)
    priv->progress_func (fraction, priv->progress_data);
}

void
rfi_send_confirm (RfiSend *self,
                  RfiJob  *row)
{
  confirm (self, row);
}

void
rfi_send_reread (RfiSend *self)
{
  get (self)->stage = STAGE_REREAD;
  RFI_SEND_GET_CLASS (self)->look (self);
}
