/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-job.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_DIFFERENCE (rfi_job_difference_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobDifference, rfi_job_difference, RFI, JOB_DIFFERENCE, GObject)

/**
 * RfiJobDifference:
 *
 * A job as it stood at two moments.
 */

/* %NULL: it was not there then; not both */
RfiJobDifference *rfi_job_difference_new        (RfiJob           *before,
                                                 RfiJob           *after);

/* (nullable) */
const RfiJob     *rfi_job_difference_get_before (RfiJobDifference *self);
const RfiJob     *rfi_job_difference_get_after  (RfiJobDifference *self);

/* Of the later one, if it is there. */
const char       *rfi_job_difference_get_job_id (RfiJobDifference *self);
const char       *rfi_job_difference_get_title  (RfiJobDifference *self);

/* Whether @field has another value; %FALSE if it was there at one moment only. */
gboolean          rfi_job_difference_has_field  (RfiJobDifference *self,
                                                 RfiField          field);

G_END_DECLS
