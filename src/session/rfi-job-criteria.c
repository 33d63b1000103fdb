/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-job-criteria"

#include "config.h"

#include "rfi-job-criteria.h"

#include "rfi-text-pool.h"

#include <string.h>

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

void
rfi_job_criteria_copy (const RfiJobCriteria *self,
                       RfiJobCriteria       *to)
{
  RfiJobCriteria copy = *self;

  copy.place = g_strdup (self->place);
  copy.created_by = g_strdup (self->created_by);
  rfi_job_criteria_clear (to);
  *to = copy;
}

void
rfi_job_criteria_clear (RfiJobCriteria *self)
{
  g_free (self->place);
  g_free (self->created_by);
  memset (self, 0, sizeof *self);
}

gboolean
rfi_job_criteria_equal (const RfiJobCriteria *a,
                        const RfiJobCriteria *b)
{
  return g_strcmp0 (a->place, b->place) == 0 && g_strcmp0 (a->created_by, b->created_by) == 0
         && a->older_hours == b->older_hours && a->photos == b->photos
         && a->schedule == b->schedule;
}

guint
rfi_job_criteria_count (const RfiJobCriteria *self)
{
  return (self->place != NULL) + (self->created_by != NULL) + (self->older_hours > 0) +
         (self->photos != RFI_PHOTOS_ANY) + (self->schedule != RFI_WHEN_ANY);
}

gboolean
rfi_job_criteria_is_timed (const RfiJobCriteria *self)
{
  return self->older_hours > 0 || self->schedule > RFI_WHEN_NONE;
}

/* The midnight @days after the last one, by the calendar: days have 23 to 25 hours. */
static gint64
get_midnight (gint64 now,
              int    days)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_local (now / 1000);
  g_autoptr(GDateTime) day = g_date_time_add_days (time, days);
  g_autoptr(GDateTime) midnight =
    g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), 0, 0, 0);

  return g_date_time_to_unix (midnight) * 1000;
}

void
rfi_job_criteria_begin (const RfiJobCriteria *self,
                        gint64                now,
                        RfiJobCriteriaTest   *test)
{
  test->criteria = self;
  test->place = self->place != NULL ? rfi_text_fold (self->place) : NULL;
  test->created_until = now - self->older_hours * HOUR;
  test->from = G_MININT64;
  test->until = now;
  if (self->schedule < RFI_WHEN_TODAY)
    return;

  test->from = get_midnight (now, self->schedule == RFI_WHEN_TOMORROW ? 1 : 0);
  test->until = get_midnight (now, self->schedule == RFI_WHEN_TODAY ? 1
                                   : self->schedule == RFI_WHEN_TOMORROW ? 2 : 7);
}

void
rfi_job_criteria_end (RfiJobCriteriaTest *test)
{
  g_clear_pointer (&test->place, g_free);
}

/* @text: interned */
static gboolean
begins (const char *text,
        const char *place)
{
  gboolean is_folded;
  size_t length;
  const char *sought = rfi_text_pool_get_sought (text, &length, &is_folded);

  return is_folded ? g_str_has_prefix (sought, place)
                   : g_ascii_strncasecmp (sought, place, strlen (place)) == 0;
}

static gboolean
is_scheduled (const RfiJobCriteriaTest *test,
              const RfiJob             *job)
{
  gint64 at;
  gboolean has_start = rfi_job_extra_get_time (job->extra, RFI_FIELD_SCHEDULED_START, &at);

  if (test->criteria->schedule == RFI_WHEN_NONE)
    return !has_start;

  return has_start && at >= test->from && at < test->until;
}

gboolean
rfi_job_criteria_pass (const RfiJobCriteriaTest *test,
                       const RfiJob             *job)
{
  const RfiJobCriteria *self = test->criteria;

  if (self->older_hours > 0 && job->created_at > test->created_until)
    return FALSE;
  if (self->photos != RFI_PHOTOS_ANY && (job->n_photos > 0) != (self->photos == RFI_PHOTOS_SOME))
    return FALSE;
  if (self->created_by != NULL && strcmp (self->created_by, job->created_by) != 0)
    return FALSE;
  if (test->place != NULL && !begins (job->city, test->place)
      && g_ascii_strcasecmp (job->state, test->place) != 0)
    return FALSE;

  return self->schedule == RFI_WHEN_ANY || is_scheduled (test, job);
}
