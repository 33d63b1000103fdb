/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-history-page.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-preferences-window.h"
#include "rfi-queue-row.h"
#include "rfi-session-cache.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

/* The pages for reading what happens, in the whole console against a real server. The cases
 * follow each other: a change waits, is sent, is given up; the history and the cache know. */

static RfiTestServer *server;
static RfiSession *session;  /* (owned) once signed in */

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
painted_cb (guint *n_denied)
{
  if (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_window ()), "No Jobs Yet"))
    (*n_denied)++;
}

/* There are jobs, and no frame says otherwise before they came. */
static void
test_sign_in (void)
{
  GdkFrameClock *clock;
  guint n_denied = 0;

  rfi_test_desk_open ();
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (rfi_test_desk_window ()));
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &n_denied);
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  g_signal_handlers_disconnect_by_data (clock, &n_denied);
  g_assert_cmpuint (n_denied, ==, 0);
  session = g_object_ref (rfi_test_desk_session ());
}

/* Changes the first job on the board, as its detail would. */
static void
change_title (const char *title)
{
  GtkWidget *card;

  rfi_test_desk_show_page ("board");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  rfi_test_desk_edit (session, rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))),
                      RFI_FIELD_TITLE, title);
}

static void
test_queue (void)
{
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_reads ("Everything is sent"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));

  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline"));
  change_title ("Leak behind the counter");
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_QUEUE_ROW) != NULL);
  rfi_test_wait (rfi_test_desk_reads ("Change the title of “Leak behind the counter”"));
  rfi_test_wait (rfi_test_desk_reads ("Queued"));
  g_assert_false (rfi_test_desk_reads ("Everything is sent"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity");
}

static void
test_pending_history (void)
{
  rfi_test_desk_show_page ("history");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_HISTORY_PAGE) != NULL);
  rfi_test_wait (rfi_test_desk_reads ("1 entry"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "history-queued");
}

static void
test_sent (void)
{
  rfi_test_desk_show_page ("activity");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Everything is sent"));
  rfi_test_desk_show_page ("history");
  rfi_test_wait (rfi_test_desk_reads ("1 entry"));
}

static void
test_search (void)
{
  rfi_test_desk_fill_in ("search", "behind the COUNTER");
  rfi_test_wait (rfi_test_desk_reads ("1 entry"));
  rfi_test_desk_fill_in ("search", "no such thing");
  rfi_test_wait (rfi_test_desk_reads ("Nothing happened in this range"));
  rfi_test_desk_fill_in ("search", "");
  rfi_test_wait (!rfi_test_desk_reads ("Nothing happened in this range"));
}

static void
test_discard (void)
{
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline"));
  change_title ("Not meant");
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_QUEUE_ROW) != NULL);

  gtk_widget_activate_action (rfi_test_desk_find (RFI_TYPE_QUEUE_ROW), "change.discard", NULL);
  rfi_test_desk_answer ("cancel");
  g_assert_nonnull (rfi_test_desk_find (RFI_TYPE_QUEUE_ROW));

  gtk_widget_activate_action (rfi_test_desk_find (RFI_TYPE_QUEUE_ROW), "change.discard", NULL);
  rfi_test_desk_answer ("discard");
  rfi_test_wait (rfi_test_desk_reads ("Everything is sent"));
  rfi_test_desk_show_page ("history");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_HISTORY_PAGE) != NULL);
  rfi_test_settle ();
  rfi_test_desk_take_picture (rfi_test_desk_window (), "history");
  rfi_test_wait (rfi_test_desk_reads ("2 entries"));
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
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

  /* What happened stays known, without the server too. */
  rfi_test_desk_set_offline (TRUE);
  rfi_test_desk_show_page ("history");
  rfi_test_wait (rfi_test_desk_reads ("2 entries"));
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
}

/* Switches and settings follow each other. */
static void
assert_switch (GtkWidget  *window,
               GSettings  *settings,
               const char *name,
               const char *key)
{
  GtkWidget *sw = rfi_test_ui_find_named (window, name);
  gboolean before = g_settings_get_boolean (settings, key);

  g_assert_cmpint (gtk_switch_get_active (GTK_SWITCH (sw)), ==, before);
  gtk_switch_set_active (GTK_SWITCH (sw), !before);
  g_assert_cmpint (g_settings_get_boolean (settings, key), ==, !before);
  g_settings_reset (settings, key);
  g_assert_cmpint (gtk_switch_get_active (GTK_SWITCH (sw)), ==, before);
}

static void
test_preferences (void)
{
  g_autoptr(GSettings) settings = g_settings_new (RFI_APP_ID);
  GtkWidget *window = rfi_preferences_window_new (rfi_test_desk_window (), session);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  rfi_test_ui_show (GTK_WINDOW (window));
  rfi_test_ui_assert_named (window);
  g_assert_true (rfi_test_ui_has_text (window, rfi_test_server_get_url (server)));
  rfi_test_desk_take_looks (GTK_WINDOW (window), "preferences");

  g_object_set (rfi_test_ui_find_named (window, "interval"), "selected", 3, NULL);
  g_assert_cmpuint (g_settings_get_uint (settings, "sync-interval"), ==, 300);
  g_settings_set_uint (settings, "sync-interval", 10);
  g_object_set (rfi_test_ui_find_named (window, "style"), "selected", 2, NULL);
  g_assert_cmpint (adw_style_manager_get_color_scheme (manager), ==, ADW_COLOR_SCHEME_FORCE_DARK);
  g_settings_reset (settings, "style");
  g_settings_reset (settings, "sync-interval");
  g_object_set (rfi_test_ui_find_named (window, "density"), "selected", 2, NULL);
  g_assert_cmpint (g_settings_get_enum (settings, "density"), ==, 2);
  rfi_test_desk_show_page ("board");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_desk_take_looks (rfi_test_desk_window (), "board-compact");
  rfi_test_desk_show_page ("history");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "history-compact");
  g_settings_set_string (settings, "density", "roomy");
  rfi_test_desk_show_page ("board");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "board-roomy");
  g_settings_reset (settings, "density");
  assert_switch (window, settings, "metered", "photos-when-metered");
  assert_switch (window, settings, "shrink", "shrink-photos");
  assert_switch (window, settings, "notify_urgent_job", "notify-urgent-job");
  assert_switch (window, settings, "notify_assignment", "notify-assignment");
  assert_switch (window, settings, "notify_conflict", "notify-conflict");
  assert_switch (window, settings, "notify_sync_failure", "notify-sync-failure");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nothing that was opened holds on to the session, which keeps the jobs. */
static void
test_quit (void)
{
  RfiSession *gone = NULL;

  g_set_weak_pointer (&gone, session);
  g_clear_object (&session);
  rfi_test_desk_quit ();
  rfi_test_wait (gone == NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/desk/sign-in", test_sign_in);
  g_test_add_func ("/desk/queue", test_queue);
  g_test_add_func ("/desk/pending-history", test_pending_history);
  g_test_add_func ("/desk/sent", test_sent);
  g_test_add_func ("/desk/search", test_search);
  g_test_add_func ("/desk/discard", test_discard);
  g_test_add_func ("/desk/clear-cache", test_clear_cache);
  g_test_add_func ("/desk/preferences", test_preferences);
  g_test_add_func ("/desk/quit", test_quit);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
