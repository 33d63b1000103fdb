/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"

G_BEGIN_DECLS

/* What the server told that is nobody's own, kept for when it can't be asked. The store does not
 * look into it. */
typedef struct
{
  char *id;
  char *text;
} RfiToldRecord;

RfiToldRecord *rfi_told_record_new        (const char *id, const char *text);
void           rfi_told_record_free       (RfiToldRecord *self);

/* These and no others, as of @now, ms since 1970. Does not wait for the disk: they are told again.
 * Ends with rfi_store_finish(). @records: (element-type RfiToldRecord): stays as it is */
void           rfi_store_keep_told_async  (RfiStore *self, GPtrArray *records, gint64 now,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* Those that can be read: what is damaged goes, and is there again once it is told again.
 * finish: (transfer full) (element-type RfiToldRecord). @told_at: (out): 0 = never */
void           rfi_store_list_told_async  (RfiStore *self, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *rfi_store_list_told_finish (RfiStore *self, GAsyncResult *result, gint64 *told_at,
                                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiToldRecord, rfi_told_record_free)

G_END_DECLS
