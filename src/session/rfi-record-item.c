/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-record-item"

#include "config.h"

#include "rfi-record-item.h"

struct _RfiRecordItem
{
  GObject  parent_instance;

  GType    type;    /* boxed */
  gpointer record;  /* (owned), of @type */
};

enum {
  PROP_0,
  PROP_RECORD,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiRecordItem, rfi_record_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
rfi_record_item_finalize (GObject *object)
{
  RfiRecordItem *self = RFI_RECORD_ITEM (object);

  if (self->record != NULL)
    g_boxed_free (self->type, self->record);

  G_OBJECT_CLASS (rfi_record_item_parent_class)->finalize (object);
}

static void
rfi_record_item_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RfiRecordItem *self = RFI_RECORD_ITEM (object);

  switch (prop_id)
    {
    case PROP_RECORD:
      g_value_set_pointer (value, self->record);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_record_item_class_init (RfiRecordItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_record_item_finalize;
  object_class->get_property = rfi_record_item_get_property;

  /* Its boxed type differs from item to item, which a boxed property cannot say. */
  properties[PROP_RECORD] =
    g_param_spec_pointer ("record", NULL, NULL,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_record_item_init (RfiRecordItem *self)
{
}

RfiRecordItem *
rfi_record_item_new (GType    type,
                     gpointer record)
{
  RfiRecordItem *self;

  g_return_val_if_fail (G_TYPE_IS_BOXED (type), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  self = g_object_new (RFI_TYPE_RECORD_ITEM, NULL);
  self->type = type;
  self->record = g_boxed_copy (type, record);
  return self;
}

gpointer
rfi_record_item_get (RfiRecordItem *self)
{
  g_return_val_if_fail (RFI_IS_RECORD_ITEM (self), NULL);

  return self->record;
}

void
rfi_record_item_set (RfiRecordItem *self,
                     gpointer       record)
{
  g_return_if_fail (RFI_IS_RECORD_ITEM (self));
  g_return_if_fail (record != NULL);

  if (self->record == record)
    return;

  g_boxed_free (self->type, self->record);
  self->record = g_boxed_copy (self->type, record);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
}
