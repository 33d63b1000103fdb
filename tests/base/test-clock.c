/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-clock.h"

#include "rfi-test-wait.h"

static gboolean
count_cb (gpointer data)
{
  (*(guint *) data)++;

  /* Once means once, whatever a callback answers. */
  return G_SOURCE_CONTINUE;
}

static void
test_fires_once (void)
{
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);
  gint64 start = rfi_clock_get_monotonic (clock);
  guint first = 0;
  guint second = 0;

  g_assert_cmpuint (rfi_clock_arm (clock, 5, count_cb, &first), !=, 0);
  rfi_clock_arm (clock, 30, count_cb, &second);
  rfi_test_wait (second > 0);

  g_assert_cmpuint (first, ==, 1);
  g_assert_cmpuint (second, ==, 1);
  g_assert_cmpint (rfi_clock_get_monotonic (clock) - start, >=, 29);
}

static void
test_disarm (void)
{
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);
  guint never = 0;
  guint later = 0;
  guint timer = rfi_clock_arm (clock, 1, count_cb, &never);

  rfi_clock_arm (clock, 20, count_cb, &later);
  rfi_clock_disarm (clock, timer);
  rfi_clock_disarm (clock, timer);
  rfi_clock_disarm (clock, 0);
  rfi_test_wait (later > 0);

  g_assert_cmpuint (never, ==, 0);
}

/* A delay that has already passed is due at once, in the clock's own context. */
static void
test_context (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(RfiClock) clock = rfi_clock_new_system (context);
  guint fired = 0;

  rfi_clock_arm (clock, -5, count_cb, &fired);
  rfi_test_settle ();
  g_assert_cmpuint (fired, ==, 0);
  g_main_context_iteration (context, TRUE);
  g_assert_cmpuint (fired, ==, 1);
}

static void
test_wall (void)
{
  g_autoptr(RfiClock) clock = rfi_clock_new_system (NULL);
  gint64 before = g_get_real_time () / 1000;
  gint64 wall = rfi_clock_get_wall (clock);

  g_assert_cmpint (wall, >=, before);
  g_assert_cmpint (wall, <=, g_get_real_time () / 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/clock/fires-once", test_fires_once);
  g_test_add_func ("/clock/disarm", test_disarm);
  g_test_add_func ("/clock/context", test_context);
  g_test_add_func ("/clock/wall", test_wall);

  return g_test_run ();
}
