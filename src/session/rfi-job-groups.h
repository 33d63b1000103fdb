/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-view.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_GROUPS (rfi_job_groups_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobGroups, rfi_job_groups, RFI, JOB_GROUPS, GObject)

typedef enum {
  RFI_GROUPING_STATUS,      /* needs no groups: views know their statuses */
  RFI_GROUPING_TECHNICIAN,  /* by user id, "" is nobody */
  RFI_GROUPING_VENDOR,      /* by id */
} RfiGrouping;

/**
 * RfiJobGroups:
 *
 * The jobs of some statuses by who has them: how many of each group pass the filter, and a view of
 * any one group, made without looking at the jobs of the others. It follows table and filter; one
 * changed job costs O(1). For the main thread.
 *
 * Signals: `changed`: some group has its first job that passes, or lost its last; `counted`: other
 * numbers than before, for totals.
 */

/* @by: not RFI_GROUPING_STATUS. @filter: (nullable). @statuses: bits */
RfiJobGroups *rfi_job_groups_new       (RfiJobTable   *table,
                                        RfiJobFilter  *filter,
                                        RfiGrouping    by,
                                        guint          statuses);

/* The group a job is in. Returns: (transfer none) */
const char   *rfi_job_groups_key       (RfiGrouping    by,
                                        const RfiJob  *job);

/* How many of that group pass the filter; of all groups; and how many it hides. */
guint         rfi_job_groups_count     (RfiJobGroups  *self,
                                        const char    *key);
guint         rfi_job_groups_get_n     (RfiJobGroups  *self);
guint         rfi_job_groups_get_n_hidden (RfiJobGroups *self);

/* The groups of which some pass. Returns: (transfer container) (element-type utf8): not sorted;
 * valid as long as @self is */
GPtrArray    *rfi_job_groups_list      (RfiJobGroups  *self);

/* Returns: (transfer full) */
RfiJobView   *rfi_job_groups_make_view (RfiJobGroups  *self,
                                        const char    *key);

G_END_DECLS
