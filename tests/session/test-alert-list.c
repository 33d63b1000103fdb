/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-alert-file-private.h"
#include "rfi-alert-list.h"
#include "rfi-test-clock.h"
#include "rfi-test-model.h"

#include <glib/gstdio.h>

#define MINUTE G_GINT64_CONSTANT (60000)

static const RfiAlertRules rules = {
  .unassigned = 15 * MINUTE,
  .unacknowledged = 30 * MINUTE,
  .overrun = 20 * MINUTE,
  .risk = 60 * MINUTE,
  .sla = { [RFI_PRIORITY_URGENT] = 200 * MINUTE },
};

typedef struct
{
  RfiJobTable  *table;   /* (owned) */
  RfiTestClock *clock;   /* (owned) */
  RfiAlertList *list;    /* (owned) */
  RfiTestModel *model;   /* (owned) */
  GString      *arisen;  /* (owned): ids */
  gint64        start;   /* ms since 1970 */
} Fixture;

/* "id" with the first letters of its reason, in brackets if muted: "a:una" */
static char *
name_item (gpointer item)
{
  static const char * const names[RFI_N_ALERT_KINDS] = {
    [RFI_ALERT_UNASSIGNED] = "una", [RFI_ALERT_OVERDUE] = "over",
    [RFI_ALERT_OVERRUN] = "run", [RFI_ALERT_UNACKNOWLEDGED] = "unack", [RFI_ALERT_AT_RISK] = "risk",
  };

  return g_strdup_printf (rfi_alert_item_get_muted (item) ? "(%s:%s)" : "%s:%s",
                          rfi_alert_item_get_job_id (item),
                          names[rfi_alert_item_get_kind (item)]);
}

static void
arisen_cb (RfiAlertList *list,
           RfiAlertItem *item,
           Fixture      *fixture)
{
  g_string_append_printf (fixture->arisen, "%s ", rfi_alert_item_get_job_id (item));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->table = rfi_job_table_new ();
  fixture->clock = rfi_test_clock_new ();
  fixture->start = rfi_clock_get_wall (RFI_CLOCK (fixture->clock));
  fixture->list = rfi_alert_list_new (fixture->table, &rules, RFI_CLOCK (fixture->clock));
  fixture->model = rfi_test_model_new (G_LIST_MODEL (fixture->list), name_item);
  fixture->arisen = g_string_new (NULL);
  g_signal_connect (fixture->list, "arisen", G_CALLBACK (arisen_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  rfi_test_model_free (fixture->model);
  g_assert_finalize_object (fixture->list);
  g_assert_cmpint (rfi_test_clock_get_next (fixture->clock), ==, -1);
  g_assert_finalize_object (fixture->table);
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->arisen, TRUE);
}

/* @minute: when it came in, from the start of the test */
static RfiJobState *
make_state (Fixture    *fixture,
            const char *id,
            const char *technician,
            int         minute)
{
  gint64 at = fixture->start + minute * MINUTE;
  g_autoptr(RfiJob) job =
    rfi_job_new (&(RfiJob) { .id = id, .title = id, .priority = RFI_PRIORITY_URGENT,
                             .status = technician != NULL ? RFI_STATUS_ASSIGNED
                                                          : RFI_STATUS_PENDING,
                             .assigned_to = technician, .created_at = at, .updated_at = at });

  return rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0);
}

static void
put (Fixture    *fixture,
     const char *id,
     const char *technician,
     int         minute)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);

  g_ptr_array_add (states, make_state (fixture, id, technician, minute));
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
}

static void
remove_job (Fixture    *fixture,
            const char *id)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) id);
  rfi_job_table_apply (fixture->table, NULL, ids, FALSE);
}

/* So many of those that are not muted are behind their plan. */
static void
assert_late (Fixture *fixture)
{
  guint n_late = 0, told;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++)
    {
      g_autoptr(RfiAlertItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);
      RfiAlertKind kind = rfi_alert_item_get_kind (item);

      n_late += !rfi_alert_item_get_muted (item) &&
                (kind == RFI_ALERT_LATE_END || kind == RFI_ALERT_LATE_START ||
                 kind == RFI_ALERT_OVERRUN);
    }
  g_object_get (fixture->list, "n-late", &told, NULL);
  g_assert_cmpuint (told, ==, n_late);
}

static void
assert_list (Fixture    *fixture,
             const char *content,
             const char *changes,
             guint       n_active,
             guint       n_critical)
{
  rfi_test_model_assert_content (fixture->model, content);
  rfi_test_model_assert_changes (fixture->model, changes);
  g_assert_cmpuint (rfi_alert_list_get_n_active (fixture->list), ==, n_active);
  g_assert_cmpuint (rfi_alert_list_get_n_critical (fixture->list), ==, n_critical);
  assert_late (fixture);
}

static void
assert_arisen (Fixture    *fixture,
               const char *expected)
{
  g_assert_cmpstr (fixture->arisen->str, ==, expected);
  g_string_set_size (fixture->arisen, 0);
}

/* A reason comes with its moment and goes with its cause, and nothing else is looked at. */
static void
test_clock (Fixture       *fixture,
            gconstpointer  unused)
{
  put (fixture, "a", NULL, 0);
  put (fixture, "b", NULL, -5);
  assert_list (fixture, "", "", 0, 0);
  g_assert_cmpint (rfi_test_clock_get_next (fixture->clock), <=, MINUTE);

  rfi_test_clock_advance (fixture->clock, 10 * MINUTE - 1);
  assert_list (fixture, "", "", 0, 0);
  rfi_test_clock_advance (fixture->clock, 1);
  assert_list (fixture, "b:una", "0+1", 1, 1);
  assert_arisen (fixture, "b ");
  rfi_test_clock_advance (fixture->clock, 5 * MINUTE);
  assert_list (fixture, "b:una a:una", "1+1", 2, 2);
  assert_arisen (fixture, "a ");

  /* Somebody takes it: the reason is gone, the next one is for later. */
  put (fixture, "b", "kim", -5);
  assert_list (fixture, "a:una", "0-1", 1, 1);
  rfi_test_clock_advance (fixture->clock, 10 * MINUTE);
  assert_list (fixture, "a:una b:unack", "1+1", 2, 1);
  remove_job (fixture, "a");
  assert_list (fixture, "b:unack", "0-1", 1, 0);
  assert_arisen (fixture, "b ");
}

/* A job of an hour's work, in its status since @since and last changed at @minute. */
static void
put_work (Fixture   *fixture,
          RfiStatus  status,
          int        since,
          int        minute)
{
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL };
  RfiJob template = { .id = "w", .title = "w", .priority = RFI_PRIORITY_LOW, .status = status,
                      .assigned_to = "kim", .created_at = fixture->start,
                      .updated_at = fixture->start + minute * MINUTE,
                      .status_at = fixture->start + since * MINUTE };
  g_autoptr(RfiJob) job = NULL;

  values[RFI_FIELD_ESTIMATED_MINUTES - RFI_N_CONTRACT_FIELDS] = "60";
  template.extra = rfi_job_extra_new (values);
  job = rfi_job_new (&template);
  rfi_job_extra_unref (template.extra);
  g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_CONFIRMED, 0));
  rfi_job_table_apply (fixture->table, states, NULL, FALSE);
}

/* Work runs from when it began, whatever is written about it meanwhile. */
static void
test_overrun (Fixture       *fixture,
              gconstpointer  unused)
{
  put_work (fixture, RFI_STATUS_ASSIGNED, 0, 0);
  put_work (fixture, RFI_STATUS_IN_PROGRESS, 10, 10);
  put_work (fixture, RFI_STATUS_IN_PROGRESS, 10, 50);
  rfi_test_clock_advance (fixture->clock, 90 * MINUTE - 1);
  assert_list (fixture, "", "", 0, 0);
  rfi_test_clock_advance (fixture->clock, 1);
  assert_list (fixture, "w:run", "0+1", 1, 0);
  put_work (fixture, RFI_STATUS_IN_PROGRESS, 10, 90);
  assert_list (fixture, "w:run", "", 1, 0);
  g_assert_cmpint (rfi_alert_item_get_since (rfi_alert_list_find (fixture->list, "w")), ==,
                   fixture->start + 70 * MINUTE);
  assert_arisen (fixture, "w ");

  /* Given back and begun again, it begins again. */
  put_work (fixture, RFI_STATUS_ASSIGNED, 91, 91);
  put_work (fixture, RFI_STATUS_IN_PROGRESS, 92, 92);
  assert_list (fixture, "", "0-1", 0, 0);
  rfi_test_clock_advance (fixture->clock, 82 * MINUTE);
  assert_list (fixture, "w:run", "0+1", 1, 0);
  assert_arisen (fixture, "w ");
}

/* It was in progress before the console was started, and has been written about since. */
static void
test_overrun_kept (Fixture       *fixture,
                   gconstpointer  unused)
{
  put_work (fixture, RFI_STATUS_IN_PROGRESS, -85, -10);
  assert_list (fixture, "w:run", "0+1", 1, 0);
  g_assert_cmpint (rfi_alert_item_get_since (rfi_alert_list_find (fixture->list, "w")), ==,
                   fixture->start - 25 * MINUTE);
}

/* A worse reason takes the place of a lesser one. */
static void
test_worse (Fixture       *fixture,
            gconstpointer  unused)
{
  RfiAlertItem *item;

  put (fixture, "a", "kim", 0);
  put (fixture, "b", "kim", 10);
  rfi_test_clock_advance (fixture->clock, 40 * MINUTE);
  assert_list (fixture, "a:unack b:unack", "0+1 1+1", 2, 0);
  item = rfi_alert_list_find (fixture->list, "a");
  assert_arisen (fixture, "a b ");
  rfi_test_clock_advance (fixture->clock, 150 * MINUTE);
  assert_list (fixture, "a:unack b:unack", "", 2, 0);
  rfi_test_clock_advance (fixture->clock, 20 * MINUTE);
  assert_list (fixture, "a:over b:over", "", 2, 2);
  assert_arisen (fixture, "a b ");
  g_assert_true (rfi_alert_list_find (fixture->list, "a") == item);
}

static void
test_mute (Fixture       *fixture,
           gconstpointer  unused)
{
  put (fixture, "a", NULL, 0);
  put (fixture, "b", NULL, 1);
  rfi_test_clock_advance (fixture->clock, 16 * MINUTE);
  assert_list (fixture, "a:una b:una", "0+1 1+1", 2, 2);

  g_assert_true (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, NULL));
  assert_list (fixture, "b:una (a:una)", "0-2+2", 1, 1);
  g_assert_true (rfi_alert_list_mute (fixture->list, "b", fixture->start + 30 * MINUTE, NULL));
  assert_list (fixture, "(a:una) (b:una)", "0-2+2", 0, 0);
  assert_arisen (fixture, "a b ");

  /* What was put off comes back, what was acknowledged does not … */
  rfi_test_clock_advance (fixture->clock, 14 * MINUTE);
  assert_list (fixture, "b:una (a:una)", "0-2+2", 1, 1);
  assert_arisen (fixture, "b ");
  rfi_test_clock_advance (fixture->clock, 100 * MINUTE);
  assert_list (fixture, "b:una (a:una)", "", 1, 1);

  /* … until there is another reason. */
  rfi_test_clock_advance (fixture->clock, 10 * MINUTE);
  assert_list (fixture, "b:una a:risk", "", 2, 1);
  assert_arisen (fixture, "a ");
  g_assert_true (rfi_alert_list_mute (fixture->list, "a", 0, NULL));
  assert_list (fixture, "a:una b:una", "0-2+2", 2, 2);
}

/* A cause that went and came again is another one. */
static void
test_mute_forgotten (Fixture       *fixture,
                     gconstpointer  unused)
{
  put (fixture, "a", NULL, 0);
  rfi_test_clock_advance (fixture->clock, 15 * MINUTE);
  g_assert_true (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, NULL));
  assert_list (fixture, "(a:una)", "0+1", 0, 0);
  put (fixture, "a", "kim", 0);
  assert_list (fixture, "", "0-1", 0, 0);
  put (fixture, "a", NULL, 0);
  assert_list (fixture, "a:una", "0+1", 1, 1);
  assert_arisen (fixture, "a a ");

  /* Nor does a mute pass to the job that gets the row. */
  g_assert_true (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, NULL));
  remove_job (fixture, "a");
  put (fixture, "b", NULL, 0);
  assert_list (fixture, "b:una", "0-1 0+1", 1, 1);
  g_assert_null (rfi_alert_list_find (fixture->list, "a"));
  g_assert_true (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, NULL));
  assert_list (fixture, "b:una", "", 1, 1);
}

static void
test_step (Fixture       *fixture,
           gconstpointer  unused)
{
  g_assert_null (rfi_alert_list_step (fixture->list, NULL, TRUE));
  put (fixture, "a", NULL, -60);
  put (fixture, "b", NULL, -50);
  put (fixture, "c", NULL, -40);
  put (fixture, "d", NULL, -30);
  put (fixture, "calm", NULL, 0);
  g_assert_true (rfi_alert_list_mute (fixture->list, "b", G_MAXINT64, NULL));
  assert_list (fixture, "a:una c:una d:una (b:una)", "0+1 1+1 2+1 3+1 1-3+3", 3, 3);

#define STEP(from, forward) \
  rfi_alert_item_get_job_id (rfi_alert_list_step (fixture->list, from, forward))
  g_assert_cmpstr (STEP (NULL, TRUE), ==, "a");
  g_assert_cmpstr (STEP ("a", TRUE), ==, "c");
  g_assert_cmpstr (STEP ("c", TRUE), ==, "d");
  g_assert_cmpstr (STEP ("d", TRUE), ==, "a");
  g_assert_cmpstr (STEP ("b", TRUE), ==, "a");
  g_assert_cmpstr (STEP ("calm", TRUE), ==, "a");
  g_assert_cmpstr (STEP ("nobody", FALSE), ==, "d");
  g_assert_cmpstr (STEP ("a", FALSE), ==, "d");
  g_assert_cmpstr (STEP ("d", FALSE), ==, "c");
#undef STEP
}

/* What was so before anybody looked is no news; what somebody makes so now is. */
static void
test_news (Fixture       *fixture,
           gconstpointer  unused)
{
  put (fixture, "old", NULL, -60);
  put (fixture, "assigned", "kim", -20);
  assert_list (fixture, "old:una", "0+1", 1, 1);
  assert_arisen (fixture, "");

  put (fixture, "assigned", NULL, -20);
  assert_arisen (fixture, "assigned ");
  g_assert_true (rfi_alert_list_mute (fixture->list, "old", fixture->start + 5 * MINUTE, NULL));
  rfi_test_clock_advance (fixture->clock, 5 * MINUTE);
  assert_arisen (fixture, "old ");
  rfi_test_model_ignore_changes (fixture->model);
}

static void
test_rules (Fixture       *fixture,
            gconstpointer  unused)
{
  RfiAlertRules strict = rules;
  static const RfiAlertRules off = { 0 };

  put (fixture, "a", NULL, -5);
  assert_list (fixture, "", "", 0, 0);
  strict.unassigned = 5 * MINUTE;
  rfi_alert_list_set_rules (fixture->list, &strict);
  assert_list (fixture, "a:una", "0+1", 1, 1);
  rfi_alert_list_set_rules (fixture->list, &off);
  assert_list (fixture, "", "0-1", 0, 0);
  g_assert_cmpint (rfi_test_clock_get_next (fixture->clock), ==, -1);
  assert_arisen (fixture, "");
}

/* The console is started again: what was there before is as it was. */
static void
restart (Fixture    *fixture,
         const char *path,
         RfiSeal    *seal)
{
  rfi_test_model_ignore_changes (fixture->model);
  rfi_test_model_free (fixture->model);
  g_assert_finalize_object (fixture->list);
  g_object_unref (fixture->table);
  fixture->table = rfi_job_table_new ();
  fixture->list = rfi_alert_list_new (fixture->table, &rules, RFI_CLOCK (fixture->clock));
  fixture->model = rfi_test_model_new (G_LIST_MODEL (fixture->list), name_item);
  g_signal_connect (fixture->list, "arisen", G_CALLBACK (arisen_cb), fixture);
  rfi_alert_list_keep (fixture->list, _rfi_alert_file_new (path, seal));
}

/* The jobs come again, one at a time. */
static void
put_all (Fixture *fixture)
{
  put (fixture, "a", NULL, -60);
  put (fixture, "b", NULL, -50);
  put (fixture, "c", NULL, -40);
  rfi_test_model_ignore_changes (fixture->model);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-alerts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "alerts", NULL);
  g_autofree char *content = NULL;
  RfiSeal *seal = rfi_seal_new ();
  gsize length;

  restart (fixture, path, seal);
  put_all (fixture);
  g_assert_true (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, NULL));
  g_assert_true (rfi_alert_list_mute (fixture->list, "b", fixture->start + 30 * MINUTE, NULL));
  assert_list (fixture, "c:una (a:una) (b:una)", "0-3+3 0-3+3", 1, 1);
  restart (fixture, path, seal);
  put_all (fixture);
  assert_list (fixture, "c:una (a:una) (b:una)", "", 1, 1);

  /* What came to an end while nobody looked, and what somebody did about a job. */
  restart (fixture, path, seal);
  rfi_test_clock_advance (fixture->clock, 31 * MINUTE);
  put (fixture, "a", "kim", -60);
  put (fixture, "a", NULL, -60);
  put (fixture, "b", NULL, -50);
  assert_list (fixture, "a:una b:una", "0+1 1+1", 2, 2);
  restart (fixture, path, seal);
  put_all (fixture);
  assert_list (fixture, "a:una b:una c:una", "", 3, 3);

  /* Nobody else reads in it. */
  g_assert_true (rfi_alert_list_mute (fixture->list, "c", G_MAXINT64, NULL));
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize) length, "unassigned"));
  rfi_test_model_ignore_changes (fixture->model);
  rfi_seal_unref (seal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* A job that is not there this time is remembered; for a month. */
static void
test_absent (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-alerts-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "alerts", NULL);
  RfiSeal *seal = rfi_seal_new ();

  restart (fixture, path, seal);
  put_all (fixture);
  g_assert_true (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, NULL));
  restart (fixture, path, seal);
  put (fixture, "b", NULL, -50);
  g_assert_true (rfi_alert_list_mute (fixture->list, "b", G_MAXINT64, NULL));
  put (fixture, "a", NULL, -60);
  rfi_test_model_assert_content (fixture->model, "(a:una) (b:una)");

  restart (fixture, path, seal);
  rfi_test_clock_advance (fixture->clock, 31 * 24 * 60 * MINUTE);
  put (fixture, "c", NULL, -40);
  g_assert_true (rfi_alert_list_mute (fixture->list, "c", G_MAXINT64, NULL));
  restart (fixture, path, seal);
  put_all (fixture);
  rfi_test_model_assert_content (fixture->model, "a:una b:una (c:una)");
  rfi_test_model_ignore_changes (fixture->model);
  rfi_seal_unref (seal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Where it cannot be written, nothing changes; where it cannot be read, nothing was known. */
static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-alerts-XXXXXX", NULL);
  g_autofree char *gone = g_build_filename (dir, "gone", "alerts", NULL);
  g_autofree char *path = g_build_filename (dir, "alerts", NULL);
  RfiSeal *seal = rfi_seal_new ();
  g_autoptr(GError) error = NULL;

  restart (fixture, gone, seal);
  put (fixture, "a", NULL, -60);
  g_assert_false (rfi_alert_list_mute (fixture->list, "a", G_MAXINT64, &error));
  g_assert_nonnull (error);
  assert_list (fixture, "a:una", "0+1", 1, 1);

  g_assert_true (g_file_set_contents (path, "spoilt", -1, NULL));
  g_test_expect_message ("rfi-alert-file", G_LOG_LEVEL_WARNING, "*cannot be read*");
  restart (fixture, path, seal);
  g_test_assert_expected_messages ();
  put (fixture, "a", NULL, -60);
  assert_list (fixture, "a:una", "0+1", 1, 1);
  rfi_seal_unref (seal);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* The final id of a job made here, and somebody setting the clock. */
static void
test_rename_and_jump (Fixture       *fixture,
                      gconstpointer  unused)
{
  put (fixture, "local", NULL, -20);
  g_assert_true (rfi_alert_list_mute (fixture->list, "local", G_MAXINT64, NULL));
  rfi_job_table_rename (fixture->table, "local", "final");
  assert_list (fixture, "(final:una)", "0+1", 0, 0);
  put (fixture, "b", NULL, 0);

  rfi_test_clock_step_wall (fixture->clock, 120 * MINUTE);
  rfi_test_clock_advance (fixture->clock, MINUTE);
  assert_list (fixture, "b:una final:risk", "0+1", 2, 1);
  rfi_test_clock_step_wall (fixture->clock, -120 * MINUTE);
  rfi_test_clock_advance (fixture->clock, MINUTE);
  assert_list (fixture, "(final:una)", "0-1", 0, 0);
}

/* What belongs in the list, worked out from all jobs, and in order. */
static void
assert_right (Fixture *fixture,
              guint    n_jobs,
              gint64   now)
{
  g_autoptr(RfiAlertItem) before = NULL;
  guint n_expected = 0;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->list));

  for (guint i = 0; i < n_jobs; i++)
    {
      g_autofree char *id = g_strdup_printf ("j%u", i);
      RfiJobState *state = rfi_job_table_lookup (fixture->table, id);
      RfiAlertItem *item = rfi_alert_list_find (fixture->list, id);
      RfiAlertCheck check = { 0 };

      if (state != NULL)
        rfi_alert_check (state->work, &rules, now, &check);
      n_expected += check.kinds != 0;
      g_assert_true ((item != NULL) == (check.kinds != 0));
      if (item != NULL)
        {
          g_assert_cmpuint (rfi_alert_item_get_kind (item), ==,
                            (guint) g_bit_nth_lsf (check.kinds, -1));
          g_assert_true (rfi_job_equal (rfi_alert_item_get_state (item)->work, state->work));
        }
    }
  g_assert_cmpuint (n, ==, n_expected);
  for (guint i = 1; i < n; i++)
    {
      g_autoptr(RfiAlertItem) one = g_list_model_get_item (G_LIST_MODEL (fixture->list), i - 1);
      g_autoptr(RfiAlertItem) two = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_cmpint (rfi_alert_get_severity (rfi_alert_item_get_kind (one)), >=,
                       rfi_alert_get_severity (rfi_alert_item_get_kind (two)));
    }
}

static void
test_many (Fixture       *fixture,
           gconstpointer  unused)
{
  enum { N = 200 };

  for (guint step = 0; step < 200; step++)
    {
      g_autoptr(GPtrArray) states =
        g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
      g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
      guint n = (guint) g_test_rand_int_range (1, step % 10 == 0 ? 100 : 4);
      gint64 now;

      for (guint i = 0; i < n; i++)
        {
          char *id = g_strdup_printf ("j%d", g_test_rand_int_range (0, N));
          const char *technician = g_test_rand_int_range (0, 2) == 0 ? "kim" : NULL;

          g_ptr_array_add (removed, id);
          if (g_test_rand_int_range (0, 4) > 0)
            g_ptr_array_add (states, make_state (fixture, id, technician,
                                                 (int) step + g_test_rand_int_range (-300, 1)));
        }
      if (step % 3 == 0)
        rfi_job_table_apply (fixture->table, NULL, removed, FALSE);
      rfi_job_table_apply (fixture->table, states, NULL, FALSE);
      rfi_test_clock_advance (fixture->clock, MINUTE);
      now = rfi_clock_get_wall (RFI_CLOCK (fixture->clock));
      assert_right (fixture, N, now);
      rfi_test_model_ignore_changes (fixture->model);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/alert-list/clock", test_clock);
  ADD ("/alert-list/worse", test_worse);
  ADD ("/alert-list/overrun", test_overrun);
  ADD ("/alert-list/overrun-kept", test_overrun_kept);
  ADD ("/alert-list/mute", test_mute);
  ADD ("/alert-list/mute-forgotten", test_mute_forgotten);
  ADD ("/alert-list/step", test_step);
  ADD ("/alert-list/news", test_news);
  ADD ("/alert-list/rules", test_rules);
  ADD ("/alert-list/rename-and-jump", test_rename_and_jump);
  ADD ("/alert-list/kept", test_kept);
  ADD ("/alert-list/absent", test_absent);
  ADD ("/alert-list/unwritable", test_unwritable);
  ADD ("/alert-list/many", test_many);
#undef ADD

  return g_test_run ();
}
