/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-timeline-page.h"
#include "rfi-timeline-tray.h"

/* The timeline where times are not kept: without a keyring the compatible dialect is spoken, which
 * knows none. What is known of the past is shown, and the page says why nothing moves. */

static RfiTestServer *server;

static void
pick_cb (RfiJobState *state,
         gpointer     user_data)
{
  RfiJob **found = user_data;

  if (state->work->status == RFI_STATUS_IN_PROGRESS && *found == NULL)
    *found = rfi_job_ref (state->work);
}

static void
pick_assigned_cb (RfiJobState *state,
                  gpointer     user_data)
{
  RfiJob **found = user_data;

  if (state->work->status == RFI_STATUS_ASSIGNED && *found == NULL)
    *found = rfi_job_ref (state->work);
}

static void
test_read_only (void)
{
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(RfiJobItem) item = NULL;
  RfiTimelineView *view;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  g_assert_cmpint (rfi_session_get_sync_state (rfi_test_desk_session ())->dialect, ==,
                   RFI_DIALECT_COMPATIBLE);
  rfi_test_desk_show_page ("timeline");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW) != NULL);
  view = RFI_TIMELINE_VIEW (rfi_test_desk_find (RFI_TYPE_TIMELINE_VIEW));
  rfi_test_wait (rfi_timeline_view_get_n_rows (view) > 0);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  rfi_test_settle ();

  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()),
                                           "This server keeps no times."));
  g_assert_null (rfi_test_desk_find (RFI_TYPE_TIMELINE_TRAY));

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_cb, &job);
  g_assert_nonnull (job);
  g_assert_true (rfi_timeline_view_show_job (view, job->id));
  item = rfi_job_table_get_item (rfi_session_get_jobs (rfi_test_desk_session ()), job->id);
  g_assert_false (rfi_timeline_view_grab (view, item));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "timeline-plain");
}

/* Whether the page itself has something to do for @keyval. */
static gboolean
binds (GtkWidget *page,
       guint      keyval)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (page);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                  ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          found |= GTK_IS_KEYVAL_TRIGGER (trigger) &&
                   gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval;
        }
    }
  return found;
}

/* The window's keys come first: what goes to the next problem is none of them, as F8 is. */
static void
test_next_problem (void)
{
  GtkWidget *page = rfi_test_desk_find (RFI_TYPE_TIMELINE_PAGE);
  g_auto(GStrv) actions =
    gtk_application_get_actions_for_accel (rfi_test_desk_application (), "n");

  g_assert_null (actions[0]);
  g_assert_true (binds (page, GDK_KEY_n));
  g_assert_false (binds (page, GDK_KEY_F8));
}

/* Nor does it know of jobs that change vendors. */
static void
test_no_move (void)
{
  g_autoptr(RfiJob) job = NULL;

  rfi_job_table_foreach (rfi_session_get_jobs (rfi_test_desk_session ()), pick_assigned_cb, &job);
  g_assert_cmpint (rfi_session_check_move (rfi_test_desk_session (), job->id), ==,
                   RFI_VERDICT_NOT_BY_THIS_SERVER);
  rfi_test_desk_activate ("win.assign", job->id);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "This server can’t move jobs between vendors."));
  gtk_window_close (rfi_test_desk_dialog ());
  rfi_test_wait (rfi_test_desk_dialog () == NULL);
}

int
main (int   argc,
      char *argv[])
{
  const char * const options[] = { "--sample=large", "--jobs=300", "--vendors=3", NULL };
  int status;

  /* No bus, no keyring. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (options);

  g_test_add_func ("/timeline-plain/read-only", test_read_only);
  g_test_add_func ("/timeline-plain/next-problem", test_next_problem);
  g_test_add_func ("/timeline-plain/no-move", test_no_move);

  status = rfi_test_desk_end (g_test_run ());
  g_clear_pointer (&server, rfi_test_server_free);
  return status;
}
