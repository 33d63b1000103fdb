/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-tally"

#include "config.h"

#include "rfi-job-tally.h"

#include "rfi-job-match.h"

struct _RfiJobTally
{
  GObject      parent_instance;

  RfiJobMatch *match;  /* (owned) */
};

G_DEFINE_FINAL_TYPE (RfiJobTally, rfi_job_tally, G_TYPE_OBJECT)

static void
rfi_job_tally_finalize (GObject *object)
{
  g_clear_object (&RFI_JOB_TALLY (object)->match);

  G_OBJECT_CLASS (rfi_job_tally_parent_class)->finalize (object);
}

static void
rfi_job_tally_class_init (RfiJobTallyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_job_tally_finalize;
}

static void
rfi_job_tally_init (RfiJobTally *self)
{
}

RfiJobTally *
rfi_job_tally_new (RfiJobTable  *table,
                   RfiJobFilter *filter)
{
  RfiJobTally *self;

  g_return_val_if_fail (RFI_IS_JOB_TABLE (table), NULL);
  g_return_val_if_fail (RFI_IS_JOB_FILTER (filter), NULL);

  self = g_object_new (RFI_TYPE_JOB_TALLY, NULL);
  self->match = rfi_job_match_get (table, filter);
  return self;
}

guint
rfi_job_tally_get_n (RfiJobTally *self)
{
  g_return_val_if_fail (RFI_IS_JOB_TALLY (self), 0);

  return rfi_job_match_get_n (self->match);
}
