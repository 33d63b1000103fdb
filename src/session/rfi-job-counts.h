/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"

G_BEGIN_DECLS

/* How many jobs there are of each kind, counted as they come and go. */
typedef struct
{
  guint n_jobs;
  guint n_unassigned;                      /* open ones without a technician */
  guint open_priorities[RFI_N_PRIORITIES]; /* of jobs that are not over */
  guint statuses[RFI_N_STATUSES];
  guint marks[RFI_MARK_CONFLICT + 1];
  guint workloads;                         /* differs once who has how many does */
} RfiJobCounts;

/* @step: 1 for one that comes, -1 for one that goes */
void rfi_job_counts_add (RfiJobCounts *self,
                         RfiJobState  *state,
                         int           step);

G_END_DECLS
