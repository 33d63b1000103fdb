/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-desk"

#include "config.h"

#include "rfi-test-desk.h"

#include "rfi-application.h"
#include "rfi-board-page.h"
#include "rfi-job-card.h"
#include "rfi-session-commands.h"
#include "rfi-window.h"

#include <libintl.h>
#include <locale.h>
#include <sqlite3.h>

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

void
rfi_test_desk_init (int    *argc,
                    char ***argv)
{
  g_autoptr(GError) error = NULL;

  rfi_test_ui_init (argc, argv);
  if (g_getenv ("LANGUAGE") != NULL)
    {
      setlocale (LC_ALL, "");
      bindtextdomain (GETTEXT_PACKAGE, RFI_TEST_LOCALES);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }
  drop_frame ();
  application = GTK_APPLICATION (rfi_application_new ());
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

int
rfi_test_desk_end (int status)
{
  if (rfi_test_desk_window () != NULL)
    rfi_test_desk_quit ();
  g_clear_object (&application);
  return status;
}

GtkApplication *
rfi_test_desk_application (void)
{
  return application;
}

GtkWindow *
rfi_test_desk_window (void)
{
  for (GList *at = gtk_application_get_windows (application); at != NULL; at = at->next)
    if (RFI_IS_WINDOW (at->data))
      return at->data;
  return NULL;
}

GtkWindow *
rfi_test_desk_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (!RFI_IS_WINDOW (window) && gtk_window_get_transient_for (window) != NULL &&
          gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

void
rfi_test_desk_open (void)
{
  g_application_activate (G_APPLICATION (application));
  rfi_test_wait (rfi_test_desk_window () != NULL &&
                 gtk_widget_get_mapped (GTK_WIDGET (rfi_test_desk_window ())));
}

void
rfi_test_desk_quit (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  rfi_test_wait (rfi_test_desk_window () == NULL);
}

/* The log goes when all is in the file, the lock on that a little later. */
static gboolean
is_let_go (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  sqlite3 *db = NULL;
  gboolean let_go;

  if (g_file_test (log, G_FILE_TEST_EXISTS))
    return FALSE;

  let_go = sqlite3_open (path, &db) == SQLITE_OK &&
           sqlite3_exec (db, "SELECT count(*) FROM job", NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_close (db);
  return let_go;
}

void
rfi_test_desk_quit_and_wait (void)
{
  g_autofree char *dir = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);

  rfi_test_desk_quit ();
  rfi_test_wait (is_let_go (path));
}

void
rfi_test_desk_sign_in (const char *url,
                       const char *email,
                       const char *password)
{
  rfi_test_desk_fill_in ("server", url);
  rfi_test_desk_fill_in ("email", email);
  rfi_test_desk_fill_in ("password", password);
  rfi_test_desk_click ("sign_in");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (rfi_session_get_sync_state (rfi_test_desk_session ())->phase == RFI_PHASE_LIVE);
}

char *
rfi_test_desk_account_dir (void)
{
  g_autofree char *accounts =
    g_build_filename (g_get_user_data_dir (), "retailfixit-dispatch", "accounts", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (accounts, 0, &error);

  g_assert_no_error (error);
  return g_build_filename (accounts, g_dir_read_name (dir), NULL);
}

/* Whether it is seen or not. */
static GtkWidget *
find_board (GtkWidget *root)
{
  GtkWidget *found = RFI_IS_BOARD_PAGE (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_board (child);
  return found;
}

RfiSession *
rfi_test_desk_session (void)
{
  GtkWidget *board = find_board (GTK_WIDGET (rfi_test_desk_window ()));
  g_autoptr(RfiSession) session = NULL;

  if (board != NULL)
    g_object_get (board, "session", &session, NULL);
  return session;
}

gboolean
rfi_test_desk_reads (const char *text)
{
  return rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_window ()), text);
}

GtkWidget *
rfi_test_desk_find (GType type)
{
  GtkWidget *widget = rfi_test_ui_find (GTK_WIDGET (rfi_test_desk_window ()), type);

  return widget != NULL && gtk_widget_get_mapped (widget) ? widget : NULL;
}

GtkWidget *
rfi_test_desk_find_named (const char *name)
{
  return rfi_test_ui_find_named (GTK_WIDGET (rfi_test_desk_window ()), name);
}

void
rfi_test_desk_fill_in (const char *name,
                       const char *text)
{
  GtkWidget *row = rfi_test_desk_find_named (name);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

void
rfi_test_desk_click (const char *name)
{
  GtkWidget *button = rfi_test_desk_find_named (name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
rfi_test_desk_activate (const char *action,
                        const char *target)
{
  g_assert_true (gtk_widget_activate_action_variant (
    GTK_WIDGET (rfi_test_desk_window ()), action,
    target != NULL ? g_variant_new_string (target) : NULL));
}

void
rfi_test_desk_show_page (const char *name)
{
  rfi_test_desk_activate ("win.show-page", name);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
rfi_test_desk_edit (RfiSession *session,
                    const char *job_id,
                    RfiField    field,
                    const char *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_patch_set (patch, field, value);
  rfi_session_edit_async (session, job_id, patch, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (session, result, &error);
  g_assert_no_error (error);
}

void
rfi_test_desk_set_offline (gboolean offline)
{
  g_action_group_change_action_state (G_ACTION_GROUP (application), "toggle-offline",
                                      g_variant_new_boolean (offline));
  rfi_test_wait (rfi_session_get_sync_state (rfi_test_desk_session ())->phase ==
                 (offline ? RFI_PHASE_OFFLINE : RFI_PHASE_LIVE));
}

void
rfi_test_desk_answer (const char *response)
{
  GtkWindow *dialog;

  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  dialog = rfi_test_desk_dialog ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

static GtkWidget *
find_toast (const char *part)
{
  GtkWidget *toast = rfi_test_desk_find (g_type_from_name ("AdwToastWidget"));

  return toast != NULL && rfi_test_ui_find_text (toast, part) != NULL ? toast : NULL;
}

void
rfi_test_desk_take_toast (const char *part)
{
  rfi_test_wait (find_toast (part) != NULL);
  g_signal_emit_by_name (rfi_test_ui_find (find_toast (part), GTK_TYPE_BUTTON), "clicked");
  rfi_test_wait (find_toast (part) == NULL);
}

void
rfi_test_desk_press (GtkWidget       *widget,
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
  g_assert_true (handled);
}

void
rfi_test_desk_set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

void
rfi_test_desk_set_text (int percent)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
}

static void
tick_cb (GdkFrameClock *clock,
         gpointer       user_data)
{
  (*(guint *) user_data)++;
}

/* Layouts that follow the width come to rest after some frames. */
static void
let_rest (GtkWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  guint n_frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (tick_cb), &n_frames);

  while (n_frames < 12)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      g_main_context_iteration (NULL, TRUE);
    }
  g_signal_handler_disconnect (clock, id);
}

void
rfi_test_desk_take_picture (GtkWindow  *window,
                            const char *name)
{
  const char *folder = g_getenv ("RFI_TEST_PICTURES");
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  rfi_test_settle ();
  let_rest (window);
  path = g_build_filename (folder, file, NULL);
  rfi_test_ui_save_picture (window, path);
}

void
rfi_test_desk_take_looks (GtkWindow  *window,
                          const char *name)
{
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);
  g_autofree char *large = g_strconcat (name, "-large", NULL);
  g_autofree char *large_dark = g_strconcat (name, "-large-dark", NULL);

  rfi_test_desk_take_picture (window, name);
  rfi_test_desk_set_dark (TRUE);
  rfi_test_desk_take_picture (window, dark);
  rfi_test_desk_set_text (200);
  rfi_test_desk_take_picture (window, large_dark);
  rfi_test_desk_set_dark (FALSE);
  rfi_test_desk_take_picture (window, large);
  rfi_test_desk_set_text (100);
}
