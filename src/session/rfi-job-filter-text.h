/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"

G_BEGIN_DECLS

/* A filter as text that a later version reads too: what it does not know it leaves out. The same
 * filter is always the same text. Returns: (transfer full) */
char         *rfi_job_filter_to_text   (RfiJobFilter  *self);

/* Returns: (transfer full) (nullable): %NULL if it is no such text */
RfiJobFilter *rfi_job_filter_from_text (const char    *text);

G_END_DECLS
