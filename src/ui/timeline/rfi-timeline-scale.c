/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-timeline-scale"

#include "config.h"

#include "rfi-timeline-scale.h"

#include "rfi-calendar.h"

#include <math.h>

#define WEEKS_BEFORE 2
#define WEEKS_AFTER  4

#define MAX_RATE 480.0

void
rfi_timeline_scale_set_range (RfiTimelineScale *self,
                              GTimeZone        *zone,
                              gint64            at)
{
  gint64 day = rfi_calendar_get_day (zone, at);
  gint64 monday = day - rfi_calendar_get_weekday (day) + 1;

  self->start = rfi_calendar_get_time (zone, monday - 7 * WEEKS_BEFORE, 0);
  self->end = rfi_calendar_get_time (zone, monday + 7 * WEEKS_AFTER, 0);
}

double
rfi_timeline_scale_get_x (const RfiTimelineScale *self,
                          gint64                  at)
{
  return (double) (at - self->start) / RFI_TIMELINE_HOUR * self->rate;
}

gint64
rfi_timeline_scale_get_time (const RfiTimelineScale *self,
                             double                  x)
{
  return self->start + (gint64) floor (x / self->rate * RFI_TIMELINE_HOUR + 0.5);
}

double
rfi_timeline_scale_get_width (const RfiTimelineScale *self)
{
  return rfi_timeline_scale_get_x (self, self->end);
}

gint64
rfi_timeline_span_get_length (RfiTimelineSpan span)
{
  static const int hours[RFI_TIMELINE_N_SPANS] = { 12, 72, 168, 336 };

  return hours[span] * RFI_TIMELINE_HOUR;
}

static double
get_min_rate (double width)
{
  return MAX (width, 1) * RFI_TIMELINE_HOUR
         / (double) rfi_timeline_span_get_length (RFI_TIMELINE_SPAN_2_WEEKS);
}

static double
get_max_rate (double width)
{
  return MAX (MAX_RATE, 2 * get_min_rate (width));
}

void
rfi_timeline_scale_fit (RfiTimelineScale *self,
                        RfiTimelineSpan   span,
                        double            width)
{
  self->rate = MAX (width, 1) * RFI_TIMELINE_HOUR / (double) rfi_timeline_span_get_length (span);
}

double
rfi_timeline_scale_zoom (RfiTimelineScale *self,
                         double            factor,
                         double            offset,
                         double            pointer,
                         double            width)
{
  double hours = (offset + pointer) / self->rate;

  self->rate = CLAMP (self->rate * factor, get_min_rate (width), get_max_rate (width));
  return hours * self->rate - pointer;
}

double
rfi_timeline_scale_get_zoom (const RfiTimelineScale *self,
                             double                  width)
{
  double least = get_min_rate (width);

  return CLAMP (log (self->rate / least) / log (get_max_rate (width) / least), 0, 1);
}

double
rfi_timeline_scale_get_factor (const RfiTimelineScale *self,
                               double                  zoom,
                               double                  width)
{
  double least = get_min_rate (width);

  return least * pow (get_max_rate (width) / least, zoom) / self->rate;
}

int
rfi_timeline_scale_get_step (const RfiTimelineScale *self,
                             double                  room)
{
  static const int steps[] = { 15, 30, 60, 120, 180, 360, 720 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] / 60.0 * self->rate >= room)
      return steps[i];
  return 1440;
}

gint64
rfi_timeline_snap (gint64 at)
{
  gint64 shifted = at + RFI_TIMELINE_QUARTER / 2;
  gint64 rest = shifted % RFI_TIMELINE_QUARTER;

  return shifted - (rest < 0 ? rest + RFI_TIMELINE_QUARTER : rest);
}
