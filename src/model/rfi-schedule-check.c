/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-schedule-check"

#include "config.h"

#include "rfi-schedule-check.h"

#include "rfi-calendar.h"

#include <stdlib.h>
#include <string.h>

#define MINUTE  G_GINT64_CONSTANT (60000)
#define QUARTER (15 * MINUTE)
#define HOUR    (60 * MINUTE)

#define N_DAYS_AHEAD 14

gint64
rfi_schedule_get_length (const RfiJob *job)
{
  gint64 start, end;
  int minutes = atoi (rfi_job_extra_get (job->extra, RFI_FIELD_ESTIMATED_MINUTES));

  if (rfi_job_extra_get_time (job->extra, RFI_FIELD_SCHEDULED_START, &start) &&
      rfi_job_extra_get_time (job->extra, RFI_FIELD_SCHEDULED_END, &end) && end > start)
    return end - start;
  return minutes > 0 ? minutes * MINUTE : HOUR;
}

gboolean
rfi_schedule_get_span (const RfiJob *job,
                       RfiSpan      *span)
{
  if (!rfi_job_extra_get_time (job->extra, RFI_FIELD_SCHEDULED_START, &span->start))
    return FALSE;

  span->end = span->start + rfi_schedule_get_length (job);
  return TRUE;
}

gint64
rfi_schedule_get_hold (const RfiJob *job)
{
  gint64 until = 0;

  return rfi_job_extra_get_time (job->extra, RFI_FIELD_HOLD_UNTIL, &until) ? until : 0;
}

static gboolean
has_hours (const RfiUser *technician)
{
  return technician->work_start != 0 || technician->work_end != 0;
}

gboolean
rfi_schedule_get_shift (const RfiUser *technician,
                        GTimeZone     *zone,
                        gint64         day,
                        RfiSpan       *shift)
{
  gboolean overnight = technician->work_end <= technician->work_start;

  if (!has_hours (technician))
    return FALSE;

  shift->start = rfi_calendar_get_time (zone, day, technician->work_start);
  shift->end = rfi_calendar_get_time (zone, day + overnight, technician->work_end);
  return TRUE;
}

/* The shift that @at is in, else the one that begins on its day. */
static gboolean
find_shift (const RfiScheduleCase *about,
            gint64                 at,
            RfiSpan               *shift)
{
  gint64 day = rfi_calendar_get_day (about->zone, at);

  if (!rfi_schedule_get_shift (about->technician, about->zone, day - 1, shift))
    return FALSE;
  return at < shift->end
         || rfi_schedule_get_shift (about->technician, about->zone, day, shift);
}

/* @skills: (nullable): sorted, with commas between */
static gboolean
has_skill (const char *skills,
           const char *skill,
           size_t      length)
{
  for (const char *at = skills; at != NULL && *at != '\0';)
    {
      size_t size = strcspn (at, ",");

      if (size == length && strncmp (at, skill, length) == 0)
        return TRUE;
      at += size + (at[size] == ',');
    }
  return FALSE;
}

/* Of whom not even the hours are known, skills are not known either. */
static gboolean
lacks_skill (const RfiUser *technician,
             const RfiJob  *job,
             char          *skill,
             size_t         size)
{
  const char *at = rfi_job_extra_get (job->extra, RFI_FIELD_SKILLS);

  if (technician->skills == NULL && !has_hours (technician))
    return FALSE;

  while (*at != '\0')
    {
      size_t length = strcspn (at, ",");

      if (!has_skill (technician->skills, at, length))
        {
          g_strlcpy (skill, at, MIN (size, length + 1));
          return TRUE;
        }
      at += length + (at[length] == ',');
    }
  return FALSE;
}

static gboolean
is_other (const RfiVisit *visit,
          const RfiJob   *job)
{
  return strcmp (visit->job->id, job->id) != 0 && !rfi_status_is_final (visit->job->status);
}

static void
check_overlaps (const RfiScheduleCase *about,
                const RfiJob          *job,
                const RfiSpan         *span,
                RfiScheduleCheck      *check)
{
  for (guint i = 0; i < about->n_visits && about->visits[i].span.start < span->end; i++)
    if (about->visits[i].span.end > span->start && is_other (&about->visits[i], job))
      {
        if (check->n_overlaps++ == 0)
          check->overlap = about->visits[i];
        check->problems |= 1u << RFI_SCHEDULE_OVERLAP;
      }
}

static void
check_shift (const RfiScheduleCase *about,
             const RfiSpan         *span,
             RfiScheduleCheck      *check)
{
  if (find_shift (about, span->start, &check->shift) &&
      (span->start < check->shift.start || span->end > check->shift.end))
    check->problems |= 1u << RFI_SCHEDULE_OFF_SHIFT;
}

/* 0 = at no time */
static gint64
get_due (const RfiScheduleCase *about,
         const RfiJob          *job)
{
  return about->rules != NULL ? rfi_alert_get_deadline (job, about->rules) : 0;
}

static void
check_due (const RfiScheduleCase *about,
           const RfiJob          *job,
           const RfiSpan         *span,
           RfiScheduleCheck      *check)
{
  gint64 due = get_due (about, job);

  if (due == 0 || span->end <= due)
    return;

  check->problems |= 1u << RFI_SCHEDULE_PAST_DUE;
  check->late = span->end - due;
  check->lost = about->now + span->end - span->start > due;
}

static RfiVerdict
judge (const RfiScheduleCase *about,
       const RfiJob          *job)
{
  const char *wanted = about->technician != NULL ? about->technician->id : NULL;

  if (rfi_status_is_final (job->status))
    return RFI_VERDICT_JOB_IS_OVER;
  if (g_strcmp0 (job->assigned_to, wanted) == 0)
    return rfi_rules_check_job (about->user, job, RFI_ACTION_EDIT, about->online);

  return rfi_rules_check_assign (about->user, job, about->technician, about->online);
}

void
rfi_schedule_check (const RfiScheduleCase *about,
                    const RfiJob          *job,
                    const RfiSpan         *span,
                    RfiScheduleCheck      *check)
{
  const RfiUser *technician = about->technician;

  memset (check, 0, sizeof *check);
  check->verdict = judge (about, job);
  check->inactive = technician != NULL && technician->inactive &&
                    g_strcmp0 (job->assigned_to, technician->id) != 0;
  if (rfi_schedule_is_refused (check))
    return;

  if (span->start < about->now && job->status != RFI_STATUS_IN_PROGRESS)
    check->problems |= 1u << RFI_SCHEDULE_PAST;
  if (span->start < rfi_schedule_get_hold (job))
    check->problems |= 1u << RFI_SCHEDULE_ON_HOLD;
  check_due (about, job, span, check);
  if (technician == NULL)
    return;

  check_overlaps (about, job, span, check);
  check_shift (about, span, check);
  if (lacks_skill (technician, job, check->skill, sizeof check->skill))
    check->problems |= 1u << RFI_SCHEDULE_MISSING_SKILL;
}

gboolean
rfi_schedule_is_refused (const RfiScheduleCheck *check)
{
  return check->verdict != RFI_VERDICT_OK || check->inactive;
}

gboolean
rfi_schedule_wants_answer (const RfiScheduleCheck *check)
{
  return (check->problems & ~(check->lost ? 1u << RFI_SCHEDULE_PAST_DUE : 0)) != 0;
}

static gint64
round_up (gint64 ms)
{
  return (ms + QUARTER - 1) / QUARTER * QUARTER;
}

/* Within @shift and between visits. */
static gboolean
fit (const RfiScheduleCase *about,
     const RfiJob          *job,
     const RfiSpan         *shift,
     gint64                 length,
     RfiSpan               *slot)
{
  gint64 start = round_up (shift->start);

  for (guint i = 0; i < about->n_visits && about->visits[i].span.start < start + length; i++)
    if (about->visits[i].span.end > start && is_other (&about->visits[i], job))
      start = round_up (about->visits[i].span.end);

  slot->start = start;
  slot->end = start + length;
  return slot->end <= shift->end;
}

static gboolean
find_from (const RfiScheduleCase *about,
           const RfiJob          *job,
           gint64                 from,
           gint64                 length,
           RfiSpan               *slot)
{
  gint64 earliest = MAX (MAX (from, about->now), rfi_schedule_get_hold (job));
  gint64 day = rfi_calendar_get_day (about->zone, earliest);

  /* Yesterday's shift may not be over yet. */
  for (int i = -1; i < N_DAYS_AHEAD; i++)
    {
      RfiSpan shift;

      if (!rfi_schedule_get_shift (about->technician, about->zone, day + i, &shift))
        {
          shift.start = rfi_calendar_get_time (about->zone, day + i, 0);
          shift.end = rfi_calendar_get_time (about->zone, day + i + 1, 0);
        }
      shift.start = MAX (shift.start, earliest);
      if (fit (about, job, &shift, length, slot))
        return TRUE;
    }
  return FALSE;
}

gboolean
rfi_schedule_find_slot (const RfiScheduleCase *about,
                        const RfiJob          *job,
                        gint64                 from,
                        gint64                 length,
                        RfiSpan               *slot)
{
  gint64 due = get_due (about, job);
  RfiSpan sooner;

  g_return_val_if_fail (about->technician != NULL, FALSE);

  if (!find_from (about, job, from, length, slot))
    return FALSE;
  if (due != 0 && slot->end > due && find_from (about, job, about->now, length, &sooner) &&
      sooner.end <= due)
    *slot = sooner;
  return TRUE;
}
