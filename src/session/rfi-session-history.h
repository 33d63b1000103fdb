/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* The server's history, where it keeps one (Sync v1) and this person may read it. Errors are
 * RFI_SESSION_ERROR; all answer in the main thread. */

/* Whether it can be asked now. */
gboolean   rfi_session_has_server_history    (RfiSession            *self);

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
