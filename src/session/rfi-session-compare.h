/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"

G_BEGIN_DECLS

/* What is different between two moments, of what this person may see: by the server's history, see
 * rfi-session-history.h. @from, @to: ms since 1970, in any order
 * finish: Returns: (transfer full): of RfiJobDifference, by title; the earlier moment is before */
void        rfi_session_compare_async  (RfiSession          *self,
                                        gint64               from,
                                        gint64               to,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GListModel *rfi_session_compare_finish (RfiSession          *self,
                                        GAsyncResult        *result,
                                        GError             **error);

G_END_DECLS
