/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-test-desk.h"
#include "rfi-test-server.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* What waits to be sent, when its file breaks and when its author leaves. The cases follow each
 * other in one console. */

static RfiTestServer *server;
static char *job_id;  /* (owned): of the job that is changed */

static void
change_title (const char *title)
{
  rfi_test_desk_edit (rfi_test_desk_session (), job_id, RFI_FIELD_TITLE, title);
}

/* (nullable) */
static RfiJobState *
look_up (void)
{
  RfiSession *session = rfi_test_desk_session ();

  return session != NULL ? rfi_job_table_lookup (rfi_session_get_jobs (session), job_id) : NULL;
}

static gboolean
has_title (const char *title,
           RfiMark     mark)
{
  RfiJobState *state = look_up ();

  return state != NULL && g_str_equal (state->work->title, title) && state->mark == mark;
}

static void
test_sign_in (void)
{
  GtkWidget *card;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  job_id = g_strdup (rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))));
}

static char *
get_cache_path (const char *suffix)
{
  g_autofree char *dir = rfi_test_desk_account_dir ();

  return g_strconcat (dir, G_DIR_SEPARATOR_S "cache.db", suffix, NULL);
}

/* Overwrites a page with rows of jobs, as a failing disk would, and lets the file be checked. */
static void
damage_jobs (void)
{
  g_autofree char *path = get_cache_path ("");
  g_autofree char *mark = get_cache_path (".suspect");
  g_autofree char *contents = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  gint64 page, size;
  gsize length;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT pageno, pgsize FROM dbstat WHERE name = 'job' "
                                       "AND pagetype = 'leaf' LIMIT 1", -1, &row, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  page = sqlite3_column_int64 (row, 0);
  size = sqlite3_column_int64 (row, 1);
  sqlite3_finalize (row);
  sqlite3_close (db);

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  memset (contents + (page - 1) * size, 0xa5, (gsize) size);
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
}

static void
assert_dialog_says (const char *heading,
                    const char *words)
{
  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()), heading));
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()), words));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_dialog ()));
}

static void
test_damaged (void)
{
  rfi_test_desk_set_offline (TRUE);
  change_title ("Typed before the disk failed");
  rfi_test_desk_quit_and_wait ();
  damage_jobs ();

  rfi_test_desk_open ();
  assert_dialog_says ("Saved Data Was Damaged",
                      "Jobs are downloaded again. 1 change that was not sent yet could be saved. "
                      "The damaged file is kept beside the new one, in case something is missing.");
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "recovered");
  rfi_test_desk_take_picture (rfi_test_desk_window (), "recovered-window");
  rfi_test_desk_answer ("close");

  /* The jobs are back, and what was typed goes out. */
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_wait (has_title ("Typed before the disk failed", RFI_MARK_CONFIRMED));
}

static void
test_said_once (void)
{
  rfi_test_desk_activate ("app.new-window", NULL);
  rfi_test_settle ();
  g_assert_null (rfi_test_desk_dialog ());
  gtk_window_close (rfi_test_desk_window ());
}

static void
test_nothing_to_save (void)
{
  g_autofree char *path = get_cache_path ("");

  rfi_test_desk_quit_and_wait ();
  g_assert_true (g_file_set_contents (path, "This is no database.", -1, NULL));
  rfi_test_desk_open ();
  assert_dialog_says ("Saved Data Was Damaged",
                      "Jobs are downloaded again. No change that was not sent yet could be found "
                      "in it. The damaged file is kept beside the new one, in case something is "
                      "missing.");
  rfi_test_desk_answer ("close");
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
}

/* Signing out with something unsent */

static GtkFileChooser *
get_chooser (void)
{
  GtkWindow *dialog = rfi_test_desk_dialog ();

  return dialog != NULL && GTK_IS_FILE_CHOOSER (dialog) ? GTK_FILE_CHOOSER (dialog) : NULL;
}

static void
ask_for_export (void)
{
  rfi_test_desk_activate ("win.sign-out", NULL);
  assert_dialog_says ("Sign out with 1 unsent change?",
                      "What is not sent stays on this computer and goes out when Cool Air "
                      "Dispatcher signs in here again.");
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), "sign-out-unsent");
  rfi_test_desk_answer ("export");
  rfi_test_wait (get_chooser () != NULL);
}

static gboolean
has_chosen (GFile *file)
{
  g_autoptr(GFile) chosen = gtk_file_chooser_get_file (get_chooser ());

  return chosen != NULL && g_file_equal (chosen, file);
}

/* As typed with its whole path: the folder shown is read by and by, and may still change. */
static void
choose (GFile *file)
{
  gtk_file_chooser_set_current_name (get_chooser (), g_file_peek_path (file));
  rfi_test_wait (has_chosen (file));
  g_signal_emit_by_name (gtk_dialog_get_widget_for_response (GTK_DIALOG (get_chooser ()),
                                                             GTK_RESPONSE_ACCEPT), "clicked");
}

static void
test_export_given_up (void)
{
  rfi_test_desk_set_offline (TRUE);
  change_title ("Typed before leaving");
  rfi_test_wait (rfi_session_get_sync_state (rfi_test_desk_session ())->n_queued == 1);
  ask_for_export ();
  gtk_dialog_response (GTK_DIALOG (get_chooser ()), GTK_RESPONSE_CANCEL);
  rfi_test_wait (get_chooser () == NULL);
  g_assert_nonnull (rfi_test_desk_session ());
}

static void
test_export (void)
{
  g_autofree char *folder = g_dir_make_tmp ("rfi-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "unsent.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  GStatBuf info;

  ask_for_export ();
  rfi_test_desk_take_picture (rfi_test_desk_dialog (), "export-chooser");
  choose (file);
  rfi_test_wait (rfi_test_desk_reads ("Sign in to your dispatch console"));
  rfi_test_desk_take_picture (rfi_test_desk_window (), "signed-out");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"account\": \"dispatcher@coolair.com\""));
  g_assert_nonnull (strstr (text, "\"set\": { \"title\": \"Typed before leaving\" }"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
  g_unlink (path);
  g_rmdir (folder);
}

/* The file is a copy: what it holds still goes out. */
static void
test_sent_after_all (void)
{
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  rfi_test_wait (has_title ("Typed before leaving", RFI_MARK_CONFIRMED));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/account/sign-in", test_sign_in);
  g_test_add_func ("/account/damaged", test_damaged);
  g_test_add_func ("/account/said-once", test_said_once);
  g_test_add_func ("/account/nothing-to-save", test_nothing_to_save);
  g_test_add_func ("/account/export-given-up", test_export_given_up);
  g_test_add_func ("/account/export", test_export);
  g_test_add_func ("/account/sent-after-all", test_sent_after_all);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  g_free (job_id);
  return status;
}
