/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-history-marks.h"
#include "rfi-history-query.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What a history tells, part by part: the server's, where it keeps one and this person may read it,
 * or what is kept here. Errors are RFI_SESSION_ERROR; all answer in the main thread. */

typedef struct
{
  GPtrArray *entries;  /* (element-type RfiAuditEntry): newest first */
  gint64     next;     /* for the part that follows; 0 = this was the last */
  gint64     head;     /* the `after` for what is newer than all this was looked for in */
  guint      n_records; /* of which it has all entries */
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
  gint64      head;        /* number of the last record there is */
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

/* How many records answer a question and where the parts of them begin. finish: Returns:
 * (transfer full) */
void       rfi_session_mark_history_async    (RfiSession            *self,
                                              const RfiHistoryQuery *query,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
RfiHistoryMarks *rfi_session_mark_history_finish (RfiSession         *self,
                                              GAsyncResult          *result,
                                              GError               **error);

/* The same of what this console keeps, of which each entry is a record; `text` of the query does
 * not matter. */
void       rfi_session_query_known_async     (RfiSession            *self,
                                              const RfiHistoryQuery *query,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
RfiHistoryPart *rfi_session_query_known_finish (RfiSession          *self,
                                              GAsyncResult          *result,
                                              GError               **error);
void       rfi_session_mark_known_async      (RfiSession            *self,
                                              const RfiHistoryQuery *query,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
RfiHistoryMarks *rfi_session_mark_known_finish (RfiSession          *self,
                                              GAsyncResult          *result,
                                              GError               **error);

/* Asks the server who did what this console only saw happen to a job, and keeps it.
 * finish: of how many lines it is known now, -1 on error */
void       rfi_session_credit_history_async  (RfiSession            *self,
                                              const char            *job_id,
                                              GCancellable          *cancellable,
                                              GAsyncReadyCallback    callback,
                                              gpointer               user_data);
int        rfi_session_credit_history_finish (RfiSession            *self,
                                              GAsyncResult          *result,
                                              GError               **error);

G_END_DECLS
