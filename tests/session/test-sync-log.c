/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-store-log.h"
#include "rfi-sync-log.h"
#include "rfi-sync-state.h"
#include "rfi-test-clock.h"
#include "rfi-test-seal.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>

#define SECOND G_GINT64_CONSTANT (1000)
#define MINUTE RFI_PULSE_MINUTE

/* An engine that is played by hand, on a clock that stands still until it is told. */
typedef struct
{
  char           *dir;      /* (owned) */
  RfiStore       *store;    /* (owned) */
  RfiSyncLog     *log;      /* (owned) */
  RfiTestClock   *clock;    /* (owned) */
  RfiSyncMetrics *metrics;  /* (owned) */
  RfiSyncState    state;
  gint64          noon;     /* ms since 1970, of a whole minute */
} Fixture;

static void
open_log (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache.db", NULL);
  g_autoptr(RfiSeal) seal = rfi_test_seal_new ();
  g_autoptr(GError) error = NULL;

  fixture->store = rfi_store_open (path, seal, NULL, NULL, NULL, TRUE, &error);
  g_assert_no_error (error);
  fixture->log = rfi_sync_log_new (fixture->store, fixture->dir, RFI_CLOCK (fixture->clock));
}

static void
close_log (Fixture *fixture)
{
  rfi_sync_log_stop (fixture->log);
  g_clear_object (&fixture->log);
  rfi_test_settle ();
  rfi_store_close (fixture->store);
  g_clear_object (&fixture->store);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  gint64 now;

  fixture->dir = g_dir_make_tmp ("rfi-test-sync-log-XXXXXX", NULL);
  fixture->clock = rfi_test_clock_new ();
  now = rfi_clock_get_wall (RFI_CLOCK (fixture->clock));
  rfi_test_clock_advance (fixture->clock, MINUTE - now % MINUTE);
  fixture->noon = rfi_clock_get_wall (RFI_CLOCK (fixture->clock));
  fixture->metrics = rfi_sync_metrics_new ();
  fixture->state.phase = RFI_PHASE_LIVE;
  fixture->state.online = TRUE;
  open_log (fixture);
}

static void
remove_archives (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "events", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  static const char * const names[] = { "cache.db", "cache.db-wal", "cache.db-shm",
                                        "cache.db.lock" };

  close_log (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->dir, names[i], NULL);

      g_unlink (path);
    }
  remove_archives (fixture);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  rfi_sync_metrics_free (fixture->metrics);
  g_object_unref (fixture->clock);
  g_free (fixture->dir);
}

/* @ms pass, then the engine has something to say. */
static void
look_after (Fixture *fixture,
            gint64   ms)
{
  rfi_test_clock_advance (fixture->clock, ms);
  rfi_sync_log_look_at (fixture->log, rfi_clock_get_wall (RFI_CLOCK (fixture->clock)),
                        &fixture->state, fixture->metrics);
}

static void
play_cycle (Fixture *fixture,
            double   took,
            gboolean failed)
{
  rfi_sync_metrics_count (fixture->metrics, RFI_SYNC_COUNTER_CYCLES, 1);
  rfi_sync_metrics_sample (fixture->metrics, RFI_SYNC_SERIES_DURATION, 0, took);
  if (failed)
    {
      rfi_sync_metrics_count (fixture->metrics, RFI_SYNC_COUNTER_FAILED_CYCLES, 1);
      rfi_sync_metrics_count (fixture->metrics, RFI_SYNC_COUNTER_FAILED_IN_A_ROW, 1);
    }
  else
    {
      rfi_sync_metrics_reset (fixture->metrics, RFI_SYNC_COUNTER_FAILED_IN_A_ROW);
    }
}

/* @n minutes since noon, "-" where nothing is known. (transfer full) */
static char *
show (Fixture        *fixture,
      RfiPulseSeries  series,
      guint           n)
{
  RfiPulsePoint points[8];
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (points));
  rfi_pulse_sum (rfi_sync_log_get_pulse (fixture->log), series, fixture->noon + n * MINUTE,
                 MINUTE, n, points);
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? " " : "");
      if (points[i].known)
        g_string_append_printf (text, "%g", points[i].value);
      else
        g_string_append_c (text, '-');
    }

  return g_string_free (text, FALSE);
}

static void
must_show (Fixture        *fixture,
           RfiPulseSeries  series,
           guint           n,
           const char     *expected)
{
  g_autofree char *text = show (fixture, series, n);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_figures (Fixture       *fixture,
              gconstpointer  unused)
{
  fixture->state.real_time = TRUE;
  look_after (fixture, 0);
  play_cycle (fixture, 100, FALSE);
  play_cycle (fixture, 200, FALSE);
  look_after (fixture, 30 * SECOND);
  fixture->state.real_time = FALSE;
  fixture->state.n_queued = 3;
  rfi_sync_metrics_count (fixture->metrics, RFI_SYNC_COUNTER_CONFLICTS, 1);
  rfi_sync_metrics_count (fixture->metrics, RFI_SYNC_COUNTER_CONFIRMED, 3);
  look_after (fixture, 15 * SECOND);
  look_after (fixture, 45 * SECOND);
  fixture->state.n_queued = 0;
  look_after (fixture, 30 * SECOND);

  must_show (fixture, RFI_PULSE_DURATION, 3, "150 - -");
  must_show (fixture, RFI_PULSE_CONFLICTS, 3, "25 - -");
  must_show (fixture, RFI_PULSE_UPTIME, 3, "75 0 -");
  must_show (fixture, RFI_PULSE_QUEUE, 3, "3 3 0");
  must_show (fixture, RFI_PULSE_LATENCY, 3, "- - -");
}

/* Of a night that the computer slept nothing is said. */
static void
test_sleep (Fixture       *fixture,
            gconstpointer  unused)
{
  fixture->state.real_time = TRUE;
  look_after (fixture, 0);
  look_after (fixture, 8 * 60 * MINUTE);
  must_show (fixture, RFI_PULSE_UPTIME, 3, "- - -");
}

static void
test_next_session (Fixture       *fixture,
                   gconstpointer  unused)
{
  look_after (fixture, 0);
  play_cycle (fixture, 70, FALSE);
  look_after (fixture, 10 * SECOND);
  close_log (fixture);

  open_log (fixture);
  rfi_sync_metrics_free (fixture->metrics);
  fixture->metrics = rfi_sync_metrics_new ();
  look_after (fixture, MINUTE);
  play_cycle (fixture, 90, FALSE);
  look_after (fixture, 10 * SECOND);
  must_show (fixture, RFI_PULSE_DURATION, 2, "- 90");
  rfi_test_settle ();
  must_show (fixture, RFI_PULSE_DURATION, 2, "70 90");
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* "type payload", the oldest first. (transfer full) */
static char *
show_events (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) events = NULL;
  GString *text = g_string_new (NULL);

  rfi_store_list_unsent_events_async (fixture->store, 100, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  events = rfi_store_list_events_finish (fixture->store, result, NULL);
  g_assert_nonnull (events);
  for (guint i = 0; i < events->len; i++)
    {
      const RfiClientEvent *event = g_ptr_array_index (events, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", event->type, event->payload);
    }

  return g_string_free (text, FALSE);
}

/* One event for each turn, not for each cycle. */
static void
test_events (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autofree char *shown = NULL;

  look_after (fixture, 0);
  fixture->state.online = FALSE;
  fixture->state.error_code = (char *) "UNREACHABLE";
  fixture->state.error_message = (char *) "dispatch.coolair.example refused";
  for (guint i = 0; i < 12; i++)
    {
      play_cycle (fixture, 10, TRUE);
      look_after (fixture, 20 * SECOND);
    }
  g_assert_cmpuint (rfi_sync_log_get_n_failures (fixture->log), ==, 12);
  fixture->state.online = TRUE;
  fixture->state.error_code = NULL;
  fixture->state.clock_offset = -5 * MINUTE;
  fixture->state.restored_at = 1;
  play_cycle (fixture, 10, FALSE);
  look_after (fixture, 20 * SECOND);
  g_assert_cmpuint (rfi_sync_log_get_n_failures (fixture->log), ==, 0);

  shown = show_events (fixture);
  g_assert_cmpstr (shown, ==,
                   "sync.offline{\"code\":\"UNREACHABLE\"} "
                   "sync.failed{\"code\":\"UNREACHABLE\"} "
                   "sync.online{\"code\":null} "
                   "clock.skewed{\"offset\":-300000} "
                   "server.restored{\"queued\":0} "
                   "sync.recovered{\"failures\":12}");
}

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

#define DAY (G_GINT64_CONSTANT (24) * 60 * MINUTE)

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (rfi_event_post_send_now_finish (RFI_EVENT_POST (object), result, &error), ==,
                   error == NULL);
  *done = TRUE;
}

/* A server that takes no events. */
static void
archive_now (Fixture *fixture)
{
  gboolean done = FALSE;

  rfi_event_post_send_now_async (rfi_sync_log_get_post (fixture->log), NULL, FALSE, ended_cb,
                                 &done);
  rfi_test_wait (done);
}

/* The engine has something to say: what is due is done. */
static void
look_for_old (Fixture *fixture)
{
  rfi_event_post_send (rfi_sync_log_get_post (fixture->log), NULL, FALSE);
  rfi_test_settle ();
}

static guint
count_archives (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "events", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static guint
count_events (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) events = NULL;

  rfi_store_list_events_async (fixture->store, 100, 0, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  events = rfi_store_list_events_finish (fixture->store, result, NULL);
  return events->len;
}

static void
note_at (Fixture *fixture,
         gint64   at)
{
  rfi_sync_log_note (fixture->log, at, RFI_EVENT_OF_SYNC, "sync.failed", "{}");
  rfi_test_settle ();
}

/* By the rule: after thirty days, looked at once an hour; what an archive has is not here. */
static void
test_retention (Fixture       *fixture,
                gconstpointer  unused)
{
  note_at (fixture, fixture->noon);
  note_at (fixture, fixture->noon + 2 * DAY);
  look_for_old (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 2);

  rfi_test_clock_advance (fixture->clock, 30 * DAY);
  look_for_old (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 2);
  rfi_test_clock_advance (fixture->clock, 60 * MINUTE);
  look_for_old (fixture);
  rfi_test_wait (count_events (fixture) == 1);
  g_assert_cmpuint (count_archives (fixture), ==, 1);

  rfi_test_clock_advance (fixture->clock, 2 * DAY);
  look_for_old (fixture);
  rfi_test_wait (count_events (fixture) == 0);
  g_assert_cmpuint (count_archives (fixture), ==, 2);
}

/* What the server will still be given stays, however old. */
static void
test_unsent_stays (Fixture       *fixture,
                   gconstpointer  unused)
{
  gboolean done = FALSE;

  note_at (fixture, fixture->noon);
  rfi_test_clock_advance (fixture->clock, 40 * DAY);
  rfi_event_post_send_now_async (rfi_sync_log_get_post (fixture->log), NULL, TRUE, ended_cb,
                                 &done);
  rfi_test_wait (done);
  g_assert_cmpuint (count_events (fixture), ==, 1);
  archive_now (fixture);
  g_assert_cmpuint (count_events (fixture), ==, 0);
}

/* Nothing is lost where the archive cannot be written; it is told until it can. */
static void
test_trouble (Fixture       *fixture,
              gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (fixture->dir, "events", NULL);
  RfiEventPost *post = rfi_sync_log_get_post (fixture->log);
  const GError *error;
  gint64 begun;
  gint64 since;

  note_at (fixture, fixture->noon);
  g_assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  rfi_test_clock_advance (fixture->clock, 40 * DAY);
  begun = rfi_clock_get_wall (RFI_CLOCK (fixture->clock));
  archive_now (fixture);
  g_assert_cmpint (rfi_event_post_get_trouble (post, &since, &error), ==,
                   RFI_EVENT_TROUBLE_ARCHIVING);
  g_assert_cmpint (since, ==, begun);
  g_assert_nonnull (error);
  g_assert_cmpuint (count_events (fixture), ==, 1);

  rfi_test_clock_advance (fixture->clock, MINUTE);
  archive_now (fixture);
  rfi_event_post_get_trouble (post, &since, &error);
  g_assert_cmpint (since, ==, begun);

  g_assert_cmpint (g_unlink (path), ==, 0);
  archive_now (fixture);
  g_assert_cmpint (rfi_event_post_get_trouble (post, &since, &error), ==, RFI_EVENT_TROUBLE_NONE);
  g_assert_null (error);
  g_assert_cmpuint (count_events (fixture), ==, 0);
  g_assert_cmpuint (count_archives (fixture), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/sync-log/figures", test_figures);
  add ("/sync-log/sleep", test_sleep);
  add ("/sync-log/next-session", test_next_session);
  add ("/sync-log/events", test_events);
  add ("/sync-log/retention", test_retention);
  add ("/sync-log/unsent-stays", test_unsent_stays);
  add ("/sync-log/trouble", test_trouble);

  return g_test_run ();
}
