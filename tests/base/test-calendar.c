/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-calendar.h"

/* Against GLib's calendar: both directions, over the hours that a day has twice or not at all. */
static void
test_against_glib (void)
{
  static const char * const zones[] = { "UTC", "Europe/Berlin", "America/Chicago",
                                        "Asia/Kathmandu" };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zones[i]);

      g_assert_nonnull (zone);
      for (gint64 seconds = 1767000000; seconds < 1800000000; seconds += 1799)
        {
          g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
          g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);
          gint64 day = rfi_calendar_get_day (zone, seconds * 1000);
          int year, month, date;
          g_autoptr(GDateTime) midnight = NULL;

          g_date_time_get_ymd (local, &year, &month, &date);
          midnight = g_date_time_new (zone, year, month, date, 0, 0, 0);
          g_assert_cmpint (rfi_calendar_get_weekday (day), ==,
                           g_date_time_get_day_of_week (local));
          g_assert_cmpint (rfi_calendar_get_clock (zone, seconds * 1000), ==,
                           g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
          g_assert_cmpint (rfi_calendar_get_time (zone, day, 0), ==,
                           g_date_time_to_unix (midnight) * 1000);
        }
    }
}

/* Days that have 23 and 25 hours begin and end where they should. */
static void
test_odd_days (void)
{
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  const struct {
    const char *noon;
    int         hours;
  } days[] = {
    { "2026-03-28T12:00:00+01", 24 },
    { "2026-03-29T12:00:00+02", 23 },
    { "2026-10-25T12:00:00+01", 25 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr(GDateTime) noon = g_date_time_new_from_iso8601 (days[i].noon, NULL);
      gint64 ms = g_date_time_to_unix (noon) * 1000;
      gint64 day = rfi_calendar_get_day (berlin, ms);

      g_assert_cmpint (rfi_calendar_get_time (berlin, day, 12 * 60), ==, ms);
      g_assert_cmpint (rfi_calendar_get_time (berlin, day + 1, 0) -
                       rfi_calendar_get_time (berlin, day, 0), ==, days[i].hours * 3600000);
      g_assert_cmpint (rfi_calendar_get_time (berlin, day, 24 * 60), ==,
                       rfi_calendar_get_time (berlin, day + 1, 0));
    }
}

static void
test_before_1970 (void)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_cmpint (rfi_calendar_get_day (utc, -1), ==, -1);
  g_assert_cmpint (rfi_calendar_get_clock (utc, -60000), ==, 1439);
  g_assert_cmpint (rfi_calendar_get_weekday (-4), ==, 7);
  g_assert_cmpint (rfi_calendar_get_weekday (0), ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/calendar/against-glib", test_against_glib);
  g_test_add_func ("/calendar/odd-days", test_odd_days);
  g_test_add_func ("/calendar/before-1970", test_before_1970);

  return g_test_run ();
}
