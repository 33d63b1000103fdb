/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-problems"

#include "config.h"

#include "rfi-timeline-problems.h"

#include "rfi-calendar.h"
#include "rfi-timeline-words.h"

#include <glib/gi18n.h>

/* More than a person reads; the rest shows when these are mended. */
#define MAX_PROBLEMS 500

typedef struct
{
  RfiSchedule          *schedule;
  GTimeZone            *zone;
  gint64                now;
  const RfiTimelineRow *row;
  const RfiScheduleBar *bars;
  guint                 n_bars;
  GPtrArray            *found;
} Search;

static void
problem_free (gpointer data)
{
  RfiTimelineProblem *self = data;

  g_free (self->job_id);
  g_free (self->words);
  g_free (self);
}

/* @words: (transfer full) */
static void
add (Search       *self,
     const RfiJob *job,
     RfiSpan       span,
     char         *words)
{
  RfiTimelineProblem *problem = g_new0 (RfiTimelineProblem, 1);

  problem->job_id = g_strdup (job->id);
  problem->words = words;
  problem->span = span;
  g_ptr_array_add (self->found, problem);
}

/* (nullable): %NULL if it is over */
static const RfiJob *
get_open_job (Search *self,
              guint   position)
{
  RfiJobState *state = rfi_schedule_get_state (self->schedule, &self->bars[position]);

  return state != NULL && !rfi_status_is_final (state->work->status) ? state->work : NULL;
}

static void
add_overlap (Search       *self,
             const RfiJob *one,
             const RfiJob *other,
             RfiSpan       span)
{
  g_autofree char *by = rfi_timeline_words_length (span.end - span.start);
  g_autofree char *when = rfi_timeline_words_span (&span, rfi_calendar_get_day (self->zone,
                                                                                self->now));

  /* translators: a technician, for how long, when, and the two jobs */
  add (self, other, span, g_strdup_printf (_("%s overlaps by %s, %s (%s, %s)"), self->row->name,
                                           by, when, one->title, other->title));
}

static void
find_overlaps (Search *self)
{
  const RfiJob *longest = NULL;
  gint64 until = G_MININT64;

  for (guint i = 0; i < self->n_bars && self->found->len < MAX_PROBLEMS; i++)
    {
      const RfiSpan *span = &self->bars[i].span;
      const RfiJob *job = span->end > self->now ? get_open_job (self, i) : NULL;

      if (job == NULL)
        continue;
      if (span->start < until)
        add_overlap (self, longest, job, (RfiSpan) { span->start, MIN (until, span->end) });
      if (span->end > until)
        {
          until = span->end;
          longest = job;
        }
    }
}

static void
judge_day (Search       *self,
           gint64        day,
           gint64        booked,
           const RfiJob *job,
           RfiSpan       last)
{
  const RfiUser *user = rfi_timeline_row_get_user (self->row);
  g_autofree char *over = NULL;
  g_autofree char *date = NULL;
  RfiSpan shift;

  if (job == NULL || !rfi_schedule_get_shift (user, self->zone, day, &shift) ||
      booked <= shift.end - shift.start)
    return;

  over = rfi_timeline_words_length (booked - (shift.end - shift.start));
  date = rfi_timeline_words_day (last.start);
  /* translators: a technician, how much more than a shift, and the day */
  add (self, job, last, g_strdup_printf (_("%s is %s over capacity on %s"), self->row->name, over,
                                         date));
}

/* A job counts for the day that it begins on. */
static void
find_full_days (Search *self)
{
  const RfiJob *last = NULL;
  RfiSpan last_span = { 0, 0 };
  gint64 day = G_MININT64;
  gint64 booked = 0;

  if (rfi_timeline_row_get_user (self->row) == NULL)
    return;

  for (guint i = 0; i < self->n_bars && self->found->len < MAX_PROBLEMS; i++)
    {
      const RfiSpan *span = &self->bars[i].span;
      const RfiJob *job = span->end > self->now ? get_open_job (self, i) : NULL;
      gint64 begins;

      if (job == NULL)
        continue;
      begins = rfi_calendar_get_day (self->zone, span->start);
      if (begins != day)
        {
          judge_day (self, day, booked, last, last_span);
          booked = 0;
        }
      day = begins;
      booked += span->end - span->start;
      last = job;
      last_span = *span;
    }
  judge_day (self, day, booked, last, last_span);
}

GPtrArray *
rfi_timeline_problems_find (RfiTimelineRows *rows,
                            RfiSchedule     *schedule,
                            GTimeZone       *zone,
                            gint64           now)
{
  Search self = { .schedule = schedule, .zone = zone, .now = now };

  self.found = g_ptr_array_new_with_free_func (problem_free);
  for (guint i = 0; i < rfi_timeline_rows_get_n (rows) && self.found->len < MAX_PROBLEMS; i++)
    {
      self.row = rfi_timeline_rows_get (rows, i);
      self.bars = rfi_schedule_get_bars (schedule, self.row->id, &self.n_bars);
      find_overlaps (&self);
      find_full_days (&self);
    }
  return self.found;
}
