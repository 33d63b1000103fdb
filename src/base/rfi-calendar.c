/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-calendar"

#include "config.h"

#include "rfi-calendar.h"

#define DAY G_GINT64_CONSTANT (86400)

static gint64
floor_divide (gint64 a,
              gint64 b)
{
  return a / b - (a % b < 0);
}

/* Seconds since 1970 as the clocks of @zone count them. */
static gint64
get_local (GTimeZone *zone,
           gint64     ms)
{
  gint64 seconds = floor_divide (ms, 1000);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return seconds + g_time_zone_get_offset (zone, interval);
}

gint64
rfi_calendar_get_day (GTimeZone *zone,
                      gint64     ms)
{
  return floor_divide (get_local (zone, ms), DAY);
}

gint64
rfi_calendar_get_time (GTimeZone *zone,
                       gint64     day,
                       int        minutes)
{
  gint64 local = day * DAY + minutes * 60;
  int interval = g_time_zone_adjust_time (zone, G_TIME_TYPE_STANDARD, &local);

  return (local - g_time_zone_get_offset (zone, interval)) * 1000;
}

int
rfi_calendar_get_clock (GTimeZone *zone,
                        gint64     ms)
{
  gint64 local = get_local (zone, ms);

  return (int) ((local - floor_divide (local, DAY) * DAY) / 60);
}

int
rfi_calendar_get_weekday (gint64 day)
{
  /* 1 January 1970 was a Thursday. */
  gint64 from_monday = day + 3;

  return (int) (from_monday - floor_divide (from_monday, 7) * 7) + 1;
}
