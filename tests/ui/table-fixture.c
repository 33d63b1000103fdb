/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "table-fixture"

#include "config.h"

#include "table-fixture.h"

#include "rfi-job-table.h"
#include "rfi-test-ui.h"

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))

static const char *const titles[] = {
  "Walk-in cooler repair", "Air duct cleaning", "Freezer defrost cycle", "POS system wiring",
  "Ice machine leaks onto the sales floor", "Door gasket torn",
};
static const char *const cities[] = { "Arlington", "Dallas", "Austin", "Waco", "Mansfield" };
static const char *const people[] = { NULL, "Sara Lindqvist", "Ahmed Karim" };

/* Jobs "job-000", "job-001" …, each an hour older than the one before. */
RfiJobState *
table_fixture_new_state (guint       number,
                         RfiPriority priority,
                         RfiMark     mark)
{
  g_autofree char *id = g_strdup_printf ("job-%03u", number);
  g_autofree char *store = g_strdup_printf ("QuickStop #%u", number % 23);
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL, };
  RfiJob template = {
    .id = id,
    .title = titles[number % G_N_ELEMENTS (titles)],
    .description = "Seen at opening",
    .status = (RfiStatus) (number % RFI_N_STATUSES),
    .priority = priority,
    .vendor_id = "vendor",
    .created_by = "nora",
    .assigned_to = people[number % G_N_ELEMENTS (people)],
    .assigned_to_name = people[number % G_N_ELEMENTS (people)],
    .store_name = store,
    .address = "1 Main St",
    .city = cities[number % G_N_ELEMENTS (cities)],
    .state = "TX",
    .zip_code = "76001",
    .created_at = TABLE_FIXTURE_START - number * HOUR,
    .updated_at = TABLE_FIXTURE_START - number * HOUR / 2,
    .n_photos = (guint16) (number % 4),
    .version = number,
  };
  g_autoptr(RfiJob) job = NULL;

  values[RFI_FIELD_ESTIMATED_MINUTES - RFI_N_CONTRACT_FIELDS] = "90";
  values[RFI_FIELD_SCHEDULED_START - RFI_N_CONTRACT_FIELDS] = "2026-11-21T08:12:22.988Z";
  template.extra = rfi_job_extra_new (values);
  job = rfi_job_new (&template);
  g_clear_pointer (&template.extra, rfi_job_extra_unref);
  return rfi_job_state_new (job, mark, mark != RFI_MARK_CONFIRMED ? 1 : 0);
}

/* @states: (transfer full) */
void
table_fixture_apply (TableFixture *fixture,
                     GPtrArray    *states,
                     const char   *removed)
{
  g_autoptr(GPtrArray) owned = states;
  g_autoptr(GPtrArray) gone = g_ptr_array_new ();

  if (removed != NULL)
    g_ptr_array_add (gone, (gpointer) removed);
  rfi_job_table_apply (fixture->jobs, owned, gone, TRUE);
}

GPtrArray *
table_fixture_new_states (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
}

static void
fill (TableFixture *fixture,
      guint         n_jobs)
{
  GPtrArray *states = table_fixture_new_states ();

  for (guint i = 0; i < n_jobs; i++)
    g_ptr_array_add (states, table_fixture_new_state (i, (RfiPriority) (i % RFI_N_PRIORITIES),
                                        (RfiMark) (i % 7 < 5 ? i % 7 : 0)));
  table_fixture_apply (fixture, states, NULL);
}

static void
asked_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  GString *asked = user_data;
  g_autofree char *target = parameter != NULL ? g_variant_print (parameter, FALSE) : g_strdup ("");

  g_string_append_printf (asked, "%s %s;", g_action_get_name (G_ACTION (action)), target);
}

/* What a window would answer, written down instead. */
static void
add_actions (TableFixture *fixture)
{
  static const GActionEntry entries[] = {
    { .name = "show-job", .activate = asked_cb, .parameter_type = "s" },
    { .name = "delete-job", .activate = asked_cb, .parameter_type = "s" },
    { .name = "assign", .activate = asked_cb, .parameter_type = "s" },
    { .name = "set-status", .activate = asked_cb, .parameter_type = "(ss)" },
    { .name = "cancel-job", .activate = asked_cb, .parameter_type = "s" },
    { .name = "show-photos", .activate = asked_cb, .parameter_type = "s" },
    { .name = "new-job", .activate = asked_cb },
    { .name = "toast", .activate = asked_cb, .parameter_type = "(sss)" },
  };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   fixture->asked);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
}

void
table_fixture_set_up (TableFixture  *fixture,
                      gconstpointer  unused)
{
  fixture->jobs = rfi_job_table_new ();
  fixture->filter = rfi_job_filter_new ();
  fixture->selection = rfi_job_selection_new ();
  fixture->asked = g_string_new (NULL);
  fixture->page = rfi_table_page_new ();
  fixture->view = rfi_table_page_get_view (RFI_TABLE_PAGE (fixture->page));
  fixture->layout = rfi_table_view_get_layout (fixture->view);
  fixture->window = gtk_window_new ();
  add_actions (fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1300, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  g_object_set (fixture->page, "filter", fixture->filter, "selection", fixture->selection, NULL);
  rfi_table_page_set_jobs (RFI_TABLE_PAGE (fixture->page), fixture->jobs);
  fill (fixture, 200);
  rfi_table_layout_sort (fixture->layout, RFI_JOB_COLUMN_PRIORITY, FALSE, FALSE);
  rfi_table_layout_sort (fixture->layout, RFI_JOB_COLUMN_CREATED, FALSE, TRUE);
  rfi_test_ui_show (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
}

void
table_fixture_tear_down (TableFixture  *fixture,
                         gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->jobs);
  g_string_free (fixture->asked, TRUE);
}

void
table_fixture_take_picture (TableFixture *fixture,
                            const char   *name)
{
  const char *folder = g_getenv ("RFI_TEST_PICTURES");
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (fixture->window);
  path = g_build_filename (folder, file, NULL);
  rfi_test_ui_save_picture (GTK_WINDOW (fixture->window), path);
}
