/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include "rfi-sealed-file.h"
#include "rfi-store-log.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define MINUTE RFI_PULSE_MINUTE
#define NOON   (G_GINT64_CONSTANT (1000000) * MINUTE)

static RfiPulse *
load_pulse (StoreFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  RfiPulse *pulse;

  rfi_store_load_pulse_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  pulse = rfi_store_load_pulse_finish (fixture->store, store_fixture_wait (&result), &error);
  g_assert_no_error (error);
  return pulse;
}

static void
put_minute (StoreFixture *fixture,
            gint64        at,
            guint         queue)
{
  g_autoptr(GArray) minutes = g_array_new (FALSE, TRUE, sizeof (RfiPulseMinute));
  RfiPulseMinute minute = {
    .at = at, .n_cycles = 2, .n_failed = 1, .duration = 30, .n_probes = 3, .latency = 12,
    .queue = queue, .n_answered = 5, .n_conflicts = 4, .known = 60000, .live = 20000,
  };

  g_array_append_val (minutes, minute);
  store_run (fixture, rfi_store_put_pulse_async, minutes);
}

static void
test_pulse (StoreFixture  *fixture,
            gconstpointer  unused)
{
  g_autoptr(RfiPulse) pulse = NULL;
  g_autoptr(RfiPulse) later = NULL;
  const RfiPulseMinute *minute;

  put_minute (fixture, NOON, 7);
  put_minute (fixture, NOON + MINUTE, 8);
  put_minute (fixture, NOON, 9);
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  pulse = load_pulse (fixture);
  g_assert_cmpuint (rfi_pulse_get_n (pulse), ==, 2);
  minute = rfi_pulse_get_nth (pulse, 0);
  g_assert_cmpint (minute->at, ==, NOON);
  g_assert_cmpuint (minute->n_cycles, ==, 2);
  g_assert_cmpuint (minute->n_failed, ==, 1);
  g_assert_cmpint (minute->duration, ==, 30);
  g_assert_cmpuint (minute->n_probes, ==, 3);
  g_assert_cmpint (minute->latency, ==, 12);
  g_assert_cmpuint (minute->queue, ==, 9);
  g_assert_cmpuint (minute->n_answered, ==, 5);
  g_assert_cmpuint (minute->n_conflicts, ==, 4);
  g_assert_cmpuint (minute->known, ==, 60000);
  g_assert_cmpuint (minute->live, ==, 20000);

  put_minute (fixture, NOON + RFI_PULSE_WEEK, 1);
  later = load_pulse (fixture);
  g_assert_cmpuint (rfi_pulse_get_n (later), ==, 2);
  g_assert_cmpint (rfi_pulse_get_nth (later, 0)->at, ==, NOON + MINUTE);
}

/* (transfer full): the newest first, or with @unsent the oldest first */
static GPtrArray *
list_events (StoreFixture *fixture,
             gboolean      unsent)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *events;

  if (unsent)
    rfi_store_list_unsent_events_async (fixture->store, 100, NULL, store_fixture_keep_cb, &result);
  else
    rfi_store_list_events_async (fixture->store, 100, 0, NULL, store_fixture_keep_cb, &result);
  events = rfi_store_list_events_finish (fixture->store, store_fixture_wait (&result), &error);
  g_assert_no_error (error);
  return events;
}

/* "type@aggregate#sequence", the oldest first */
static char *
show_events (StoreFixture *fixture)
{
  g_autoptr(GPtrArray) events = list_events (fixture, TRUE);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const RfiClientEvent *event = g_ptr_array_index (events, i);

      g_assert_true (g_uuid_string_is_valid (event->id));
      g_assert_cmpint (event->schema_version, ==, RFI_CLIENT_EVENT_SCHEMA);
      g_string_append_printf (text, "%s%s@%s#%" G_GINT64_FORMAT, i > 0 ? ", " : "", event->type,
                              event->aggregate, event->sequence);
    }

  return g_string_free (text, FALSE);
}

static void
add_event (StoreFixture *fixture,
           const char   *type,
           gint64        at)
{
  g_autoptr(RfiClientEvent) event = rfi_client_event_new (&(RfiClientEvent) {
    .type = (char *) type, .schema_version = RFI_CLIENT_EVENT_SCHEMA, .at = at,
    .aggregate = (char *) RFI_EVENT_OF_SYNC, .payload = (char *) "{\"code\":\"X\"}" });

  store_run (fixture, rfi_store_add_event_async, event);
}

/* One event that a server would not take holds up no other. */
static void
test_senseless_events (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  static const char sql[] =
    "DROP TRIGGER event_kept;"
    "UPDATE event SET payload = '{\"co' WHERE sequence = 1;"
    "UPDATE event SET type = CAST (zeroblob (4) AS TEXT) WHERE sequence = 2;"
    "UPDATE event SET schema_version = 0 WHERE sequence = 3";
  g_autoptr(GPtrArray) events = NULL;
  sqlite3 *db = NULL;

  for (guint i = 0; i < 4; i++)
    add_event (fixture, "sync.failed", 1000);
  store_fixture_close (fixture);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  store_fixture_open (fixture);
  store_assert (show_events (fixture), "sync.failed@sync#4");
  events = list_events (fixture, FALSE);
  g_assert_cmpuint (events->len, ==, 1);
}

/* What becomes of a change is told in the order of its job, by itself. */
static void
test_life_of_a_change (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) newer = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  add_event (fixture, "sync.failed", 5000);
  store_open_conflict (fixture, edit, a, newer);
  store_run (fixture, rfi_store_resolve_conflict_async, "c", NULL, "op-9", (gint64) 9000);
  add_event (fixture, "sync.recovered", 6000);
  store_assert (show_events (fixture),
                "operation.queued@job:a#1, sync.failed@sync#1, operation.conflict@job:a#2, "
                "conflict.opened@job:a#3, conflict.closed@job:a#4, operation.ended@job:a#5, "
                "sync.recovered@sync#2");
}

static void
test_given_up (StoreFixture  *fixture,
               gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_run (fixture, rfi_store_reject_async, "op-1", "FORBIDDEN", "You may not");
  store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 9000);
  store_assert (show_events (fixture),
                "operation.queued@job:a#1, operation.rejected@job:a#2, "
                "operation.ended@job:a#3, operation.discarded@job:a#4");
}

/* Nothing that a person typed, and nobody's name. */
static void
test_nothing_personal (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(GPtrArray) events = NULL;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_run (fixture, rfi_store_reject_async, "op-1", "FORBIDDEN", "You may not");
  events = list_events (fixture, FALSE);
  g_assert_cmpuint (events->len, ==, 2);
  for (guint i = 0; i < events->len; i++)
    {
      const RfiClientEvent *event = g_ptr_array_index (events, i);

      g_assert_null (strstr (event->payload, "leak"));
      g_assert_null (strstr (event->payload, "You may"));
      g_assert_null (strstr (event->payload, "\"me\""));
    }
}

static void
must_refuse (sqlite3    *db,
             const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
}

static void
test_only_added (StoreFixture  *fixture,
                 gconstpointer  unused)
{
  sqlite3 *db;

  add_event (fixture, "sync.failed", 5000);
  store_fixture_close (fixture);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  must_refuse (db, "UPDATE event SET payload = '{}'");
  must_refuse (db, "DELETE FROM event");
  sqlite3_close (db);
  store_fixture_open (fixture);
  store_assert (show_events (fixture), "sync.failed@sync#1");
}

static int
archive (StoreFixture *fixture,
         const char   *dir,
         gint64        before,
         guint         n_kept)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  int n;

  rfi_store_archive_events_async (fixture->store, dir, before, n_kept, TRUE, NULL,
                                  store_fixture_keep_cb, &result);
  n = rfi_store_archive_events_finish (fixture->store, store_fixture_wait (&result), &error);
  g_assert_no_error (error);
  return n;
}

/* How many lines an archive has, and that nobody can read it without the key. Deletes it. */
static guint
count_lines (StoreFixture *fixture,
             const char   *dir,
             const char   *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) lines = rfi_sealed_file_read (fixture->seal, path, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_true (rfi_sealed_file_is_sealed (path));
  for (gsize i = 0; i < g_bytes_get_size (lines); i++)
    n += ((const char *) g_bytes_get_data (lines, NULL))[i] == '\n';
  g_assert_cmpint (g_unlink (path), ==, 0);
  return n;
}

static void
test_archive (StoreFixture  *fixture,
              gconstpointer  unused)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "events", NULL);

  for (gint64 i = 1; i <= 6; i++)
    add_event (fixture, "sync.failed", i * 1000);
  g_assert_cmpint (archive (fixture, dir, 1000, 100), ==, 0);
  g_assert_cmpint (archive (fixture, dir, 3000, 100), ==, 2);
  store_assert (show_events (fixture), "sync.failed@sync#3, sync.failed@sync#4, "
                                       "sync.failed@sync#5, sync.failed@sync#6");
  g_assert_cmpint (archive (fixture, dir, 3000, 1), ==, 3);
  store_assert (show_events (fixture), "sync.failed@sync#6");
  g_assert_cmpint (archive (fixture, dir, 9000, 100), ==, 1);
  store_assert (show_events (fixture), "");

  /* Places go on where they were. */
  add_event (fixture, "sync.recovered", 9000);
  store_assert (show_events (fixture), "sync.recovered@sync#7");

  g_assert_cmpuint (count_lines (fixture, dir, "events-000000000001"), ==, 2);
  g_assert_cmpuint (count_lines (fixture, dir, "events-000000000003"), ==, 3);
  g_assert_cmpuint (count_lines (fixture, dir, "events-000000000006"), ==, 1);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_sent (StoreFixture  *fixture,
           gconstpointer  unused)
{
  g_autoptr(GPtrArray) all = NULL;
  const RfiClientEvent *first;

  add_event (fixture, "sync.failed", 1000);
  add_event (fixture, "sync.recovered", 2000);
  all = list_events (fixture, TRUE);
  first = g_ptr_array_index (all, 0);
  store_run (fixture, rfi_store_set_events_sent_async, first->n);
  store_assert (show_events (fixture), "sync.recovered@sync#2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_test_add ("/log/pulse", NULL, test_pulse);
  store_test_add ("/log/senseless-events", NULL, test_senseless_events);
  store_test_add ("/log/life-of-a-change", NULL, test_life_of_a_change);
  store_test_add ("/log/given-up", NULL, test_given_up);
  store_test_add ("/log/nothing-personal", NULL, test_nothing_personal);
  store_test_add ("/log/only-added", NULL, test_only_added);
  store_test_add ("/log/archive", NULL, test_archive);
  store_test_add ("/log/sent", NULL, test_sent);

  return g_test_run ();
}
