/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-history-query.h"
#include "rfi-history-sheet.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* How far it is, from the main thread: entries written, and which part of all, from 0 to 1. */
typedef void (*RfiHistoryExportFunc) (guint    n_done,
                                      double   part,
                                      gpointer user_data);

/* Writes the history that answers @query, newest first, into @file, in the place of what is there:
 * the server's, or this console's. Parts are read and written by threads, one being read while
 * another is written; if it fails or is cancelled, what was there before is there still.
 * @progress: (nullable), called until the end.
 * finish: how many entries were written; errors are G_IO_ERROR of the file, else
 * RFI_SESSION_ERROR */
void     rfi_history_export_async  (RfiSession            *session,
                                    const RfiHistoryQuery *query,
                                    gboolean               server,
                                    RfiHistoryFormat       format,
                                    GFile                 *file,
                                    RfiHistoryExportFunc   progress,
                                    gpointer               progress_data,
                                    GCancellable          *cancellable,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data);
gboolean rfi_history_export_finish (GAsyncResult          *result,
                                    guint                 *n_rows,
                                    GError               **error);

G_END_DECLS
