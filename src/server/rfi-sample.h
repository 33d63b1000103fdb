/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-store.h"

G_BEGIN_DECLS

/* Sample data for demonstrations and tests, never for a server that people rely on: everybody
 * knows its passwords. */
#define RFI_SAMPLE_ADMIN_PASSWORD      "admin123"
#define RFI_SAMPLE_DISPATCHER_PASSWORD "dispatch123"
#define RFI_SAMPLE_TECHNICIAN_PASSWORD "tech123"

/* The contract's five accounts and eight jobs, with a few photos. Accounts that are there
 * already stay; the jobs come only into a store that has none. @now: ms since 1970 */
gboolean rfi_sample_fill_small (RfiServerStore  *store,
                                gint64           now,
                                GError         **error);

/* The five accounts and a whole trade around them: @n_vendors companies with their people,
 * @n_jobs jobs with a history that ends at @now. The same for the same numbers and @seed, but
 * for the times, which follow @now. Nothing happens in a store that has jobs already. */
gboolean rfi_sample_fill_large (RfiServerStore  *store,
                                guint            n_vendors,
                                guint            n_jobs,
                                guint64          seed,
                                gint64           now,
                                GError         **error);

G_END_DECLS
