/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-pulse.h"

#define MINUTE RFI_PULSE_MINUTE
#define NOON   (G_GINT64_CONSTANT (1000000) * MINUTE)

/* "12 - 3.5": values of @n parts up to @until, "-" where nothing is known. */
static char *
show (const RfiPulse *pulse,
      RfiPulseSeries  series,
      gint64          until,
      gint64          step,
      guint           n)
{
  g_autofree RfiPulsePoint *points = g_new (RfiPulsePoint, n);
  GString *text = g_string_new (NULL);

  rfi_pulse_sum (pulse, series, until, step, n, points);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (points[i].at, ==, until - step * (n - i));
      g_string_append (text, i > 0 ? " " : "");
      if (points[i].known)
        g_string_append_printf (text, "%g", points[i].value);
      else
        g_string_append_c (text, '-');
    }

  return g_string_free (text, FALSE);
}

static void
must_show (const RfiPulse *pulse,
           RfiPulseSeries  series,
           gint64          until,
           gint64          step,
           guint           n,
           const char     *expected)
{
  g_autofree char *text = show (pulse, series, until, step, n);

  g_assert_cmpstr (text, ==, expected);
}

static void
add_cycle (RfiPulse *pulse,
           gint64    at,
           gint64    took)
{
  RfiPulseMinute *minute = rfi_pulse_get_minute (pulse, at);

  minute->n_cycles++;
  minute->duration += took;
}

static void
test_means (void)
{
  g_autoptr(RfiPulse) pulse = rfi_pulse_new ();
  RfiPulseMinute *minute;

  add_cycle (pulse, NOON + 1, 100);
  add_cycle (pulse, NOON + MINUTE - 1, 200);
  add_cycle (pulse, NOON + 2 * MINUTE, 30);
  must_show (pulse, RFI_PULSE_DURATION, NOON + 3 * MINUTE, MINUTE, 4, "- 150 - 30");
  must_show (pulse, RFI_PULSE_DURATION, NOON + 3 * MINUTE, 3 * MINUTE, 2, "- 110");
  must_show (pulse, RFI_PULSE_LATENCY, NOON + 3 * MINUTE, MINUTE, 3, "- - -");

  minute = rfi_pulse_get_minute (pulse, NOON);
  minute->n_answered = 8;
  minute->n_conflicts = 2;
  must_show (pulse, RFI_PULSE_CONFLICTS, NOON + 3 * MINUTE, MINUTE, 3, "25 - -");
}

static void
test_spans (void)
{
  g_autoptr(RfiPulse) pulse = rfi_pulse_new ();

  rfi_pulse_add_span (pulse, NOON + MINUTE / 2, NOON + MINUTE, FALSE, 7);
  rfi_pulse_add_span (pulse, NOON + MINUTE, NOON + 2 * MINUTE + MINUTE / 4, TRUE, 2);
  rfi_pulse_add_span (pulse, NOON + 2 * MINUTE + MINUTE / 4, NOON + 3 * MINUTE, FALSE, 3);
  must_show (pulse, RFI_PULSE_UPTIME, NOON + 4 * MINUTE, MINUTE, 5, "- 0 100 25 -");
  must_show (pulse, RFI_PULSE_UPTIME, NOON + 4 * MINUTE, 4 * MINUTE, 1, "50");
  must_show (pulse, RFI_PULSE_QUEUE, NOON + 4 * MINUTE, MINUTE, 5, "- 7 2 3 -");
  must_show (pulse, RFI_PULSE_QUEUE, NOON + 4 * MINUTE, 4 * MINUTE, 1, "7");

  /* The same time told twice is no more than a minute. */
  rfi_pulse_add_span (pulse, NOON + MINUTE, NOON + 2 * MINUTE, FALSE, 0);
  must_show (pulse, RFI_PULSE_UPTIME, NOON + 2 * MINUTE, MINUTE, 1, "100");
}

static void
test_bounds (void)
{
  g_autoptr(RfiPulse) pulse = rfi_pulse_new ();

  for (gint64 at = NOON; at < NOON + 2 * RFI_PULSE_WEEK; at += MINUTE)
    add_cycle (pulse, at, 1);
  g_assert_cmpuint (rfi_pulse_get_n (pulse), ==, 7 * 24 * 60);
  g_assert_cmpint (rfi_pulse_get_nth (pulse, 0)->at, ==, NOON + RFI_PULSE_WEEK);
}

/* What is written later for an earlier time stands where it belongs; of a clock that was a month
 * ahead nothing is believed. */
static void
test_clock_set_back (void)
{
  g_autoptr(RfiPulse) pulse = rfi_pulse_new ();

  add_cycle (pulse, NOON, 10);
  add_cycle (pulse, NOON + 5 * MINUTE, 50);
  add_cycle (pulse, NOON + 2 * MINUTE, 20);
  must_show (pulse, RFI_PULSE_DURATION, NOON + 6 * MINUTE, MINUTE, 6, "10 - 20 - - 50");

  add_cycle (pulse, NOON + 5 * RFI_PULSE_WEEK, 5);
  add_cycle (pulse, NOON + 6 * MINUTE, 60);
  g_assert_cmpuint (rfi_pulse_get_n (pulse), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pulse/means", test_means);
  g_test_add_func ("/pulse/spans", test_spans);
  g_test_add_func ("/pulse/bounds", test_bounds);
  g_test_add_func ("/pulse/clock-set-back", test_clock_set_back);

  return g_test_run ();
}
