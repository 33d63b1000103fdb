/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-undo-step"

#include "config.h"

#include "rfi-undo-step.h"

struct _RfiUndoStep
{
  GObject    parent_instance;

  GPtrArray *deeds;  /* (owned) (element-type RfiDeed) */
  guint      group;
};

G_DEFINE_FINAL_TYPE (RfiUndoStep, rfi_undo_step, G_TYPE_OBJECT)

static void
rfi_undo_step_finalize (GObject *object)
{
  g_ptr_array_unref (RFI_UNDO_STEP (object)->deeds);

  G_OBJECT_CLASS (rfi_undo_step_parent_class)->finalize (object);
}

static void
rfi_undo_step_class_init (RfiUndoStepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_undo_step_finalize;
}

static void
rfi_undo_step_init (RfiUndoStep *self)
{
  self->deeds = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_deed_unref);
}

RfiUndoStep *
rfi_undo_step_new (void)
{
  return g_object_new (RFI_TYPE_UNDO_STEP, NULL);
}

void
rfi_undo_step_add (RfiUndoStep *self,
                   RfiDeed     *deed)
{
  g_return_if_fail (RFI_IS_UNDO_STEP (self));

  g_ptr_array_add (self->deeds, rfi_deed_ref (deed));
}

guint
rfi_undo_step_get_n_deeds (RfiUndoStep *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STEP (self), 0);

  return self->deeds->len;
}

RfiDeed *
rfi_undo_step_get_deed (RfiUndoStep *self,
                        guint        position)
{
  g_return_val_if_fail (RFI_IS_UNDO_STEP (self), NULL);
  g_return_val_if_fail (position < self->deeds->len, NULL);

  return g_ptr_array_index (self->deeds, position);
}

void
rfi_undo_step_set_group (RfiUndoStep *self,
                         guint        group)
{
  g_return_if_fail (RFI_IS_UNDO_STEP (self));

  self->group = group;
}

guint
rfi_undo_step_get_group (RfiUndoStep *self)
{
  g_return_val_if_fail (RFI_IS_UNDO_STEP (self), 0);

  return self->group;
}

gboolean
rfi_undo_step_drop (RfiUndoStep *self,
                    RfiJobItem  *item)
{
  guint n = self->deeds->len;

  g_return_val_if_fail (RFI_IS_UNDO_STEP (self), FALSE);

  for (guint i = n; i > 0; i--)
    if (((RfiDeed *) g_ptr_array_index (self->deeds, i - 1))->item == item)
      g_ptr_array_remove_index (self->deeds, i - 1);
  return self->deeds->len < n;
}
