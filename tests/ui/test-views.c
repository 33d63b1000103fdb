/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-history-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-saved-views.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-view-row.h"
#include "rfi-views-box.h"

/* Saved views in the whole console against a real server. The cases follow each other. */

static RfiTestServer *server;

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
}

static GtkWidget *
get_list (void)
{
  return gtk_widget_get_first_child (rfi_test_desk_find (RFI_TYPE_VIEWS_BOX));
}

/* "Urgent 3; Mine 0" of the rows from @first on. */
static char *
list_rows (guint first)
{
  GString *text = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = (int) first;
       (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_list ()), i)) != NULL; i++)
    {
      GtkWidget *box = gtk_list_box_row_get_child (row);
      GtkWidget *name = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));
      GtkWidget *count = gtk_widget_get_next_sibling (name);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "; " : "",
                              gtk_label_get_label (GTK_LABEL (name)),
                              gtk_label_get_label (GTK_LABEL (count)));
    }
  return g_string_free (text, FALSE);
}

#define N_BUILTIN 7

static void
assert_own (const char *expected)
{
  g_autofree char *rows = list_rows (N_BUILTIN);

  g_assert_cmpstr (rows, ==, expected);
}

static gboolean
has_own (const char *expected)
{
  g_autofree char *rows = list_rows (N_BUILTIN);

  return g_str_equal (rows, expected);
}

static gboolean
begins_with (guint       first,
             const char *expected)
{
  g_autofree char *rows = list_rows (first);

  return g_str_has_prefix (rows, expected);
}

static GtkWidget *
get_row (int i)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_list ()), i));
}

static void
count_cb (RfiJobState *state,
          gpointer     user_data)
{
  guint *counts = user_data;

  counts[0]++;
  if (!rfi_status_is_final (state->work->status))
    counts[1]++;
  if (state->work->priority == RFI_PRIORITY_URGENT)
    counts[2]++;
  if (g_str_equal (state->work->city, "Dallas"))
    counts[3]++;
}

/* Every view says how many it shows, and the list shows as many. */
static void
test_counts (void)
{
  guint counts[4] = { 0 };
  g_autofree char *expected = NULL;

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), count_cb, counts);
  expected = g_strdup_printf ("All jobs %u; All open %u; ", counts[0], counts[1]);
  rfi_test_wait (begins_with (0, expected));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
}

static void
test_show (void)
{
  rfi_test_desk_activate ("win.show-view", "urgent");
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (2))));
  rfi_test_wait (rfi_test_desk_reads ("Priority: Urgent"));
  rfi_test_desk_activate ("win.show-view", "all");
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (0))));
  rfi_test_desk_activate ("win.show-view", "there is none of this name");
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (0))));
}

static void
test_save (void)
{
  GtkWidget *entry;
  guint counts[4] = { 0 };
  g_autofree char *expected = NULL;

  g_assert_null (rfi_test_desk_find_named ("save"));
  gtk_expander_set_expanded (
    GTK_EXPANDER (gtk_widget_get_first_child (rfi_test_desk_find_named ("more_filters"))), TRUE);
  rfi_test_settle ();
  rfi_test_desk_fill_in ("place", "dallas");
  rfi_test_wait (rfi_test_desk_reads ("dallas"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "views-place");
  g_assert_nonnull (rfi_test_desk_find_named ("save"));
  rfi_test_desk_activate ("win.save-view", "");
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  entry = rfi_test_ui_find_named (GTK_WIDGET (rfi_test_desk_dialog ()), "view_name");
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_dialog ()));
  gtk_editable_set_text (GTK_EDITABLE (entry), " In Dallas ");
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "views-save");
  rfi_test_desk_answer ("save");

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), count_cb, counts);
  g_assert_cmpuint (counts[3], >, 0);
  expected = g_strdup_printf ("In Dallas %u", counts[3]);
  assert_own (expected);
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (N_BUILTIN))));

  rfi_test_desk_activate ("win.show-view", "open");
  rfi_test_desk_activate ("win.save-view", "Open ones");
  g_assert_nonnull (get_row (N_BUILTIN + 1));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "views");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_VIEWS_BOX) != NULL);
}

static void
test_keys (void)
{
  GtkWidget *row = get_row (N_BUILTIN + 1);
  g_autofree char *before = list_rows (N_BUILTIN);

  gtk_widget_grab_focus (row);
  rfi_test_desk_press (row, GDK_KEY_Up, GDK_ALT_MASK);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())) == get_row (N_BUILTIN));
  g_assert_true (begins_with (N_BUILTIN, "Open ones "));
  rfi_test_desk_press (get_row (N_BUILTIN), GDK_KEY_Down, GDK_ALT_MASK);
  assert_own (before);

  rfi_test_desk_press (get_row (N_BUILTIN + 1), GDK_KEY_F2, 0);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  gtk_editable_set_text (GTK_EDITABLE (rfi_test_ui_find_named (GTK_WIDGET (rfi_test_desk_dialog ()),
                                                               "view_name")), "Still open");
  rfi_test_desk_answer ("save");
  g_assert_true (begins_with (N_BUILTIN + 1, "Still open "));
}

/* What is pinned stands above all others, the focus goes with it, and back. */
static void
test_pin (void)
{
  g_autofree char *before = list_rows (0);
  g_autofree char *rest = NULL;

  gtk_widget_grab_focus (get_row (N_BUILTIN + 1));
  rfi_test_desk_press (get_row (N_BUILTIN + 1), GDK_KEY_p, 0);
  g_assert_true (begins_with (0, "Still open "));
  /* The others count as before. */
  rest = list_rows (1);
  g_assert_true (g_str_has_prefix (before, rest));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())) == get_row (0));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "views-pinned");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_VIEWS_BOX) != NULL);
  gtk_widget_activate_action (get_row (0), "win.delete-view", "s",
                              rfi_view_row_get_id (RFI_VIEW_ROW (get_row (0))));
  g_assert_true (begins_with (0, "All jobs "));
  rfi_test_wait (rfi_test_desk_reads ("View “Still open” deleted"));
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "Undo"),
                             GTK_TYPE_BUTTON), "clicked");
  g_assert_true (begins_with (0, "Still open "));
  rfi_test_desk_press (get_row (0), GDK_KEY_p, 0);
  rfi_test_wait (begins_with (0, before));
}

/* What is deleted comes back where it was. */
static void
test_delete (void)
{
  g_autofree char *before = list_rows (N_BUILTIN);

  rfi_test_desk_press (get_row (N_BUILTIN), GDK_KEY_Delete, 0);
  g_assert_true (begins_with (N_BUILTIN, "Still open "));
  rfi_test_wait (rfi_test_desk_reads ("View “In Dallas” deleted"));
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), "Undo"),
                             GTK_TYPE_BUTTON), "clicked");
  assert_own (before);
}

/* They are there the next morning, before the network is. */
static void
test_restart (void)
{
  g_autofree char *before = list_rows (N_BUILTIN);

  rfi_test_desk_activate ("win.show-view", "unassigned");
  rfi_test_desk_quit ();
  rfi_test_server_kill (server);
  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_VIEWS_BOX) != NULL);
  rfi_test_wait (has_own (before));
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (3))));
  rfi_test_server_start (server);
  rfi_test_desk_activate ("app.sync-now", NULL);
}

/* Each window has its own filter; another starts with what was on last. */
static void
test_windows (void)
{
  GtkWindow *first = rfi_test_desk_window ();
  GtkWindow *second;

  rfi_test_desk_activate ("win.show-view", "all");
  rfi_test_desk_activate ("app.new-window", NULL);
  rfi_test_wait (rfi_test_desk_window () != first);
  second = rfi_test_desk_window ();
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (second), "Unassigned"));
  gtk_widget_activate_action (GTK_WIDGET (second), "win.show-view", "s", "urgent");
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (second), "Priority: Urgent"));
  g_assert_false (rfi_test_ui_has_text (GTK_WIDGET (first), "Priority: Urgent"));
  gtk_window_close (second);
  rfi_test_wait (rfi_test_desk_window () == first);
}

/* Until the screen has it so: asked for the next size before that, it may come back to this one. */
static void
set_width (int width)
{
  GtkWindow *window = rfi_test_desk_window ();

  gtk_window_set_default_size (window, width, 900);
  rfi_test_wait (gtk_widget_get_width (GTK_WIDGET (window)) == width);
}

/* Two pages, one filter, one selection; what does not fit is not there. */
static void
test_split (void)
{
  GtkWidget *pane;
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  set_width (1600);
  rfi_test_desk_show_page ("history");
  rfi_test_desk_activate ("win.split", NULL);
  rfi_test_wait (rfi_test_desk_find_named ("side_pane") != NULL);
  pane = rfi_test_desk_find_named ("side_pane");
  rfi_test_wait (rfi_test_ui_find (pane, RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_ui_assert_named (pane);
  rfi_test_desk_activate ("win.show-view", "urgent");
  rfi_test_wait (rfi_test_ui_has_text (pane, "Priority: Urgent"));
  g_assert_nonnull (rfi_test_desk_find (RFI_TYPE_HISTORY_PAGE));
  g_assert_nonnull (rfi_test_desk_find (RFI_TYPE_VIEWS_BOX));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "split");
  rfi_test_desk_set_dark (TRUE);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "split-dark");
  rfi_test_desk_set_dark (FALSE);
  g_assert_true (g_settings_get_boolean (settings, "split"));

  set_width (700);
  rfi_test_wait (rfi_test_desk_find_named ("side_pane") == NULL);
  set_width (1600);
  rfi_test_wait (rfi_test_desk_find_named ("side_pane") != NULL);
  rfi_test_desk_click ("close_side");
  rfi_test_wait (rfi_test_desk_find_named ("side_pane") == NULL);
  g_settings_reset (settings, "split-page");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/views/sign-in", test_sign_in);
  g_test_add_func ("/views/counts", test_counts);
  g_test_add_func ("/views/show", test_show);
  g_test_add_func ("/views/save", test_save);
  g_test_add_func ("/views/keys", test_keys);
  g_test_add_func ("/views/delete", test_delete);
  g_test_add_func ("/views/pin", test_pin);
  g_test_add_func ("/views/restart", test_restart);
  g_test_add_func ("/views/windows", test_windows);
  g_test_add_func ("/views/split", test_split);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
