/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_VIEW (rfi_job_view_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobView, rfi_job_view, RFI, JOB_VIEW, GObject)

typedef enum {
  RFI_JOB_SORT_URGENCY,  /* priority, then oldest first */
  RFI_JOB_SORT_AGE,      /* oldest first */
  RFI_JOB_SORT_NEWEST,
  RFI_JOB_SORT_CITY,
  RFI_JOB_SORT_UPDATED,  /* last change first; how closed lanes are kept */
  RFI_JOB_SORT_SCHEDULE, /* planned start; what has none comes last, oldest first */
} RfiJobSort;

/**
 * RfiJobView:
 *
 * A GListModel of RfiJobItem: the jobs of a table in the statuses of @statuses that pass
 * @filter, sorted. It follows both: one changed job costs O(log n) and one small items-changed,
 * a burst is gathered into one signal per tick.
 *
 * Properties: `n-items`, `n-urgent`, `oldest` (int64, ms since 1970 of the oldest job, 0 = none),
 * `n-hidden` (jobs of these statuses that the filter hides), `sort`.
 */
RfiJobView *rfi_job_view_new         (RfiJobTable  *table,
                                      RfiJobFilter *filter,
                                      guint         statuses);
/* Of those, the ones that @wanted takes. It says the same of the same job at any time, and
 * @user_data outlives the view. */
typedef gboolean (*RfiJobViewFunc)   (const RfiJob *job,
                                      gpointer      user_data);
RfiJobView *rfi_job_view_new_wanted  (RfiJobTable *table, RfiJobFilter *filter, guint statuses,
                                      RfiJobViewFunc wanted, gpointer user_data);
void        rfi_job_view_set_sort    (RfiJobView   *self,
                                      RfiJobSort    sort);
RfiJobSort  rfi_job_view_get_sort    (RfiJobView   *self);
guint       rfi_job_view_get_n_urgent (RfiJobView  *self);
guint       rfi_job_view_get_n_hidden (RfiJobView  *self);
gint64      rfi_job_view_get_oldest  (RfiJobView   *self);

/* %FALSE if the job is not in the view. */
gboolean    rfi_job_view_find        (RfiJobView   *self,
                                      const char   *job_id,
                                      guint        *position);

G_END_DECLS
