/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* Conflicts that are not settled by whoever made them, and decisions that are thought over. All end
 * with rfi_store_finish(). */

/* A person decides about a conflict of somebody else, which is not in this store: a signed
 * operation like any other. Without a key to sign with it cannot be (RFI_STORE_ERROR_KEY).
 * @conflict: with its record. @result: (nullable): to be set over theirs; %NULL = that stands */
void rfi_store_decide_async   (RfiStore *self, RfiConflict *conflict, RfiPatch *result,
                               const char *user_id, const char *new_operation_id, gint64 now,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/* Somebody else settled a conflict of this store: what waited is over, and what it would have set
 * is in the history. @result: (nullable): what they set. That it is gone already is no error. */
void rfi_store_settle_async   (RfiStore *self, const char *conflict_id, const char *user_id,
                               RfiPatch *result, gint64 now, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/* A decision is taken back before a byte of it can have left, and the conflict is open again.
 * RFI_STORE_ERROR_GONE: it may have, or something was built upon it.
 * @conflict: as it was. @operation_id: as the decision was made with */
void rfi_store_undecide_async (RfiStore *self, RfiConflict *conflict, const char *operation_id,
                               gint64 now, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
