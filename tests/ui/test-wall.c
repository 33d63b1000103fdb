/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-saved-views.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-wall-window.h"

#include <malloc.h>

/* The board on a wall, in the whole console against a real server. The cases follow each other. */

static RfiTestServer *server;

/* (nullable) */
static RfiWallWindow *
find_wall (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (RFI_IS_WALL_WINDOW (window))
        return RFI_WALL_WINDOW (window);
    }
  return NULL;
}

static RfiWallWindow *
open_wall (void)
{
  rfi_test_desk_activate ("win.wall", NULL);
  rfi_test_wait (find_wall () != NULL && gtk_widget_get_mapped (GTK_WIDGET (find_wall ())));
  rfi_test_settle ();
  return find_wall ();
}

static guint
count_widgets (GtkWidget *root)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

static void
test_open (void)
{
  RfiWallWindow *wall;
  GtkWidget *root;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  wall = open_wall ();
  root = GTK_WIDGET (wall);
  rfi_test_wait (rfi_test_ui_find (root, RFI_TYPE_JOB_CARD) != NULL);
  g_assert_true (rfi_test_ui_has_text (root, "All Jobs"));
  g_assert_true (rfi_test_ui_has_text (root, "Live"));
  g_assert_nonnull (rfi_test_ui_find_text (root, ":"));
  /* Nothing to click. */
  g_assert_false (gtk_widget_get_can_target (rfi_test_ui_find (root, RFI_TYPE_BOARD_PAGE)));
  g_assert_null (rfi_test_ui_find (root, GTK_TYPE_DROP_DOWN));
  rfi_test_desk_take_picture (GTK_WINDOW (wall), "wall");
  rfi_test_desk_set_dark (TRUE);
  rfi_test_desk_take_picture (GTK_WINDOW (wall), "wall-dark");
  rfi_test_desk_set_dark (FALSE);
}

static void
test_views (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  RfiWallWindow *wall = find_wall ();

  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "all");
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "urgent");
  rfi_test_desk_take_picture (GTK_WINDOW (wall), "wall-urgent");
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "unassigned");
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "all");

  g_settings_set_strv (settings, "wall-views", (const char *[]) { "unassigned", NULL });
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "unassigned");
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "unassigned");
  g_settings_set_strv (settings, "wall-views", (const char *[]) { NULL });
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "all");
  g_settings_reset (settings, "wall-views");
}

static void
save_view (const char   *name,
           const char   *text)
{
  g_autoptr(RfiJobFilter) filter = rfi_job_filter_new ();
  g_autoptr(GError) error = NULL;

  rfi_job_filter_set_text (filter, text);
  rfi_saved_views_add (rfi_session_get_views (rfi_test_desk_session ()), name, filter, &error);
  g_assert_no_error (error);
}

/* What a person saved comes after what everybody has, one after the other, and only where there is
 * something to see. */
static void
test_saved_views (void)
{
  RfiSavedViews *views = rfi_session_get_views (rfi_test_desk_session ());
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  RfiWallWindow *wall = find_wall ();

  save_view ("Coolers", "cool");
  save_view ("Nothing", "no such words anywhere");
  save_view ("Everything", "");
  while (!g_str_equal (rfi_wall_window_get_view (wall), "unassigned"))
    rfi_wall_window_step (wall);
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "saved");
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (wall), "Coolers"));
  rfi_wall_window_step (wall);
  rfi_test_wait (rfi_test_ui_has_text (GTK_WIDGET (wall), "Everything"));
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "all");

  /* Alone, and gone while it is shown. */
  g_settings_set_strv (settings, "wall-views", (const char *[]) { "saved", NULL });
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "saved");
  while (g_list_model_get_n_items (G_LIST_MODEL (views)) > 0)
    {
      g_autoptr(RfiSavedView) view = g_list_model_get_item (G_LIST_MODEL (views), 0);

      g_assert_true (rfi_saved_views_remove (views, rfi_saved_view_get_id (view), NULL));
    }
  rfi_wall_window_step (wall);
  g_assert_cmpstr (rfi_wall_window_get_view (wall), ==, "all");
  g_settings_reset (settings, "wall-views");
}

static void
cycle (RfiWallWindow *wall,
       guint          n)
{
  for (guint i = 0; i < n; i++)
    {
      rfi_wall_window_step (wall);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (!g_str_equal (rfi_wall_window_get_view (wall), "all"))
    rfi_wall_window_step (wall);
  rfi_test_settle ();
}

/* A night on the wall leaves nothing behind. */
static void
test_night (void)
{
  RfiWallWindow *wall = find_wall ();
  guint n_widgets;
  size_t in_use;

  cycle (wall, 200);
  n_widgets = count_widgets (GTK_WIDGET (wall));
  in_use = mallinfo2 ().uordblks;
  cycle (wall, 1000);
  g_test_message ("%u widgets, %zu bytes; then %u, %zu", n_widgets, in_use,
                  count_widgets (GTK_WIDGET (wall)), mallinfo2 ().uordblks);
  g_assert_cmpuint (count_widgets (GTK_WIDGET (wall)), ==, n_widgets);
  /* Less than a hundred bytes for each of them: caches breathe. */
  g_assert_cmpuint (mallinfo2 ().uordblks, <, in_use + 100000);
}

static void
test_any_key (void)
{
  rfi_test_desk_press (GTK_WIDGET (find_wall ()), GDK_KEY_space, 0);
  rfi_test_wait (find_wall () == NULL);
  open_wall ();
  rfi_test_desk_press (GTK_WIDGET (find_wall ()), GDK_KEY_Escape, 0);
  rfi_test_wait (find_wall () == NULL);
}

/* (nullable): the question before signing out */
static GtkWindow *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* It shows nobody's jobs when nobody is signed in. */
static void
test_sign_out (void)
{
  open_wall ();
  rfi_test_desk_activate ("win.sign-out", NULL);
  rfi_test_wait (find_question () != NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_question ()), "yes");
  gtk_window_destroy (find_question ());
  rfi_test_wait (find_wall () == NULL);
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/wall/open", test_open);
  g_test_add_func ("/wall/views", test_views);
  g_test_add_func ("/wall/saved-views", test_saved_views);
  g_test_add_func ("/wall/night", test_night);
  g_test_add_func ("/wall/any-key", test_any_key);
  g_test_add_func ("/wall/sign-out", test_sign_out);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
