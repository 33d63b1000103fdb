/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-alarm-box.h"
#include "rfi-chart.h"
#include "rfi-device-list.h"
#include "rfi-event-row.h"
#include "rfi-figure-table.h"
#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-session-activity.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"
#include "rfi-upkeep.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* The engine room, in the whole console against a real server. The cases follow each other. */

static RfiTestServer *server;
static RfiSession *session;  /* (owned) once signed in */

/* A week that was: busy in the daytime, with an outage yesterday at noon. Figures are read from
 * the disk when they are first looked at. */
static void
write_past (void)
{
  static const char sql[] =
    "INSERT OR REPLACE INTO pulse VALUES (?1, 2, ?2, ?3, 2, ?4, ?5, ?6, ?7, 60000, ?8)";
  g_autofree char *dir = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  gint64 now = g_get_real_time () / 1000;
  sqlite3_stmt *row;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (gint64 i = 2; i < 7 * 24 * 60; i++)
    {
      gint64 at = now - now % RFI_PULSE_MINUTE - i * RFI_PULSE_MINUTE;
      gint64 hour = at / (60 * RFI_PULSE_MINUTE) % 24;
      gint64 busy = hour >= 7 && hour < 19 ? 3 : 1;
      gboolean out = (i >= 24 && i < 29) || (i >= 22 * 60 && i < 23 * 60);

      sqlite3_bind_int64 (row, 1, at);
      sqlite3_bind_int64 (row, 2, out ? 2 : 0);
      sqlite3_bind_int64 (row, 3, 2 * (out ? 3000 : 40 * busy + i * 7919 % 37));
      sqlite3_bind_int64 (row, 4, 2 * (8 + busy * 4 + i * 104729 % 11));
      sqlite3_bind_int64 (row, 5, out ? (i * 31) % 17 + 4 : i * 13 % (busy * 2));
      sqlite3_bind_int64 (row, 6, out ? 0 : busy * 4);
      sqlite3_bind_int64 (row, 7, i % 45 == 0 ? 1 : 0);
      sqlite3_bind_int64 (row, 8, out ? 0 : i % 50 == 0 ? 30000 : 60000);
      g_assert_cmpint (sqlite3_step (row), ==, SQLITE_DONE);
      sqlite3_reset (row);
    }
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_finalize (row);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_sign_in (void)
{
  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  session = g_object_ref (rfi_test_desk_session ());

  /* Nothing else is written meanwhile. */
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline"));
  rfi_test_settle ();
  write_past ();
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Live"));
}

static void
choose_span (const char *name)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_test_desk_find_named (name)), TRUE);
}

static void
test_figures (void)
{
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_CHART) != NULL);
  g_assert_null (rfi_test_desk_find (RFI_TYPE_ALARM_BOX));
  rfi_test_wait (rfi_pulse_get_n (rfi_session_get_pulse (session)) > 7 * 24 * 60 - 5);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "activity-hour");
  choose_span ("day");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity-day");
  choose_span ("week");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity-week");
}

/* What charts show can be read, and is named. */
static void
test_table (void)
{
  GtkWidget *view;

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_test_desk_find_named ("as_table")), TRUE);
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_FIGURE_TABLE) != NULL);
  view = rfi_test_desk_find (GTK_TYPE_COLUMN_VIEW);
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_TREE_GRID);
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view))),
                    ==, 1 + RFI_N_PULSE_SERIES);
  g_assert_cmpuint (
    g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)))), ==, 84);
  choose_span ("hour");
  rfi_test_wait (g_list_model_get_n_items (
    G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)))) == 60);
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity-table");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rfi_test_desk_find_named ("as_table")), FALSE);
}

static guint n_done;

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  rfi_session_command_finish (RFI_SESSION (object), result, &error);
  g_assert_no_error (error);
  n_done++;
}

/* Changes the first job on the board so many times. */
static void
change_title (guint n)
{
  g_autofree char *id = NULL;
  GtkWidget *card;

  rfi_test_desk_show_page ("board");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  id = g_strdup (rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))));
  n_done = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RfiPatch) patch = rfi_patch_new ();
      g_autofree char *title = g_strdup_printf ("Leak behind counter %u", i + 1);

      rfi_patch_set (patch, RFI_FIELD_TITLE, title);
      rfi_session_edit_async (session, id, patch, edited_cb, NULL);
      rfi_test_wait (n_done == i + 1);
    }
}

static void
test_long_queue (void)
{
  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline"));
  change_title (101);
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_ALARM_BOX) != NULL);
  g_assert_true (rfi_test_desk_reads ("101 changes wait to be sent"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "activity-alarm");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Everything is sent"));
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_ALARM_BOX) == NULL);
}

/* The lists are below the first screen: they are looked at by themselves. */
static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  rfi_test_settle ();
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  rfi_test_settle ();
}

static void
test_devices (void)
{
  rfi_test_desk_show_page ("board");
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_reads ("In use"));
  g_assert_true (rfi_test_desk_reads ("This device · System Admin"));
  g_assert_true (rfi_test_desk_reads ("Agrees with the server’s"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  scroll_to (rfi_test_desk_find (RFI_TYPE_UPKEEP));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "activity-upkeep");
}

static gint64
read_number (const char *sql)
{
  g_autofree char *dir = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (dir, "cache.db", NULL);
  sqlite3_stmt *row;
  sqlite3 *db;
  gint64 number;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 1000);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  number = sqlite3_step (row) == SQLITE_ROW ? sqlite3_column_int64 (row, 0) : 0;
  sqlite3_finalize (row);
  sqlite3_close (db);
  return number;
}

/* They are told, and the server has the first of them. */
static void
test_events (void)
{
  GtkWindow *window;
  GtkWidget *row;

  g_assert_cmpint (read_number ("SELECT count(*) FROM event WHERE type = 'operation.queued'"), ==,
                   101);
  rfi_test_wait (
    read_number ("SELECT CAST (value AS INTEGER) FROM meta WHERE key = 'events-sent'") > 0);

  gtk_widget_activate_action (rfi_test_desk_find (RFI_TYPE_UPKEEP), "upkeep.events", NULL);
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  window = rfi_test_desk_dialog ();
  rfi_test_wait (rfi_test_ui_find (GTK_WIDGET (window), RFI_TYPE_EVENT_ROW) != NULL);
  row = rfi_test_ui_find (GTK_WIDGET (window), RFI_TYPE_EVENT_ROW);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  rfi_test_settle ();
  rfi_test_ui_assert_named (GTK_WIDGET (window));
  rfi_test_desk_take_looks (window, "activity-events");
  gtk_widget_activate_action (row, "event.copy", NULL);
  gtk_window_destroy (window);
}

/* The button that says so. */
static void
press (const char *label)
{
  GtkWidget *text = rfi_test_ui_find_text (rfi_test_desk_find (RFI_TYPE_UPKEEP), label);

  g_assert_nonnull (text);
  g_signal_emit_by_name (gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON), "clicked");
}

/* The only file of it. Returns: (transfer full) */
static char *
read_archive (void)
{
  g_autofree char *account = rfi_test_desk_account_dir ();
  g_autofree char *path = g_build_filename (account, "events", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *file = NULL;
  char *bytes;
  gsize length;

  g_assert_nonnull (dir);
  file = g_build_filename (path, g_dir_read_name (dir), NULL);
  g_assert_null (g_dir_read_name (dir));
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) length, "operation.queued"));
  return bytes;
}

/* What is old goes into a sealed file before its time; the rest stays, and it is said. */
static void
test_archive (void)
{
  g_autofree char *sealed = NULL;

  read_number ("INSERT INTO event SELECT n - 1000, id, type, schema_version,"
               " at - 40 * 86400000, aggregate, sequence, payload FROM event WHERE n <= 50");
  g_assert_cmpint (read_number ("SELECT count(*) FROM event WHERE n < 0"), ==, 50);
  press ("Archive Now");
  rfi_test_desk_take_toast ("Old events are in the archive");
  g_assert_cmpint (read_number ("SELECT count(*) FROM event WHERE n < 0"), ==, 0);
  g_assert_cmpint (read_number ("SELECT count(*) FROM event WHERE type = 'operation.queued'"), ==,
                   101);
  sealed = read_archive ();
}

/* Everything stays, in less room, and how much less is said. */
static void
test_compact (void)
{
  gint64 n_jobs = read_number ("SELECT count(*) FROM job");
  gint64 before;

  read_number ("CREATE TABLE room AS SELECT zeroblob (3000000) AS bytes");
  read_number ("DROP TABLE room");
  before = read_number ("PRAGMA page_count");
  press ("Compact");
  rfi_test_desk_take_toast ("The file had ");
  g_assert_cmpint (read_number ("PRAGMA page_count"), <, before);
  g_assert_cmpint (read_number ("SELECT count(*) FROM job"), ==, n_jobs);
  rfi_test_wait (
    read_number ("SELECT count(*) FROM event WHERE type = 'cache.compacted'") == 1);

  press ("Compact");
  rfi_test_desk_take_toast (" the file has ");
}

/* Returns: (transfer full) */
static char *
export_diagnostics (gboolean personal)
{
  g_autofree char *dir = g_dir_make_tmp ("rfi-test-activity-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "diagnostics.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GStatBuf info;
  char *text = NULL;

  rfi_upkeep_save (RFI_UPKEEP (rfi_test_desk_find (RFI_TYPE_UPKEEP)), file, personal);
  rfi_test_wait (g_file_get_contents (path, &text, NULL, NULL) && g_str_has_suffix (text, "}\n"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  return text;
}

static void
must_be_json (const char *text)
{
  sqlite3_stmt *row;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT json_valid (?1)", -1, &row, NULL), ==,
                   SQLITE_OK);
  sqlite3_bind_text (row, 1, text, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (row, 0), ==, 1);
  sqlite3_finalize (row);
  sqlite3_close (db);
}

static void
must_lack (const char *text,
           const char *secret)
{
  if (strstr (text, secret) != NULL)
    g_error ("The diagnostics have “%s”", secret);
}

/* No secret ever, and nothing personal that was not asked for. */
static void
test_diagnostics (void)
{
  const char *url = rfi_test_server_get_url (server);
  g_autofree char *plain = NULL;
  g_autofree char *full = NULL;
  static const char * const personal[] = { "admin@retailfixit.com", "Leak behind" };

  rfi_test_desk_set_offline (TRUE);
  rfi_test_wait (rfi_test_desk_reads ("Offline"));
  change_title (2);
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_UPKEEP) != NULL);
  rfi_test_wait (rfi_session_get_sync_state (session)->n_queued == 2);

  plain = export_diagnostics (FALSE);
  full = export_diagnostics (TRUE);
  must_be_json (plain);
  must_be_json (full);
  g_assert_nonnull (strstr (plain, "operation.queued"));
  g_assert_nonnull (strstr (plain, "\"kind\":\"edit\""));
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    {
      must_lack (plain, personal[i]);
      g_assert_nonnull (strstr (full, personal[i]));
    }
  must_lack (plain, strstr (url, "//") + 2);
  must_lack (plain, "System Admin");
  must_lack (plain, g_get_host_name ());
  must_lack (plain, g_get_home_dir ());
  g_assert_nonnull (strstr (full, url));

  /* The password, and what any token begins with. */
  must_lack (full, "admin123");
  must_lack (full, "eyJ");
  must_lack (full, "refresh");
  rfi_test_desk_set_offline (FALSE);
  rfi_test_wait (rfi_test_desk_reads ("Everything is sent"));
}

/* All comes again, and what is shown stays meanwhile. */
static void
test_rebuild (void)
{
  RfiJobTable *jobs = rfi_session_get_jobs (session);
  guint n_jobs = rfi_job_table_get_n_jobs (jobs);
  gint64 before = rfi_session_get_sync_state (session)->last_sync_at;

  gtk_widget_activate_action (rfi_test_desk_find (RFI_TYPE_UPKEEP), "upkeep.rebuild", NULL);
  rfi_test_wait (rfi_session_get_sync_state (session)->last_sync_at > before &&
                 read_number ("SELECT count(*) FROM job WHERE version < 0") == 0);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (jobs), ==, n_jobs);
}

static gboolean
finds (const char *part)
{
  return rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_window ()), part) != NULL;
}

static void
put_server_back (void)
{
  g_autofree char *path = g_build_filename (rfi_test_server_get_data_dir (server), "server.db",
                                            NULL);
  sqlite3 *db;

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE meta SET value = value + 1 WHERE name = 'epoch'",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  rfi_test_server_start (server);
}

/* The next day, which begins with the page that was the last. */
static void
begin_again (void)
{
  rfi_test_desk_show_page ("board");
  g_clear_object (&session);
  rfi_test_desk_quit ();
  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  session = g_object_ref (rfi_test_desk_session ());
}

/* What it brings about happens in silence, but not that it happened: whoever looks only the next
 * day is told, and once they were it is no news. */
static void
test_restored (void)
{
  g_assert_true (finds ("Unbroken since this console began"));
  rfi_test_desk_show_page ("board");
  put_server_back ();
  rfi_test_wait (rfi_session_get_sync_state (session)->restored_at > 0);
  begin_again ();
  g_assert_cmpint (read_number ("SELECT count(*) FROM meta WHERE key = 'server-restored'"), ==, 1);

  rfi_test_desk_show_page ("activity");
  rfi_test_wait (finds ("the server went back to an older copy of its data"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity-restored");
  rfi_test_wait (
    read_number ("SELECT count(*) FROM meta WHERE key = 'server-restored'") == 0);
  begin_again ();
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (finds ("Unbroken since this console began"));
}

/* Whoever revokes what they sit at is told so, before and after. */
static void
test_revoke (void)
{
  GtkWidget *list = rfi_test_desk_find (RFI_TYPE_DEVICE_LIST);
  GtkWidget *row;

  rfi_test_wait ((row = rfi_test_ui_find (list, ADW_TYPE_EXPANDER_ROW)) != NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  scroll_to (list);
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (rfi_test_ui_find_text (row, "Revoke…"), GTK_TYPE_BUTTON), "clicked");
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_nonnull (rfi_test_ui_find_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                           "is the device that you use now"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity-revoke");
  rfi_test_desk_answer ("revoke");
  rfi_test_wait (rfi_test_desk_reads ("Revoked"));

  change_title (1);
  rfi_test_desk_show_page ("activity");
  rfi_test_wait (finds ("The server does not trust this device any more"));
  rfi_test_wait (finds ("Revoked: what is changed here is set aside"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "activity-revoked");
}

static void
test_quit (void)
{
  g_clear_object (&session);
  rfi_test_desk_quit ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/activity/sign-in", test_sign_in);
  g_test_add_func ("/activity/figures", test_figures);
  g_test_add_func ("/activity/table", test_table);
  g_test_add_func ("/activity/long-queue", test_long_queue);
  g_test_add_func ("/activity/devices", test_devices);
  g_test_add_func ("/activity/events", test_events);
  g_test_add_func ("/activity/archive", test_archive);
  g_test_add_func ("/activity/compact", test_compact);
  g_test_add_func ("/activity/diagnostics", test_diagnostics);
  g_test_add_func ("/activity/rebuild", test_rebuild);
  g_test_add_func ("/activity/restored", test_restored);
  g_test_add_func ("/activity/revoke", test_revoke);
  g_test_add_func ("/activity/quit", test_quit);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  return status;
}
