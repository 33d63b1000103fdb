/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-absence.h"
#include "rfi-application.h"
#include "rfi-board-page.h"
#include "rfi-connection-pill.h"
#include "rfi-job-card.h"
#include "rfi-test-clock.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#include <sqlite3.h>

/* The whole console in this process, against a real server. The cases follow each other in one
 * application: a person's first day. */

static RfiTestServer *server;

static void
test_start (void)
{
  rfi_test_desk_open ();
  g_assert_true (rfi_test_desk_reads ("Sign in to your dispatch console"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
}

static void
test_wrong_password (void)
{
  GtkWidget *password = rfi_test_desk_find_named ("password");

  rfi_test_desk_fill_in ("server", rfi_test_server_get_url (server));
  rfi_test_desk_fill_in ("email", "dispatcher@coolair.com");
  rfi_test_desk_fill_in ("password", "wrong");
  rfi_test_desk_click ("sign_in");
  rfi_test_wait (gtk_widget_has_css_class (password, "error"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (rfi_test_desk_window ())),
                                         password));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "signin");
}

static void
test_sign_in (void)
{
  rfi_test_desk_fill_in ("password", "dispatch123");
  rfi_test_desk_click ("sign_in");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_BOARD_PAGE) != NULL);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "board");
}

static void
test_detail (void)
{
  GtkWidget *card = rfi_test_ui_find (GTK_WIDGET (rfi_test_desk_window ()), RFI_TYPE_JOB_CARD);
  const char *id = rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card)));
  GtkWidget *board = rfi_test_ui_find (GTK_WIDGET (rfi_test_desk_window ()), RFI_TYPE_BOARD_PAGE);

  rfi_test_desk_activate ("win.show-job", id);
  g_assert_cmpstr (rfi_board_page_get_selected_id (RFI_BOARD_PAGE (board)), ==, id);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "detail");
  rfi_test_desk_activate ("win.close-detail", NULL);
}

static void
test_offline (void)
{
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "offline");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
}

static void
test_dark (void)
{
  rfi_test_desk_set_dark (TRUE);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "dark");
  rfi_test_desk_set_dark (FALSE);
}

static void
test_sidebar_width (void)
{
  GtkWidget *sidebar = rfi_test_desk_find_named ("sidebar");
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  rfi_test_desk_press (rfi_test_desk_find_named ("sidebar_sizer"), GDK_KEY_Right, 0);
  g_assert_cmpint (g_settings_get_int (settings, "sidebar-width"), ==, 240);
  rfi_test_wait (gtk_widget_get_width (sidebar) == 240);
}

static void
test_quit (void)
{
  rfi_test_desk_quit ();
}

static gboolean
sees_pill (const char *words)
{
  return rfi_test_ui_has_text (rfi_test_ui_find (GTK_WIDGET (rfi_test_desk_window ()),
                                                 RFI_TYPE_CONNECTION_PILL), words);
}

/* The next morning, before the network is up: the kept session shows what was saved. */
static void
test_opens_offline (void)
{
  rfi_test_server_kill (server);
  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (sees_pill ("Offline"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "opens-offline");

  rfi_test_server_start (server);
  rfi_test_desk_activate ("app.sync-now", NULL);
  rfi_test_wait (sees_pill ("Live"));
}

/* What is closed goes with all that was in it, though the session goes on. */
static void
test_second_window (void)
{
  GtkWidget *board = NULL;

  rfi_test_desk_activate ("app.new-window", NULL);
  rfi_test_wait (g_list_length (gtk_application_get_windows (rfi_test_desk_application ())) == 2);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  g_set_weak_pointer (&board, rfi_test_desk_find (RFI_TYPE_BOARD_PAGE));
  gtk_window_close (rfi_test_desk_window ());
  rfi_test_wait (g_list_length (gtk_application_get_windows (rfi_test_desk_application ())) == 1);
  rfi_test_wait (board == NULL);
}

static gint64
get_last_sync (void)
{
  return rfi_session_get_sync_state (rfi_test_desk_session ())->last_sync_at;
}

/* Who was in another program for five minutes sees at once how things stand, though the console
 * was told to look once an hour. */
static void
test_come_back (void)
{
  RfiApplication *application = RFI_APPLICATION (rfi_test_desk_application ());
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  g_autoptr(RfiTestClock) clock = rfi_test_clock_new ();
  GtkWidget *other = gtk_window_new ();
  gint64 last;

  g_settings_set_uint (settings, "sync-interval", 60 * 60);
  rfi_focus_watch_set_clock (rfi_application_get_focus_watch (application), RFI_CLOCK (clock));
  gtk_window_present (rfi_test_desk_window ());
  rfi_test_wait (gtk_window_is_active (rfi_test_desk_window ()));
  gtk_window_present (GTK_WINDOW (other));
  rfi_test_wait (!gtk_window_is_active (rfi_test_desk_window ()));
  rfi_test_clock_advance (clock, RFI_ABSENCE_LONG);
  last = get_last_sync ();
  g_assert_cmpint (last, >, 0);

  gtk_window_present (rfi_test_desk_window ());
  rfi_test_wait (get_last_sync () > last);
  gtk_window_destroy (GTK_WINDOW (other));
  g_settings_reset (settings, "sync-interval");
}

static void
test_sign_out (void)
{
  rfi_test_desk_activate ("win.sign-out", NULL);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()), "Sign out?"));
  rfi_test_desk_answer ("yes");
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
}

/* Somebody went back to an older version of the program: it is told so, and the file stays as it is
 * for the newer one. */
static void
test_newer_file (void)
{
  g_autofree char *dir = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  GtkWidget *window = GTK_WIDGET (rfi_test_desk_window ());
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 900", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);

  rfi_test_desk_fill_in ("server", rfi_test_server_get_url (server));
  rfi_test_desk_fill_in ("email", "dispatcher@coolair.com");
  rfi_test_desk_fill_in ("password", "dispatch123");
  rfi_test_desk_click ("sign_in");
  rfi_test_wait (rfi_test_ui_find_text (window, "was written by a newer version") != NULL);
  rfi_test_desk_take_picture (rfi_test_desk_window (), "newer-file");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/shell/start", test_start);
  g_test_add_func ("/shell/wrong-password", test_wrong_password);
  g_test_add_func ("/shell/sign-in", test_sign_in);
  g_test_add_func ("/shell/detail", test_detail);
  g_test_add_func ("/shell/offline", test_offline);
  g_test_add_func ("/shell/dark", test_dark);
  g_test_add_func ("/shell/sidebar-width", test_sidebar_width);
  g_test_add_func ("/shell/quit", test_quit);
  g_test_add_func ("/shell/opens-offline", test_opens_offline);
  g_test_add_func ("/shell/second-window", test_second_window);
  g_test_add_func ("/shell/come-back", test_come_back);
  g_test_add_func ("/shell/sign-out", test_sign_out);
  g_test_add_func ("/shell/newer-file", test_newer_file);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
