/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-table.h"

G_BEGIN_DECLS

/* How many jobs there are of each kind, counted in one pass. */
typedef struct
{
  guint n_jobs;
  guint n_unassigned;                      /* open ones without a technician */
  guint open_priorities[RFI_N_PRIORITIES]; /* of jobs that are not over */
  guint statuses[RFI_N_STATUSES];
  guint marks[RFI_MARK_CONFLICT + 1];
} RfiJobCounts;

void rfi_job_counts_take (RfiJobCounts *self,
                          RfiJobTable  *jobs);

G_END_DECLS
