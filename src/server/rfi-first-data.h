/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-store.h"

G_BEGIN_DECLS

/* The contract's accounts and jobs, into a store that has none. @now: ms since 1970 */
gboolean rfi_first_data_fill (RfiServerStore  *store,
                              gint64           now,
                              GError         **error);

G_END_DECLS
