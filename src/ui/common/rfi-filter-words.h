/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter-parts.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What filters are called before people. Nothing of const char * is to be freed. */

/* "Any age", "Older than 4 h". Returns: (transfer full) */
char       *rfi_filter_words_age      (guint              hours);
const char *rfi_filter_words_photos   (RfiPhotosWanted    photos);
const char *rfi_filter_words_schedule (RfiScheduleWanted  schedule);

/* A part that is on, as a chip says it: "Priority: Urgent, High", "Dallas"; "" if it is off.
 * @session: (nullable): knows people and vendors by name. Returns: (transfer full) */
char       *rfi_filter_words_part     (RfiJobFilter      *filter,
                                       RfiFilterPart      part,
                                       RfiSession        *session);

G_END_DECLS
