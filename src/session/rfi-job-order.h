/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"
#include "rfi-job-view.h"

G_BEGIN_DECLS

/* How views order the rows of a table. The order is total: rows that are alike otherwise
 * stand by row number, which a job keeps for life.
 */

/* Negative if job @a in row @a_row stands before job @b in row @b_row. */
int  _rfi_job_order_compare (RfiJobSort          sort,
                             const RfiJob       *a,
                             guint               a_row,
                             const RfiJob       *b,
                             guint               b_row);

/* @jobs: by row. @rows: sorted in place. Linear in @n_rows. */
typedef const RfiJob *(*RfiJobOrderFunc) (guint      row,
                                          gpointer   user_data);
void _rfi_job_order_sort    (RfiJobSort          sort,
                             guint32            *rows,
                             guint               n_rows,
                             RfiJobOrderFunc     get_job,
                             gpointer            user_data);

/* Stable, by key, in place. For any thread. */
typedef struct
{
  guint64 key;
  guint32 row;
} RfiJobOrderEntry;
void _rfi_job_order_sort_entries (RfiJobOrderEntry *entries,
                                  guint             n_entries);

/* Sorts states as RFI_JOB_SORT_URGENCY does. For any thread. @states: (element-type RfiJobState) */
void _rfi_job_order_sort_states (GPtrArray         *states);

G_END_DECLS
