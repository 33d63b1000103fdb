/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-difference"

#include "config.h"

#include "rfi-job-difference.h"

struct _RfiJobDifference
{
  GObject  parent_instance;

  RfiJob  *before;  /* (owned) (nullable) */
  RfiJob  *after;   /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RfiJobDifference, rfi_job_difference, G_TYPE_OBJECT)

const RfiJob *
rfi_job_difference_get_before (RfiJobDifference *self)
{
  g_return_val_if_fail (RFI_IS_JOB_DIFFERENCE (self), NULL);

  return self->before;
}

const RfiJob *
rfi_job_difference_get_after (RfiJobDifference *self)
{
  g_return_val_if_fail (RFI_IS_JOB_DIFFERENCE (self), NULL);

  return self->after;
}

static const RfiJob *
get_latest (RfiJobDifference *self)
{
  return self->after != NULL ? self->after : self->before;
}

const char *
rfi_job_difference_get_job_id (RfiJobDifference *self)
{
  g_return_val_if_fail (RFI_IS_JOB_DIFFERENCE (self), NULL);

  return get_latest (self)->id;
}

const char *
rfi_job_difference_get_title (RfiJobDifference *self)
{
  g_return_val_if_fail (RFI_IS_JOB_DIFFERENCE (self), NULL);

  return get_latest (self)->title;
}

gboolean
rfi_job_difference_has_field (RfiJobDifference *self,
                              RfiField          field)
{
  g_return_val_if_fail (RFI_IS_JOB_DIFFERENCE (self), FALSE);

  return self->before != NULL && self->after != NULL &&
         g_strcmp0 (rfi_job_get_field (self->before, field),
                    rfi_job_get_field (self->after, field)) != 0;
}

static void
rfi_job_difference_finalize (GObject *object)
{
  RfiJobDifference *self = RFI_JOB_DIFFERENCE (object);

  g_clear_pointer (&self->before, rfi_job_unref);
  g_clear_pointer (&self->after, rfi_job_unref);

  G_OBJECT_CLASS (rfi_job_difference_parent_class)->finalize (object);
}

static void
rfi_job_difference_class_init (RfiJobDifferenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_job_difference_finalize;
}

static void
rfi_job_difference_init (RfiJobDifference *self)
{
}

RfiJobDifference *
rfi_job_difference_new (RfiJob *before,
                        RfiJob *after)
{
  RfiJobDifference *self;

  g_return_val_if_fail (before != NULL || after != NULL, NULL);

  self = g_object_new (RFI_TYPE_JOB_DIFFERENCE, NULL);
  self->before = before != NULL ? rfi_job_ref (before) : NULL;
  self->after = after != NULL ? rfi_job_ref (after) : NULL;
  return self;
}
