/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-time.h"

static const struct
{
  gint64      ms;
  const char *text;
} known[] = {
  { 0, "1970-01-01T00:00:00.000Z" },
  { -1, "1969-12-31T23:59:59.999Z" },
  { 951782400000, "2000-02-29T00:00:00.000Z" },
  { 1077926399999, "2004-02-27T23:59:59.999Z" },
  { 4107542400000, "2100-03-01T00:00:00.000Z" },
  { 1795248742988, "2026-11-21T08:12:22.988Z" },
  { 253402300799999, "9999-12-31T23:59:59.999Z" },
};

static void
test_known (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = rfi_time_to_string (known[i].ms);
      gint64 ms = 0;

      g_assert_cmpstr (text, ==, known[i].text);
      g_assert_true (rfi_time_parse (known[i].text, -1, &ms));
      g_assert_cmpint (ms, ==, known[i].ms);
    }
}

/* Against GLib's calendar, which was written by somebody else. */
static void
test_against_glib (void)
{
  for (int i = 0; i < 5000; i++)
    {
      gint64 seconds = (gint64) g_test_rand_int_range (G_MININT32 + 1, G_MAXINT32) * 60;
      g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = NULL;
      g_autofree char *text = NULL;
      gint64 ms = 0;

      if (date == NULL || g_date_time_get_year (date) > 9998)
        continue;
      expected = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S.000Z");
      if (g_date_time_get_year (date) < 1000)
        continue;
      text = rfi_time_to_string (seconds * 1000);
      g_assert_cmpstr (text, ==, expected);
      g_assert_true (rfi_time_parse (expected, -1, &ms));
      g_assert_cmpint (ms, ==, seconds * 1000);
    }
}

static void
test_spellings (void)
{
  static const struct
  {
    const char *text;
    gint64      ms;
  } spellings[] = {
    { "1970-01-01T00:00:01Z", 1000 },
    { "1970-01-01t00:00:01z", 1000 },
    { "1970-01-01T00:00:01.5Z", 1500 },
    { "1970-01-01T00:00:01.123456789Z", 1123 },
    { "1970-01-01T01:00:00+01:00", 0 },
    { "1969-12-31T18:30:00-05:30", 0 },
    { "2016-12-31T23:59:60Z", 1483228800000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      gint64 ms = -1;

      g_assert_true (rfi_time_parse (spellings[i].text, -1, &ms));
      g_assert_cmpint (ms, ==, spellings[i].ms);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "yesterday",
    "2026-11-21",
    "2026-11-21 08:12:22Z",
    "2026-11-21T08:12:22",
    "2026-11-21T08:12Z",
    "2026-13-01T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-11-21T24:00:00Z",
    "2026-11-21T23:60:00Z",
    "2026-11-21T23:59:61Z",
    "2026-11-21T08:12:22.Z",
    "2026-11-21T08:12:22+1:00",
    "2026-11-21T08:12:22+24:00",
    "2026-11-21T08:12:22Z ",
    "-026-11-21T08:12:22Z",
    "2026-11-21T08:12:22\xd9\xa0Z",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gint64 ms = 42;

      g_test_message ("%s", texts[i]);
      g_assert_false (rfi_time_parse (texts[i], -1, &ms));
      g_assert_cmpint (ms, ==, 42);
    }
}

/* A reader of a larger text gives a length; nothing behind it may be looked at. */
static void
test_length (void)
{
  const char *text = "1970-01-01T00:00:01Z9";
  gint64 ms = 0;

  g_assert_true (rfi_time_parse (text, 20, &ms));
  g_assert_cmpint (ms, ==, 1000);
  for (gssize length = 0; length < 20; length++)
    {
      g_autofree char *cut = g_memdup2 (text, length);

      g_assert_false (rfi_time_parse (cut != NULL ? cut : "", length, &ms));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/time/known", test_known);
  g_test_add_func ("/time/against-glib", test_against_glib);
  g_test_add_func ("/time/spellings", test_spellings);
  g_test_add_func ("/time/refused", test_refused);
  g_test_add_func ("/time/length", test_length);

  return g_test_run ();
}
