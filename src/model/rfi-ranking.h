/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-rules.h"

G_BEGIN_DECLS

/* What speaks for or against a technician. The words are made in the user interface. */
typedef enum {
  RFI_FACTOR_OPEN_JOBS,    /* n jobs assigned or in progress */
  RFI_FACTOR_SAME_STORE,   /* n of their open jobs are in the same store */
  RFI_FACTOR_SAME_CITY,    /* n of their open jobs are in the same city, another store */
  RFI_FACTOR_SAME_ZIP,     /* n of their open jobs share the first three digits of the ZIP code */
  RFI_FACTOR_KNOWS_STORE,  /* n jobs completed in the same store */
  RFI_FACTOR_WORKING,      /* n jobs in progress right now */
  RFI_FACTOR_HAS_IT,       /* has this job already */
} RfiFactor;

#define RFI_N_FACTORS 7

/* One technician as an answer to "who should do this job?" */
typedef struct
{
  RfiUser    *technician;               /* (owned) */
  RfiVerdict  verdict;                  /* RFI_VERDICT_OK, or the hard limit that excludes them */
  int         score;                    /* only to be compared; higher is better */
  guint       factors[RFI_N_FACTORS];   /* n of each */
  RfiJob     *current;                  /* (owned) (nullable): what they work on right now */
} RfiCandidate;

/**
 * RfiRanking:
 *
 * Orders the technicians for one job: first hard limits, then a score that anyone can recompute
 * from the factors; equal ones by name. Pure. Feed it every cached job once, then finish.
 */
typedef struct _RfiRanking RfiRanking;

/* @user: who asks @technicians: (element-type RfiUser) */
RfiRanking *rfi_ranking_new     (const RfiUser *user,
                                 RfiJob        *job,
                                 GPtrArray     *technicians);
void        rfi_ranking_add_job (RfiRanking    *self,
                                 RfiJob        *other);

/* Frees @self. Returns: (transfer full) (element-type RfiCandidate): best first, excluded last */
GPtrArray  *rfi_ranking_finish  (RfiRanking    *self);

G_END_DECLS
