/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-pulse"

#include "config.h"

#include "rfi-pulse.h"

struct _RfiPulse
{
  GArray          *minutes;  /* (element-type RfiPulseMinute): in order, of different times */
  gatomicrefcount  ref_count;
};

G_DEFINE_BOXED_TYPE (RfiPulse, rfi_pulse, rfi_pulse_ref, rfi_pulse_unref)

RfiPulse *
rfi_pulse_new (void)
{
  RfiPulse *self = g_new0 (RfiPulse, 1);

  self->minutes = g_array_new (FALSE, TRUE, sizeof (RfiPulseMinute));
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiPulse *
rfi_pulse_ref (RfiPulse *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_pulse_unref (RfiPulse *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->minutes);
  g_free (self);
}

static RfiPulseMinute *
get_nth (const RfiPulse *self,
         guint           index)
{
  return &g_array_index (self->minutes, RfiPulseMinute, index);
}

/* The first that begins at @at or later; how many there are if none does. */
static guint
find (const RfiPulse *self,
      gint64          at)
{
  guint low = 0;
  guint high = self->minutes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_nth (self, middle)->at < at)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
forget (RfiPulse *self,
        gint64    before)
{
  guint n = find (self, before);

  if (n > 0)
    g_array_remove_range (self->minutes, 0, n);
}

RfiPulseMinute *
rfi_pulse_get_minute (RfiPulse *self,
                      gint64    at)
{
  RfiPulseMinute minute = { .at = at - at % RFI_PULSE_MINUTE };
  guint index;

  /* A clock that was set back writes among what is there, or there is nothing right in it. */
  if (self->minutes->len > 0 &&
      get_nth (self, self->minutes->len - 1)->at - minute.at >= RFI_PULSE_WEEK)
    g_array_set_size (self->minutes, 0);
  forget (self, minute.at - RFI_PULSE_WEEK + RFI_PULSE_MINUTE);
  index = find (self, minute.at);
  if (index == self->minutes->len || get_nth (self, index)->at != minute.at)
    g_array_insert_val (self->minutes, index, minute);
  return get_nth (self, index);
}

void
rfi_pulse_add_span (RfiPulse *self,
                    gint64    from,
                    gint64    until,
                    gboolean  live,
                    guint     queue)
{
  for (gint64 at = from; at < until;)
    {
      RfiPulseMinute *minute = rfi_pulse_get_minute (self, at);
      gint64 end = MIN (until, minute->at + RFI_PULSE_MINUTE);
      guint room = (guint) RFI_PULSE_MINUTE - minute->known;
      guint span = MIN ((guint) (end - at), room);

      minute->known += span;
      minute->live += live ? span : 0;
      minute->queue = MAX (minute->queue, queue);
      at = end;
    }
}

guint
rfi_pulse_get_n (const RfiPulse *self)
{
  return self->minutes->len;
}

const RfiPulseMinute *
rfi_pulse_get_nth (const RfiPulse *self,
                   guint           index)
{
  g_return_val_if_fail (index < self->minutes->len, NULL);

  return get_nth (self, index);
}

/* What a minute adds to the value, and to what that is divided by. */
static void
weigh (const RfiPulseMinute *minute,
       RfiPulseSeries        series,
       double               *sum,
       double               *weight)
{
  switch (series)
    {
    case RFI_PULSE_DURATION:
      *sum += (double) minute->duration;
      *weight += minute->n_cycles;
      break;

    case RFI_PULSE_QUEUE:
      *sum = MAX (*sum, minute->queue);
      *weight = 1;
      break;

    case RFI_PULSE_CONFLICTS:
      *sum += 100.0 * minute->n_conflicts;
      *weight += minute->n_answered;
      break;

    case RFI_PULSE_UPTIME:
      *sum += 100.0 * minute->live;
      *weight += minute->known;
      break;

    case RFI_PULSE_LATENCY:
    default:
      *sum += (double) minute->latency;
      *weight += minute->n_probes;
      break;
    }
}

void
rfi_pulse_sum (const RfiPulse *self,
               RfiPulseSeries  series,
               gint64          until,
               gint64          step,
               guint           n,
               RfiPulsePoint  *points)
{
  gint64 from = until - step * n;
  guint index = find (self, from);

  for (guint i = 0; i < n; i++)
    {
      gint64 end = from + step * (i + 1);
      double sum = 0;
      double weight = 0;

      for (; index < self->minutes->len && get_nth (self, index)->at < end; index++)
        weigh (get_nth (self, index), series, &sum, &weight);
      points[i].at = end - step;
      points[i].known = weight > 0;
      points[i].value = weight > 0 ? sum / weight : 0;
    }
}
