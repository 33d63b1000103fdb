/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-bulk-entry"

#include "config.h"

#include "rfi-bulk-entry.h"

#include "rfi-job-item.h"

struct _RfiBulkEntry
{
  GObject           parent_instance;

  RfiJobItem       *item;      /* (owned) */
  RfiOperationKind  kind;
  RfiPatch         *patch;     /* (owned) */
  RfiBulkState      state;
  GError           *error;     /* (owned) (nullable) */
  RfiDeed          *origin;    /* (owned) (nullable) */
  RfiPatch         *expected;  /* (owned) (nullable) */
  RfiDeed          *deed;      /* (owned) (nullable) */
};

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RfiBulkEntry, rfi_bulk_entry, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
rfi_bulk_entry_finalize (GObject *object)
{
  RfiBulkEntry *self = RFI_BULK_ENTRY (object);

  g_object_unref (self->item);
  rfi_patch_unref (self->patch);
  g_clear_error (&self->error);
  g_clear_pointer (&self->origin, rfi_deed_unref);
  g_clear_pointer (&self->expected, rfi_patch_unref);
  g_clear_pointer (&self->deed, rfi_deed_unref);

  G_OBJECT_CLASS (rfi_bulk_entry_parent_class)->finalize (object);
}

static void
rfi_bulk_entry_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) RFI_BULK_ENTRY (object)->state);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
rfi_bulk_entry_class_init (RfiBulkEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rfi_bulk_entry_finalize;
  object_class->get_property = rfi_bulk_entry_get_property;

  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, 0, RFI_N_BULK_STATES - 1, 0,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rfi_bulk_entry_init (RfiBulkEntry *self)
{
}

RfiBulkEntry *
rfi_bulk_entry_new (RfiJobItem       *item,
                    RfiOperationKind  kind,
                    RfiPatch         *patch)
{
  RfiBulkEntry *self = g_object_new (RFI_TYPE_BULK_ENTRY, NULL);

  self->item = g_object_ref (item);
  self->kind = kind;
  self->patch = rfi_patch_ref (patch);
  return self;
}

RfiJobItem *
rfi_bulk_entry_get_item (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), NULL);

  return self->item;
}

RfiOperationKind
rfi_bulk_entry_get_kind (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), RFI_OPERATION_VOID);

  return self->kind;
}

RfiPatch *
rfi_bulk_entry_get_patch (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), NULL);

  return self->patch;
}

RfiBulkState
rfi_bulk_entry_get_state (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), RFI_BULK_REFUSED);

  return self->state;
}

const GError *
rfi_bulk_entry_get_error (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), NULL);

  return self->error;
}

RfiDeed *
rfi_bulk_entry_get_origin (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), NULL);

  return self->origin;
}

RfiPatch *
rfi_bulk_entry_get_expected (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), NULL);

  return self->expected;
}

void
rfi_bulk_entry_set_state (RfiBulkEntry *self,
                          RfiBulkState  state,
                          GError       *error)
{
  g_return_if_fail (RFI_IS_BULK_ENTRY (self));

  g_clear_error (&self->error);
  self->error = error;
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
rfi_bulk_entry_set_origin (RfiBulkEntry *self,
                           RfiDeed      *origin,
                           RfiPatch     *expected)
{
  g_return_if_fail (RFI_IS_BULK_ENTRY (self));

  self->origin = rfi_deed_ref (origin);
  self->expected = rfi_patch_ref (expected);
}

void
rfi_bulk_entry_set_deed (RfiBulkEntry *self,
                         RfiDeed      *deed)
{
  g_return_if_fail (RFI_IS_BULK_ENTRY (self));

  g_clear_pointer (&self->deed, rfi_deed_unref);
  if (deed != NULL)
    self->deed = rfi_deed_ref (deed);
}

RfiDeed *
rfi_bulk_entry_get_deed (RfiBulkEntry *self)
{
  g_return_val_if_fail (RFI_IS_BULK_ENTRY (self), NULL);

  return self->deed;
}
