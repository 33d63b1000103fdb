/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"

G_BEGIN_DECLS

/* What a search looks into, but for names and the id, folded.
 * @to: what is in it goes */
void      _rfi_job_filter_fold     (const RfiJob  *job,
                                    GString       *to);

/* Before testing many jobs of a table with one filter: what was learnt about interned text
 * holds only while none of it can be freed. */
void      _rfi_job_filter_begin    (RfiJobFilter  *self);

/* @folded: what _rfi_job_filter_fold() made of it
 * @names: (element-type utf8 utf8): names of people and vendors by id */
gboolean  _rfi_job_filter_test     (RfiJobFilter  *self,
                                    RfiJobState   *state,
                                    const char    *folded,
                                    GHashTable    *names);

/* During `changed`: whether the change can only have hidden jobs, not shown any. */
gboolean  _rfi_job_filter_narrowed (RfiJobFilter  *self);

G_END_DECLS
