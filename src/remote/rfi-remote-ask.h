/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-remote.h"

G_BEGIN_DECLS

/* A call of Sync v1 whose answer somebody wants to look at now; nothing is kept of it.
 * @path: below /api, escaped, with its query
 * @json: (transfer full) (nullable): what is posted; %NULL: it only reads
 * finish: Returns: (transfer full): JSON */
void    rfi_remote_ask_async  (RfiRemote            *self,
                               const char           *path,
                               GString              *json,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data);
GBytes *rfi_remote_ask_finish (RfiRemote            *self,
                               GAsyncResult         *result,
                               GError              **error);

G_END_DECLS
