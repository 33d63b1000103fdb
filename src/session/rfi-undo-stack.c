/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-undo-stack"

#include "config.h"

#include "rfi-undo-stack.h"

#include "rfi-job-item.h"

struct _RfiUndoStack
{
  GObject    parent_instance;

  GPtrArray *undo;        /* (owned) (element-type RfiUndoStep), the next one last */
  GPtrArray *redo;        /* (owned) (element-type RfiUndoStep), the next one last */
  RfiDeed   *barrier;     /* (owned) (nullable) */
  gboolean   busy;
  guint      n_expected;  /* commands on their way to the disk */
  gboolean   overtaken;   /* something new was done while a step was under way */
};

enum {
  CHANGED,
  RECORDED,
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiUndoStack, rfi_undo_stack, G_TYPE_OBJECT)

static void
tell (RfiUndoStack *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_job (GPtrArray  *steps,
          RfiJobItem *item)
{
  for (guint i = steps->len; i > 0; i--)
    {
      RfiUndoStep *step = g_ptr_array_index (steps, i - 1);

      if (rfi_undo_step_drop (step, item) && rfi_undo_step_get_n_deeds (step) == 0)
        g_ptr_array_remove_index (steps, i - 1);
    }
}

static void
set_barrier (RfiUndoStack *self,
             RfiDeed      *deed)
{
  g_clear_pointer (&self->barrier, rfi_deed_unref);
  if (deed == NULL)
    return;

  self->barrier = rfi_deed_ref (deed);
  drop_job (self->undo, deed->item);
  drop_job (self->redo, deed->item);
}

/* A step of status that the server has, or is getting. */
static gboolean
is_out (const RfiDeed *deed)
{
  return !rfi_deed_is_reversible (deed) && rfi_job_item_get_state (deed->item)->n_pending == 0;
}

/* Returns: (transfer full) (nullable): the last one that went out */
static RfiDeed *
find_out (GPtrArray *steps)
{
  for (guint i = steps->len; i > 0; i--)
    {
      RfiUndoStep *step = g_ptr_array_index (steps, i - 1);

      for (guint j = 0; j < rfi_undo_step_get_n_deeds (step); j++)
        if (is_out (rfi_undo_step_get_deed (step, j)))
          return rfi_deed_ref (rfi_undo_step_get_deed (step, j));
    }
  return NULL;
}

/* What could only be taken back before it was sent. */
static void
sent_cb (RfiUndoStack *self)
{
  gboolean any = FALSE;

  for (;;)
    {
      g_autoptr(RfiDeed) deed = find_out (self->undo);

      if (deed == NULL)
        break;
      set_barrier (self, deed);
      any = TRUE;
    }
  if (any)
    tell (self);
}

static void
rfi_undo_stack_finalize (GObject *object)
{
  RfiUndoStack *self = RFI_UNDO_STACK (object);

  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_clear_pointer (&self->barrier, rfi_deed_unref);

  G_OBJECT_CLASS (rfi_undo_stack_parent_class)->finalize (object);
}

static void
rfi_undo_stack_class_init (RfiUndoStackClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_undo_stack_finalize;

  signals[CHANGED] = g_signal_new ("changed", RFI_TYPE_UNDO_STACK, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RECORDED] = g_signal_new ("recorded", RFI_TYPE_UNDO_STACK, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, RFI_TYPE_UNDO_STEP);
  signals[READY] = g_signal_new ("ready", RFI_TYPE_UNDO_STACK, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_undo_stack_init (RfiUndoStack *self)
{
  self->undo = g_ptr_array_new_with_free_func (g_object_unref);
  self->redo = g_ptr_array_new_with_free_func (g_object_unref);
}

RfiUndoStack *
rfi_undo_stack_new (GListModel *outbox)
{
  RfiUndoStack *self = g_object_new (RFI_TYPE_UNDO_STACK, NULL);

  if (outbox != NULL)
    g_signal_connect_object (outbox, "items-changed", G_CALLBACK (sent_cb), self,
                             G_CONNECT_SWAPPED);
  return self;
}

static RfiUndoStep *
get_last (GPtrArray *steps)
{
  return steps->len > 0 ? g_ptr_array_index (steps, steps->len - 1) : NULL;
}

RfiUndoStep *
rfi_undo_stack_get_undo (RfiUndoStack *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), NULL);

  return get_last (self->undo);
}

RfiUndoStep *
rfi_undo_stack_get_redo (RfiUndoStack *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), NULL);

  return get_last (self->redo);
}

guint
rfi_undo_stack_get_n_undo (RfiUndoStack *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), 0);

  return self->undo->len;
}

guint
rfi_undo_stack_get_n_redo (RfiUndoStack *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), 0);

  return self->redo->len;
}

RfiDeed *
rfi_undo_stack_get_barrier (RfiUndoStack *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), NULL);

  return self->barrier;
}

gboolean
rfi_undo_stack_get_busy (RfiUndoStack *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), FALSE);

  return self->busy || self->n_expected > 0;
}

static void
tell_ready (RfiUndoStack *self)
{
  if (!rfi_undo_stack_get_busy (self))
    g_signal_emit (self, signals[READY], 0);
}

void
rfi_undo_stack_expect (RfiUndoStack *self)
{
  g_return_if_fail (RFI_IS_UNDO_STACK (self));

  self->n_expected++;
}

void
rfi_undo_stack_arrived (RfiUndoStack *self)
{
  g_return_if_fail (RFI_IS_UNDO_STACK (self));
  g_return_if_fail (self->n_expected > 0);

  self->n_expected--;
  tell_ready (self);
}

/* @step: (transfer full) */
static void
push (GPtrArray   *steps,
      RfiUndoStep *step)
{
  if (rfi_undo_step_get_n_deeds (step) == 0)
    {
      g_object_unref (step);
      return;
    }

  g_ptr_array_add (steps, step);
  if (steps->len > RFI_UNDO_LIMIT)
    g_ptr_array_remove_index (steps, 0);
}

/* The job may tell that all of it is sent after the outbox did. */
static void
watch (RfiUndoStack *self,
       RfiJobItem   *item)
{
  g_signal_handlers_disconnect_by_func (item, sent_cb, self);
  g_signal_connect_object (item, "notify::state", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
}

static void
take_in (RfiUndoStack *self,
         RfiUndoStep  *step,
         GPtrArray    *deeds,
         gboolean      waiting)
{
  set_barrier (self, NULL);
  for (guint i = 0; i < deeds->len; i++)
    {
      RfiDeed *deed = g_ptr_array_index (deeds, i);

      if (!rfi_deed_is_reversible (deed) &&
          (!waiting || deed->kind != RFI_OPERATION_SET_STATUS))
        {
          set_barrier (self, deed);
          continue;
        }

      rfi_undo_step_add (step, deed);
      if (!rfi_deed_is_reversible (deed))
        watch (self, deed->item);
    }
}

RfiUndoStep *
rfi_undo_stack_record (RfiUndoStack *self,
                       GPtrArray    *deeds,
                       gboolean      waiting)
{
  g_autoptr(RfiUndoStep) step = rfi_undo_step_new ();

  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), NULL);
  g_return_val_if_fail (deeds != NULL && deeds->len > 0, NULL);

  take_in (self, step, deeds, waiting);
  g_ptr_array_set_size (self->redo, 0);
  self->overtaken = TRUE;
  push (self->undo, g_object_ref (step));
  tell (self);
  if (get_last (self->undo) != step)
    return NULL;

  g_signal_emit (self, signals[RECORDED], 0, step);
  return step;
}

RfiUndoStep *
rfi_undo_stack_record_more (RfiUndoStack *self,
                            RfiUndoStep  *step,
                            GPtrArray    *deeds,
                            gboolean      waiting)
{
  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), NULL);

  if (step == NULL || get_last (self->undo) != step)
    return rfi_undo_stack_record (self, deeds, waiting);

  take_in (self, step, deeds, waiting);
  tell (self);
  g_signal_emit (self, signals[RECORDED], 0, step);
  return step;
}

RfiUndoStep *
rfi_undo_stack_take (RfiUndoStack *self,
                     gboolean      redo)
{
  GPtrArray *steps;
  RfiUndoStep *step;

  g_return_val_if_fail (RFI_IS_UNDO_STACK (self), NULL);

  steps = redo ? self->redo : self->undo;
  if (self->busy || steps->len == 0)
    return NULL;

  self->busy = TRUE;
  self->overtaken = FALSE;
  step = g_ptr_array_steal_index (steps, steps->len - 1);
  tell (self);
  return step;
}

void
rfi_undo_stack_settle (RfiUndoStack *self,
                       gboolean      redo,
                       RfiUndoStep  *moved,
                       RfiUndoStep  *left)
{
  g_return_if_fail (RFI_IS_UNDO_STACK (self));
  g_return_if_fail (self->busy);

  self->busy = FALSE;
  set_barrier (self, NULL);
  /* What was done meanwhile ends what could be done again. */
  if (redo || !self->overtaken)
    push (redo ? self->undo : self->redo, g_object_ref (moved));
  if (!redo || !self->overtaken)
    push (redo ? self->redo : self->undo, g_object_ref (left));
  tell (self);
  tell_ready (self);
}
