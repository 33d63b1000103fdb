/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-timeline-scale.h"

#include <math.h>

#define HOUR RFI_TIMELINE_HOUR
#define DAY RFI_TIMELINE_DAY

/* Wednesday, 25 November 2026, 10:40 */
#define NOW G_GINT64_CONSTANT (1795603200000)

static RfiTimelineScale
make_scale (double rate)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  RfiTimelineScale scale = { 0, 0, rate };

  rfi_timeline_scale_set_range (&scale, zone, NOW);
  return scale;
}

static void
test_range (void)
{
  RfiTimelineScale scale = make_scale (100);

  g_assert_cmpint (scale.start % DAY, ==, 0);
  /* 1 January 1970 was a Thursday. */
  g_assert_cmpint ((scale.start / DAY + 3) % 7, ==, 0);
  g_assert_cmpint (NOW - scale.start, >=, 14 * DAY);
  g_assert_cmpint (NOW - scale.start, <, 21 * DAY);
  g_assert_cmpint (scale.end - scale.start, ==, 42 * DAY);
}

static void
test_places (void)
{
  RfiTimelineScale scale = make_scale (96);

  g_assert_cmpfloat (rfi_timeline_scale_get_x (&scale, scale.start), ==, 0);
  g_assert_cmpfloat (rfi_timeline_scale_get_x (&scale, scale.start + 2 * HOUR), ==, 192);
  g_assert_cmpfloat (rfi_timeline_scale_get_width (&scale), ==, 42 * 24 * 96);
  for (gint64 at = scale.start; at < scale.end; at += 7 * HOUR / 3)
    g_assert_cmpint (rfi_timeline_scale_get_time (&scale, rfi_timeline_scale_get_x (&scale, at)),
                     ==, at);
}

/* What is under the pointer stays there, as far as one can zoom. */
static void
test_zoom (void)
{
  static const struct {
    double rate;
    double factor;
    double pointer;
  } cases[] = {
    { 96, 1.25, 0 }, { 96, 1.25, 700 }, { 96, 0.8, 1199 }, { 96, 0.001, 600 }, { 96, 1000, 600 },
    { 3.6, 2, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RfiTimelineScale scale = make_scale (cases[i].rate);
      double offset = 5000 * cases[i].rate / 96;
      gint64 at = rfi_timeline_scale_get_time (&scale, offset + cases[i].pointer);
      gint64 after;

      offset = rfi_timeline_scale_zoom (&scale, cases[i].factor, offset, cases[i].pointer, 1200);
      after = rfi_timeline_scale_get_time (&scale, offset + cases[i].pointer);
      g_test_message ("case %u", i);
      g_assert_cmpint (ABS (after - at), <, 1000);
      g_assert_cmpfloat (scale.rate, >=, 1200.0 / 336 - 0.001);
      g_assert_cmpfloat (scale.rate, <=, 480);
    }
}

static void
test_slider (void)
{
  RfiTimelineScale scale = make_scale (96);

  for (double zoom = 0; zoom <= 1; zoom += 0.125)
    {
      rfi_timeline_scale_zoom (&scale, rfi_timeline_scale_get_factor (&scale, zoom, 1200), 0, 0,
                               1200);
      g_assert_cmpfloat (fabs (rfi_timeline_scale_get_zoom (&scale, 1200) - zoom), <, 0.001);
    }
}

static void
test_fit (void)
{
  static const int hours[RFI_TIMELINE_N_SPANS] = { 12, 72, 168, 336 };
  RfiTimelineScale scale = make_scale (1);

  for (guint i = 0; i < RFI_TIMELINE_N_SPANS; i++)
    {
      rfi_timeline_scale_fit (&scale, (RfiTimelineSpan) i, 1200);
      g_assert_cmpfloat (fabs (scale.rate * hours[i] - 1200), <, 0.001);
    }
}

static void
test_steps (void)
{
  static const struct {
    double rate;
    int    step;
  } cases[] = { { 480, 15 }, { 130, 30 }, { 100, 60 }, { 40, 120 }, { 16, 360 }, { 3, 1440 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RfiTimelineScale scale = make_scale (cases[i].rate);

      g_assert_cmpint (rfi_timeline_scale_get_step (&scale, 64), ==, cases[i].step);
    }
}

static void
test_snap (void)
{
  g_assert_cmpint (rfi_timeline_snap (10 * HOUR), ==, 10 * HOUR);
  g_assert_cmpint (rfi_timeline_snap (10 * HOUR + 7 * 60000), ==, 10 * HOUR);
  g_assert_cmpint (rfi_timeline_snap (10 * HOUR + 8 * 60000), ==, 10 * HOUR + HOUR / 4);
  g_assert_cmpint (rfi_timeline_snap (-8 * 60000), ==, -HOUR / 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/timeline-scale/range", test_range);
  g_test_add_func ("/timeline-scale/places", test_places);
  g_test_add_func ("/timeline-scale/zoom", test_zoom);
  g_test_add_func ("/timeline-scale/slider", test_slider);
  g_test_add_func ("/timeline-scale/fit", test_fit);
  g_test_add_func ("/timeline-scale/steps", test_steps);
  g_test_add_func ("/timeline-scale/snap", test_snap);

  return g_test_run ();
}
