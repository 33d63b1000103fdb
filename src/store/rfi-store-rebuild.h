/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"

G_BEGIN_DECLS

/* Has all the server's rows come again, whatever is here: what is shown stays until then, and what
 * the server does not name any more goes at the end. What waits is not touched. Ends with
 * rfi_store_finish(). */
void rfi_store_rebuild_async (RfiStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data);

G_END_DECLS
