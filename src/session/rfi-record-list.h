/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_RECORD_LIST (rfi_record_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiRecordList, rfi_record_list, RFI, RECORD_LIST, GObject)

/* What a record is recognised by. */
typedef const char *(*RfiRecordKeyFunc) (gconstpointer record);

/**
 * RfiRecordList:
 *
 * A GListModel of RfiRecordItem that is always given its whole content anew and tells only what
 * differs: a record with a known key keeps its item.
 *
 * Properties: `n-items`.
 */
RfiRecordList *rfi_record_list_new (GType             type,
                                    RfiRecordKeyFunc  get_key);

/* @records: boxed values of the list's type, no key twice */
void           rfi_record_list_set (RfiRecordList    *self,
                                    GPtrArray        *records);

/* Returns: (transfer none) (nullable): the record */
gpointer       rfi_record_list_find (RfiRecordList   *self,
                                     const char      *key);

G_END_DECLS
