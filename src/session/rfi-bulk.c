/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bulk"

#include "config.h"

#include "rfi-bulk.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-record-list.h"
#include "rfi-session-private.h"
#include "rfi-session-run.h"
#include "rfi-store-outbox.h"
#include "rfi-undo-stack.h"

/* So many are on their way to the disk at once: enough to keep it busy, few enough to stop. */
#define MAX_RUNNING 4

/* While the server takes them, no more than this many wait for it: others have changes too. */
#define MAX_QUEUED 200

struct _RfiBulk
{
  GObject           parent_instance;

  RfiSession       *session;    /* (owned) */
  GListStore       *entries;    /* (owned) (element-type RfiBulkEntry) */
  RfiOperationKind  kind;
  RfiPatch         *patch;      /* (owned) (nullable) */
  RfiUndoStep      *step;       /* (owned) (nullable): what is undone; of others what can be */
  gboolean          undoes;     /* or does again */
  gboolean          redo;

  GTask            *task;       /* (owned) (nullable): the run */
  GPtrArray        *queue;      /* (owned) (nullable) (element-type RfiBulkEntry): of the run */
  guint             n_begun;
  guint             n_running;
  guint             follow_source;
};

enum {
  PROP_0,
  PROP_RUNNING,
  N_PROPS
};

enum {
  PROGRESS,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiBulk, rfi_bulk, G_TYPE_OBJECT)

static void check_entry      (RfiBulk      *self,
                              RfiBulkEntry *entry);
static void pump             (RfiBulk      *self);
static void taken_back_cb    (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);
static void ran_cb           (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);

static void
rfi_bulk_finalize (GObject *object)
{
  RfiBulk *self = RFI_BULK (object);

  g_clear_handle_id (&self->follow_source, g_source_remove);
  g_clear_object (&self->entries);
  g_clear_object (&self->step);
  g_clear_object (&self->session);
  g_clear_pointer (&self->patch, rfi_patch_unref);
  g_clear_pointer (&self->queue, g_ptr_array_unref);

  G_OBJECT_CLASS (rfi_bulk_parent_class)->finalize (object);
}

static void
rfi_bulk_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, rfi_bulk_get_running (RFI_BULK (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_bulk_class_init (RfiBulkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_bulk_finalize;
  object_class->get_property = rfi_bulk_get_property;

  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROGRESS] = g_signal_new ("progress", RFI_TYPE_BULK, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_bulk_init (RfiBulk *self)
{
  self->entries = g_list_store_new (RFI_TYPE_BULK_ENTRY);
}

static guint
get_n_entries (RfiBulk *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->entries));
}

/* Returns: (transfer none) */
static RfiBulkEntry *
get_entry (RfiBulk *self,
           guint    position)
{
  g_autoptr(RfiBulkEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);

  return entry;
}

static void
tell (RfiBulk *self)
{
  g_signal_emit (self, signals[PROGRESS], 0);
}

/* @error: (transfer full) (nullable) */
static void
set_state (RfiBulkEntry *entry,
           RfiBulkState  state,
           GError       *error)
{
  rfi_bulk_entry_set_state (entry, state, error);
}

/* The outbox's row of what the entry did. (nullable) */
static RfiOperation *
find_operation (RfiBulk    *self,
                const char *operation_id)
{
  if (operation_id == NULL)
    return NULL;

  return rfi_record_list_find (RFI_RECORD_LIST (rfi_session_get_outbox (self->session)),
                               operation_id);
}

static gboolean
agrees (const RfiJob   *job,
        const RfiPatch *patch)
{
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    if (rfi_patch_has (patch, (RfiField) i) &&
        g_strcmp0 (rfi_patch_get (patch, (RfiField) i),
                   rfi_job_get_field (job, (RfiField) i)) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
is_stuck (const RfiOperation *operation)
{
  return operation->state == RFI_OPERATION_REJECTED ||
         operation->state == RFI_OPERATION_CONFLICT ||
         operation->state == RFI_OPERATION_QUARANTINED;
}

/* How the server takes what was done. What left the outbox without a trace was given up. */
static void
follow (RfiBulk      *self,
        RfiBulkEntry *entry)
{
  RfiDeed *deed = rfi_bulk_entry_get_deed (entry);
  RfiOperation *operation = find_operation (self, deed->operation_id);
  RfiJobState *state = rfi_job_item_get_state (deed->item);

  if (operation != NULL)
    set_state (entry, is_stuck (operation) ? RFI_BULK_FAILED : RFI_BULK_KEPT, NULL);
  else if (state->n_pending == 0)
    set_state (entry, agrees (state->work, rfi_bulk_entry_get_patch (entry))
                      ? RFI_BULK_CONFIRMED : RFI_BULK_FAILED, NULL);
}

/* What has gone before anything was done to it is not among what can be done. */
static void
follow_all (RfiBulk *self)
{
  for (guint i = 0; i < get_n_entries (self); i++)
    {
      RfiBulkEntry *entry = get_entry (self, i);
      RfiBulkState state = rfi_bulk_entry_get_state (entry);

      if (state == RFI_BULK_KEPT || state == RFI_BULK_FAILED)
        follow (self, entry);
      else if (state <= RFI_BULK_REFUSED && self->task == NULL &&
               rfi_job_item_get_gone (rfi_bulk_entry_get_item (entry)))
        check_entry (self, entry);
    }
  tell (self);
}

static void
follow_cb (gpointer user_data)
{
  RfiBulk *self = user_data;

  self->follow_source = 0;
  follow_all (self);
}

/* A job and the outbox tell of the same answer one after the other, of many answers at once. */
static void
queue_follow (RfiBulk *self)
{
  if (self->follow_source == 0)
    self->follow_source = g_idle_add_once (follow_cb, self);
}

static void
add (RfiBulk          *self,
     RfiJobItem       *item,
     RfiOperationKind  kind,
     RfiPatch         *patch)
{
  g_autoptr(RfiBulkEntry) entry = rfi_bulk_entry_new (item, kind, patch);

  g_list_store_append (self->entries, entry);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (queue_follow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::gone", G_CALLBACK (queue_follow), self,
                           G_CONNECT_SWAPPED);
}

static RfiBulk *
make (RfiSession *session)
{
  RfiBulk *self = g_object_new (RFI_TYPE_BULK, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (rfi_session_get_outbox (session), "items-changed",
                           G_CALLBACK (queue_follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::n-queued", G_CALLBACK (pump), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::online", G_CALLBACK (pump), self, G_CONNECT_SWAPPED);
  return self;
}

RfiBulk *
rfi_bulk_new (RfiSession       *session,
              GPtrArray        *items,
              RfiOperationKind  kind,
              RfiPatch         *patch)
{
  RfiBulk *self;

  g_return_val_if_fail (RFI_IS_SESSION (session), NULL);
  g_return_val_if_fail (items != NULL && patch != NULL, NULL);

  self = make (session);
  self->kind = kind;
  self->patch = rfi_patch_ref (patch);
  for (guint i = 0; i < items->len; i++)
    add (self, g_ptr_array_index (items, i), kind, patch);
  rfi_bulk_check (self);
  return self;
}

RfiBulk *
rfi_bulk_new_undo (RfiSession *session,
                   gboolean    redo)
{
  RfiBulk *self;
  RfiUndoStep *step;

  g_return_val_if_fail (RFI_IS_SESSION (session), NULL);

  step = rfi_undo_stack_take (rfi_session_get_undo (session), redo);
  if (step == NULL)
    return NULL;

  self = make (session);
  self->step = step;
  self->undoes = TRUE;
  self->redo = redo;
  for (guint i = 0; i < rfi_undo_step_get_n_deeds (step); i++)
    {
      RfiDeed *deed = rfi_undo_step_get_deed (step, i);
      g_autoptr(RfiPatch) aim = rfi_deed_aim (deed, !redo);

      add (self, deed->item, deed->kind, aim);
      rfi_bulk_entry_set_origin (get_entry (self, i), deed, redo ? deed->before : deed->after);
    }
  rfi_bulk_check (self);
  return self;
}

RfiUndoStep *
rfi_bulk_get_step (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), NULL);

  return self->undoes ? self->step : NULL;
}

RfiUndoStep *
rfi_bulk_get_done_step (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), NULL);

  if (self->undoes || self->step == NULL ||
      rfi_undo_stack_get_undo (rfi_session_get_undo (self->session)) != self->step)
    return NULL;

  return self->step;
}

gboolean
rfi_bulk_get_redo (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), FALSE);

  return self->redo;
}

RfiSession *
rfi_bulk_get_session (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), NULL);

  return self->session;
}

RfiOperationKind
rfi_bulk_get_kind (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), RFI_OPERATION_VOID);

  return self->kind;
}

RfiPatch *
rfi_bulk_get_patch (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), NULL);

  return self->patch;
}

gboolean
rfi_bulk_get_running (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), FALSE);

  return self->task != NULL;
}

GListModel *
rfi_bulk_get_entries (RfiBulk *self)
{
  g_return_val_if_fail (RFI_IS_BULK (self), NULL);

  return G_LIST_MODEL (self->entries);
}

guint
rfi_bulk_count (RfiBulk      *self,
                RfiBulkState  state)
{
  guint n = 0;

  g_return_val_if_fail (RFI_IS_BULK (self), 0);

  for (guint i = 0; i < get_n_entries (self); i++)
    n += rfi_bulk_entry_get_state (get_entry (self, i)) == state ? 1 : 0;
  return n;
}

/* Looking first */

/* Whether the outbox may still have what is to be undone, untouched: its list can be behind, and
 * the store has the last word. */
static gboolean
waits (RfiBulk           *self,
       const RfiDeed     *origin,
       const RfiJobState *state)
{
  RfiOperation *operation = find_operation (self, origin->operation_id);

  if (origin->operation_id == NULL || state->n_pending == 0)
    return FALSE;

  return operation == NULL ||
         (operation->state == RFI_OPERATION_QUEUED && !operation->maybe_applied);
}

static void
check_entry (RfiBulk      *self,
             RfiBulkEntry *entry)
{
  const char *job_id = rfi_job_item_get_id (rfi_bulk_entry_get_item (entry));
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (self->session), job_id);
  RfiDeed *origin = rfi_bulk_entry_get_origin (entry);
  RfiPatch *patch = rfi_bulk_entry_get_patch (entry);
  g_autoptr(RfiPatch) news = NULL;
  RfiVerdict verdict;

  if (state == NULL)
    {
      set_state (entry, RFI_BULK_REFUSED,
                 g_error_new (RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                              "There is no job %s here", job_id));
      return;
    }

  news = _rfi_session_find_news (state->work, rfi_bulk_entry_get_kind (entry), patch);
  verdict = _rfi_session_check_change (self->session, job_id, rfi_bulk_entry_get_kind (entry),
                                       patch);
  if (rfi_patch_is_empty (news))
    set_state (entry, RFI_BULK_SAME, NULL);
  else if (origin != NULL && !agrees (state->work, rfi_bulk_entry_get_expected (entry)))
    set_state (entry, RFI_BULK_CLASH, NULL);
  else if (verdict != RFI_VERDICT_OK && (origin == NULL || !waits (self, origin, state)))
    set_state (entry, RFI_BULK_REFUSED, _rfi_session_refuse (verdict));
  else
    set_state (entry, RFI_BULK_READY, NULL);
}

void
rfi_bulk_check (RfiBulk *self)
{
  g_return_if_fail (RFI_IS_BULK (self));
  g_return_if_fail (self->task == NULL);

  for (guint i = 0; i < get_n_entries (self); i++)
    {
      RfiBulkState state = rfi_bulk_entry_get_state (get_entry (self, i));

      if (state <= RFI_BULK_REFUSED)
        check_entry (self, get_entry (self, i));
    }
  tell (self);
}

/* Running */

/* One of the queue, until it is done. */
typedef struct
{
  RfiBulk      *bulk;   /* (owned) */
  RfiBulkEntry *entry;  /* (owned) */
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->bulk);
  g_object_unref (run->entry);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static gboolean
is_stopped (RfiBulk *self)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (self->task)) ||
         _rfi_session_get_store (self->session) == NULL;
}

/* Whether the server has enough to do for now. */
static gboolean
is_held (RfiBulk *self)
{
  guint n_queued = 0;

  if (!rfi_session_get_online (self->session))
    return FALSE;

  g_object_get (self->session, "n-queued", &n_queued, NULL);
  return n_queued >= MAX_QUEUED;
}

/* What was done by this run. Returns: (transfer full) (element-type RfiDeed) */
static GPtrArray *
list_deeds (RfiBulk *self)
{
  GPtrArray *deeds = g_ptr_array_new ();

  for (guint i = 0; i < self->queue->len; i++)
    {
      RfiDeed *deed = rfi_bulk_entry_get_deed (g_ptr_array_index (self->queue, i));

      if (deed != NULL)
        g_ptr_array_add (deeds, deed);
    }
  return deeds;
}

static void
record (RfiBulk *self)
{
  RfiUndoStack *stack = rfi_session_get_undo (self->session);
  g_autoptr(GPtrArray) deeds = list_deeds (self);
  RfiUndoStep *step;

  if (deeds->len == 0)
    return;

  step = rfi_undo_stack_record_more (stack, self->step, deeds,
                                     !rfi_session_get_online (self->session));
  g_set_object (&self->step, step);
}

/* Whether it may be possible another time. */
static gboolean
passes (RfiBulkEntry *entry)
{
  const GError *error = rfi_bulk_entry_get_error (entry);
  RfiVerdict verdict;

  if (rfi_bulk_entry_get_state (entry) == RFI_BULK_READY)
    return TRUE;
  if (error == NULL || error->domain != RFI_SESSION_ERROR)
    return FALSE;

  verdict = rfi_session_error_get_verdict (error);
  return verdict == RFI_VERDICT_NEEDS_CONNECTION || verdict == RFI_VERDICT_HAS_CONFLICT ||
         error->code == RFI_SESSION_ERROR_FULL || error->code == RFI_SESSION_ERROR_QUEUE_FULL;
}

/* What was undone goes over to the other side; what somebody else changed is not ours any more. */
static void
settle (RfiBulk *self)
{
  g_autoptr(RfiUndoStep) moved = rfi_undo_step_new ();
  g_autoptr(RfiUndoStep) left = rfi_undo_step_new ();

  rfi_undo_step_set_group (moved, rfi_undo_step_get_group (self->step));
  rfi_undo_step_set_group (left, rfi_undo_step_get_group (self->step));
  for (guint i = 0; i < get_n_entries (self); i++)
    {
      RfiBulkEntry *entry = get_entry (self, i);
      RfiDeed *deed = rfi_bulk_entry_get_deed (entry);

      if (deed != NULL)
        {
          g_autoptr(RfiDeed) renewed =
            rfi_deed_renew (rfi_bulk_entry_get_origin (entry), deed->operation_id);

          rfi_undo_step_add (moved, renewed);
        }
      else if (passes (entry))
        {
          rfi_undo_step_add (left, rfi_bulk_entry_get_origin (entry));
        }
    }
  rfi_undo_stack_settle (rfi_session_get_undo (self->session), self->redo, moved, left);
}

static void
end (RfiBulk *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  if (self->undoes)
    settle (self);
  else
    record (self);
  follow_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_task_return_boolean (task, TRUE);
}

/* @error: (transfer full) (nullable); @deed: (nullable) */
static void
entry_done (Run          *run,
            RfiBulkState  state,
            RfiDeed      *deed,
            GError       *error)
{
  rfi_bulk_entry_set_deed (run->entry, deed);
  set_state (run->entry, state, error);
  run->bulk->n_running--;
  tell (run->bulk);
  pump (run->bulk);
}

/* @run: (transfer full) */
static void
run_command (Run *run)
{
  _rfi_session_run_async (run->bulk->session,
                          rfi_job_item_get_id (rfi_bulk_entry_get_item (run->entry)),
                          rfi_bulk_entry_get_kind (run->entry),
                          rfi_bulk_entry_get_patch (run->entry), ran_cb, run);
}

static void
begin (RfiBulk      *self,
       RfiBulkEntry *entry)
{
  Run *run = g_new0 (Run, 1);
  RfiDeed *origin = rfi_bulk_entry_get_origin (entry);

  run->bulk = g_object_ref (self);
  run->entry = g_object_ref (entry);
  self->n_running++;
  set_state (entry, RFI_BULK_RUNNING, NULL);
  if (origin != NULL && origin->operation_id != NULL)
    rfi_store_take_back_async (_rfi_session_get_store (self->session), origin->operation_id,
                               g_get_real_time () / 1000, NULL, taken_back_cb, run);
  else
    run_command (run);
}

/* Before it was sent it can be as if it was never done. */
static void
taken_back_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Run) run = user_data;
  g_autoptr(RfiDeed) deed = NULL;
  g_autoptr(GError) error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    {
      deed = rfi_deed_renew (rfi_bulk_entry_get_origin (run->entry), NULL);
      _rfi_session_changed (run->bulk->session);
      entry_done (run, RFI_BULK_CONFIRMED, deed, NULL);
    }
  else if (g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    run_command (g_steal_pointer (&run));
  else
    entry_done (run, RFI_BULK_REFUSED, NULL, _rfi_session_translate (g_steal_pointer (&error)));
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(Run) run = user_data;
  g_autoptr(RfiDeed) deed = NULL;
  GError *error = NULL;

  deed = _rfi_session_run_finish (RFI_SESSION (object), result, &error);
  if (error != NULL)
    entry_done (run, RFI_BULK_REFUSED, NULL, error);
  else
    entry_done (run, deed != NULL ? RFI_BULK_KEPT : RFI_BULK_SAME, deed, NULL);
}

static void
pump (RfiBulk *self)
{
  if (self->task == NULL)
    return;

  while (self->n_running < MAX_RUNNING && self->n_begun < self->queue->len &&
         !is_stopped (self) && !is_held (self))
    begin (self, g_ptr_array_index (self->queue, self->n_begun++));

  if (self->n_running == 0 && (self->n_begun == self->queue->len || is_stopped (self)))
    end (self);
}

static gboolean
runs (RfiBulkEntry *entry,
      gboolean      forced)
{
  RfiBulkState state = rfi_bulk_entry_get_state (entry);

  return state == RFI_BULK_READY || (forced && state == RFI_BULK_CLASH);
}

void
rfi_bulk_run_async (RfiBulk             *self,
                    gboolean             forced,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_return_if_fail (RFI_IS_BULK (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rfi_bulk_run_async);
  g_task_set_check_cancellable (self->task, FALSE);

  g_clear_pointer (&self->queue, g_ptr_array_unref);
  self->queue = g_ptr_array_new_with_free_func (g_object_unref);
  self->n_begun = 0;
  for (guint i = 0; i < get_n_entries (self); i++)
    if (runs (get_entry (self, i), forced))
      g_ptr_array_add (self->queue, g_object_ref (get_entry (self, i)));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  pump (self);
}

void
rfi_bulk_retry_async (RfiBulk             *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (RFI_IS_BULK (self));
  g_return_if_fail (self->task == NULL);

  for (guint i = 0; i < get_n_entries (self); i++)
    {
      RfiBulkEntry *entry = get_entry (self, i);
      RfiDeed *deed = rfi_bulk_entry_get_deed (entry);

      if (rfi_bulk_entry_get_state (entry) != RFI_BULK_FAILED ||
          find_operation (self, deed->operation_id) == NULL)
        continue;
      rfi_session_retry (self->session, deed->operation_id);
    }
  rfi_bulk_check (self);
  rfi_bulk_run_async (self, FALSE, cancellable, callback, user_data);
}

void
rfi_bulk_run_finish (RfiBulk      *self,
                     GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

void
rfi_bulk_stop (RfiBulk *self)
{
  g_return_if_fail (RFI_IS_BULK (self));

  pump (self);
}

void
rfi_bulk_give_up (RfiBulk *self)
{
  g_return_if_fail (RFI_IS_BULK (self));
  g_return_if_fail (self->undoes && self->task == NULL);

  settle (self);
}
