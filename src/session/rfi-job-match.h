/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-follower.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_MATCH (rfi_job_match_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobMatch, rfi_job_match, RFI, JOB_MATCH, GObject)

/**
 * RfiJobMatch:
 *
 * Which rows of a table pass a filter, worked out once for all views of the two. It stands
 * between table and views: what changes goes first into here, then to them.
 */

enum {
  RFI_MATCH_NOW = 1 << 0,
  RFI_MATCH_BEFORE = 1 << 1,  /* before the change that is just being told; for its rows only */
};

/* The one match of these two. @filter: (nullable): everything passes. Returns: (transfer full) */
RfiJobMatch   *rfi_job_match_get          (RfiJobTable        *table,
                                           RfiJobFilter       *filter);
/* By row. */
const guint8  *rfi_job_match_get_bits     (RfiJobMatch        *self);

/* How many rows pass; counted as they come and go. */
guint          rfi_job_match_get_n        (RfiJobMatch        *self);

/* Views that are told; not owned. */
void           rfi_job_match_add_view     (RfiJobMatch        *self,
                                           RfiJobFollower     *view);
void           rfi_job_match_remove_view  (RfiJobMatch        *self,
                                           RfiJobFollower     *view);

/* Before the table changes, or a view does: views that have not followed the filter yet do so. */
void           rfi_job_match_flush        (RfiJobMatch        *self);

/* From the table. @touched: (nullable): non-zero for each row of @changes; %NULL for few of them,
 * which then come one at a time. */
void           rfi_job_match_tell_changes (RfiJobMatch        *self,
                                           const RfiJobChange *changes,
                                           guint               n_changes,
                                           const guint8       *touched);
/* From the table, when all changes have been told: catches up with the filter if it changed. */
void           rfi_job_match_settle       (RfiJobMatch        *self);
/* From the table: there are rows that no view was told of. They are looked at and told whenever
 * there is nothing else to do. */
void           rfi_job_match_take_rows    (RfiJobMatch        *self);
/* From the table: there are more rows than before. */
void           rfi_job_match_reserve      (RfiJobMatch        *self);
/* From the table: the names that texts are sought in changed. */
void           rfi_job_match_invalidate   (RfiJobMatch        *self);

G_END_DECLS
