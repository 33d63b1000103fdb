/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-counts.h"
#include "rfi-job-state.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_TABLE (rfi_job_table_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobTable, rfi_job_table, RFI, JOB_TABLE, GObject)

/**
 * RfiJobTable:
 *
 * The in-memory index of cached jobs, for the main thread: compact rows, id → row. The session
 * fills it; views read it.
 *
 * Properties: `n-jobs`.
 */
RfiJobTable *rfi_job_table_new        (void);
guint        rfi_job_table_get_n_jobs (RfiJobTable *self);

/* Returns: (transfer none) (nullable) */
RfiJobState *rfi_job_table_lookup     (RfiJobTable *self,
                                       const char  *job_id);

/* The one item of a job. Returns: (transfer full) (nullable) */
RfiJobItem  *rfi_job_table_get_item   (RfiJobTable *self,
                                       const char  *job_id);

/* Takes the first load, or a batch of changes; views are told once.
 * @upserted: (element-type RfiJobState) @removed: (nullable) (element-type utf8)
 * @flash: whether somebody else made the changes */
void         rfi_job_table_apply      (RfiJobTable *self,
                                       GPtrArray   *upserted,
                                       GPtrArray   *removed,
                                       gboolean     flash);
void         rfi_job_table_rename     (RfiJobTable *self,
                                       const char  *old_id,
                                       const char  *new_id);

/* The operation of which job is in flight; its item reads RFI_MARK_SYNCING. (nullable) */
void         rfi_job_table_set_sending (RfiJobTable *self,
                                        const char  *job_id);

/* As they are now; kept up to date, never counted. */
const RfiJobCounts *rfi_job_table_get_counts (RfiJobTable *self);
/* For rankings: per technician how many jobs are assigned or in progress. */
guint        rfi_job_table_count_open (RfiJobTable *self,
                                       const char  *technician_id);
/* Calls @func for each job; it must not change the table. */
typedef void (*RfiJobTableFunc)       (RfiJobState *state,
                                       gpointer     user_data);
void         rfi_job_table_foreach    (RfiJobTable *self,
                                       RfiJobTableFunc func,
                                       gpointer     user_data);

G_END_DECLS
