/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-operation.h"
#include "rfi-store.h"

G_BEGIN_DECLS

/* What waits to be sent, and what a server's answer does to it. Those without a finish of their
 * own end with rfi_store_finish(). */

/* More than this many are refused, but for steps of a job's status and for urgent ones. */
#define RFI_STORE_QUEUE_LIMIT 500

/* Puts a person's change on disk, with its effect and its line of history. finish: (transfer full):
 * the operation with its place in the order */
void          rfi_store_enqueue_async  (RfiStore *self, RfiOperation *operation,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
RfiOperation *rfi_store_enqueue_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* In the order of typing. finish: (transfer full) (element-type RfiOperation) */
void          rfi_store_list_outbox_async  (RfiStore *self, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *rfi_store_list_outbox_finish (RfiStore *self, GAsyncResult *result, GError **error);

/* A try begins (@code %NULL, @maybe_applied %TRUE: durable before the first byte leaves) or has
 * failed (@code, counts as an attempt). @code, @message: (nullable). What a person gave up in the
 * meantime may not begin (RFI_STORE_ERROR_GONE); that it failed or was refused is no error. */
void          rfi_store_record_attempt_async (RfiStore *self, const char *operation_id,
                                              gboolean maybe_applied, const char *code,
                                              const char *message, gint64 next_try_at,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);

/* The server has it. @row: (nullable): the job as it now stands there; %NULL = it is gone there.
 * Its id may differ from the operation's: then the job is renamed everywhere. The copy of a photo
 * that was sent is deleted. An operation that was given up meanwhile is no error. */
void          rfi_store_confirm_async  (RfiStore *self, const char *operation_id, RfiJob *row,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* It merges with what the server has: to be sent again on top of @row. */
void          rfi_store_rebase_async   (RfiStore *self, const char *operation_id,
                                        const char *base_etag, RfiJob *row,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* The server refused it for good: it waits for a person. */
void          rfi_store_reject_async   (RfiStore *self, const char *operation_id,
                                        const char *code, const char *message,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* @row: (nullable): what the server has, which becomes the base; %NULL = gone */
void          rfi_store_open_conflict_async (RfiStore *self, RfiConflict *conflict, RfiJob *row,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);

/* Newest first. finish: (transfer full) (element-type RfiConflict) */
void          rfi_store_list_conflicts_async  (RfiStore *self, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
GPtrArray    *rfi_store_list_conflicts_finish (RfiStore *self, GAsyncResult *result,
                                               GError **error);

/* A person decides. @result: (nullable): the values to set over the server's, sent as
 * @new_operation_id on top of it, in the place of what was in conflict; %NULL or nothing different
 * = the server's version. If the job is gone from the server, a @result makes it anew, as last
 * seen, and what is pending on it follows (its status starts over). The losing values are in the
 * history. */
void          rfi_store_resolve_conflict_async (RfiStore *self, const char *conflict_id,
                                                RfiPatch *result, const char *new_operation_id,
                                                gint64 now, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);

/* A person lets a refused or failing operation be tried again now. */
void          rfi_store_retry_async    (RfiStore *self, const char *operation_id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* A person gives a change up; the history keeps what it would have set. Later operations of a job
 * whose creation is given up go with it. */
void          rfi_store_discard_async  (RfiStore *self, const char *operation_id, gint64 now,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

/* The same before anybody else can know of it, as if it was never typed: not of one that may have
 * been sent, nor where a later one stands on it (RFI_STORE_ERROR_GONE). */
void          rfi_store_take_back_async (RfiStore *self, const char *operation_id, gint64 now,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
