/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-job-view.h"
#include "rfi-random.h"
#include "rfi-schedule.h"
#include "rfi-time.h"

#include <string.h>

#define HOUR G_GINT64_CONSTANT (3600000)

/* A schedule, what it told, and a mirror that follows only what it told. */
typedef struct
{
  RfiJobTable *table;     /* (owned) */
  RfiSchedule *schedule;  /* (owned) */
  GString     *changes;   /* (owned): "technician:position-removed+added" per signal */
  GHashTable  *mirror;    /* (owned) (element-type utf8 guint): how many bars each has */
} Fixture;

static void
bars_changed_cb (RfiSchedule *schedule,
                 const char  *technician_id,
                 guint        position,
                 guint        removed,
                 guint        added,
                 gpointer     user_data)
{
  Fixture *fixture = user_data;
  guint n_bars = GPOINTER_TO_UINT (g_hash_table_lookup (fixture->mirror, technician_id));

  g_string_append_printf (fixture->changes, "%s%s:%u-%u+%u", fixture->changes->len > 0 ? " " : "",
                          technician_id, position, removed, added);
  g_assert_cmpuint (position + removed, <=, n_bars);
  n_bars += added - removed;
  g_hash_table_replace (fixture->mirror, g_strdup (technician_id), GUINT_TO_POINTER (n_bars));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  from_history)
{
  fixture->table = rfi_job_table_new ();
  fixture->schedule = rfi_schedule_new (fixture->table, from_history != NULL);
  fixture->changes = g_string_new (NULL);
  fixture->mirror = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (fixture->schedule, "bars-changed", G_CALLBACK (bars_changed_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_finalize_object (fixture->schedule);
  g_assert_finalize_object (fixture->table);
  g_string_free (fixture->changes, TRUE);
  g_hash_table_unref (fixture->mirror);
}

/* "a sara 8 10": job a, Sara's, from 8 to 10 o'clock on the first day of 1970. "-" is nobody, or
 * no time. "A" is cancelled. "a sara 8 10 hold 12": not before then. */
static RfiJobState *
parse_state (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *id = g_ascii_strdown (words[0], -1);
  gboolean timed = *words[2] != '-';
  gboolean held = words[3] != NULL && words[4] != NULL;
  g_autofree char *start = rfi_time_to_string (g_ascii_strtoll (words[2], NULL, 10) * HOUR);
  g_autofree char *end = rfi_time_to_string (g_ascii_strtoll (words[3], NULL, 10) * HOUR);
  g_autofree char *hold = held ? rfi_time_to_string (g_ascii_strtoll (words[5], NULL, 10) * HOUR)
                               : NULL;
  const char *values[RFI_N_EXTRA_FIELDS] = {
    [RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = timed ? start : NULL,
    [RFI_FIELD_SCHEDULED_END - RFI_N_CONTRACT_FIELDS] = timed ? end : NULL,
    [RFI_FIELD_HOLD_UNTIL - RFI_N_CONTRACT_FIELDS] = hold,
  };
  gboolean nobody = *words[1] == '-';
  RfiJob template = {
    .id = id, .title = text, .assigned_to = nobody ? NULL : words[1],
    .status = g_ascii_isupper (*words[0]) ? RFI_STATUS_CANCELLED
              : nobody ? RFI_STATUS_PENDING : RFI_STATUS_ASSIGNED,
    .extra = rfi_job_extra_new (values),
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  g_clear_pointer (&template.extra, rfi_job_extra_unref);
  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

/* Several, with commas between. @removed: ids with blanks between, or "" */
static void
apply (Fixture    *fixture,
       const char *upserted,
       const char *removed)
{
  g_auto(GStrv) up = g_strsplit (upserted, ",", -1);
  g_auto(GStrv) gone = g_strsplit (removed, " ", -1);
  g_autoptr(GPtrArray) states = NULL;
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  states = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  for (guint i = 0; up[i] != NULL; i++)
    g_ptr_array_add (states, parse_state (g_strstrip (up[i])));
  for (guint i = 0; gone[i] != NULL; i++)
    g_ptr_array_add (ids, gone[i]);
  rfi_job_table_apply (fixture->table, states, ids, FALSE);
}

static void
assert_changes (Fixture    *fixture,
                const char *expected)
{
  g_assert_cmpstr (fixture->changes->str, ==, expected);
  g_string_truncate (fixture->changes, 0);
}

/* "a 8-10 0/1, b …": job, hours, level of how many */
static void
assert_bars (Fixture    *fixture,
             const char *technician_id,
             const char *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n_bars;
  const RfiScheduleBar *bars = rfi_schedule_get_bars (fixture->schedule, technician_id, &n_bars);

  for (guint i = 0; i < n_bars; i++)
    g_string_append_printf (text, "%s%s %d-%d %u/%u", i > 0 ? ", " : "",
                            rfi_schedule_get_state (fixture->schedule, &bars[i])->work->id,
                            (int) (bars[i].span.start / HOUR), (int) (bars[i].span.end / HOUR),
                            bars[i].level, bars[i].n_levels);
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (fixture->mirror, technician_id)), ==,
                    n_bars);
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  unused)
{
  apply (fixture, "a sara 8 10, b sara 7 8, c tom 9 11, d - 9 10, e sara - -, F tom 9 10", "");
  assert_changes (fixture, "sara:0-0+1 sara:0-0+1 tom:0-0+1");
  assert_bars (fixture, "sara", "b 7-8 0/1, a 8-10 0/1");
  assert_bars (fixture, "tom", "c 9-11 0/1");
  g_assert_cmpuint (rfi_schedule_get_n_bars (fixture->schedule), ==, 3);

  /* Its end changes, nothing moves; then it starts later, then somebody else does it. */
  apply (fixture, "b sara 7 9", "");
  assert_changes (fixture, "sara:0-1+1");
  assert_bars (fixture, "sara", "b 7-9 0/2, a 8-10 1/2");
  apply (fixture, "b sara 11 12", "");
  assert_changes (fixture, "sara:0-1+0 sara:1-0+1");
  apply (fixture, "b tom 11 12", "");
  assert_changes (fixture, "sara:1-1+0 tom:1-0+1");
  assert_bars (fixture, "tom", "c 9-11 0/1, b 11-12 0/1");

  /* Taken off, cancelled, and gone. */
  apply (fixture, "b tom - -", "");
  assert_changes (fixture, "tom:1-1+0");
  apply (fixture, "C tom 9 11", "");
  assert_changes (fixture, "tom:0-1+0");
  apply (fixture, "d - 9 10", "a");
  assert_changes (fixture, "sara:0-1+0");
  g_assert_cmpuint (rfi_schedule_get_n_bars (fixture->schedule), ==, 0);
}

/* A job that only looks the same afterwards is told nothing, and still found. */
static void
test_same (Fixture       *fixture,
           gconstpointer  unused)
{
  const char *technician_id = NULL;
  guint position = 9;

  apply (fixture, "a sara 8 10, b sara 8 9", "");
  assert_changes (fixture, "sara:0-0+1 sara:1-0+1");
  apply (fixture, "a sara 8 10", "");
  assert_changes (fixture, "");
  assert_bars (fixture, "sara", "a 8-10 0/2, b 8-9 1/2");

  rfi_job_table_rename (fixture->table, "b", "z");
  assert_changes (fixture, "sara:1-1+1");
  g_assert_false (rfi_schedule_find (fixture->schedule, "b", &technician_id, &position));
  g_assert_true (rfi_schedule_find (fixture->schedule, "z", &technician_id, &position));
  g_assert_cmpstr (technician_id, ==, "sara");
  g_assert_cmpuint (position, ==, 1);
}

static void
test_levels (Fixture       *fixture,
             gconstpointer  unused)
{
  apply (fixture, "a sara 8 12, b sara 9 10, c sara 9 11, d sara 10 13, e sara 13 14", "");
  assert_bars (fixture, "sara",
               "a 8-12 0/3, b 9-10 1/3, c 9-11 2/3, d 10-13 1/3, e 13-14 0/1");
}

static void
test_range (Fixture       *fixture,
            gconstpointer  unused)
{
  static const struct {
    gint64 start;
    gint64 end;
    guint  first;
    guint  last;
  } ranges[] = {
    { 0, 8, 0, 0 }, { 0, 9, 0, 1 }, { 9, 10, 0, 2 }, { 14, 15, 3, 3 }, { 40, 41, 4, 4 },
  };
  guint first, end;

  apply (fixture, "a sara 8 9, b sara 9 14, c sara 10 11, d sara 20 21", "");
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      RfiSpan range = { ranges[i].start * HOUR, ranges[i].end * HOUR };

      rfi_schedule_find_range (fixture->schedule, "sara", &range, &first, &end);
      g_test_message ("range %u", i);
      g_assert_cmpuint (end, ==, ranges[i].last);
      g_assert_cmpuint (first, <=, ranges[i].first);
    }
  rfi_schedule_find_range (fixture->schedule, "nobody", &(RfiSpan) { 0, HOUR }, &first, &end);
  g_assert_cmpuint (end, ==, 0);
}

/* What the tray shows: open jobs without a time or a technician, those on hold apart. */
static void
test_waiting (Fixture       *fixture,
              gconstpointer  unused)
{
  gint64 now = 10 * HOUR;
  g_autoptr(RfiJobView) waiting =
    rfi_job_view_new_wanted (fixture->table, NULL, 7, rfi_schedule_is_waiting, &now);
  g_autoptr(RfiJobView) held =
    rfi_job_view_new_wanted (fixture->table, NULL, 7, rfi_schedule_is_held, &now);
  guint position;

  apply (fixture, "a sara 8 10, b - - -, c sara - -, d - 8 9, e - - - hold 12, f - - - hold 9,"
                  "G - - -", "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (waiting)), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (held)), ==, 1);
  g_assert_true (rfi_job_view_find (held, "e", &position));
  g_assert_false (rfi_job_view_find (waiting, "e", &position));

  apply (fixture, "c sara 10 11, e - - - hold 10", "");
  g_assert_false (rfi_job_view_find (waiting, "c", &position));
  g_assert_true (rfi_job_view_find (waiting, "e", &position));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (held)), ==, 0);

  g_assert_finalize_object (g_steal_pointer (&waiting));
  g_assert_finalize_object (g_steal_pointer (&held));
}

/* Where the server keeps no times there are bars all the same. */
static void
test_history (Fixture       *fixture,
              gconstpointer  unused)
{
  static const struct {
    RfiStatus status;
    gboolean  shown;
    gint64    start;
    gint64    end;
  } cases[] = {
    { RFI_STATUS_PENDING, FALSE, 0, 0 },
    { RFI_STATUS_ASSIGNED, TRUE, 5 * HOUR, 5 * HOUR + HOUR / 4 },
    { RFI_STATUS_IN_PROGRESS, TRUE, 5 * HOUR, 9 * HOUR },
    { RFI_STATUS_COMPLETED, TRUE, 4 * HOUR, 5 * HOUR },
    { RFI_STATUS_CANCELLED, FALSE, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RfiJob job = { .id = "a", .status = cases[i].status, .created_at = HOUR,
                     .updated_at = 5 * HOUR };
      RfiSpan span;

      g_assert_cmpint (rfi_schedule_guess_span (&job, 9 * HOUR, &span), ==, cases[i].shown);
      if (cases[i].shown)
        {
          g_assert_cmpint (span.start, ==, cases[i].start);
          g_assert_cmpint (span.end, ==, cases[i].end);
        }
    }

  apply (fixture, "a sara 8 10, b sara - -", "");
  assert_changes (fixture, "sara:0-0+1 sara:1-0+1");
}

/* Whatever happens, what it tells and holds is what a schedule made afresh holds. */
static void
test_random (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autoptr(RfiRandom) random = rfi_random_new_seed (7);
  const char * const people[] = { "sara", "tom", "-" };

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr(GString) up = g_string_new (NULL);
      guint n_jobs = 1 + (guint) rfi_random_range (random, 8);

      for (guint i = 0; i < n_jobs; i++)
        {
          int start = (int) rfi_random_range (random, 40);

          g_string_append_printf (up, "%s%c %s %d %d", i > 0 ? "," : "",
                                  (char) ('a' + rfi_random_range (random, 26)),
                                  people[rfi_random_range (random, 3)], start,
                                  start + 1 + (int) rfi_random_range (random, 9));
        }
      apply (fixture, up->str, round % 5 == 0 ? "a b c" : "");
    }

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(RfiSchedule) fresh = rfi_schedule_new (fixture->table, FALSE);
      guint n_bars, n_fresh;
      const RfiScheduleBar *bars = rfi_schedule_get_bars (fixture->schedule, people[i], &n_bars);
      const RfiScheduleBar *expected = rfi_schedule_get_bars (fresh, people[i], &n_fresh);

      g_assert_cmpuint (n_bars, ==, n_fresh);
      for (guint j = 0; j < n_bars; j++)
        {
          g_assert_cmpuint (bars[j].row, ==, expected[j].row);
          g_assert_cmpint (bars[j].span.start, ==, expected[j].span.start);
          g_assert_cmpint (bars[j].span.end, ==, expected[j].span.end);
          g_assert_cmpuint (bars[j].level, ==, expected[j].level);
          g_assert_cmpuint (bars[j].n_levels, ==, expected[j].n_levels);
        }
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (fixture->mirror, people[i])), ==,
                        n_bars);
    }
}

#define ADD(path, history, func) \
  g_test_add (path, Fixture, history, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/schedule/changes", NULL, test_changes);
  ADD ("/schedule/same", NULL, test_same);
  ADD ("/schedule/levels", NULL, test_levels);
  ADD ("/schedule/range", NULL, test_range);
  ADD ("/schedule/waiting", NULL, test_waiting);
  ADD ("/schedule/history", "", test_history);
  ADD ("/schedule/random", NULL, test_random);

  return g_test_run ();
}
