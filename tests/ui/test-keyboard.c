/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-lane.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"

#include <gdk/x11/gdkx.h>
#include <string.h>

/* Real keys, from the X server: each key there is for an action runs it, whatever the application
 * lists; and a job is found, opened, assigned and taken back without a pointer. */

static RfiTestServer *server;
static RfiSession *session;  /* (owned) once signed in */
static guint n_runs;         /* of the action that is awaited */

static gulong
get_xid (GtkWindow *window)
{
G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window)));
G_GNUC_END_IGNORE_DEPRECATIONS
}

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* There is no window manager to give the focus to what opens. @keys: as xdotool names them */
static void
type (GtkWindow  *window,
      const char *keys)
{
  g_autofree char *xid = g_strdup_printf ("%lu", get_xid (window));
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ended = FALSE;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "windowfocus", "--sync",
                              xid, "key", keys, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, ended_cb, &ended);
  rfi_test_wait (ended);
}

static void
press (const char *keys)
{
  type (rfi_test_desk_window (), keys);
}

/* What is open beside the main window, latest first. (transfer none) (nullable) */
static GtkWindow *
get_other (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *other = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != rfi_test_desk_window () && gtk_widget_get_mapped (GTK_WIDGET (window)))
        other = window;
    }
  return other;
}

static void
run_cb (void)
{
  n_runs++;
}

/* "app.x" or "win.x('y')". Returns: (transfer none) (nullable) */
static GAction *
find_action (const char *description)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;
  gboolean app = g_str_has_prefix (description, "app.");

  g_assert_true (g_action_parse_detailed_name (description, &name, &target, NULL));
  return g_action_map_lookup_action (app ? G_ACTION_MAP (rfi_test_desk_application ())
                                         : G_ACTION_MAP (rfi_test_desk_window ()),
                                     name + strlen ("app."));
}

/* As xdotool writes it. Returns: (transfer full) */
static char *
get_keys (const char *accelerator)
{
  GString *keys = g_string_new (NULL);
  GdkModifierType modifiers;
  guint key;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));
  if ((modifiers & GDK_CONTROL_MASK) != 0)
    g_string_append (keys, "ctrl+");
  if ((modifiers & GDK_SHIFT_MASK) != 0)
    g_string_append (keys, "shift+");
  g_string_append (keys, gdk_keyval_name (key));
  return g_string_free (keys, FALSE);
}

/* What an action opened goes by a key too. */
static void
close_others (void)
{
  for (GtkWindow *other = get_other (); other != NULL; other = get_other ())
    {
      type (other, GTK_IS_APPLICATION_WINDOW (other) ? "ctrl+w" : "Escape");
      rfi_test_wait (get_other () != other);
    }
  press ("Escape");
}

/* Returns: 0 if an action of this kind does not tell that */
static gulong
watch (GAction    *action,
       const char *signal)
{
  return G_IS_SIMPLE_ACTION (action)
           ? g_signal_connect_swapped (action, signal, G_CALLBACK (run_cb), NULL)
           : 0;
}

static void
check (const char *description,
       const char *accelerator)
{
  g_autofree char *keys = get_keys (accelerator);
  GAction *action = find_action (description);
  GLogLevelFlags fatal = G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL;
  gulong ran, turned, shown;

  g_test_message ("%s: %s", description, keys);
  g_assert_nonnull (action);
  g_assert_true (g_action_get_enabled (action));
  n_runs = 0;
  /* The toolkit's window of shortcuts warns of a label of its own, measured below nothing. */
  fatal = g_log_set_always_fatal (fatal);
  ran = watch (action, "activate");
  turned = watch (action, "change-state");
  shown = g_signal_connect_swapped (action, "notify::state", G_CALLBACK (run_cb), NULL);
  press (keys);
  rfi_test_wait (n_runs > 0);
  g_clear_signal_handler (&ran, action);
  g_clear_signal_handler (&turned, action);
  g_clear_signal_handler (&shown, action);
  rfi_test_settle ();
  close_others ();
  g_log_set_always_fatal (fatal);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  session = g_object_ref (rfi_test_desk_session ());
}

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

static RfiLane *
get_pending (void)
{
  return RFI_LANE (find_lane (GTK_WIDGET (rfi_test_desk_window ()), RFI_STATUS_PENDING));
}

/* A job is walked to, opened, closed, assigned to the second who can, and taken back. */
static void
test_day (void)
{
  RfiJobItem *first;
  g_autoptr(RfiJobItem) item = NULL;

  press ("ctrl+1");
  g_assert_true (rfi_lane_focus_card (get_pending (), 0));
  first = rfi_lane_get_selected (get_pending ());
  press ("Down");
  rfi_test_wait (rfi_lane_get_selected (get_pending ()) != first);
  item = g_object_ref (rfi_lane_get_selected (get_pending ()));
  press ("Return");
  rfi_test_wait (rfi_test_desk_reads (rfi_job_item_get_job (item)->title));
  rfi_test_wait (rfi_test_desk_find_named ("next_step") != NULL);
  press ("Escape");
  rfi_test_wait (rfi_test_desk_find_named ("next_step") == NULL);

  rfi_lane_focus_card (get_pending (), 1);
  press ("a");
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  type (rfi_test_desk_dialog (), "2");
  type (rfi_test_desk_dialog (), "Return");
  rfi_test_wait (rfi_job_item_get_job (item)->assigned_to != NULL);
  rfi_test_wait (rfi_test_desk_dialog () == NULL);

  press ("ctrl+z");
  rfi_test_wait (rfi_job_item_get_job (item)->assigned_to == NULL);
}

/* The board is grouped by another thing each time, and by status again. */
static void
test_groups (void)
{
  RfiBoardPage *board;

  press ("ctrl+1");
  board = RFI_BOARD_PAGE (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE));
  press ("ctrl+g");
  rfi_test_wait (rfi_board_page_get_grouping (board) == RFI_GROUPING_TECHNICIAN);
  press ("ctrl+g");
  rfi_test_wait (rfi_board_page_get_grouping (board) == RFI_GROUPING_STATUS);
}

static GtkWidget *
get_focus (void)
{
  return gtk_window_get_focus (rfi_test_desk_window ());
}

/* (nullable): the lane that the focus is in */
static GtkWidget *
get_lane (void)
{
  return get_focus () != NULL ? gtk_widget_get_ancestor (get_focus (), RFI_TYPE_LANE) : NULL;
}

/* Returns: how many presses of @key it takes into the lanes, or out of them */
static guint
count_presses (const char *key,
               gboolean    into)
{
  guint n = 0;

  for (; (get_lane () != NULL) != into && n < 60; n++)
    {
      GtkWidget *before = get_focus ();

      press (key);
      rfi_test_wait (get_focus () != before);
    }
  return n;
}

/* Tab leads from the head of the page to its lanes, through them and back; the cards of a lane are
 * passed as one. */
static void
test_tab (void)
{
  GtkWidget *lane;

  press ("ctrl+3");
  press ("ctrl+1");
  rfi_test_wait (get_lane () != NULL);
  lane = get_lane ();
  g_assert_true (RFI_LANE (lane) == get_pending ());
  press ("Tab");
  rfi_test_wait (get_lane () != lane);
  press ("shift+Tab");
  rfi_test_wait (get_lane () == lane);

  g_assert_cmpuint (count_presses ("shift+Tab", FALSE), <=, 2);
  g_assert_cmpuint (count_presses ("Tab", TRUE), <=, 2);
  gtk_widget_grab_focus (rfi_test_desk_find_named ("sidebar_button"));
  g_assert_cmpuint (count_presses ("Tab", TRUE), <=, 40);
  g_assert_cmpuint (count_presses ("Tab", FALSE), <=, 12);
  g_assert_cmpuint (count_presses ("shift+Tab", TRUE), <=, 2);
}

static gboolean
has_conflicts (guint n)
{
  return g_list_model_get_n_items (rfi_session_get_conflicts (session)) == n;
}

/* Ctrl+4 leads to the conflicts, and 2 keeps one's own: nothing has to be clicked in between. */
static void
test_decide (void)
{
  g_autoptr(SoupSession) http = rfi_test_http_new ();
  g_autofree char *token = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  g_autofree char *job_id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *etag = NULL;
  g_autofree char *body = NULL;
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiTestAnswer) job = NULL;
  g_autoptr(RfiTestAnswer) changed = NULL;
  const char *url = rfi_test_server_get_url (server);

  job_id = g_strdup (rfi_job_item_get_id (rfi_lane_get_selected (get_pending ())));
  rfi_test_desk_set_offline (TRUE);
  rfi_patch_set (patch, RFI_FIELD_TITLE, "Mine");
  rfi_session_edit_async (session, job_id, patch, NULL, NULL);
  path = g_strdup_printf ("/api/jobs/%s", job_id);
  job = rfi_test_http_call (http, url, "GET", path, token, NULL);
  etag = rfi_test_answer_get (job, "_etag");
  body = g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"Theirs\"}", etag);
  changed = rfi_test_http_call (http, url, "PATCH", path, token, body);
  g_assert_cmpuint (changed->status, ==, 200);
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (has_conflicts (1));

  press ("ctrl+1");
  press ("ctrl+4");
  press ("2");
  rfi_test_wait (has_conflicts (0));
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 0);
  g_assert_cmpstr (rfi_job_table_lookup (rfi_session_get_jobs (session), job_id)->work->title, ==,
                   "Mine");
}

/* Every key the application knows, but those that end it. */
static void
test_all (void)
{
  GtkApplication *application = rfi_test_desk_application ();
  g_auto(GStrv) actions = gtk_application_list_action_descriptions (application);
  guint n_checked = 0;

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto(GStrv) keys = gtk_application_get_accels_for_action (application, actions[i]);

      if (g_str_equal (actions[i], "app.quit") || g_str_equal (actions[i], "window.close"))
        continue;
      for (guint j = 0; keys[j] != NULL; j++, n_checked++)
        check (actions[i], keys[j]);
    }
  g_assert_cmpuint (n_checked, >=, 20);
}

static void
test_quit (void)
{
  g_clear_object (&session);
  press ("ctrl+q");
  rfi_test_wait (rfi_test_desk_window () == NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/keyboard/sign-in", test_sign_in);
  g_test_add_func ("/keyboard/day", test_day);
  g_test_add_func ("/keyboard/groups", test_groups);
  g_test_add_func ("/keyboard/tab", test_tab);
  g_test_add_func ("/keyboard/decide", test_decide);
  g_test_add_func ("/keyboard/all", test_all);
  g_test_add_func ("/keyboard/quit", test_quit);

  status = g_test_run ();
  g_clear_object (&session);
  status = rfi_test_desk_end (status);
  rfi_test_server_free (server);
  return status;
}
