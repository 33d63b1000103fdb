/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-record-list.h"
#include "rfi-store.h"

G_BEGIN_DECLS

#define RFI_TYPE_RECORD_SOURCE (rfi_record_source_get_type ())

G_DECLARE_FINAL_TYPE (RfiRecordSource, rfi_record_source, RFI, RECORD_SOURCE, GObject)

typedef void       (*RfiRecordReadFunc)   (RfiStore             *store,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
typedef GPtrArray *(*RfiRecordFinishFunc) (RfiStore             *store,
                                           GAsyncResult         *result,
                                           GError              **error);

/**
 * RfiRecordSource:
 *
 * Keeps a list like what the store answers: reads again when told that it changed, never twice
 * at a time. Signal `updated`: after each reading.
 */
RfiRecordSource *rfi_record_source_new      (RfiStore            *store,
                                             RfiRecordList       *list,
                                             RfiRecordReadFunc    read_async,
                                             RfiRecordFinishFunc  read_finish);
RfiRecordList   *rfi_record_source_get_list (RfiRecordSource     *self);
void             rfi_record_source_refresh  (RfiRecordSource     *self);
/* No further reading. */
void             rfi_record_source_stop     (RfiRecordSource     *self);

/* What the records of the store are recognised by. */
const char      *rfi_record_key_user        (gconstpointer        record);
const char      *rfi_record_key_vendor      (gconstpointer        record);
const char      *rfi_record_key_conflict    (gconstpointer        record);
const char      *rfi_record_key_operation   (gconstpointer        record);

G_END_DECLS
