/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-schedule-check.h"

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
  RFI_FACTOR_LACKS_SKILL,  /* the job wants a skill that they are not known to have */
  RFI_FACTOR_OVERLAP,      /* n jobs are under way when this one is to be done */
  RFI_FACTOR_OFF_SHIFT,    /* are not at work then */
} RfiFactor;

#define RFI_N_FACTORS 10

/* One technician as an answer to "who should do this job?" */
typedef struct
{
  RfiUser          *technician;              /* (owned) */
  RfiScheduleCheck  check;                   /* the hard limit that excludes them, if one does, and
                                                what speaks against the job's time; its overlap
                                                is told by @clash alone */
  int               score;                   /* only to be compared; higher is better */
  guint             factors[RFI_N_FACTORS];  /* n of each */
  RfiJob           *current;                 /* (owned) (nullable): what they work on right now */
  RfiJob           *clash;                   /* (owned) (nullable): of RFI_SCHEDULE_OVERLAP */
  GArray           *today;                   /* (owned) (element-type RfiSpan): when they have
                                                something to do today, by start */
  RfiSpan           shift;                   /* of today; empty = not known */
} RfiCandidate;

/**
 * RfiRanking:
 *
 * Orders the technicians for one job: first hard limits, then a score that anyone can recompute
 * from the factors; equal ones by name. Pure. Feed it every cached job once, then finish.
 */
typedef struct _RfiRanking RfiRanking;

/* Whether a hard limit excludes them. */
gboolean    rfi_candidate_is_excluded (const RfiCandidate *self);

/* How much of today is taken, what overlaps counted once, in ms. */
gint64      rfi_candidate_get_booked  (const RfiCandidate *self);

/* @user: who asks. @technicians: (element-type RfiUser). @zone: of working hours. @now: ms since
 * 1970 */
RfiRanking *rfi_ranking_new     (const RfiUser *user,
                                 RfiJob        *job,
                                 GPtrArray     *technicians,
                                 GTimeZone     *zone,
                                 gint64         now);
/* @other: is to live until finish() */
void        rfi_ranking_add_job (RfiRanking    *self,
                                 RfiJob        *other);

/* Frees @self. Returns: (transfer full) (element-type RfiCandidate): best first, excluded last */
GPtrArray  *rfi_ranking_finish  (RfiRanking    *self);

G_END_DECLS
