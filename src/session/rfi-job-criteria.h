/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

G_BEGIN_DECLS

typedef enum {
  RFI_PHOTOS_ANY,
  RFI_PHOTOS_SOME,
  RFI_PHOTOS_NONE,
} RfiPhotosWanted;
#define RFI_N_PHOTOS_WANTED 3

/* When work is to begin, in days of the person's time zone. */
typedef enum {
  RFI_WHEN_ANY,
  RFI_WHEN_NONE,      /* not scheduled */
  RFI_WHEN_PAST,      /* before now */
  RFI_WHEN_TODAY,
  RFI_WHEN_TOMORROW,
  RFI_WHEN_WEEK,      /* today and the six days after */
} RfiScheduleWanted;
#define RFI_N_SCHEDULES_WANTED 6

/**
 * RfiJobCriteria:
 *
 * What a filter may ask besides words, sets and people. All zero asks nothing.
 */
typedef struct
{
  char              *place;        /* (owned) (nullable): the beginning of a city, or a state */
  char              *created_by;   /* (owned) (nullable): user id */
  guint              older_hours;  /* at least so old; 0 = of any age */
  RfiPhotosWanted    photos;
  RfiScheduleWanted  schedule;
} RfiJobCriteria;

/* What does not depend on the job, worked out once for many. */
typedef struct
{
  const RfiJobCriteria *criteria;
  char   *place;          /* (owned) (nullable): folded */
  gint64  created_until;  /* ms */
  gint64  from, until;    /* ms: when work begins */
} RfiJobCriteriaTest;

/* To @to, which is a valid one, even of zeros. */
void     rfi_job_criteria_copy     (const RfiJobCriteria *self,
                                    RfiJobCriteria       *to);
void     rfi_job_criteria_clear    (RfiJobCriteria       *self);
gboolean rfi_job_criteria_equal    (const RfiJobCriteria *a,
                                    const RfiJobCriteria *b);

/* How many are on. */
guint    rfi_job_criteria_count    (const RfiJobCriteria *self);

/* Whether time alone changes what passes. */
gboolean rfi_job_criteria_is_timed (const RfiJobCriteria *self);

/* @self outlives @test. @now: ms */
void     rfi_job_criteria_begin    (const RfiJobCriteria *self,
                                    gint64                now,
                                    RfiJobCriteriaTest   *test);
void     rfi_job_criteria_end      (RfiJobCriteriaTest   *test);
gboolean rfi_job_criteria_pass     (const RfiJobCriteriaTest *test,
                                    const RfiJob         *job);

G_END_DECLS
