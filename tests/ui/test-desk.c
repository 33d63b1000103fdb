/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-application.h"
#include "rfi-board-page.h"
#include "rfi-history-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-preferences-window.h"
#include "rfi-queue-row.h"
#include "rfi-session-cache.h"
#include "rfi-session-commands.h"
#include "rfi-test-server.h"
#include "rfi-test-ui.h"

/* The pages for reading what happens, in the whole console against a real server. The cases
 * follow each other: a change waits, is sent, is given up; the history and the cache know. */

static RfiTestServer *server;
static GtkApplication *application;
static RfiSession *session;  /* (owned) once signed in */

static GtkWindow *
get_window (void)
{
  GList *windows = gtk_application_get_windows (application);

  for (GList *at = windows; at != NULL; at = at->next)
    if (ADW_IS_APPLICATION_WINDOW (at->data))
      return at->data;
  return NULL;
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

static gboolean
reads (const char *text)
{
  return rfi_test_ui_has_text (GTK_WIDGET (get_window ()), text);
}

static GtkWidget *
find (GType type)
{
  GtkWidget *widget = rfi_test_ui_find (GTK_WIDGET (get_window ()), type);

  return widget != NULL && gtk_widget_get_mapped (widget) ? widget : NULL;
}

static void
show_page (const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (get_window ()), "win.show-page", "s", name);
}

static void
set_offline (gboolean offline)
{
  g_action_group_change_action_state (G_ACTION_GROUP (application), "toggle-offline",
                                      g_variant_new_boolean (offline));
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
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
test_sign_in (void)
{
  g_application_activate (G_APPLICATION (application));
  rfi_test_wait (get_window () != NULL && gtk_widget_get_mapped (GTK_WIDGET (get_window ())));
  fill_in ("server", rfi_test_server_get_url (server));
  fill_in ("email", "dispatcher@coolair.com");
  fill_in ("password", "dispatch123");
  g_signal_emit_by_name (rfi_test_ui_find_named (GTK_WIDGET (get_window ()), "sign_in"),
                         "clicked");
  rfi_test_wait (find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (reads ("Live"));
  g_object_get (find (RFI_TYPE_BOARD_PAGE), "session", &session, NULL);
}

/* Changes the first job on the board, as its detail would. */
static void
change_title (const char *title)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GtkWidget *card;

  show_page ("board");
  rfi_test_wait (find (RFI_TYPE_JOB_CARD) != NULL);
  card = find (RFI_TYPE_JOB_CARD);
  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_session_edit_async (session,
                          rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))), patch,
                          keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (session, result, &error);
  g_assert_no_error (error);
}

static void
test_queue (void)
{
  show_page ("activity");
  rfi_test_wait (reads ("Everything is sent"));
  rfi_test_ui_assert_named (GTK_WIDGET (get_window ()));

  set_offline (TRUE);
  rfi_test_wait (reads ("Offline"));
  change_title ("Leak behind the counter");
  show_page ("activity");
  rfi_test_wait (find (RFI_TYPE_QUEUE_ROW) != NULL);
  rfi_test_wait (reads ("Change the title of Leak behind the counter"));
  rfi_test_wait (reads ("Queued"));
  g_assert_false (reads ("Everything is sent"));
  rfi_test_ui_assert_named (GTK_WIDGET (get_window ()));
  take_picture (get_window (), "activity");
}

static void
test_pending_history (void)
{
  show_page ("history");
  rfi_test_wait (find (RFI_TYPE_HISTORY_PAGE) != NULL);
  rfi_test_wait (reads ("1 entry"));
  rfi_test_ui_assert_named (GTK_WIDGET (get_window ()));
  take_picture (get_window (), "history-queued");
}

static void
test_sent (void)
{
  show_page ("activity");
  set_offline (FALSE);
  rfi_test_wait (reads ("Everything is sent"));
  show_page ("history");
  rfi_test_wait (reads ("1 entry"));
}

static void
test_search (void)
{
  fill_in ("search", "behind the COUNTER");
  rfi_test_wait (reads ("1 entry"));
  fill_in ("search", "no such thing");
  rfi_test_wait (reads ("Nothing happened in this range"));
  fill_in ("search", "");
  rfi_test_wait (!reads ("Nothing happened in this range"));
}

/* Returns: (transfer none) (nullable) */
static GtkWindow *
get_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

static void
answer (const char *response)
{
  GtkWindow *dialog;

  rfi_test_wait (get_dialog () != NULL);
  dialog = get_dialog ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
}

static void
test_discard (void)
{
  set_offline (TRUE);
  rfi_test_wait (reads ("Offline"));
  change_title ("Not meant");
  show_page ("activity");
  rfi_test_wait (find (RFI_TYPE_QUEUE_ROW) != NULL);

  gtk_widget_activate_action (find (RFI_TYPE_QUEUE_ROW), "change.discard", NULL);
  answer ("cancel");
  g_assert_nonnull (find (RFI_TYPE_QUEUE_ROW));

  gtk_widget_activate_action (find (RFI_TYPE_QUEUE_ROW), "change.discard", NULL);
  answer ("discard");
  rfi_test_wait (reads ("Everything is sent"));
  show_page ("history");
  rfi_test_wait (find (RFI_TYPE_HISTORY_PAGE) != NULL);
  rfi_test_settle ();
  take_picture (get_window (), "history");
  rfi_test_wait (reads ("2 entries"));
  set_offline (FALSE);
  rfi_test_wait (reads ("Live"));
}

static void
get_stats (RfiCacheStats *stats)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_session_get_stats_async (session, NULL, keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_get_stats_finish (session, result, stats, &error);
  g_assert_no_error (error);
}

static void
test_clear_cache (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  RfiJobTable *jobs = rfi_session_get_jobs (session);
  guint n_jobs = rfi_job_table_get_n_jobs (jobs);
  RfiCacheStats stats;

  get_stats (&stats);
  g_assert_cmpuint (stats.n_jobs, ==, n_jobs);
  g_assert_cmpint (stats.n_bytes, >, 0);

  rfi_session_clear_cache_async (session, keep_cb, &result);
  rfi_test_wait (rfi_job_table_get_n_jobs (jobs) == 0);
  rfi_test_wait (result != NULL);
  rfi_session_clear_cache_finish (session, result, &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_job_table_get_n_jobs (jobs) == n_jobs);

  /* What happened stays known. */
  show_page ("history");
  rfi_test_wait (reads ("2 entries"));
}

static void
test_preferences (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  GtkWidget *window = rfi_preferences_window_new (get_window (), session);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  rfi_test_ui_show (GTK_WINDOW (window));
  rfi_test_ui_assert_named (window);
  g_assert_true (rfi_test_ui_has_text (window, rfi_test_server_get_url (server)));
  take_picture (GTK_WINDOW (window), "preferences");

  g_object_set (rfi_test_ui_find_named (window, "interval"), "selected", 3, NULL);
  g_assert_cmpuint (g_settings_get_uint (settings, "sync-interval"), ==, 300);
  g_settings_set_uint (settings, "sync-interval", 10);
  g_object_set (rfi_test_ui_find_named (window, "style"), "selected", 2, NULL);
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_FORCE_DARK);
  g_settings_reset (settings, "style");
  g_settings_reset (settings, "sync-interval");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_quit (void)
{
  g_clear_object (&session);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  rfi_test_wait (get_window () == NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(RfiApplication) console = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  rfi_test_ui_init (&argc, &argv);
  server = rfi_test_server_new (NULL);
  console = rfi_application_new ();
  application = GTK_APPLICATION (console);
  g_application_register (G_APPLICATION (console), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/desk/sign-in", test_sign_in);
  g_test_add_func ("/desk/queue", test_queue);
  g_test_add_func ("/desk/pending-history", test_pending_history);
  g_test_add_func ("/desk/sent", test_sent);
  g_test_add_func ("/desk/search", test_search);
  g_test_add_func ("/desk/discard", test_discard);
  g_test_add_func ("/desk/clear-cache", test_clear_cache);
  g_test_add_func ("/desk/preferences", test_preferences);
  g_test_add_func ("/desk/quit", test_quit);

  status = g_test_run ();
  rfi_test_server_free (server);
  return status;
}
