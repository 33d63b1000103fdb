/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-column.h"

G_BEGIN_DECLS

/* More than these a header cannot show, and nobody asks for. */
#define RFI_MAX_SORT_KEYS 4

typedef struct
{
  RfiJobColumn column;
  gboolean     descending;
} RfiJobSortKey;

/* By what to sort: the first key that tells two jobs apart decides; jobs that are alike in all
 * of them stand by row number. What is empty stands last in either direction. */
typedef struct
{
  RfiJobSortKey keys[RFI_MAX_SORT_KEYS];
  guint         n_keys;
} RfiJobSorter;

/* Negative if @a in @a_row stands before @b in @b_row. */
int      _rfi_job_sorter_compare (const RfiJobSorter *self,
                                  RfiJobTable        *jobs,
                                  RfiJobState        *a,
                                  guint               a_row,
                                  RfiJobState        *b,
                                  guint               b_row);

/* Sorts rows of @jobs in place, at once: for some thousand of them. */
void     _rfi_job_sorter_sort    (const RfiJobSorter *self,
                                  RfiJobTable        *jobs,
                                  guint32            *rows,
                                  guint               n_rows);

/* The same for any number: what there is to compare is read from the rows in slices of the main
 * loop, a thread sorts that. Rows that change meanwhile stand anywhere.
 * @rows: (transfer full). finish: (transfer full) (nullable): the same rows, sorted */
void     _rfi_job_sorter_sort_async  (const RfiJobSorter *self,
                                      RfiJobTable        *jobs,
                                      guint32            *rows,
                                      guint               n_rows,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
guint32 *_rfi_job_sorter_sort_finish (GAsyncResult       *result,
                                      GError            **error);

G_END_DECLS
