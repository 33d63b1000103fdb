/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-remote-error.h"
#include "rfi-sync-error.h"
#include "rfi-sync-metrics.h"
#include "rfi-sync-schedule.h"

#include <string.h>

#define N_TRIES 2000

/* The least and the most of many answers. */
static void
measure (const RfiSyncSituation *situation,
         gint64                 *least,
         gint64                 *most)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (11);

  *least = G_MAXINT64;
  *most = 0;
  for (guint i = 0; i < N_TRIES; i++)
    {
      gint64 wait = rfi_sync_schedule_wait (situation, random);

      *least = MIN (*least, wait);
      *most = MAX (*most, wait);
    }
}

static void
assert_between (const RfiSyncSituation *situation,
                gint64                  from,
                gint64                  to)
{
  gint64 least;
  gint64 most;

  measure (situation, &least, &most);
  g_assert_cmpint (least, >=, from);
  g_assert_cmpint (most, <=, to);
  /* Spread over the whole of it: consoles do not move in step. */
  g_assert_cmpint (most - least, >, (to - from) * 9 / 10);
}

static void
test_usual (void)
{
  RfiSyncSituation polling = { 0 };
  RfiSyncSituation live = { .live = TRUE };
  RfiSyncSituation chosen = { .live = TRUE, .interval = 60000 };

  assert_between (&polling, 9000, 11000);
  assert_between (&live, 27000, 33000);
  assert_between (&chosen, 54000, 66000);
}

static void
test_offline (void)
{
  RfiSyncSituation first = { .offline = TRUE, .n_failures = 1 };
  RfiSyncSituation later = { .offline = TRUE, .n_failures = 1000000 };

  assert_between (&first, 2000, 4000);
  assert_between (&later, 15000, 30000);
}

/* The cap comes before the jitter: at the cap a fleet stays spread. */
static void
test_failing (void)
{
  g_autoptr(GError) failure = rfi_remote_error_new (RFI_REMOTE_ERROR_SERVER, "broken");
  RfiSyncSituation first = { .failure = failure, .n_failures = 1 };
  RfiSyncSituation fourth = { .failure = failure, .n_failures = 4 };
  RfiSyncSituation later = { .failure = failure, .n_failures = 1000 };

  assert_between (&first, 0, 1000);
  assert_between (&fourth, 0, 8000);
  assert_between (&later, 0, 300000);
}

static void
test_asked_to_wait (void)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr(GError) failure = rfi_remote_error_new_status (429, "20", body);
  RfiSyncSituation situation = { .failure = failure, .n_failures = 1 };

  assert_between (&situation, 20000, 24000);
}

static void
test_listings (void)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (11);

  for (guint i = 0; i < N_TRIES; i++)
    {
      gint64 usual = rfi_sync_schedule_listing (50, random);
      gint64 costly = rfi_sync_schedule_listing (60000, random);

      g_assert_cmpint (usual, >=, 9 * 60000);
      g_assert_cmpint (usual, <=, 11 * 60000);
      g_assert_cmpint (costly, >=, 90 * 60000);
    }
}

static GError *
error_for (guint       status,
           const char *text)
{
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  return rfi_remote_error_new_status (status, NULL, body);
}

/* A refusal in somebody else's words says nothing about the operation or the account. */
static void
test_words_from_between (void)
{
  static const char ours[] = "{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"Job not found\"}}";
  static const char auth[] = "{\"error\":{\"code\":\"TOKEN_EXPIRED\",\"message\":\"expired\"}}";
  g_autoptr(GError) gone = error_for (404, ours);
  g_autoptr(GError) lost = error_for (404, "<html>nothing here</html>");
  g_autoptr(GError) expired = error_for (401, auth);
  g_autoptr(GError) proxy = error_for (401, "<html>who are you</html>");

  g_assert_true (rfi_sync_error_is_gone (gone));
  g_assert_false (rfi_sync_error_is_transient (gone));
  g_assert_false (rfi_sync_error_is_gone (lost));
  g_assert_true (rfi_sync_error_is_transient (lost));
  g_assert_true (rfi_sync_error_is_auth (expired));
  g_assert_false (rfi_sync_error_is_auth (proxy));
  g_assert_true (rfi_sync_error_is_network (proxy));
  g_assert_cmpstr (rfi_sync_error_code (expired), ==, "TOKEN_EXPIRED");
  g_assert_false (rfi_sync_error_is_gone (NULL));
}

static void
test_metrics (void)
{
  g_autoptr(RfiSyncMetrics) metrics = rfi_sync_metrics_new ();
  g_autoptr(RfiSyncMetrics) copy = NULL;

  rfi_sync_metrics_count (metrics, RFI_SYNC_COUNTER_SENT, 2);
  rfi_sync_metrics_count (metrics, RFI_SYNC_COUNTER_SENT, 1);
  for (guint i = 0; i < RFI_SYNC_METRICS_SIZE + 10; i++)
    rfi_sync_metrics_sample (metrics, RFI_SYNC_SERIES_LATENCY, i, i * 2.0);

  copy = rfi_sync_metrics_copy (metrics);
  g_assert_cmpuint (rfi_sync_metrics_get_count (copy, RFI_SYNC_COUNTER_SENT), ==, 3);
  g_assert_cmpuint (rfi_sync_metrics_get_length (copy, RFI_SYNC_SERIES_LATENCY), ==,
                    RFI_SYNC_METRICS_SIZE);
  g_assert_cmpint (rfi_sync_metrics_get_sample (copy, RFI_SYNC_SERIES_LATENCY, 0)->at, ==, 10);
  g_assert_cmpfloat (rfi_sync_metrics_get_sample (copy, RFI_SYNC_SERIES_LATENCY,
                                                  RFI_SYNC_METRICS_SIZE - 1)->value, ==,
                     (RFI_SYNC_METRICS_SIZE + 9) * 2.0);
  g_assert_cmpuint (rfi_sync_metrics_get_length (copy, RFI_SYNC_SERIES_ROWS), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sync/schedule/usual", test_usual);
  g_test_add_func ("/sync/schedule/offline", test_offline);
  g_test_add_func ("/sync/schedule/failing", test_failing);
  g_test_add_func ("/sync/schedule/asked-to-wait", test_asked_to_wait);
  g_test_add_func ("/sync/schedule/listings", test_listings);
  g_test_add_func ("/sync/schedule/words-from-between", test_words_from_between);
  g_test_add_func ("/sync/schedule/metrics", test_metrics);

  return g_test_run ();
}
