/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-job.h"
#include "rfi-server-scope.h"
#include "rfi-server-tally.h"

G_BEGIN_DECLS

/* How many jobs each scope has and the sum of their rows, kept up as jobs change: a client that
 * holds the same number and sum holds the same jobs. Errors are RFI_DB_ERROR. */

typedef struct
{
  gint64  n;
  guint64 sum;  /* see rfi_scope_sum_row() */
} RfiServerSum;

/* Zeros for a scope that never had a job. */
gboolean rfi_server_sums_get    (RfiDb           *db,
                                 const RfiScope  *scope,
                                 RfiServerSum    *sum,
                                 GError         **error);

/* The sums after @previous became @job. %NULL: it was not there before, or is not any more. */
gboolean rfi_server_sums_change (RfiDb           *db,
                                 const RfiJob    *previous,
                                 const RfiJob    *job,
                                 GError         **error);

/* Adds to the sums of one scope, at once. */
gboolean rfi_server_sums_add    (RfiDb                    *db,
                                 const RfiServerTallySum  *added,
                                 GError                  **error);

/* Counts everything, in a database that was made without sums. Inside a transaction. */
gboolean rfi_server_sums_begin  (RfiDb           *db,
                                 GError         **error);

G_END_DECLS
