/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-sorter.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_SHEET (rfi_job_sheet_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobSheet, rfi_job_sheet, RFI, JOB_SHEET, GObject)

/**
 * RfiJobSheet:
 *
 * A GListModel of RfiJobItem: all jobs of a table that pass a filter, sorted by several keys. It
 * follows both: one changed job costs a binary search and one small items-changed. Many jobs are
 * sorted beside the main loop; until that is done they stand as they did.
 *
 * Properties (read only, notify): `n-items`, `n-hidden` (jobs that the filter hides), `sorting`.
 */
RfiJobSheet        *rfi_job_sheet_new          (RfiJobTable        *table,
                                                RfiJobFilter       *filter);
void                rfi_job_sheet_set_sorter   (RfiJobSheet        *self,
                                                const RfiJobSorter *sorter);
guint               rfi_job_sheet_get_n_hidden (RfiJobSheet        *self);
gboolean            rfi_job_sheet_get_sorting  (RfiJobSheet        *self);
RfiJobTable        *rfi_job_sheet_get_table    (RfiJobSheet        *self);

/* The job at @position, without making an item. Returns: (transfer none) (nullable) */
RfiJobState        *rfi_job_sheet_peek         (RfiJobSheet        *self,
                                                guint               position);

/* The rows of the table as they stand, for who goes through them in slices.
 * Returns: (transfer full) (array length=n_rows) */
guint32            *rfi_job_sheet_dup_rows     (RfiJobSheet        *self,
                                                guint              *n_rows);
/* Returns: (transfer none) (nullable): %NULL if the job has gone */
RfiJobState        *rfi_job_sheet_peek_row     (RfiJobSheet        *self,
                                                guint32             row);

/* %FALSE if the job is not in the sheet. */
gboolean            rfi_job_sheet_find         (RfiJobSheet        *self,
                                                const char         *job_id,
                                                guint              *position);

G_END_DECLS
