/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-ranking"

#include "config.h"

#include "rfi-ranking.h"

#include "rfi-calendar.h"

#include <string.h>

/* What one of each factor is worth. Few open jobs matter most; being near outweighs one job
 * more; knowing the store outweighs being near; counts past these limits add nothing. Who cannot
 * do the job as planned comes after all who can, unless those have a day's work more.
 */
static const struct {
  int   worth;
  guint limit;
} weights[RFI_N_FACTORS] = {
  [RFI_FACTOR_OPEN_JOBS] = { -10, G_MAXINT },
  [RFI_FACTOR_SAME_STORE] = { 25, 1 },
  [RFI_FACTOR_SAME_CITY] = { 15, 1 },
  [RFI_FACTOR_SAME_ZIP] = { 8, 1 },
  [RFI_FACTOR_KNOWS_STORE] = { 3, 3 },
  [RFI_FACTOR_WORKING] = { -5, 2 },
  [RFI_FACTOR_HAS_IT] = { 0, 1 },
  [RFI_FACTOR_LACKS_SKILL] = { -60, 1 },
  [RFI_FACTOR_OVERLAP] = { -30, 2 },
  [RFI_FACTOR_OFF_SHIFT] = { -40, 1 },
};

struct _RfiRanking
{
  const RfiUser *user;
  RfiJob        *job;         /* (owned) */
  GTimeZone     *zone;        /* (owned) */
  gint64         now;
  gint64         today;       /* as rfi-calendar.h counts */
  RfiSpan        day;
  RfiSpan        span;        /* when the job is to be done; now, if at no known time */
  gboolean       has_time;
  GPtrArray     *candidates;  /* (owned) (element-type RfiCandidate) */
  GPtrArray     *visits;      /* (owned) (element-type GArray of RfiVisit): of each candidate, what
                                 is today or at @span */
  GHashTable    *by_id;       /* (owned) user id → position, plus 1 */
};

static void
candidate_free (gpointer data)
{
  RfiCandidate *self = data;

  rfi_user_unref (self->technician);
  g_clear_pointer (&self->current, rfi_job_unref);
  g_clear_pointer (&self->clash, rfi_job_unref);
  g_array_unref (self->today);
  g_free (self);
}

gboolean
rfi_candidate_is_excluded (const RfiCandidate *self)
{
  return rfi_schedule_is_refused (&self->check);
}

gint64
rfi_candidate_get_booked (const RfiCandidate *self)
{
  gint64 until = G_MININT64;
  gint64 booked = 0;

  for (guint i = 0; i < self->today->len; i++)
    {
      RfiSpan span = g_array_index (self->today, RfiSpan, i);

      booked += MAX (span.end - MAX (span.start, until), 0);
      until = MAX (until, span.end);
    }
  return booked;
}

static void
add_candidate (RfiRanking *self,
               RfiUser    *technician)
{
  RfiCandidate *candidate = g_new0 (RfiCandidate, 1);

  candidate->technician = rfi_user_ref (technician);
  candidate->today = g_array_new (FALSE, FALSE, sizeof (RfiSpan));
  candidate->factors[RFI_FACTOR_HAS_IT] =
    g_strcmp0 (self->job->assigned_to, technician->id) == 0 ? 1 : 0;
  rfi_schedule_get_shift (technician, self->zone, self->today, &candidate->shift);
  g_ptr_array_add (self->candidates, candidate);
  g_ptr_array_add (self->visits, g_array_new (FALSE, FALSE, sizeof (RfiVisit)));
  g_hash_table_insert (self->by_id, technician->id, GUINT_TO_POINTER (self->candidates->len));
}

RfiRanking *
rfi_ranking_new (const RfiUser *user,
                 RfiJob        *job,
                 GPtrArray     *technicians,
                 GTimeZone     *zone,
                 gint64         now)
{
  RfiRanking *self = g_new0 (RfiRanking, 1);

  self->user = user;
  self->job = rfi_job_ref (job);
  self->zone = g_time_zone_ref (zone);
  self->now = now;
  self->today = rfi_calendar_get_day (zone, now);
  self->day.start = rfi_calendar_get_time (zone, self->today, 0);
  self->day.end = rfi_calendar_get_time (zone, self->today, 24 * 60);
  self->has_time = rfi_schedule_get_span (job, &self->span);
  if (!self->has_time)
    self->span = (RfiSpan) { now, now + rfi_schedule_get_length (job) };

  self->candidates = g_ptr_array_new_with_free_func (candidate_free);
  self->visits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < technicians->len; i++)
    add_candidate (self, g_ptr_array_index (technicians, i));

  return self;
}

static void
count_place (RfiCandidate *candidate,
             RfiJob       *job,
             RfiJob       *other)
{
  if (strcmp (job->store_name, other->store_name) == 0 && strcmp (job->city, other->city) == 0)
    candidate->factors[RFI_FACTOR_SAME_STORE]++;
  else if (strcmp (job->city, other->city) == 0 && strcmp (job->state, other->state) == 0)
    candidate->factors[RFI_FACTOR_SAME_CITY]++;
  else if (strlen (job->zip_code) >= 3 && strncmp (job->zip_code, other->zip_code, 3) == 0)
    candidate->factors[RFI_FACTOR_SAME_ZIP]++;
}

static void
set_current (RfiCandidate *candidate,
             RfiJob       *other)
{
  candidate->factors[RFI_FACTOR_WORKING]++;
  if (candidate->current != NULL && other->updated_at <= candidate->current->updated_at)
    return;

  g_clear_pointer (&candidate->current, rfi_job_unref);
  candidate->current = rfi_job_ref (other);
}

static gboolean
do_meet (const RfiSpan *one,
         const RfiSpan *other)
{
  return one->start < other->end && other->start < one->end;
}

static void
add_visit (RfiRanking *self,
           GArray     *visits,
           RfiJob     *other)
{
  RfiVisit visit = { .job = other };

  if (rfi_schedule_get_span (other, &visit.span) &&
      (do_meet (&visit.span, &self->day) || do_meet (&visit.span, &self->span)))
    g_array_append_val (visits, visit);
}

/* Most of all jobs are over, and say nothing about anybody: they are not looked for. */
static gboolean
says_something (RfiRanking *self,
                RfiJob     *other)
{
  if (other->assigned_to == NULL || strcmp (other->id, self->job->id) == 0)
    return FALSE;
  if (!rfi_status_is_final (other->status))
    return TRUE;

  return other->status == RFI_STATUS_COMPLETED &&
         strcmp (self->job->store_name, other->store_name) == 0 &&
         strcmp (self->job->city, other->city) == 0;
}

void
rfi_ranking_add_job (RfiRanking *self,
                     RfiJob     *other)
{
  RfiCandidate *candidate;
  guint place;

  if (!says_something (self, other))
    return;

  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, other->assigned_to));
  if (place == 0)
    return;

  candidate = g_ptr_array_index (self->candidates, place - 1);
  if (rfi_status_is_final (other->status))
    {
      candidate->factors[RFI_FACTOR_KNOWS_STORE]++;
      return;
    }

  candidate->factors[RFI_FACTOR_OPEN_JOBS]++;
  count_place (candidate, self->job, other);
  add_visit (self, g_ptr_array_index (self->visits, place - 1), other);
  if (other->status == RFI_STATUS_IN_PROGRESS)
    set_current (candidate, other);
}

static int
compare_visits (gconstpointer a,
                gconstpointer b)
{
  const RfiVisit *left = a;
  const RfiVisit *right = b;

  return (left->span.start > right->span.start) - (left->span.start < right->span.start);
}

static void
count_problems (RfiRanking   *self,
                RfiCandidate *candidate)
{
  RfiScheduleCheck *check = &candidate->check;

  /* Of a job without a time only what holds at all times. */
  if (!self->has_time)
    check->problems &= 1u << RFI_SCHEDULE_MISSING_SKILL;
  if ((check->problems & 1u << RFI_SCHEDULE_MISSING_SKILL) != 0)
    candidate->factors[RFI_FACTOR_LACKS_SKILL] = 1;
  if ((check->problems & 1u << RFI_SCHEDULE_OFF_SHIFT) != 0)
    candidate->factors[RFI_FACTOR_OFF_SHIFT] = 1;
  if ((check->problems & 1u << RFI_SCHEDULE_OVERLAP) != 0)
    {
      candidate->factors[RFI_FACTOR_OVERLAP] = check->n_overlaps;
      candidate->clash = rfi_job_ref (check->overlap.job);
    }
  check->overlap = (RfiVisit) { NULL, { 0, 0 } };
}

static void
judge (RfiRanking   *self,
       RfiCandidate *candidate,
       GArray       *visits)
{
  RfiScheduleCase about = { .user = self->user, .online = TRUE, .zone = self->zone,
                            .technician = candidate->technician, .now = self->now };

  g_array_sort (visits, compare_visits);
  about.visits = (const RfiVisit *) visits->data;
  about.n_visits = visits->len;
  rfi_schedule_check (&about, self->job, &self->span, &candidate->check);
  count_problems (self, candidate);

  for (guint i = 0; i < visits->len; i++)
    if (do_meet (&about.visits[i].span, &self->day))
      g_array_append_val (candidate->today, about.visits[i].span);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const RfiCandidate *left = *(const RfiCandidate *const *) a;
  const RfiCandidate *right = *(const RfiCandidate *const *) b;
  gboolean left_can = !rfi_candidate_is_excluded (left);
  gboolean right_can = !rfi_candidate_is_excluded (right);
  int order;

  if (left_can != right_can)
    return left_can ? -1 : 1;
  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;

  order = g_utf8_collate (left->technician->display_name, right->technician->display_name);
  return order != 0 ? order : strcmp (left->technician->id, right->technician->id);
}

GPtrArray *
rfi_ranking_finish (RfiRanking *self)
{
  GPtrArray *candidates = g_steal_pointer (&self->candidates);

  for (guint i = 0; i < candidates->len; i++)
    {
      RfiCandidate *candidate = g_ptr_array_index (candidates, i);

      judge (self, candidate, g_ptr_array_index (self->visits, i));
      for (guint j = 0; j < RFI_N_FACTORS; j++)
        candidate->score += weights[j].worth * (int) MIN (candidate->factors[j], weights[j].limit);
    }
  g_ptr_array_sort (candidates, compare_candidates);

  rfi_job_unref (self->job);
  g_time_zone_unref (self->zone);
  g_ptr_array_unref (self->visits);
  g_hash_table_unref (self->by_id);
  g_free (self);
  return candidates;
}
