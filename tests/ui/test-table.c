/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-table-export.h"
#include "rfi-table-exporter.h"
#include "rfi-table-page.h"
#include "rfi-table-row.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))
#define START G_GINT64_CONSTANT (1760000000000)

typedef struct
{
  GtkWidget       *window;
  GtkWidget       *page;
  RfiTableView    *view;
  RfiTableLayout  *layout;
  RfiJobTable     *jobs;       /* (owned) */
  RfiJobFilter    *filter;     /* (owned) */
  RfiJobSelection *selection;  /* (owned) */
  GString         *asked;      /* (owned): window actions that were asked for, with their targets */
} Fixture;

static const char *const titles[] = {
  "Walk-in cooler repair", "Air duct cleaning", "Freezer defrost cycle", "POS system wiring",
  "Ice machine leaks onto the sales floor", "Door gasket torn",
};
static const char *const cities[] = { "Arlington", "Dallas", "Austin", "Waco", "Mansfield" };
static const char *const people[] = { NULL, "Sara Lindqvist", "Ahmed Karim" };

/* Jobs "job-000", "job-001" …, each an hour older than the one before. */
static RfiJobState *
new_state (guint       number,
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
    .created_at = START - number * HOUR,
    .updated_at = START - number * HOUR / 2,
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
static void
apply (Fixture    *fixture,
       GPtrArray  *states,
       const char *removed)
{
  g_autoptr(GPtrArray) owned = states;
  g_autoptr(GPtrArray) gone = g_ptr_array_new ();

  if (removed != NULL)
    g_ptr_array_add (gone, (gpointer) removed);
  rfi_job_table_apply (fixture->jobs, owned, gone, TRUE);
}

static GPtrArray *
new_states (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
}

static void
fill (Fixture *fixture,
      guint    n_jobs)
{
  GPtrArray *states = new_states ();

  for (guint i = 0; i < n_jobs; i++)
    g_ptr_array_add (states, new_state (i, (RfiPriority) (i % RFI_N_PRIORITIES),
                                        (RfiMark) (i % 7 < 5 ? i % 7 : 0)));
  apply (fixture, states, NULL);
}

static void
change (Fixture     *fixture,
        guint        number,
        RfiPriority  priority)
{
  GPtrArray *states = new_states ();

  g_ptr_array_add (states, new_state (number, priority, RFI_MARK_CONFIRMED));
  apply (fixture, states, NULL);
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
add_actions (Fixture *fixture)
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

static void
set_up (Fixture       *fixture,
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
  rfi_test_ui_show (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  rfi_test_settle ();
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->filter);
  g_assert_finalize_object (fixture->jobs);
  g_string_free (fixture->asked, TRUE);
}

#define assert_asked(fixture, expected) G_STMT_START { \
  g_assert_cmpstr ((fixture)->asked->str, ==, (expected)); \
  g_string_truncate ((fixture)->asked, 0); \
} G_STMT_END

static void
take_picture (Fixture    *fixture,
              const char *name)
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

static gboolean
press (GtkWidget       *widget,
       guint            keyval,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
    }
  return handled;
}

static gboolean
type (Fixture         *fixture,
      guint            keyval,
      GdkModifierType  state)
{
  return press (GTK_WIDGET (fixture->view), keyval, state);
}

static const char *
get_cursor (Fixture *fixture)
{
  RfiJobItem *item = rfi_table_view_get_cursor (fixture->view);

  return item != NULL ? rfi_job_item_get_id (item) : NULL;
}

static RfiTableRow *
get_focused_row (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL ? RFI_TABLE_ROW (RFI_IS_TABLE_ROW (focus)
                                        ? focus
                                        : gtk_widget_get_ancestor (focus, RFI_TYPE_TABLE_ROW))
                       : NULL;
}

static GtkAdjustment *
get_scroll (Fixture *fixture)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
}

/* The rows that have widgets, from the top: "job-000 job-003 …". */
static char *
list_rows (Fixture *fixture,
           guint    n_rows)
{
  GString *list = g_string_new (NULL);

  for (guint place = 0; place < n_rows; place++)
    for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
         child != NULL; child = gtk_widget_get_next_sibling (child))
      if (RFI_IS_TABLE_ROW (child) && gtk_widget_get_child_visible (child) &&
          rfi_table_row_get_place (RFI_TABLE_ROW (child)) == place)
        g_string_append_printf (list, "%s%s", place > 0 ? " " : "",
                                rfi_job_item_get_id (rfi_table_row_get_item (
                                  RFI_TABLE_ROW (child))));
  return g_string_free (list, FALSE);
}

#define assert_rows(fixture, n_rows, expected) G_STMT_START { \
  g_autofree char *rows_ = list_rows ((fixture), (n_rows)); \
  g_assert_cmpstr (rows_, ==, (expected)); \
} G_STMT_END

static guint
count_rows (Fixture *fixture)
{
  guint n_rows = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    n_rows += RFI_IS_TABLE_ROW (child);
  return n_rows;
}

static void
test_content (Fixture       *fixture,
              gconstpointer  unused)
{
  /* Urgent first, oldest first. */
  assert_rows (fixture, 3, "job-199 job-195 job-191");
  /* There are widgets for what is seen, not for all. */
  g_assert_cmpuint (count_rows (fixture), <, 25);
  g_assert_true (rfi_test_ui_has_text (fixture->page, "200 jobs"));
  rfi_test_ui_assert_named (fixture->window);
  take_picture (fixture, "table");
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  unused)
{
  RfiTableHeader *header = rfi_table_view_get_header (fixture->view);
  GtkWidget *head = rfi_table_header_get_head (header, RFI_JOB_COLUMN_CITY);

  gtk_widget_grab_focus (head);
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_Return, 0));
  assert_rows (fixture, 3, "job-000 job-005 job-010");
  gtk_test_accessible_assert_property (head, GTK_ACCESSIBLE_PROPERTY_SORT,
                                       GTK_ACCESSIBLE_SORT_ASCENDING);
  gtk_test_accessible_assert_property (head, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "sorted ascending, key 1 of 1");

  /* Again: the other way. Another one with Shift: after it. */
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_Return, 0));
  assert_rows (fixture, 3, "job-003 job-008 job-013");
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_Right, 0));
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_Right, 0));
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_space, GDK_SHIFT_MASK));
  g_assert_cmpuint (rfi_table_layout_get_sort (fixture->layout, RFI_JOB_COLUMN_TECHNICIAN, NULL),
                    ==, 2);
  assert_rows (fixture, 3, "job-008 job-023 job-038");
  gtk_test_accessible_assert_property (head, GTK_ACCESSIBLE_PROPERTY_SORT,
                                       GTK_ACCESSIBLE_SORT_DESCENDING);
  take_picture (fixture, "table-sorted");

  /* A third time with Shift it is no key any more. */
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_space, GDK_SHIFT_MASK));
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_space, GDK_SHIFT_MASK));
  g_assert_cmpuint (rfi_table_layout_get_sorter (fixture->layout)->n_keys, ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (header), "head.descending", "s", "title");
  assert_rows (fixture, 2, "job-000 job-006");
  gtk_widget_activate_action (GTK_WIDGET (header), "head.unsort", "s", "title");
  assert_rows (fixture, 2, "job-000 job-001");
}

static void
test_columns (Fixture       *fixture,
              gconstpointer  unused)
{
  RfiTableHeader *header = rfi_table_view_get_header (fixture->view);
  const RfiJobColumn *shown = rfi_table_layout_get_shown (fixture->layout);
  int width = rfi_table_layout_get_width (fixture->layout, RFI_JOB_COLUMN_TITLE);
  guint n_shown = rfi_table_layout_get_n_shown (fixture->layout);

  gtk_widget_grab_focus (rfi_table_header_get_head (header, RFI_JOB_COLUMN_TITLE));
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_cmpint (rfi_table_layout_get_width (fixture->layout, RFI_JOB_COLUMN_TITLE), >, width);
  g_assert_true (press (GTK_WIDGET (header), GDK_KEY_Left, GDK_CONTROL_MASK));
  g_assert_cmpint (shown[1], ==, RFI_JOB_COLUMN_TITLE);
  g_assert_cmpint (shown[2], ==, RFI_JOB_COLUMN_STATUS);
  gtk_widget_activate_action (GTK_WIDGET (header), "head.hide", "s", "status");
  g_assert_cmpuint (rfi_table_layout_get_n_shown (fixture->layout), ==, n_shown - 1);
  g_assert_null (rfi_table_header_get_head (header, RFI_JOB_COLUMN_STATUS));

  /* All at once: wider than the window, which scrolls sideways. */
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    rfi_table_layout_set_shown (fixture->layout, (RfiJobColumn) i, TRUE);
  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_scrollable_get_hadjustment (
                       GTK_SCROLLABLE (fixture->view))), >, 2000);
  rfi_test_ui_assert_named (fixture->window);
  gtk_widget_grab_focus (rfi_table_header_get_head (header, RFI_JOB_COLUMN_VERSION));
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrollable_get_hadjustment (
                       GTK_SCROLLABLE (fixture->view))), >, 0);
  take_picture (fixture, "table-all-columns");

  rfi_table_layout_reset (fixture->layout);
  g_assert_cmpuint (rfi_table_layout_get_n_shown (fixture->layout), ==, n_shown);
  for (guint i = 0; i < RFI_N_JOB_COLUMNS; i++)
    rfi_table_layout_set_shown (fixture->layout, (RfiJobColumn) i, FALSE);
  g_assert_cmpuint (rfi_table_layout_get_n_shown (fixture->layout), ==, 1);
}

static void
test_remembers (void)
{
  g_autoptr(RfiTableLayout) layout = rfi_table_layout_new ();
  g_autoptr(RfiTableLayout) again = rfi_table_layout_new ();
  gboolean descending;

  rfi_table_layout_set_account (layout, "mine");
  rfi_table_layout_set_shown (layout, RFI_JOB_COLUMN_VERSION, TRUE);
  rfi_table_layout_move (layout, RFI_JOB_COLUMN_VERSION, -100, TRUE);
  rfi_table_layout_set_width (layout, RFI_JOB_COLUMN_TITLE, 333);
  rfi_table_layout_sort (layout, RFI_JOB_COLUMN_CITY, TRUE, FALSE);
  rfi_table_layout_sort (layout, RFI_JOB_COLUMN_TITLE, FALSE, TRUE);
  rfi_table_layout_set_account (layout, "another");
  g_assert_cmpint (rfi_table_layout_get_width (layout, RFI_JOB_COLUMN_TITLE), !=, 333);

  rfi_table_layout_set_account (again, "mine");
  g_assert_cmpint (rfi_table_layout_get_shown (again)[0], ==, RFI_JOB_COLUMN_VERSION);
  g_assert_cmpint (rfi_table_layout_get_width (again, RFI_JOB_COLUMN_TITLE), ==, 333);
  g_assert_cmpuint (rfi_table_layout_get_sort (again, RFI_JOB_COLUMN_CITY, &descending), ==, 1);
  g_assert_true (descending);
  g_assert_cmpuint (rfi_table_layout_get_sort (again, RFI_JOB_COLUMN_TITLE, &descending), ==, 2);
  g_assert_false (descending);
}

static void
test_keyboard (Fixture       *fixture,
               gconstpointer  unused)
{
  GtkAdjustment *scroll = get_scroll (fixture);

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->view)));
  g_assert_cmpstr (get_cursor (fixture), ==, "job-199");
  g_assert_true (type (fixture, GDK_KEY_Down, 0));
  g_assert_cmpstr (get_cursor (fixture), ==, "job-195");
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 1);
  g_assert_true (type (fixture, GDK_KEY_Return, 0));
  assert_asked (fixture, "show-job 'job-195';");

  /* Shift takes all on the way, Control none, Space this one. */
  g_assert_true (type (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_true (type (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 3);
  g_assert_true (type (fixture, GDK_KEY_Up, GDK_SHIFT_MASK));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 2);
  g_assert_true (type (fixture, GDK_KEY_End, GDK_CONTROL_MASK));
  g_assert_cmpstr (get_cursor (fixture), ==, "job-000");
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 2);
  g_assert_true (type (fixture, GDK_KEY_space, 0));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 3);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==,
                     gtk_adjustment_get_upper (scroll) - gtk_adjustment_get_page_size (scroll));
  rfi_test_settle ();
  g_assert_true (rfi_test_ui_has_text (fixture->page, "200 jobs · 3 selected"));

  g_assert_true (type (fixture, GDK_KEY_a, GDK_CONTROL_MASK));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 200);
  g_assert_true (type (fixture, GDK_KEY_A, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 0);

  g_assert_true (type (fixture, GDK_KEY_Home, 0));
  g_assert_cmpstr (get_cursor (fixture), ==, "job-199");
  g_assert_true (type (fixture, GDK_KEY_Page_Down, 0));
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), >, 0);
  g_assert_true (type (fixture, GDK_KEY_Delete, 0));
  g_assert_true (g_str_has_prefix (fixture->asked->str, "delete-job 'job-"));
  take_picture (fixture, "table-selected");
}

static void
test_typing (Fixture       *fixture,
             gconstpointer  unused)
{
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->view)));

  /* The title is the first text; of those that begin so, the next one. */
  g_assert_true (type (fixture, GDK_KEY_p, 0));
  g_assert_cmpstr (rfi_job_item_get_job (rfi_table_view_get_cursor (fixture->view))->title, ==,
                   "POS system wiring");
  g_assert_true (type (fixture, GDK_KEY_O, GDK_SHIFT_MASK));
  g_assert_true (type (fixture, GDK_KEY_s, 0));
  g_assert_true (type (fixture, GDK_KEY_space, 0));
  g_assert_true (type (fixture, GDK_KEY_s, 0));
  g_assert_cmpstr (rfi_job_item_get_job (rfi_table_view_get_cursor (fixture->view))->title, ==,
                   "POS system wiring");
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 1);

  /* Sorted by another text, it is that. */
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  rfi_table_layout_sort (fixture->layout, RFI_JOB_COLUMN_CITY, FALSE, FALSE);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->view)));
  g_assert_true (type (fixture, GDK_KEY_Escape, 0) == FALSE);
  rfi_table_view_scroll_home (fixture->view);
}

static void
test_cells (Fixture       *fixture,
            gconstpointer  unused)
{
  RfiTableRow *row;
  GtkWidget *cell;

  gtk_test_accessible_assert_role (GTK_WIDGET (fixture->view), GTK_ACCESSIBLE_ROLE_GRID);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->view)));
  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (fixture->window);
  row = get_focused_row (fixture);
  g_assert_nonnull (row);
  gtk_test_accessible_assert_role (GTK_WIDGET (row), GTK_ACCESSIBLE_ROLE_ROW);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL));

  g_assert_true (type (fixture, GDK_KEY_Right, 0));
  g_assert_true (type (fixture, GDK_KEY_Right, 0));
  g_assert_true (type (fixture, GDK_KEY_Right, 0));
  g_assert_cmpint (rfi_table_row_get_cell (row), ==, 2);
  cell = gtk_root_get_focus (GTK_ROOT (fixture->window));
  gtk_test_accessible_assert_role (cell, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Title: Air duct cleaning");
  take_picture (fixture, "table-cell");

  /* Down the column, and back to the row. */
  g_assert_true (type (fixture, GDK_KEY_Down, 0));
  row = get_focused_row (fixture);
  g_assert_cmpint (rfi_table_row_get_cell (row), ==, 2);
  for (guint i = 0; i < 3; i++)
    g_assert_true (type (fixture, GDK_KEY_Left, 0));
  g_assert_cmpint (rfi_table_row_get_cell (row), ==, -1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == GTK_WIDGET (row));
}

static void
test_menu (Fixture       *fixture,
           gconstpointer  unused)
{
  GtkWidget *menu;

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->view)));
  g_assert_true (type (fixture, GDK_KEY_F10, GDK_SHIFT_MASK));
  menu = rfi_test_ui_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU);
  g_assert_nonnull (menu);
  g_assert_true (rfi_test_ui_has_text (menu, "Open"));
  g_assert_true (rfi_test_ui_has_text (menu, "Delete Job…"));
  gtk_popover_popdown (GTK_POPOVER (menu));
  rfi_test_wait (!gtk_widget_get_mapped (menu));
}

/* What others change moves neither what is looked at nor the focus. */
static void
test_live_changes (Fixture       *fixture,
                   gconstpointer  unused)
{
  GtkAdjustment *scroll = get_scroll (fixture);
  RfiTableRow *row;
  double value;
  GPtrArray *states = new_states ();

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture->view)));
  for (guint i = 0; i < 30; i++)
    g_assert_true (type (fixture, GDK_KEY_Down, 0));
  rfi_test_settle ();
  row = get_focused_row (fixture);
  g_assert_cmpstr (get_cursor (fixture), ==, "job-079");
  value = gtk_adjustment_get_value (scroll);
  g_assert_cmpfloat (value, >, 0);

  /* One comes in above: all moves on by one, and is scrolled by one. */
  change (fixture, 197, RFI_PRIORITY_URGENT);
  rfi_test_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, value + 40);
  g_assert_true (get_focused_row (fixture) == row);
  g_assert_cmpstr (get_cursor (fixture), ==, "job-079");
  g_assert_cmpuint (rfi_table_row_get_place (row), ==, 31);

  /* The job itself goes far away: it takes the focus with it, not the selection from it. */
  change (fixture, 79, RFI_PRIORITY_LOW);
  rfi_test_settle ();
  g_assert_true (get_focused_row (fixture) == row);
  g_assert_cmpstr (get_cursor (fixture), ==, "job-079");
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 1);

  /* It goes for good: a neighbour has the focus. */
  for (guint i = 300; i < 310; i++)
    g_ptr_array_add (states, new_state (i, RFI_PRIORITY_URGENT, RFI_MARK_CONFIRMED));
  apply (fixture, states, "job-079");
  rfi_test_settle ();
  g_assert_nonnull (get_focused_row (fixture));
  g_assert_cmpstr (get_cursor (fixture), !=, "job-079");
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 0);
}

static void
test_one_selection (Fixture       *fixture,
                    gconstpointer  unused)
{
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (fixture->jobs, "job-002");
  GtkWidget *row;

  /* What another page chooses is shown here. */
  rfi_job_selection_choose (fixture->selection, item);
  rfi_test_settle ();
  row = rfi_table_view_find_row (fixture->view, "job-002");
  g_assert_nonnull (row);
  g_assert_true ((gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED) != 0);
  g_assert_cmpstr (get_cursor (fixture), ==, "job-002");
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_SELECTED, TRUE);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  unused)
{
  rfi_job_filter_set_text (fixture->filter, "no such thing");
  rfi_test_wait (rfi_test_ui_has_text (fixture->page, "No Jobs Match"));
  g_assert_true (rfi_test_ui_has_text (fixture->page, "200 are hidden by 1 filter."));
  take_picture (fixture, "table-nothing");
  g_signal_emit_by_name (rfi_test_ui_find_named (fixture->page, "remedy"), "clicked");
  rfi_test_wait (!rfi_test_ui_has_text (fixture->page, "No Jobs Match"));
  assert_rows (fixture, 1, "job-199");

  rfi_table_page_set_jobs (RFI_TABLE_PAGE (fixture->page), NULL);
  g_assert_cmpuint (gtk_adjustment_get_value (get_scroll (fixture)), ==, 0);
}

/* Saving */

/* @columns: what to show, in their order */
static void
show_only (Fixture            *fixture,
           const RfiJobColumn *columns,
           guint               n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    {
      rfi_table_layout_set_shown (fixture->layout, columns[i], TRUE);
      rfi_table_layout_move (fixture->layout, columns[i], RFI_N_JOB_COLUMNS, TRUE);
    }
  for (guint i = 0; i < RFI_N_JOB_COLUMNS - n_columns; i++)
    rfi_table_layout_set_shown (fixture->layout, rfi_table_layout_get_column (fixture->layout, i),
                                FALSE);
}

/* A job whose texts are hard on a CSV file. */
static void
add_odd_job (Fixture *fixture)
{
  GPtrArray *states = new_states ();
  const RfiJob template = {
    .id = "odd",
    .title = "Quoted \"door\", torn",
    .description = "First line\nsecond line",
    .store_name = "=HYPERLINK(\"http://bad\")",
    .city = "Köln",
    .created_at = START,
  };
  g_autoptr(RfiJob) job = rfi_job_new (&template);

  g_ptr_array_add (states, rfi_job_state_new (job, RFI_MARK_QUEUED, 2));
  apply (fixture, states, NULL);
}

static GFile *
new_target (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("rfi-table-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

static void
clean_up (GFile *file)
{
  g_autoptr(GFile) folder = g_file_get_parent (file);

  g_file_delete (file, NULL, NULL);
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static char *
read_file (GFile *file)
{
  char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Columns, rows and order are those of the table. */
static void
test_save (Fixture       *fixture,
           gconstpointer  unused)
{
  static const RfiJobColumn columns[] = {
    RFI_JOB_COLUMN_CITY,    RFI_JOB_COLUMN_TITLE, RFI_JOB_COLUMN_DESCRIPTION,
    RFI_JOB_COLUMN_STORE_NAME, RFI_JOB_COLUMN_CREATED, RFI_JOB_COLUMN_WAITING,
    RFI_JOB_COLUMN_MARK, RFI_JOB_COLUMN_TECHNICIAN, RFI_JOB_COLUMN_PRIORITY,
  };
  g_autoptr(GFile) file = new_target ("jobs.csv");
  g_autofree char *text = NULL;

  add_odd_job (fixture);
  show_only (fixture, columns, G_N_ELEMENTS (columns));
  rfi_table_layout_sort (fixture->layout, RFI_JOB_COLUMN_ID, TRUE, FALSE);
  rfi_job_filter_set_text (fixture->filter, "odd");
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  rfi_test_wait (fixture->asked->len > 0);
  assert_asked (fixture, "toast ('1 job saved in jobs.csv', '', '');");
  text = read_file (file);
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf"
                   "City,Title,Description,Store,Created,Changes waiting,Sync state,Technician,"
                   "Priority\r\n"
                   "Köln,\"Quoted \"\"door\"\", torn\",\"First line\nsecond line\","
                   "\"'=HYPERLINK(\"\"http://bad\"\")\",2025-10-09 08:53,2,Queued,,Low\r\n");

  /* All of it, over what was there. */
  g_free (text);
  rfi_job_filter_clear (fixture->filter);
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  rfi_test_wait (fixture->asked->len > 0);
  assert_asked (fixture, "toast ('201 jobs saved in jobs.csv', '', '');");
  text = read_file (file);
  g_assert_nonnull (strstr (text, "\r\nMansfield,Air duct cleaning,Seen at opening,QuickStop #15,"
                                  "2025-10-01 01:53,1,Failed,Sara Lindqvist,Urgent\r\n"
                                  "Waco,Walk-in cooler"));
  clean_up (file);
}

/* What goes wrong is said where it was asked for, and leaves what was there before. */
static void
test_save_fails (Fixture       *fixture,
                 gconstpointer  unused)
{
  g_autoptr(GFile) file = new_target ("jobs.csv");
  g_autoptr(GFile) nowhere = g_file_get_child (file, "jobs.csv");
  g_autofree char *text = NULL;
  const struct rlimit small = { 4096, RLIM_INFINITY };
  struct rlimit before;
  GtkWidget *stop;

  g_assert_true (g_file_replace_contents (file, "before", 6, NULL, FALSE, 0, NULL, NULL, NULL));
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), nowhere);
  rfi_test_wait (rfi_test_ui_find_text (fixture->page, "The file could not be written") != NULL);
  take_picture (fixture, "table-save-failed");
  stop = rfi_test_ui_find_named (fixture->page, "stop");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (stop)), ==, "Close");
  g_signal_emit_by_name (stop, "clicked");

  /* No more than this may be written: as on a disk that is full. */
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  setrlimit (RLIMIT_FSIZE, &small);
  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  rfi_test_wait (rfi_test_ui_find_text (fixture->page, "The file could not be written") != NULL &&
                 gtk_widget_get_visible (stop));
  rfi_test_wait (g_str_equal (gtk_button_get_label (GTK_BUTTON (stop)), "Close"));
  setrlimit (RLIMIT_FSIZE, &before);
  text = read_file (file);
  g_assert_cmpstr (text, ==, "before");
  assert_asked (fixture, "");
  clean_up (file);
}

static void
test_save_cancelled (Fixture       *fixture,
                     gconstpointer  unused)
{
  g_autoptr(GFile) file = new_target ("jobs.csv");
  GtkWidget *exporter;

  rfi_table_page_save (RFI_TABLE_PAGE (fixture->page), file);
  exporter = rfi_test_ui_find (fixture->page, RFI_TYPE_TABLE_EXPORTER);
  g_assert_true (rfi_table_exporter_is_busy (RFI_TABLE_EXPORTER (exporter)));
  rfi_table_exporter_stop (RFI_TABLE_EXPORTER (exporter));
  rfi_test_wait (!rfi_table_exporter_is_busy (RFI_TABLE_EXPORTER (exporter)));
  g_assert_false (g_file_query_exists (file, NULL));
  assert_asked (fixture, "");
  clean_up (file);
}

static void
test_error_words (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "ENOSPC");
  g_autofree char *words = rfi_table_export_words (error);

  g_assert_cmpstr (words, ==, "The disk is full. Free some space, or save the file elsewhere.");
}

static void
set_text_size (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
}

static void
test_looks (Fixture       *fixture,
            gconstpointer  unused)
{
  RfiTableHeader *header = rfi_table_view_get_header (fixture->view);
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  int least;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture (fixture, "table-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  set_text_size (200);
  take_picture (fixture, "table-large");
  set_text_size (100);
  g_settings_set_enum (settings, "density", 2);
  take_picture (fixture, "table-compact");
  g_settings_reset (settings, "density");

  /* Without room for columns there are rows of two lines, and no head. */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  rfi_test_wait (gtk_widget_get_width (fixture->page) == 360);
  rfi_test_wait (!gtk_widget_get_visible (GTK_WIDGET (header)));
  take_picture (fixture, "table-narrow");
  set_text_size (200);
  take_picture (fixture, "table-narrow-large");
  gtk_widget_measure (fixture->page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  set_text_size (100);
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *path;
    void      (*test) (Fixture *, gconstpointer);
  } cases[] = {
    { "/table/content", test_content },
    { "/table/sort", test_sort },
    { "/table/columns", test_columns },
    { "/table/keyboard", test_keyboard },
    { "/table/typing", test_typing },
    { "/table/cells", test_cells },
    { "/table/menu", test_menu },
    { "/table/live-changes", test_live_changes },
    { "/table/one-selection", test_one_selection },
    { "/table/empty", test_empty },
    { "/table/save", test_save },
    { "/table/save-fails", test_save_fails },
    { "/table/save-cancelled", test_save_cancelled },
    { "/table/looks", test_looks },
  };

  rfi_test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].test, tear_down);
  g_test_add_func ("/table/remembers", test_remembers);
  g_test_add_func ("/table/error-words", test_error_words);
  return g_test_run ();
}
