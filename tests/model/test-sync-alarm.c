/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-sync-alarm.h"

/* Hours since a noon of long ago. */
#define HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)
#define NOON (G_GINT64_CONSTANT (1000000) * HOUR)

/* "offline! conflict queue=101": "!" is critical, the numbers are of what is counted. */
static char *
describe (const RfiSyncVitals *vitals,
          gint64               now,
          gint64              *next)
{
  static const char * const names[RFI_N_ALARM_KINDS] = {
    [RFI_ALARM_QUEUE] = "queue", [RFI_ALARM_CONFLICT] = "conflict",
    [RFI_ALARM_FAILURES] = "failures", [RFI_ALARM_OFFLINE] = "offline",
  };
  RfiSyncAlarm alarms[RFI_N_ALARM_KINDS];
  guint n = rfi_sync_alarm_check (vitals, now, alarms, next);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", names[alarms[i].kind],
                              alarms[i].severity == RFI_SEVERITY_CRITICAL ? "!" : "");
      if (alarms[i].since == 0)
        g_string_append_printf (text, "=%u", alarms[i].n);
    }

  return g_string_free (text, FALSE);
}

static void
must_read (const RfiSyncVitals *vitals,
           gint64               now,
           const char          *expected)
{
  gint64 next;
  g_autofree char *text = describe (vitals, now, &next);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_counts (void)
{
  must_read (&(RfiSyncVitals) { 0 }, NOON, "");
  must_read (&(RfiSyncVitals) { .n_queued = 100, .n_failures = 10 }, NOON, "");
  must_read (&(RfiSyncVitals) { .n_queued = 101 }, NOON, "queue=101");
  must_read (&(RfiSyncVitals) { .n_queued = 500 }, NOON, "queue=500");
  must_read (&(RfiSyncVitals) { .n_queued = 501 }, NOON, "queue!=501");
  must_read (&(RfiSyncVitals) { .n_failures = 11 }, NOON, "failures!=11");
  must_read (&(RfiSyncVitals) { .n_queued = 101, .n_failures = 11 }, NOON,
             "failures!=11 queue=101");
}

/* Walks a clock from one moment at which it may read otherwise to the next, and tells when it did:
 * nothing happens in between. */
static char *
walk (const RfiSyncVitals *vitals)
{
  GString *story = g_string_new (NULL);
  gint64 now = NOON;

  while (now < G_MAXINT64)
    {
      gint64 next;
      gint64 unused;
      g_autofree char *text = describe (vitals, now, &next);

      g_string_append_printf (story, "%" G_GINT64_FORMAT "h+%" G_GINT64_FORMAT "[%s]",
                              (now - NOON) / HOUR, (now - NOON) % HOUR, text);
      if (next < G_MAXINT64)
        {
          g_autofree char *before = describe (vitals, next - 1, &unused);

          g_assert_cmpstr (before, ==, text);
          g_assert_cmpint (unused, ==, next);
        }
      g_assert_cmpint (next, >, now);
      now = next;
    }

  return g_string_free (story, FALSE);
}

static void
test_offline (void)
{
  g_autofree char *story = walk (&(RfiSyncVitals) { .offline_since = NOON });

  g_assert_cmpstr (story, ==, "0h+0[]24h+1[offline]72h+1[offline!]");
}

static void
test_conflict (void)
{
  g_autofree char *story = walk (&(RfiSyncVitals) { .oldest_conflict_at = NOON });

  g_assert_cmpstr (story, ==, "0h+0[]24h+1[conflict]168h+1[conflict!]");
}

/* The graver ones come first, whatever their kind. */
static void
test_together (void)
{
  g_autofree char *story = walk (&(RfiSyncVitals) {
    .oldest_conflict_at = NOON - HOUR, .offline_since = NOON, .n_queued = 200 });

  g_assert_cmpstr (story, ==,
                   "0h+0[queue=200]"
                   "23h+1[queue=200 conflict]"
                   "24h+1[queue=200 conflict offline]"
                   "72h+1[offline! queue=200 conflict]"
                   "167h+1[conflict! offline! queue=200]");
}

static void
test_silent (void)
{
  RfiSeverity severity;

  g_assert_false (rfi_sync_alarm_is_silent (NOON, NOON + 24 * HOUR, &severity));
  g_assert_true (rfi_sync_alarm_is_silent (NOON, NOON + 24 * HOUR + 1, &severity));
  g_assert_cmpint (severity, ==, RFI_SEVERITY_WARNING);
  g_assert_true (rfi_sync_alarm_is_silent (NOON, NOON + 72 * HOUR + 1, &severity));
  g_assert_cmpint (severity, ==, RFI_SEVERITY_CRITICAL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync-alarm/counts", test_counts);
  g_test_add_func ("/sync-alarm/offline", test_offline);
  g_test_add_func ("/sync-alarm/conflict", test_conflict);
  g_test_add_func ("/sync-alarm/together", test_together);
  g_test_add_func ("/sync-alarm/silent", test_silent);

  return g_test_run ();
}
