/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-selection"

#include "config.h"

#include "rfi-job-selection.h"

#include "rfi-job-item.h"

struct _RfiJobSelection
{
  GObject     parent_instance;

  GPtrArray  *items;     /* (owned) (element-type RfiJobItem): in the order of selecting */
  GHashTable *set;       /* (owned) (element-type RfiJobItem): the same */
  RfiJobItem *cursor;    /* (nullable): one of them */
};

enum {
  PROP_0,
  PROP_CURSOR,
  PROP_N_SELECTED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiJobSelection, rfi_job_selection, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void gone_cb (RfiJobItem      *item,
                     GParamSpec      *pspec,
                     RfiJobSelection *self);

static void
add (RfiJobSelection *self,
     RfiJobItem      *item)
{
  if (!g_hash_table_add (self->set, item))
    return;

  g_ptr_array_add (self->items, g_object_ref (item));
  g_signal_connect (item, "notify::gone", G_CALLBACK (gone_cb), self);
}

static void
let_go (gpointer item,
        gpointer self)
{
  g_signal_handlers_disconnect_by_func (item, gone_cb, self);
}

static void
clear (RfiJobSelection *self)
{
  g_ptr_array_foreach (self->items, let_go, self);
  g_hash_table_remove_all (self->set);
  g_ptr_array_set_size (self->items, 0);
  self->cursor = NULL;
}

static void
tell (RfiJobSelection *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, changed_signal, 0);
}

static void
take_out (RfiJobSelection *self,
          RfiJobItem      *item)
{
  let_go (item, self);
  g_hash_table_remove (self->set, item);
  g_ptr_array_remove (self->items, item);
  if (self->cursor == item)
    self->cursor = self->items->len > 0 ? g_ptr_array_index (self->items, self->items->len - 1)
                                        : NULL;
}

static void
gone_cb (RfiJobItem      *item,
         GParamSpec      *pspec,
         RfiJobSelection *self)
{
  g_autoptr(RfiJobItem) held = g_object_ref (item);

  take_out (self, held);
  tell (self);
}

static void
rfi_job_selection_dispose (GObject *object)
{
  clear (RFI_JOB_SELECTION (object));

  G_OBJECT_CLASS (rfi_job_selection_parent_class)->dispose (object);
}

static void
rfi_job_selection_finalize (GObject *object)
{
  RfiJobSelection *self = RFI_JOB_SELECTION (object);

  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->set);

  G_OBJECT_CLASS (rfi_job_selection_parent_class)->finalize (object);
}

static void
rfi_job_selection_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RfiJobSelection *self = RFI_JOB_SELECTION (object);

  switch (prop_id)
    {
    case PROP_CURSOR:
      g_value_set_object (value, self->cursor);
      break;

    case PROP_N_SELECTED:
      g_value_set_uint (value, self->items->len);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_job_selection_class_init (RfiJobSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_job_selection_dispose;
  object_class->finalize = rfi_job_selection_finalize;
  object_class->get_property = rfi_job_selection_get_property;

  properties[PROP_CURSOR] = g_param_spec_object ("cursor", NULL, NULL,
                                                 RFI_TYPE_JOB_ITEM,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL,
                                                   0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", RFI_TYPE_JOB_SELECTION, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_job_selection_init (RfiJobSelection *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->set = g_hash_table_new (NULL, NULL);
}

RfiJobSelection *
rfi_job_selection_new (void)
{
  return g_object_new (RFI_TYPE_JOB_SELECTION, NULL);
}

RfiJobItem *
rfi_job_selection_get_cursor (RfiJobSelection *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SELECTION (self), NULL);

  return self->cursor;
}

guint
rfi_job_selection_get_n (RfiJobSelection *self)
{
  g_return_val_if_fail (RFI_IS_JOB_SELECTION (self), 0);

  return self->items->len;
}

gboolean
rfi_job_selection_has (RfiJobSelection *self,
                       RfiJobItem      *item)
{
  g_return_val_if_fail (RFI_IS_JOB_SELECTION (self), FALSE);

  return g_hash_table_contains (self->set, item);
}

GPtrArray *
rfi_job_selection_list (RfiJobSelection *self)
{
  GPtrArray *list;

  g_return_val_if_fail (RFI_IS_JOB_SELECTION (self), NULL);

  list = g_ptr_array_new_full (self->items->len, g_object_unref);
  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (list, g_object_ref (g_ptr_array_index (self->items, i)));
  return list;
}

void
rfi_job_selection_choose (RfiJobSelection *self,
                          RfiJobItem      *item)
{
  g_return_if_fail (RFI_IS_JOB_SELECTION (self));

  if (self->cursor == item && self->items->len == (item != NULL ? 1 : 0))
    return;

  if (item != NULL)
    g_object_ref (item);
  clear (self);
  if (item != NULL)
    add (self, item);
  self->cursor = item;
  g_clear_object (&item);
  tell (self);
}

void
rfi_job_selection_look_at (RfiJobSelection *self,
                           RfiJobItem      *item)
{
  g_return_if_fail (RFI_IS_JOB_SELECTION (self));

  if (item != NULL && self->items->len > 1 && rfi_job_selection_has (self, item))
    rfi_job_selection_change (self, NULL, NULL, item);
  else
    rfi_job_selection_choose (self, item);
}

void
rfi_job_selection_toggle (RfiJobSelection *self,
                          RfiJobItem      *item)
{
  g_return_if_fail (RFI_IS_JOB_SELECTION (self));
  g_return_if_fail (RFI_IS_JOB_ITEM (item));

  if (rfi_job_selection_has (self, item))
    {
      take_out (self, item);
    }
  else
    {
      add (self, item);
      self->cursor = item;
    }
  tell (self);
}

/* One pass, however many they are. */
static void
take_out_all (RfiJobSelection *self,
              GPtrArray       *removed)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->items);

  for (guint i = 0; i < removed->len; i++)
    if (g_hash_table_remove (self->set, g_ptr_array_index (removed, i)))
      let_go (g_ptr_array_index (removed, i), self);

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < old->len; i++)
    if (g_hash_table_contains (self->set, g_ptr_array_index (old, i)))
      g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (old, i)));
}

void
rfi_job_selection_change (RfiJobSelection *self,
                          GPtrArray       *added,
                          GPtrArray       *removed,
                          RfiJobItem      *cursor)
{
  g_return_if_fail (RFI_IS_JOB_SELECTION (self));

  if (removed != NULL && removed->len > 0)
    take_out_all (self, removed);
  for (guint i = 0; added != NULL && i < added->len; i++)
    add (self, g_ptr_array_index (added, i));

  if (cursor != NULL && g_hash_table_contains (self->set, cursor))
    self->cursor = cursor;
  else if ((added != NULL && added->len > 0) || !g_hash_table_contains (self->set, self->cursor))
    self->cursor = self->items->len > 0 ? g_ptr_array_index (self->items, self->items->len - 1)
                                        : NULL;
  tell (self);
}

void
rfi_job_selection_replace (RfiJobSelection *self,
                           GPtrArray       *items,
                           RfiJobItem      *cursor)
{
  g_autoptr(GPtrArray) old = NULL;

  g_return_if_fail (RFI_IS_JOB_SELECTION (self));
  g_return_if_fail (items != NULL);

  old = rfi_job_selection_list (self);
  clear (self);
  for (guint i = 0; i < items->len; i++)
    add (self, g_ptr_array_index (items, i));
  if (cursor != NULL && g_hash_table_contains (self->set, cursor))
    self->cursor = cursor;
  else if (items->len > 0)
    self->cursor = g_ptr_array_index (items, items->len - 1);
  tell (self);
}
