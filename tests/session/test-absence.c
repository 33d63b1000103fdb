/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-absence.h"
#include "rfi-test-clock.h"

typedef struct
{
  RfiTestClock *clock;    /* (owned) */
  RfiAbsence   *absence;  /* (owned) */
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->clock = rfi_test_clock_new ();
  f->absence = rfi_absence_new (RFI_CLOCK (f->clock));
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  rfi_absence_free (f->absence);
  g_object_unref (f->clock);
}

static gboolean
leave_for (Fixture *f,
           gint64   ms)
{
  g_assert_false (rfi_absence_set_present (f->absence, FALSE));
  rfi_test_clock_advance (f->clock, ms);
  return rfi_absence_set_present (f->absence, TRUE);
}

static void
test_five_minutes (Fixture       *f,
                   gconstpointer  data)
{
  g_assert_cmpint (RFI_ABSENCE_LONG, ==, 5 * 60 * 1000);
  g_assert_false (rfi_absence_set_present (f->absence, TRUE));
  g_assert_false (leave_for (f, RFI_ABSENCE_LONG - 1));
  g_assert_true (leave_for (f, RFI_ABSENCE_LONG));
  g_assert_false (leave_for (f, 0));
}

/* Nobody was there from the beginning: the console was started, or went on, without a window. */
static void
test_never_there (Fixture       *f,
                  gconstpointer  data)
{
  g_assert_true (leave_for (f, RFI_ABSENCE_LONG));
}

/* Each window tells, and they tell what is known. */
static void
test_told_again (Fixture       *f,
                 gconstpointer  data)
{
  g_assert_false (rfi_absence_set_present (f->absence, TRUE));
  rfi_test_clock_advance (f->clock, RFI_ABSENCE_LONG);
  g_assert_false (rfi_absence_set_present (f->absence, TRUE));

  g_assert_false (rfi_absence_set_present (f->absence, FALSE));
  rfi_test_clock_advance (f->clock, RFI_ABSENCE_LONG / 2);
  g_assert_true (leave_for (f, RFI_ABSENCE_LONG / 2));
}

/* Somebody sets the computer's clock. */
static void
test_clock_set (Fixture       *f,
                gconstpointer  data)
{
  g_assert_false (rfi_absence_set_present (f->absence, TRUE));
  g_assert_false (rfi_absence_set_present (f->absence, FALSE));
  rfi_test_clock_step_wall (f->clock, 24 * 60 * 60 * 1000);
  g_assert_false (rfi_absence_set_present (f->absence, TRUE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, test) g_test_add ((path), Fixture, NULL, set_up, (test), tear_down)
  ADD ("/absence/five-minutes", test_five_minutes);
  ADD ("/absence/never-there", test_never_there);
  ADD ("/absence/told-again", test_told_again);
  ADD ("/absence/clock-set", test_clock_set);

  return g_test_run ();
}
