/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-json.h"

G_BEGIN_DECLS

/* The fields of a job that only Sync v1 knows: in a job's document each has the form that suits
 * it, in memory each is text. */

/* Appends the text of @field. %FALSE, with nothing appended, if @value is of another form or
 * says that there is none. */
gboolean rfi_wire_job_extra_read   (RfiField         field,
                                    const RfiJson   *value,
                                    GString         *out);

/* Appends members for those that are not empty. */
void     rfi_wire_job_extra_append (GString         *out,
                                    const RfiJob    *job);

G_END_DECLS
