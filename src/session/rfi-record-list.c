/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-record-list"

#include "config.h"

#include "rfi-record-list.h"

#include "rfi-record-item.h"
#include "rfi-row-list.h"

#define N_RANGES 8

struct _RfiRecordList
{
  GObject           parent_instance;

  GType             type;
  RfiRecordKeyFunc  get_key;
  GPtrArray        *items;   /* (element-type RfiRecordItem) */
  GHashTable       *by_key;  /* (element-type utf8 RfiRecordItem): keys lie in the records */
};

enum {
  PROP_0,
  PROP_N_ITEMS,
  N_PROPS
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiRecordList, rfi_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];

static GType
rfi_record_list_get_item_type (GListModel *model)
{
  return RFI_TYPE_RECORD_ITEM;
}

static guint
rfi_record_list_get_n_items (GListModel *model)
{
  return RFI_RECORD_LIST (model)->items->len;
}

static gpointer
rfi_record_list_get_item (GListModel *model,
                          guint       position)
{
  RfiRecordList *self = RFI_RECORD_LIST (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rfi_record_list_get_item_type;
  iface->get_n_items = rfi_record_list_get_n_items;
  iface->get_item = rfi_record_list_get_item;
}

static void
rfi_record_list_finalize (GObject *object)
{
  RfiRecordList *self = RFI_RECORD_LIST (object);

  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (rfi_record_list_parent_class)->finalize (object);
}

static void
rfi_record_list_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, RFI_RECORD_LIST (object)->items->len);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_record_list_class_init (RfiRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_record_list_finalize;
  object_class->get_property = rfi_record_list_get_property;

  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_record_list_init (RfiRecordList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
}

RfiRecordList *
rfi_record_list_new (GType            type,
                     RfiRecordKeyFunc get_key)
{
  RfiRecordList *self = g_object_new (RFI_TYPE_RECORD_LIST, NULL);

  self->type = type;
  self->get_key = get_key;
  return self;
}

/* The items of the new content, in order: kept ones where the key is known. */
static GPtrArray *
make_items (RfiRecordList *self,
            GPtrArray     *records)
{
  GPtrArray *items = g_ptr_array_new_full (records->len, g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      gpointer record = g_ptr_array_index (records, i);
      RfiRecordItem *item = g_hash_table_lookup (self->by_key, self->get_key (record));

      g_ptr_array_add (items, item != NULL ? g_object_ref (item)
                                           : rfi_record_item_new (self->type, record));
    }

  return items;
}

/* Numbers the items of both lists, the same item the same.
 * @touched: (out): by number: not 0 for those in only one list; %NULL if others moved
 */
static guint8 *
number_items (GPtrArray  *before,
              GPtrArray  *after,
              RfiRowList *before_rows,
              RfiRowList *after_rows)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (NULL, NULL);
  guint8 *touched = g_new (guint8, before->len + after->len + 1);
  guint next_kept = 0;

  for (guint row = 0; row < before->len; row++)
    {
      g_hash_table_insert (numbers, g_ptr_array_index (before, row), GUINT_TO_POINTER (row));
      rfi_row_list_append (before_rows, &row, 1);
      touched[row] = 1;
    }

  for (guint i = 0; i < after->len; i++)
    {
      guint32 row = before->len + i;
      gpointer known;

      touched[row] = 1;
      if (g_hash_table_lookup_extended (numbers, g_ptr_array_index (after, i), NULL, &known))
        {
          row = GPOINTER_TO_UINT (known);
          /* An item that others have overtaken is told as going and coming. */
          if (row >= next_kept)
            {
              touched[row] = 0;
              next_kept = row + 1;
            }
        }
      rfi_row_list_append (after_rows, &row, 1);
    }

  return touched;
}

static void
show_items (RfiRecordList *self,
            GPtrArray     *items)
{
  guint n_before = self->items->len;
  RfiRowList before = { NULL, };
  RfiRowList after = { NULL, };
  g_autofree guint8 *touched = number_items (self->items, items, &before, &after);
  g_autoptr(GArray) ranges = rfi_row_list_diff (&before, &after, touched, N_RANGES,
                                                 G_MAXUINT);

  for (guint i = 0; i < ranges->len; i++)
    {
      RfiRowRange *range = &g_array_index (ranges, RfiRowRange, i);

      if (range->n_removed > 0)
        g_ptr_array_remove_range (self->items, range->position, range->n_removed);
      for (guint k = 0; k < range->n_added; k++)
        g_ptr_array_insert (self->items, (int) (range->position + k),
                            g_object_ref (g_ptr_array_index (items, range->position + k)));
      g_list_model_items_changed (G_LIST_MODEL (self), range->position, range->n_removed,
                                  range->n_added);
    }

  rfi_row_list_clear (&before);
  rfi_row_list_clear (&after);
  if (self->items->len != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

void
rfi_record_list_set (RfiRecordList *self,
                     GPtrArray     *records)
{
  g_autoptr(GPtrArray) items = NULL;

  g_return_if_fail (RFI_IS_RECORD_LIST (self));

  items = make_items (self, records);
  g_hash_table_remove_all (self->by_key);
  for (guint i = 0; i < items->len; i++)
    {
      RfiRecordItem *item = g_ptr_array_index (items, i);

      rfi_record_item_set (item, g_ptr_array_index (records, i));
      g_hash_table_insert (self->by_key, (gpointer) self->get_key (rfi_record_item_get (item)),
                           item);
    }

  show_items (self, items);
}

gpointer
rfi_record_list_find (RfiRecordList *self,
                      const char    *key)
{
  RfiRecordItem *item;

  g_return_val_if_fail (RFI_IS_RECORD_LIST (self), NULL);

  item = key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
  return item != NULL ? rfi_record_item_get (item) : NULL;
}
