/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_RECORD_ITEM (rfi_record_item_get_type ())

G_DECLARE_FINAL_TYPE (RfiRecordItem, rfi_record_item, RFI, RECORD_ITEM, GObject)

/**
 * RfiRecordItem:
 *
 * A boxed record of the model as an item of a GListModel. It keeps its identity while its
 * record is replaced, and notifies `record`.
 */
RfiRecordItem *rfi_record_item_new        (GType          type,
                                           gpointer       record);
/* Returns: (transfer none): of the boxed type it was made with */
gpointer       rfi_record_item_get        (RfiRecordItem *self);
void           rfi_record_item_set        (RfiRecordItem *self,
                                           gpointer       record);

G_END_DECLS
