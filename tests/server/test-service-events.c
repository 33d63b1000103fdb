/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service-fixture.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

/* @n: tells events apart */
static char *
tell (Fixture *fixture,
      guint    n)
{
  g_autofree char *json = g_strdup_printf (
    "{\"events\":[{\"eventId\":\"11111111-1111-4111-8111-%012u\",\"type\":\"sync.failed\","
    "\"schemaVersion\":2,\"occurredAt\":1764200000000,\"aggregateId\":\"sync\",\"sequence\":%u,"
    "\"payload\":{\"code\":\"X\"}}]}", n, n);
  Answer *answer =
    service_ask (fixture, fixture->people[DISPATCHER], "POST", "/api/events", json);
  char *text = g_strdup (answer->text);

  g_assert_cmpuint (answer->status, ==, 200);
  answer_free (answer);
  return text;
}

static void
must_be (Fixture *fixture,
         guint    n,
         gboolean is_new)
{
  g_autofree char *text = tell (fixture, n);

  g_assert_cmpstr (text, ==, is_new ? "{\"accepted\":1,\"duplicates\":0}"
                                    : "{\"accepted\":0,\"duplicates\":1}");
}

static gint64
count (Fixture    *fixture,
       const char *table)
{
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM ", table, NULL);

  return service_count (fixture, sql);
}

/* What is old is archived, not dropped, and is still known if it comes again. */
static void
test_archive (Fixture       *fixture,
              gconstpointer  unused)
{
  for (guint n = 1; n <= 6; n++)
    must_be (fixture, n, TRUE);
  must_be (fixture, 3, FALSE);
  fixture->now += 29 * DAY;
  must_be (fixture, 7, TRUE);
  g_assert_cmpint (count (fixture, "client_event_archive"), ==, 0);

  fixture->now += 2 * DAY;
  must_be (fixture, 8, TRUE);
  g_assert_cmpint (count (fixture, "client_event_archive"), ==, 4);
  must_be (fixture, 9, TRUE);
  g_assert_cmpint (count (fixture, "client_event_archive"), ==, 6);
  g_assert_cmpint (count (fixture, "client_event"), ==, 3);
  must_be (fixture, 3, FALSE);
  must_be (fixture, 8, FALSE);
  g_assert_cmpint (count (fixture, "client_event"), ==, 3);
  g_assert_cmpint (service_count (fixture, "SELECT sum (sequence) FROM client_event_archive"), ==,
                   1 + 2 + 3 + 4 + 5 + 6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/service-events/archive", Fixture, NULL, service_set_up, test_archive,
              service_tear_down);

  return g_test_run ();
}
