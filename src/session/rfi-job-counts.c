/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-counts"

#include "config.h"

#include "rfi-job-counts.h"

void
rfi_job_counts_add (RfiJobCounts *self,
                    RfiJobState  *state,
                    int           step)
{
  const RfiJob *job = state->work;

  self->n_jobs += step;
  self->statuses[job->status] += step;
  self->marks[state->mark] += step;
  if (rfi_status_is_final (job->status))
    return;

  self->open_priorities[job->priority] += step;
  if (job->assigned_to != NULL && job->status != RFI_STATUS_PENDING)
    self->workloads += (guint) step * g_str_hash (job->assigned_to);
  if (job->assigned_to == NULL || job->assigned_to[0] == '\0')
    self->n_unassigned += step;
}
