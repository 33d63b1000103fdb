/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-history-query.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* The server's history, where it keeps one (Sync v1) and this person may read it. Errors are
 * RFI_SESSION_ERROR; all answer in the main thread. */

/* Whether it can be asked now. */
gboolean   rfi_session_has_server_history    (RfiSession            *self);

typedef struct
{
  GPtrArray *entries;  /* (element-type RfiAuditEntry): newest first */
  gint64     next;     /* for the part that follows; 0 = this was the last */
} RfiHistoryPart;

void       rfi_history_part_free             (RfiHistoryPart        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHistoryPart, rfi_history_part_free)

/* What the server said, before it is read. */
typedef struct
{
  GBytes     *bytes;
  const char *list;        /* where in @bytes its records are … */
  const char *list_end;    /* … and are no more */
  char       *own_device;  /* (nullable) */
  gint64      next;        /* as of a part */
} RfiHistoryAnswer;

void       rfi_history_answer_free           (RfiHistoryAnswer      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiHistoryAnswer, rfi_history_answer_free)

/* The entries, newest first; from any thread. RFI_SESSION_ERROR_ALTERED of an entry whose hash is
 * not its: it is not shown as if it were true.
 * Returns: (transfer full) (element-type RfiAuditEntry) */
GPtrArray *rfi_history_answer_read           (const RfiHistoryAnswer *self,
                                              GError               **error);

/* For who has much to read: what follows can be asked for before this is read.
 * finish: Returns: (transfer full) */
void       rfi_session_fetch_history_async   (RfiSession            *self,
                                              const RfiHistoryQuery *query,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
RfiHistoryAnswer *rfi_session_fetch_history_finish (RfiSession      *self,
                                              GAsyncResult          *result,
                                              GError               **error);

/* Both in one. finish: Returns: (transfer full) */
void       rfi_session_query_history_async   (RfiSession            *self,
                                              const RfiHistoryQuery *query,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
RfiHistoryPart *rfi_session_query_history_finish (RfiSession        *self,
                                              GAsyncResult          *result,
                                              GError               **error);

/* What the whole chain looks like. */
typedef struct
{
  gint64   n_entries;  /* that fit */
  gint64   broken;     /* number of the first one that does not, 0 = none */
  gboolean missing;    /* it is not there at all, instead of altered */
} RfiHistoryVerdict;

/* @done of @total entries are verified. */
typedef void (*RfiHistoryProgressFunc)       (gint64                 done,
                                              gint64                 total,
                                              gpointer               user_data);

/* Lets the server recompute it, part by part. For admins.
 * @progress: (nullable): called with @user_data until it is finished */
void       rfi_session_verify_history_async  (RfiSession            *self,
                                              GCancellable          *cancellable,
                                              RfiHistoryProgressFunc progress,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
gboolean   rfi_session_verify_history_finish (RfiSession            *self,
                                              GAsyncResult          *result,
                                              RfiHistoryVerdict     *verdict,
                                              GError               **error);

/* When the history begins, as far as this person may see it. finish: ms since 1970, 0 if nothing
 * happened yet, -1 on error */
void       rfi_session_find_history_begin_async (RfiSession         *self,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
gint64     rfi_session_find_history_begin_finish (RfiSession        *self,
                                              GAsyncResult          *result,
                                              GError               **error);

/* All jobs as they stood at @at, ms since 1970: what is here, with what was different then.
 * Photos are not told. finish: Returns: (transfer full) */
void       rfi_session_load_as_of_async      (RfiSession            *self,
                                              gint64                 at,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
RfiJobTable *rfi_session_load_as_of_finish   (RfiSession            *self,
                                              GAsyncResult          *result,
                                              GError               **error);

G_END_DECLS
