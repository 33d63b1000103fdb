/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_TALLY (rfi_job_tally_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobTally, rfi_job_tally, RFI, JOB_TALLY, GObject)

/**
 * RfiJobTally:
 *
 * How many jobs of a table pass a filter, kept as jobs come, change and go: one test for each that
 * does. Only a change of the filter goes through them all.
 */
RfiJobTally *rfi_job_tally_new   (RfiJobTable  *table,
                                  RfiJobFilter *filter);
guint        rfi_job_tally_get_n (RfiJobTally  *self);

G_END_DECLS
