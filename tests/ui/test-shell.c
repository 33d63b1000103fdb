/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-application.h"
#include "rfi-board-page.h"
#include "rfi-connection-pill.h"
#include "rfi-job-card.h"
#include "rfi-test-server.h"
#include "rfi-test-ui.h"
#include "rfi-test-wait.h"

/* The whole console in this process, against a real server. The cases follow each other in one
 * application: a person's first day. */

static RfiTestServer *server;
static GtkApplication *application;

/* Without a compositor a window draws a frame of its own, which no person sees. */
static void
drop_frame (void)
{
  g_autoptr(GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider,
                                   "window.csd, window.solid-csd { border-radius: 0; padding: 0;"
                                   " margin: 0; border: none; box-shadow: none; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_USER + 1);
}

/* What is seen can be looked at: RFI_TEST_PICTURES names a folder for it. */
static void
take_picture (GtkWindow  *window,
              const char *name)
{
  const char *folder = g_getenv ("RFI_TEST_PICTURES");
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  rfi_test_settle ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  path = g_build_filename (folder, file, NULL);
  rfi_test_ui_save_picture (window, path);
}

static GtkWindow *
get_window (void)
{
  GList *windows = gtk_application_get_windows (application);

  return windows != NULL ? windows->data : NULL;
}

static void
fill_in (const char *name,
         const char *text)
{
  GtkWidget *row = rfi_test_ui_find_named (GTK_WIDGET (get_window ()), name);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
click (const char *name)
{
  GtkWidget *button = rfi_test_ui_find_named (GTK_WIDGET (get_window ()), name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
sees (GType type)
{
  GtkWidget *widget = rfi_test_ui_find (GTK_WIDGET (get_window ()), type);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

static gboolean
reads (const char *text)
{
  return rfi_test_ui_has_text (GTK_WIDGET (get_window ()), text);
}

static void
test_start (void)
{
  g_application_activate (G_APPLICATION (application));
  rfi_test_wait (get_window () != NULL && gtk_widget_get_mapped (GTK_WIDGET (get_window ())));
  g_assert_true (reads ("Sign in to your dispatch console"));
  rfi_test_ui_assert_named (GTK_WIDGET (get_window ()));
}

static void
test_wrong_password (void)
{
  GtkWidget *password = rfi_test_ui_find_named (GTK_WIDGET (get_window ()), "password");

  fill_in ("server", rfi_test_server_get_url (server));
  fill_in ("email", "dispatcher@coolair.com");
  fill_in ("password", "wrong");
  click ("sign_in");
  rfi_test_wait (gtk_widget_has_css_class (password, "error"));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (get_window ())), password));
  take_picture (get_window (), "signin");
}

static void
test_sign_in (void)
{
  fill_in ("password", "dispatch123");
  click ("sign_in");
  rfi_test_wait (sees (RFI_TYPE_BOARD_PAGE));
  rfi_test_wait (sees (RFI_TYPE_JOB_CARD));
  rfi_test_wait (reads ("Live"));
  rfi_test_ui_assert_named (GTK_WIDGET (get_window ()));
  take_picture (get_window (), "board");
}

static void
test_detail (void)
{
  GtkWidget *card = rfi_test_ui_find (GTK_WIDGET (get_window ()), RFI_TYPE_JOB_CARD);
  const char *id = rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card)));
  GtkWidget *board = rfi_test_ui_find (GTK_WIDGET (get_window ()), RFI_TYPE_BOARD_PAGE);

  gtk_widget_activate_action (GTK_WIDGET (get_window ()), "win.show-job", "s", id);
  g_assert_cmpstr (rfi_board_page_get_selected_id (RFI_BOARD_PAGE (board)), ==, id);
  take_picture (get_window (), "detail");
  gtk_widget_activate_action (GTK_WIDGET (get_window ()), "win.close-detail", NULL);
}

static void
test_offline (void)
{
  g_action_group_change_action_state (G_ACTION_GROUP (application), "toggle-offline",
                                      g_variant_new_boolean (TRUE));
  rfi_test_wait (reads ("Offline"));
  take_picture (get_window (), "offline");
  g_action_group_change_action_state (G_ACTION_GROUP (application), "toggle-offline",
                                      g_variant_new_boolean (FALSE));
  rfi_test_wait (reads ("Live"));
}

static void
test_dark (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  take_picture (get_window (), "dark");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
}

/* The toolkit makes no key events for tests; the controller takes them all the same. */
static void
press_key (GtkWidget *widget,
           guint      key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
  g_assert_true (handled);
}

static void
test_sidebar_width (void)
{
  GtkWidget *sidebar = rfi_test_ui_find_named (GTK_WIDGET (get_window ()), "sidebar");
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);

  press_key (rfi_test_ui_find_named (GTK_WIDGET (get_window ()), "sidebar_sizer"), GDK_KEY_Right);
  g_assert_cmpint (g_settings_get_int (settings, "sidebar-width"), ==, 240);
  rfi_test_wait (gtk_widget_get_width (sidebar) == 240);
}

static void
test_quit (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  rfi_test_wait (get_window () == NULL);
}

static gboolean
sees_pill (const char *words)
{
  return rfi_test_ui_has_text (rfi_test_ui_find (GTK_WIDGET (get_window ()),
                                                 RFI_TYPE_CONNECTION_PILL), words);
}

/* The next morning, before the network is up: the kept session shows what was saved. */
static void
test_opens_offline (void)
{
  rfi_test_server_kill (server);
  g_application_activate (G_APPLICATION (application));
  rfi_test_wait (get_window () != NULL && sees (RFI_TYPE_JOB_CARD));
  rfi_test_wait (sees_pill ("Offline"));
  take_picture (get_window (), "opens-offline");

  rfi_test_server_start (server);
  g_action_group_activate_action (G_ACTION_GROUP (application), "sync-now", NULL);
  rfi_test_wait (sees_pill ("Live"));
}

static void
test_second_window (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  rfi_test_wait (g_list_length (gtk_application_get_windows (application)) == 2);
  rfi_test_wait (sees (RFI_TYPE_JOB_CARD));
  gtk_window_close (get_window ());
  rfi_test_wait (g_list_length (gtk_application_get_windows (application)) == 1);
}

static GtkWindow *
get_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static void
test_sign_out (void)
{
  gtk_widget_activate_action (GTK_WIDGET (get_window ()), "win.sign-out", NULL);
  rfi_test_wait (get_dialog () != NULL);
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (get_dialog ()), "Sign out?"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "yes");
  rfi_test_wait (reads ("Sign in to your dispatch console"));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(RfiApplication) console = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  rfi_test_ui_init (&argc, &argv);
  drop_frame ();
  server = rfi_test_server_new (NULL);
  console = rfi_application_new ();
  application = GTK_APPLICATION (console);
  g_application_register (G_APPLICATION (console), NULL, &error);
  g_assert_no_error (error);

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
  g_test_add_func ("/shell/sign-out", test_sign_out);

  status = g_test_run ();
  rfi_test_server_free (server);
  return status;
}
