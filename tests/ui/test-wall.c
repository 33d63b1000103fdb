/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-lane.h"
#include "rfi-saved-views.h"
#include "rfi-test-bus.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-wall-window.h"

#include <malloc.h>

/* The board on a wall, in the whole console against a real server. The cases follow each other. */

static RfiTestServer *server;

/* The session manager: a program of its own, so in a thread of its own, as the toolkit waits for
 * its answer. */

static GMainLoop *manager;       /* (owned): its turns */
static GAsyncQueue *ready;       /* (owned): holds something once it can be asked */
static int n_kept_awake;         /* atomic: how often nothing may be dimmed … */
static int n_wrong;              /* atomic: … and how often it was asked something else */

/* Says as the desktop does: 8 is that the session may not become idle. */
#define INHIBIT_IDLE 8

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  const char *id, *reason;
  guint32 xid, flags, cookie = 0;

  if (g_str_equal (method, "Inhibit"))
    {
      g_variant_get (parameters, "(&su&su)", &id, &xid, &reason, &flags);
      if (flags == INHIBIT_IDLE && g_str_equal (id, RFI_APP_ID) &&
          g_str_equal (reason, "The board is shown on a wall"))
        cookie = 77;
      g_atomic_int_inc (cookie != 0 ? &n_kept_awake : &n_wrong);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", cookie));
      return;
    }

  g_variant_get (parameters, "(u)", &cookie);
  g_atomic_int_add (cookie == 77 ? &n_kept_awake : &n_wrong, cookie == 77 ? -1 : 1);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static gpointer
serve (gpointer data)
{
  GMainContext *context = g_main_loop_get_context (manager);
  g_autoptr(GDBusConnection) bus = NULL;

  g_main_context_push_thread_default (context);
  bus = rfi_test_bus_serve ("org.gnome.SessionManager",
                            "<method name='Inhibit'><arg type='s'/><arg type='u'/><arg type='s'/>"
                            "<arg type='u'/><arg type='u' direction='out'/></method>"
                            "<method name='Uninhibit'><arg type='u'/></method>", call_cb);
  g_async_queue_push (ready, manager);
  g_main_loop_run (manager);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static GThread *
start_session_manager (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  GThread *thread;

  manager = g_main_loop_new (context, FALSE);
  ready = g_async_queue_new ();
  thread = g_thread_new ("session-manager", serve, NULL);
  g_async_queue_pop (ready);
  return thread;
}

static void
stop_session_manager (GThread *thread)
{
  g_main_loop_quit (manager);
  g_thread_join (thread);
  g_main_loop_unref (manager);
  g_async_queue_unref (ready);
}

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
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  RfiWallWindow *wall;
  GtkWidget *root;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  g_assert_cmpint (g_atomic_int_get (&n_kept_awake), ==, 0);
  g_settings_set_uint (settings, "wall-seconds", 3600);
  wall = open_wall ();
  root = GTK_WIDGET (wall);
  g_assert_cmpint (g_atomic_int_get (&n_kept_awake), ==, 1);
  rfi_test_wait (rfi_test_ui_find (root, RFI_TYPE_JOB_CARD) != NULL);
  g_assert_true (rfi_test_ui_has_text (root, "All Jobs"));
  g_assert_true (rfi_test_ui_has_text (root, "Live"));
  g_assert_nonnull (rfi_test_ui_find_text (root, ":"));
  /* Nothing to click. */
  g_assert_false (gtk_widget_get_can_target (rfi_test_ui_find (root, RFI_TYPE_BOARD_PAGE)));
  g_assert_null (rfi_test_ui_find (root, GTK_TYPE_DROP_DOWN));
}

/* Returns: (transfer none) (nullable): the lane of jobs in that status */
static GtkWidget *
find_lane (GtkWidget *root,
           RfiStatus  status)
{
  GtkWidget *found = NULL;

  if (RFI_IS_LANE (root))
    return rfi_lane_get_status (RFI_LANE (root)) == status ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_lane (child, status);
  return found;
}

/* On this screen the lanes do not all have room: what is finished is a narrow bar, from the first
 * layout, and what is open has the room. */
static void
test_fold (void)
{
  GtkWidget *wall = GTK_WIDGET (find_wall ());

  for (int i = 0; i < RFI_N_STATUSES; i++)
    {
      GtkWidget *lane = find_lane (wall, (RfiStatus) i);
      int width = gtk_widget_get_width (lane);

      g_test_message ("%s is %d wide", rfi_status_to_string (i), width);
      g_assert_true (rfi_lane_get_folded (RFI_LANE (lane)) == rfi_status_is_final (i));
      if (rfi_status_is_final (i))
        g_assert_cmpint (width, <, 100);
      else
        g_assert_cmpint (width, >, gtk_widget_get_width (wall) / 4);
    }
  rfi_test_desk_take_looks (GTK_WINDOW (wall), "wall");
}

/* By itself, as often as a person wants; then, for what follows, only when it is told to. */
static void
test_cycle (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  RfiWallWindow *wall = find_wall ();

  g_settings_set_uint (settings, "wall-seconds", 5);
  rfi_test_wait (!g_str_equal (rfi_wall_window_get_view (wall), "all"));
  g_settings_set_uint (settings, "wall-seconds", 3600);
  while (!g_str_equal (rfi_wall_window_get_view (wall), "all"))
    rfi_wall_window_step (wall);
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
  /* The screen may go dark again. */
  rfi_test_wait (g_atomic_int_get (&n_kept_awake) == 0);
  open_wall ();
  g_assert_cmpint (g_atomic_int_get (&n_kept_awake), ==, 1);
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
  rfi_test_wait (g_atomic_int_get (&n_kept_awake) == 0);
  g_assert_cmpint (g_atomic_int_get (&n_wrong), ==, 0);
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
}

int
main (int   argc,
      char *argv[])
{
  GThread *thread = start_session_manager ();
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/wall/open", test_open);
  g_test_add_func ("/wall/fold", test_fold);
  g_test_add_func ("/wall/cycle", test_cycle);
  g_test_add_func ("/wall/views", test_views);
  g_test_add_func ("/wall/saved-views", test_saved_views);
  g_test_add_func ("/wall/night", test_night);
  g_test_add_func ("/wall/any-key", test_any_key);
  g_test_add_func ("/wall/sign-out", test_sign_out);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  stop_session_manager (thread);
  return status;
}
