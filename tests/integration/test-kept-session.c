/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-conflict-desk.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* With a real keyring: a sign-in outlasts the program, and opens without a server. */

typedef struct
{
  RfiTestServer  *server;   /* (owned) */
  RfiTestConsole *console;  /* (owned) */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  GError *error = NULL;
  int note;

  fixture->server = rfi_test_server_new (NULL);
  fixture->console = rfi_test_console_new ();
  rfi_test_console_try_sign_in (fixture->console, rfi_test_server_get_url (fixture->server),
                                RFI_TEST_DISPATCHER, TRUE, &error);
  g_assert_no_error (error);
  rfi_test_console_wait_live (fixture->console);
  g_object_get (fixture->console->session, "keyring-note", &note, NULL);
  g_assert_cmpint (note, ==, -1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  rfi_test_console_free (fixture->console);
  rfi_test_server_free (fixture->server);
}

static gboolean
is_loaded (RfiTestConsole *console)
{
  gboolean loading;

  g_object_get (console->session, "loading", &loading, NULL);
  return !loading;
}

static RfiPhase
get_phase (RfiTestConsole *console)
{
  return rfi_session_get_sync_state (console->session)->phase;
}

static void
restart (RfiTestConsole *console,
         gboolean        forced_offline)
{
  rfi_test_console_quit (console);
  rfi_test_console_start (console, forced_offline);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (is_loaded (console));
}

static void
test_offline_start (Fixture       *fixture,
                    gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *id = g_strdup (rfi_test_console_find_job (console, "Air duct cleaning")->id);
  guint n_jobs = rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session));
  GError *error = NULL;

  rfi_test_server_kill (fixture->server);
  restart (console, FALSE);
  g_assert_cmpuint (rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session)), ==,
                    n_jobs);
  g_assert_cmpstr (rfi_session_get_user (console->session)->email, ==, "dispatcher@coolair.com");
  rfi_test_wait (get_phase (console) == RFI_PHASE_OFFLINE);
  g_assert_false (rfi_session_get_online (console->session));

  rfi_test_console_edit (console, id, RFI_FIELD_TITLE, "Typed in the cellar", &error);
  g_assert_no_error (error);

  /* It outlasts a second restart, and is sent when the server is back. */
  restart (console, FALSE);
  g_assert_cmpstr (rfi_test_console_get_job (console, id)->title, ==, "Typed in the cellar");
  g_assert_cmpint (rfi_test_console_get_mark (console, id), ==, RFI_MARK_QUEUED);
  rfi_test_server_start (fixture->server);
  rfi_session_sync_now (console->session);
  rfi_test_wait (rfi_test_console_get_mark (console, id) == RFI_MARK_CONFIRMED);
  g_assert_cmpstr (rfi_test_console_get_job (console, id)->title, ==, "Typed in the cellar");
}

static void
test_forced_offline (Fixture       *fixture,
                     gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  gboolean forced;

  restart (console, TRUE);
  g_object_get (console->session, "forced-offline", &forced, NULL);
  g_assert_true (forced);
  rfi_session_sync_now (console->session);
  rfi_test_wait (get_phase (console) == RFI_PHASE_OFFLINE);

  rfi_session_set_forced_offline (console->session, FALSE);
  rfi_test_console_wait_live (console);
}

static void keep_result_cb (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data);

/* (nullable): the only one of another device's that is on the desk */
static RfiConflict *
get_other (RfiTestConsole *console)
{
  GListModel *list = rfi_conflict_desk_get_list (rfi_conflict_desk_get (console->session));
  g_autoptr(RfiRecordItem) item = g_list_model_get_item (list, 0);

  g_assert_cmpuint (g_list_model_get_n_items (list), <=, 1);
  return item != NULL ? rfi_record_item_get (item) : NULL;
}

static guint
count_settled (RfiTestConsole *console)
{
  return g_list_model_get_n_items (
    rfi_conflict_desk_get_settled (rfi_conflict_desk_get (console->session)));
}

static gint64
get_told_at (RfiTestConsole *console)
{
  gint64 told_at;

  g_object_get (rfi_conflict_desk_get (console->session), "told-at", &told_at, NULL);
  return told_at;
}

/* On a desk of another device, as the server tells this one. */
static void
make_conflict_elsewhere (Fixture *fixture)
{
  RfiTestConsole *console = fixture->console;
  RfiTestConsole *other = rfi_test_console_new ();
  g_autofree char *id = g_strdup (rfi_test_console_find_job (console, "Air duct cleaning")->id);
  GError *error = NULL;

  rfi_test_console_sign_in (other, rfi_test_server_get_url (fixture->server),
                            RFI_TEST_DISPATCHER);
  rfi_session_set_forced_offline (other->session, TRUE);
  rfi_test_console_edit (other, id, RFI_FIELD_DESCRIPTION, "Mine", &error);
  rfi_test_console_edit (console, id, RFI_FIELD_DESCRIPTION, "Theirs", &error);
  g_assert_no_error (error);
  rfi_test_console_wait_sent (console);
  rfi_session_set_forced_offline (other->session, FALSE);
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_conflicts (other->session)) == 1);
  rfi_conflict_desk_refresh (rfi_conflict_desk_get (console->session));
  rfi_test_wait (get_other (console) != NULL);
  rfi_test_console_free (other);
}

static void
decide_other (RfiTestConsole *console)
{
  RfiConflictDesk *desk = rfi_conflict_desk_get (console->session);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_conflict_desk_decide_async (desk, get_other (console)->id, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_conflict_desk_decide_finish (desk, result, &error);
  g_assert_no_error (error);
}

/* What waits at other desks is known without the server, as of when it was told; decided here, it
 * is on no desk any more, and what was settled is remembered. */
static void
test_conflicts_of_others (Fixture       *fixture,
                          gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  gint64 told_at;

  make_conflict_elsewhere (fixture);
  told_at = get_told_at (console);
  g_assert_cmpint (told_at, >, 0);
  restart (console, TRUE);
  rfi_test_wait (get_told_at (console) != 0);
  g_assert_cmpint (get_told_at (console), <=, told_at);
  g_assert_true (get_other (console)->elsewhere);
  g_assert_cmpstr (rfi_patch_get (get_other (console)->operation->patch, RFI_FIELD_DESCRIPTION),
                   ==, "Mine");

  /* With the key to sign with. */
  rfi_test_wait (get_phase (console) == RFI_PHASE_OFFLINE);
  decide_other (console);
  rfi_test_wait (get_other (console) == NULL);
  restart (console, TRUE);
  rfi_test_wait (get_told_at (console) != 0);
  g_assert_null (get_other (console));

  rfi_session_set_forced_offline (console->session, FALSE);
  rfi_test_wait (count_settled (console) == 1);
  restart (console, TRUE);
  rfi_test_wait (count_settled (console) == 1);
  g_assert_null (get_other (console));
}

static void
change_cache (RfiTestConsole *console,
              const char     *sql)
{
  g_autofree char *accounts = g_build_filename (console->profile, "accounts", NULL);
  g_autoptr(GDir) dir = g_dir_open (accounts, 0, NULL);
  g_autofree char *path = g_build_filename (accounts, g_dir_read_name (dir), "cache.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* What was kept and can't be read is not taken for nothing, until the server has told it again. */
static void
test_others_unreadable (Fixture       *fixture,
                        gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;

  rfi_test_wait (get_told_at (console) != 0);
  rfi_test_console_quit (console);
  change_cache (console, "ALTER TABLE told RENAME TO away");
  rfi_test_console_start (console, TRUE);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (rfi_conflict_desk_get_troubles (rfi_conflict_desk_get (console->session)) ==
                 RFI_DESK_TROUBLE_READ);

  change_cache (console, "ALTER TABLE away RENAME TO told");
  rfi_session_set_forced_offline (console->session, FALSE);
  rfi_test_wait (rfi_conflict_desk_get_troubles (rfi_conflict_desk_get (console->session)) == 0);
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
renew (RfiTestConsole  *console,
       const char      *password,
       GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_session_manager_renew_async (console->manager, password, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  return rfi_session_manager_renew_finish (console->manager, result, error);
}

/* The server forgets what renews tokens. */
static void
forget_renewals (RfiTestServer *server)
{
  g_autofree char *path = g_build_filename (rfi_test_server_get_data_dir (server), "server.db",
                                            NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "DELETE FROM refresh_token", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (db);
}

/* Tokens signed with the old secret are worth nothing any more, like expired ones. */
static void
change_server_secret (RfiTestServer *server,
                      gboolean       forget)
{
  g_autofree char *path = g_build_filename (rfi_test_server_get_data_dir (server), "jwt-secret",
                                            NULL);

  rfi_test_server_kill (server);
  g_assert_cmpint (g_remove (path), ==, 0);
  if (forget)
    forget_renewals (server);
  rfi_test_server_start (server);
}

/* A token that ran out is renewed without a word, and again after a restart. */
static void
test_token_renewed (Fixture       *fixture,
                    gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;

  change_server_secret (fixture->server, FALSE);
  rfi_session_sync_now (console->session);
  rfi_test_console_wait_live (console);
  restart (console, FALSE);
  rfi_test_console_wait_live (console);
  change_server_secret (fixture->server, FALSE);
  restart (console, FALSE);
  rfi_test_console_wait_live (console);
  g_assert_cmpint (rfi_session_get_sync_state (console->session)->dialect, ==,
                   RFI_DIALECT_SYNC_V1);
}

static void
test_token_no_longer_taken (Fixture       *fixture,
                            gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *id = g_strdup (rfi_test_console_find_job (console, "Air duct cleaning")->id);
  g_autoptr(GError) error = NULL;

  rfi_test_console_quit (console);
  change_server_secret (fixture->server, TRUE);
  rfi_test_console_start (console, FALSE);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (is_loaded (console) && get_phase (console) == RFI_PHASE_NEEDS_SIGN_IN);

  /* Work goes on, the queue is kept. */
  rfi_test_console_edit (console, id, RFI_FIELD_TITLE, "Typed meanwhile", &error);
  g_assert_no_error (error);
  g_assert_cmpint (rfi_test_console_get_mark (console, id), ==, RFI_MARK_QUEUED);

  g_assert_false (renew (console, "wrong", &error));
  g_assert_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_WRONG_PASSWORD);
  g_clear_error (&error);
  renew (console, "dispatch123", &error);
  g_assert_no_error (error);
  rfi_test_wait (rfi_test_console_get_mark (console, id) == RFI_MARK_CONFIRMED);

  /* And the keyring has the new token. */
  restart (console, FALSE);
  rfi_test_console_wait_live (console);
}

static void
test_sign_out (Fixture       *fixture,
               gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;

  rfi_test_console_sign_out (console, NULL);
  g_assert_false (rfi_test_console_restore (console));
  rfi_test_console_quit (console);
  rfi_test_console_start (console, FALSE);
  g_assert_false (rfi_test_console_restore (console));
}

int
main (int   argc,
      char *argv[])
{
  /* No ISOLATE_DIRS: the keyring's bus is found through the desktop's own folders. */
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/kept-session/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("offline-start", test_offline_start);
  ADD ("token-renewed", test_token_renewed);
  ADD ("forced-offline", test_forced_offline);
  ADD ("conflicts-of-others", test_conflicts_of_others);
  ADD ("others-unreadable", test_others_unreadable);
  ADD ("token-no-longer-taken", test_token_no_longer_taken);
  ADD ("sign-out", test_sign_out);
#undef ADD

  return g_test_run ();
}
