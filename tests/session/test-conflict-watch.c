/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-conflict-watch.h"
#include "rfi-record-item.h"
#include "rfi-test-clock.h"

/* Reminders on a clock that is told how late it is. */
typedef struct
{
  RfiTestClock     *clock;      /* (owned) */
  GListStore       *conflicts;  /* (owned) */
  RfiConflictWatch *watch;      /* (owned) */
  GString          *told;       /* (owned): "id day;" */
} Fixture;

static void
waits_cb (RfiConflictWatch *watch,
          RfiConflict      *conflict,
          int               wait,
          Fixture          *fixture)
{
  g_string_append_printf (fixture->told, "%s %s;", conflict->id,
                          wait == RFI_CONFLICT_WAIT_DAY ? "day" : "week");
}

static void
handed_on_cb (RfiConflictWatch *watch,
              RfiConflict      *conflict,
              Fixture          *fixture)
{
  g_string_append_printf (fixture->told, "%s handed;", conflict->id);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const RfiUser template = {
    .id = (char *) "me", .email = (char *) "me@example.org", .display_name = (char *) "Me",
    .role = RFI_ROLE_ADMIN,
  };
  g_autoptr(RfiUser) user = rfi_user_new (&template);

  fixture->clock = rfi_test_clock_new ();
  fixture->conflicts = g_list_store_new (RFI_TYPE_RECORD_ITEM);
  fixture->told = g_string_new (NULL);
  fixture->watch = rfi_conflict_watch_new (RFI_CLOCK (fixture->clock),
                                           G_LIST_MODEL (fixture->conflicts), user);
  g_signal_connect (fixture->watch, "waits", G_CALLBACK (waits_cb), fixture);
  g_signal_connect (fixture->watch, "handed-on", G_CALLBACK (handed_on_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->watch);
  g_object_unref (fixture->conflicts);
  g_assert_cmpint (rfi_test_clock_get_next (fixture->clock), ==, -1);
  g_object_unref (fixture->clock);
  g_string_free (fixture->told, TRUE);
}

/* @to: (nullable): whom it was handed on to; "" = whoever may decide */
static RfiConflict *
make_conflict (Fixture    *fixture,
               const char *id,
               gint64      age,
               gboolean    elsewhere,
               const char *to)
{
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  const RfiOperation deed = {
    .id = (char *) id, .kind = RFI_OPERATION_EDIT, .job_id = (char *) "job",
    .user_id = (char *) "me",
  };
  g_autoptr(RfiOperation) operation = rfi_operation_new (&deed);
  g_autoptr(RfiConflictFacts) facts = rfi_conflict_facts_new ();
  const RfiConflict template = {
    .id = (char *) id, .operation = operation, .job_id = (char *) "job",
    .job_title = (char *) "Door", .base = nothing, .elsewhere = elsewhere, .facts = facts,
    .detected_at = rfi_clock_get_wall (RFI_CLOCK (fixture->clock)) - age,
  };

  if (to != NULL)
    {
      facts->escalation_note = g_strdup ("Please");
      facts->escalated_by = g_strdup ("another");
      facts->escalated_to = *to != '\0' ? g_strdup (to) : NULL;
    }
  return rfi_conflict_new (&template);
}

/* @conflict: (transfer full) */
static void
add (Fixture     *fixture,
     RfiConflict *conflict)
{
  g_autoptr(RfiRecordItem) item = rfi_record_item_new (RFI_TYPE_CONFLICT, conflict);

  g_list_store_append (fixture->conflicts, item);
  rfi_conflict_unref (conflict);
}

static void
test_times (Fixture       *fixture,
            gconstpointer  data)
{
  add (fixture, make_conflict (fixture, "a", 0, FALSE, NULL));
  rfi_conflict_watch_start (fixture->watch);
  rfi_test_clock_advance (fixture->clock, RFI_CONFLICT_DAY_MS - 1);
  g_assert_cmpstr (fixture->told->str, ==, "");
  rfi_test_clock_advance (fixture->clock, 1);
  g_assert_cmpstr (fixture->told->str, ==, "a day;");
  rfi_test_clock_advance (fixture->clock, 5 * RFI_CONFLICT_DAY_MS);
  g_assert_cmpstr (fixture->told->str, ==, "a day;");
  rfi_test_clock_advance (fixture->clock, RFI_CONFLICT_DAY_MS);
  g_assert_cmpstr (fixture->told->str, ==, "a day;a week;");
  rfi_test_clock_advance (fixture->clock, RFI_CONFLICT_WEEK_MS);
  g_assert_cmpstr (fixture->told->str, ==, "a day;a week;");
}

/* What is late when it begins, or comes late, is told at once and once; what is settled is not. */
static void
test_late (Fixture       *fixture,
           gconstpointer  data)
{
  add (fixture, make_conflict (fixture, "old", 2 * RFI_CONFLICT_DAY_MS, FALSE, NULL));
  rfi_conflict_watch_start (fixture->watch);
  g_assert_cmpstr (fixture->told->str, ==, "old day;");
  add (fixture, make_conflict (fixture, "older", RFI_CONFLICT_WEEK_MS, FALSE, NULL));
  add (fixture, make_conflict (fixture, "new", 0, FALSE, NULL));
  g_assert_cmpstr (fixture->told->str, ==, "old day;older week;");
  g_list_store_remove_all (fixture->conflicts);
  rfi_test_clock_advance (fixture->clock, RFI_CONFLICT_WEEK_MS);
  g_assert_cmpstr (fixture->told->str, ==, "old day;older week;");
}

static void
test_others (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(RfiRecordItem) item = NULL;
  g_autoptr(RfiConflict) handed = NULL;

  add (fixture, make_conflict (fixture, "theirs", RFI_CONFLICT_WEEK_MS, TRUE, NULL));
  add (fixture, make_conflict (fixture, "other", RFI_CONFLICT_WEEK_MS, TRUE, "another"));
  rfi_conflict_watch_start (fixture->watch);
  g_assert_cmpstr (fixture->told->str, ==, "");
  add (fixture, make_conflict (fixture, "any", 0, TRUE, ""));
  add (fixture, make_conflict (fixture, "mine", RFI_CONFLICT_DAY_MS, TRUE, "me"));
  g_assert_cmpstr (fixture->told->str, ==, "any handed;mine handed;mine day;");

  /* One that is on the desk already is handed on. */
  item = g_list_model_get_item (G_LIST_MODEL (fixture->conflicts), 0);
  handed = make_conflict (fixture, "theirs", 0, TRUE, "me");
  rfi_record_item_set (item, handed);
  g_assert_cmpstr (fixture->told->str, ==, "any handed;mine handed;mine day;theirs handed;");
}

/* What somebody is to look into is theirs as long as it goes on; it is no word about handing on. */
static void
test_case (Fixture       *fixture,
           gconstpointer  data)
{
  const RfiUser template = {
    .id = (char *) "me", .email = (char *) "", .display_name = (char *) "Me",
    .role = RFI_ROLE_DISPATCHER,
  };
  g_autoptr(RfiUser) me = rfi_user_new (&template);
  g_autoptr(RfiConflict) conflict = make_conflict (fixture, "case", 0, TRUE, NULL);

  g_assert_false (rfi_conflict_watch_is_for (conflict, me));
  conflict->facts->owner = g_strdup ("me");
  conflict->facts->begun_at = 1;
  g_assert_true (rfi_conflict_watch_is_for (conflict, me));
  add (fixture, rfi_conflict_ref (conflict));
  rfi_conflict_watch_start (fixture->watch);
  g_assert_cmpstr (fixture->told->str, ==, "");
  conflict->facts->ended_at = 2;
  g_assert_false (rfi_conflict_watch_is_for (conflict, me));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/conflict-watch/times", Fixture, NULL, set_up, test_times, tear_down);
  g_test_add ("/conflict-watch/late", Fixture, NULL, set_up, test_late, tear_down);
  g_test_add ("/conflict-watch/others", Fixture, NULL, set_up, test_others, tear_down);
  g_test_add ("/conflict-watch/case", Fixture, NULL, set_up, test_case, tear_down);

  return g_test_run ();
}
