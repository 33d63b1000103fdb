/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-view.h"

G_BEGIN_DECLS

/* The midnight that the day of @moment began with, by the clocks of @zone. All in ms since 1970. */
gint64      rfi_job_day_get_start (GTimeZone    *zone,
                                   gint64        moment);

/* As rfi_job_view_new(), of jobs that came into their status at @since or later. Another day needs
 * another view. Returns: (transfer full) */
RfiJobView *rfi_job_day_view_new  (RfiJobTable  *table,
                                   RfiJobFilter *filter,
                                   guint         statuses,
                                   gint64        since);

G_END_DECLS
