/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service-device.h"

#include <string.h>

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

/* How far a device's clock is off is told to whoever may see the device. */
static void
test_clock (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *silent = device_hello (device);
  g_autoptr(GString) hello = g_string_new (silent);
  g_autofree char *time =
    g_strdup_printf ("{\"deviceTime\":%" G_GINT64_FORMAT ",", fixture->now - 300000);
  g_autoptr(Answer) before = NULL;
  g_autoptr(Answer) after = NULL;
  const char *skew;

  before = service_ask (fixture, fixture->people[ADMIN], "GET", "/api/v1/devices", NULL);
  g_assert_null (strstr (before->text, "clockSkew"));

  g_string_replace (hello, "{", time, 1);
  service_must (fixture, device->user, "POST", "/api/v1/devices", hello->str, 200, NULL);
  after = service_ask (fixture, fixture->people[ADMIN], "GET", "/api/v1/devices", NULL);
  skew = strstr (after->text, "\"clockSkew\":");
  g_assert_nonnull (skew);
  /* The fixture's clock goes on a little with each call. */
  g_assert_cmpint (ABS (g_ascii_strtoll (skew + strlen ("\"clockSkew\":"), NULL, 10) + 300000), <,
                   1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/service-events/archive", Fixture, NULL, service_set_up, test_archive,
              service_tear_down);
  g_test_add ("/service-events/clock", Fixture, NULL, service_set_up, test_clock,
              service_tear_down);

  return g_test_run ();
}
