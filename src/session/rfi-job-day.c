/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-day"

#include "config.h"

#include "rfi-job-day.h"

#include "rfi-calendar.h"
#include "rfi-job-view-private.h"

gint64
rfi_job_day_get_start (GTimeZone *zone,
                       gint64     moment)
{
  return rfi_calendar_get_time (zone, rfi_calendar_get_day (zone, moment), 0);
}

static gboolean
is_since (const RfiJob *job,
          gpointer      user_data)
{
  const gint64 *since = user_data;

  return rfi_job_get_status_at (job) >= *since;
}

RfiJobView *
rfi_job_day_view_new (RfiJobTable  *table,
                      RfiJobFilter *filter,
                      guint         statuses,
                      gint64        since)
{
  RfiJobPick pick = {
    .takes = is_since,
    .user_data = g_memdup2 (&since, sizeof since),
    .destroy = g_free,
  };

  return _rfi_job_view_new_picked (table, filter, statuses, &pick);
}
