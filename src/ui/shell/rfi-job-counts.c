/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-counts"

#include "config.h"

#include "rfi-job-counts.h"

static void
count_cb (RfiJobState *state,
          gpointer     user_data)
{
  RfiJobCounts *self = user_data;
  const RfiJob *job = state->work;

  self->n_jobs++;
  self->statuses[job->status]++;
  self->marks[state->mark]++;
  if (rfi_status_is_final (job->status))
    return;

  self->open_priorities[job->priority]++;
  if (job->assigned_to == NULL || job->assigned_to[0] == '\0')
    self->n_unassigned++;
}

void
rfi_job_counts_take (RfiJobCounts *self,
                     RfiJobTable  *jobs)
{
  *self = (RfiJobCounts) { 0 };
  rfi_job_table_foreach (jobs, count_cb, self);
}
