/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-table-row.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"
#include "table-fixture.h"

static void
change (TableFixture *fixture,
        guint         number,
        RfiPriority   priority)
{
  GPtrArray *states = table_fixture_new_states ();

  g_ptr_array_add (states, table_fixture_new_state (number, priority, RFI_MARK_CONFIRMED));
  table_fixture_apply (fixture, states, NULL);
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
type (TableFixture    *fixture,
      guint            keyval,
      GdkModifierType  state)
{
  return press (GTK_WIDGET (fixture->view), keyval, state);
}

static const char *
get_cursor (TableFixture *fixture)
{
  RfiJobItem *item = rfi_table_view_get_cursor (fixture->view);

  return item != NULL ? rfi_job_item_get_id (item) : NULL;
}

static RfiTableRow *
get_focused_row (TableFixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus != NULL ? RFI_TABLE_ROW (RFI_IS_TABLE_ROW (focus)
                                        ? focus
                                        : gtk_widget_get_ancestor (focus, RFI_TYPE_TABLE_ROW))
                       : NULL;
}

static GtkAdjustment *
get_scroll (TableFixture *fixture)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
}

/* The rows that have widgets, from the top: "job-000 job-003 …". */
static char *
list_rows (TableFixture *fixture,
           guint         n_rows)
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
count_rows (TableFixture *fixture)
{
  guint n_rows = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    n_rows += RFI_IS_TABLE_ROW (child);
  return n_rows;
}

static void
test_content (TableFixture  *fixture,
              gconstpointer  unused)
{
  /* Urgent first, oldest first. */
  assert_rows (fixture, 3, "job-199 job-195 job-191");
  /* There are widgets for what is seen, not for all. */
  g_assert_cmpuint (count_rows (fixture), <, 25);
  g_assert_true (rfi_test_ui_has_text (fixture->page, "200 jobs"));
  rfi_test_ui_assert_named (fixture->window);
  table_fixture_take_picture (fixture, "table");
}

static void
test_sort (TableFixture  *fixture,
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
  table_fixture_take_picture (fixture, "table-sorted");

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
test_columns (TableFixture  *fixture,
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
  table_fixture_take_picture (fixture, "table-all-columns");

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
test_keyboard (TableFixture  *fixture,
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
  table_fixture_take_picture (fixture, "table-selected");
}

static void
test_typing (TableFixture  *fixture,
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
test_cells (TableFixture  *fixture,
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
  table_fixture_take_picture (fixture, "table-cell");

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
test_menu (TableFixture  *fixture,
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
test_live_changes (TableFixture  *fixture,
                   gconstpointer  unused)
{
  GtkAdjustment *scroll = get_scroll (fixture);
  RfiTableRow *row;
  double value;
  GPtrArray *states = table_fixture_new_states ();

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
    g_ptr_array_add (states, table_fixture_new_state (i, RFI_PRIORITY_URGENT, RFI_MARK_CONFIRMED));
  table_fixture_apply (fixture, states, "job-079");
  rfi_test_settle ();
  g_assert_nonnull (get_focused_row (fixture));
  g_assert_cmpstr (get_cursor (fixture), !=, "job-079");
  g_assert_cmpuint (rfi_job_selection_get_n (fixture->selection), ==, 0);
}

static void
test_one_selection (TableFixture  *fixture,
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
assert_drawn (TableFixture *fixture,
              GBytes       *plain,
              gboolean      same)
{
  GtkWidget *row = rfi_table_view_find_row (fixture->view, "job-199");
  g_autoptr(GBytes) drawn = NULL;

  g_assert_nonnull (row);
  drawn = rfi_test_ui_draw (row);
  g_assert_true (g_bytes_equal (drawn, plain) == same);
}

/* What a search has found is made out where it stands. */
static void
test_sought (TableFixture  *fixture,
             gconstpointer  unused)
{
  g_autoptr(GBytes) plain = NULL;

  plain = rfi_test_ui_draw (rfi_table_view_find_row (fixture->view, "job-199"));
  rfi_job_filter_set_text (fixture->filter, "duct quick");
  rfi_test_settle ();
  assert_drawn (fixture, plain, FALSE);
  table_fixture_take_picture (fixture, "table-sought");

  /* Words that are sought, and in nothing that the row shows. */
  rfi_job_filter_set_text (fixture->filter, "opening");
  rfi_test_settle ();
  assert_drawn (fixture, plain, TRUE);
  rfi_job_filter_set_text (fixture->filter, "");
  rfi_test_settle ();
  assert_drawn (fixture, plain, TRUE);
}

static void
test_empty (TableFixture  *fixture,
            gconstpointer  unused)
{
  rfi_job_filter_set_text (fixture->filter, "no such thing");
  rfi_test_wait (rfi_test_ui_has_text (fixture->page, "No Jobs Match"));
  g_assert_true (rfi_test_ui_has_text (fixture->page, "200 are hidden by 1 filter."));
  table_fixture_take_picture (fixture, "table-nothing");
  g_signal_emit_by_name (rfi_test_ui_find_named (fixture->page, "remedy"), "clicked");
  rfi_test_wait (!rfi_test_ui_has_text (fixture->page, "No Jobs Match"));
  assert_rows (fixture, 1, "job-199");

  rfi_table_page_set_jobs (RFI_TABLE_PAGE (fixture->page), NULL);
  g_assert_cmpuint (gtk_adjustment_get_value (get_scroll (fixture)), ==, 0);
}

static void
set_text_size (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
}

/* As the application does, which these windows do not have. */
static void
set_dark (gboolean dark)
{
  static GtkCssProvider *provider;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (dark)
    {
      provider = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (provider,
                                           "/com/retailfixit/Dispatch/style-dark.css");
      gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                                  GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
      return;
    }
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                 GTK_STYLE_PROVIDER (provider));
  g_clear_object (&provider);
}

static void
test_looks (TableFixture  *fixture,
            gconstpointer  unused)
{
  RfiTableHeader *header = rfi_table_view_get_header (fixture->view);
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  int least;

  set_dark (TRUE);
  table_fixture_take_picture (fixture, "table-dark");
  set_dark (FALSE);
  set_text_size (200);
  table_fixture_take_picture (fixture, "table-large");
  set_text_size (100);
  g_settings_set_enum (settings, "density", 2);
  table_fixture_take_picture (fixture, "table-compact");
  g_settings_reset (settings, "density");

  /* Without room for columns there are rows of two lines, and no head. */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  rfi_test_wait (gtk_widget_get_width (fixture->page) == 360);
  rfi_test_wait (!gtk_widget_get_visible (GTK_WIDGET (header)));
  table_fixture_take_picture (fixture, "table-narrow");
  set_text_size (200);
  table_fixture_take_picture (fixture, "table-narrow-large");
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
    void      (*test) (TableFixture *, gconstpointer);
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
    { "/table/sought", test_sought },
    { "/table/empty", test_empty },
    { "/table/looks", test_looks },
  };

  rfi_test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, TableFixture, NULL, table_fixture_set_up, cases[i].test,
                table_fixture_tear_down);
  g_test_add_func ("/table/remembers", test_remembers);
  return g_test_run ();
}
