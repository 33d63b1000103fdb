/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-item-list.h"
#include "rfi-record-item.h"
#include "rfi-test-console.h"
#include "rfi-test-http.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"
#include "rfi-vault.h"
#include "vault-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* A profile that was worked with, in the hands of somebody who has only its files. */

typedef struct
{
  RfiTestServer  *server;   /* (owned) */
  RfiTestConsole *console;  /* (owned) */
  GHashTable     *words;    /* (owned): what was on the screen */
} Fixture;

static const guint8 png[] = {
  0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1,
  0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78,
  0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 'I', 'E', 'N', 'D',
  0xae, 0x42, 0x60, 0x82,
};

static void
sign_in (Fixture *fixture)
{
  GError *error = NULL;

  rfi_test_console_try_sign_in (fixture->console, rfi_test_server_get_url (fixture->server),
                                RFI_TEST_ADMIN, TRUE, &error);
  g_assert_no_error (error);
  rfi_test_console_wait_live (fixture->console);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->server = rfi_test_server_new (NULL);
  fixture->console = rfi_test_console_new ();
  fixture->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sign_in (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  rfi_test_console_free (fixture->console);
  rfi_test_server_free (fixture->server);
  g_hash_table_unref (fixture->words);
}

/* Short ones may be found by chance. */
static void
remember (Fixture    *fixture,
          const char *word)
{
  if (word != NULL && strlen (word) >= 6)
    g_hash_table_add (fixture->words, g_strdup (word));
}

static void
remember_job (RfiJobState *state,
              gpointer     user_data)
{
  Fixture *fixture = user_data;
  const RfiJob *job = state->work;

  remember (fixture, job->title);
  remember (fixture, job->description);
  remember (fixture, job->created_by_name);
  remember (fixture, job->assigned_to_name);
  remember (fixture, job->store_name);
  remember (fixture, job->address);
  remember (fixture, job->city);
}

static void
remember_people (Fixture    *fixture,
                 GListModel *people)
{
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (people, i);
      const RfiUser *user = rfi_record_item_get (item);

      remember (fixture, user->display_name);
      remember (fixture, user->email);
    }
}

static gboolean
contains (const char *content,
          gsize       size,
          const char *word)
{
  gsize length = strlen (word);
  const char *at = content;
  const char *end = content + size;

  while (at + length <= end && (at = memchr (at, *word, (gsize) (end - at))) != NULL)
    {
      if (at + length <= end && memcmp (at, word, length) == 0)
        return TRUE;
      at++;
    }

  return FALSE;
}

static void
search_file (Fixture    *fixture,
             const char *path)
{
  g_autofree char *content = NULL;
  GHashTableIter iter;
  gpointer word;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_hash_table_iter_init (&iter, fixture->words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (contains (content, size, word))
      g_error ("%s contains \"%s\"", path, (const char *) word);
}

/* Returns: how many files were looked through */
static guint
search (Fixture    *fixture,
        const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  guint n = 0;

  if (dir == NULL)
    {
      search_file (fixture, path);
      return 1;
    }

  for (; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += search (fixture, child);
    }

  return n;
}

static gboolean
shows_photo (Fixture    *fixture,
             const char *job_id)
{
  g_autoptr(GPtrArray) photos = rfi_test_console_list_photos (fixture->console, job_id);

  return photos->len == 1 && !((RfiPhoto *) g_ptr_array_index (photos, 0))->waiting;
}

static void
work (Fixture    *fixture,
      const char *id)
{
  g_autoptr(GBytes) picture = g_bytes_new_static (png, sizeof png);
  g_autoptr(GBytes) loaded = NULL;
  g_autoptr(GPtrArray) photos = NULL;
  GError *error = NULL;

  /* One sent and downloaded, one waiting. */
  rfi_test_console_add_photo (fixture->console, id, picture, &error);
  g_assert_no_error (error);
  rfi_test_wait (shows_photo (fixture, id));
  photos = rfi_test_console_list_photos (fixture->console, id);
  loaded = rfi_test_console_load_photo (fixture->console, id,
                                        ((RfiPhoto *) g_ptr_array_index (photos, 0))->id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded, picture));

  rfi_session_set_forced_offline (fixture->console->session, TRUE);
  rfi_test_console_add_photo (fixture->console, id, picture, &error);
  g_assert_no_error (error);
  rfi_test_console_edit (fixture->console, id, RFI_FIELD_TITLE, "Written in the cellar", &error);
  g_assert_no_error (error);
}

static void
say_rust (Fixture    *fixture,
          const char *job_id)
{
  const char *url = rfi_test_server_get_url (fixture->server);
  g_autofree char *path = g_strconcat ("/api/jobs/", job_id, NULL);
  g_autofree char *token = rfi_test_server_sign_in (fixture->server, RFI_TEST_ADMIN);
  g_autoptr(SoupSession) session = rfi_test_http_new ();
  g_autoptr(RfiTestAnswer) seen = rfi_test_http_call (session, url, "GET", path, token, NULL);
  g_autofree char *etag = rfi_test_answer_get (seen, "_etag");
  g_autofree char *json =
    g_strdup_printf ("{\"_etag\":\"%s\",\"description\":\"Rust in the socket\"}", etag);
  g_autoptr(RfiTestAnswer) answer =
    rfi_test_http_call (session, url, "PATCH", path, token, json);

  g_assert_cmpuint (answer->status, ==, 200);
}

/* A note, and words that somebody else contradicted: both versions are kept. */
static void
disagree (Fixture *fixture)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *id =
    g_strdup (rfi_test_console_find_job (console, "Walk-in cooler repair")->id);
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_item_free);
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_ptr_array_add (notes, rfi_item_new ("note-1", rfi_session_get_user (console->session)->id,
                                        "Keys are with the baker", 0));
  text = rfi_item_list_to_text (RFI_FIELD_NOTES, notes);
  rfi_session_set_forced_offline (console->session, TRUE);
  rfi_test_console_edit (console, id, RFI_FIELD_NOTES, text, &error);
  g_assert_no_error (error);
  rfi_test_console_edit (console, id, RFI_FIELD_DESCRIPTION, "Moths in the lantern", &error);
  g_assert_no_error (error);
  say_rust (fixture, id);
  rfi_session_set_forced_offline (console->session, FALSE);
  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_conflicts (console->session)) == 1);
  rfi_test_console_wait_live (console);
  remember (fixture, "Keys are with the baker");
  remember (fixture, "Moths in the lantern");
  remember (fixture, "Rust in the socket");
}

/* What is kept in the keyring, and is kept nowhere else. */
static void
remember_token (Fixture *fixture)
{
  GAsyncResult *result = NULL;
  char *secret;
  GError *error = NULL;

  rfi_vault_lookup_async (rfi_test_server_get_url (fixture->server), "admin@retailfixit.com", NULL,
                          vault_fixture_keep_cb, &result);
  secret = rfi_vault_lookup_finish (vault_fixture_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (secret);
  remember (fixture, secret);
  rfi_vault_free (secret);
  g_object_unref (result);
}

static void
test_nothing_readable (Fixture       *fixture,
                       gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *id = g_strdup (rfi_test_console_find_job (console, "Air duct cleaning")->id);

  rfi_test_wait (g_list_model_get_n_items (rfi_session_get_technicians (console->session)) > 0 &&
                 g_list_model_get_n_items (rfi_session_get_vendors (console->session)) > 0);
  rfi_job_table_foreach (rfi_session_get_jobs (console->session), remember_job, fixture);
  remember_people (fixture, rfi_session_get_technicians (console->session));
  remember_people (fixture, rfi_session_get_vendors (console->session));
  g_assert_cmpuint (g_hash_table_size (fixture->words), >, 30);
  /* What a token, a signed address, a picture begin with. */
  remember (fixture, "eyJhbGciOi");
  remember (fixture, "?token=");
  remember (fixture, "/photos/");
  g_hash_table_add (fixture->words, g_strdup ("IHDR"));
  remember_token (fixture);
  disagree (fixture);
  work (fixture, id);
  remember (fixture, "Written in the cellar");

  /* Settings, cache, its log, index and lock, one photo of each kind. */
  g_assert_cmpuint (search (fixture, console->profile), >=, 7);
  rfi_test_console_quit (console);
  g_assert_cmpuint (search (fixture, console->profile), >=, 4);

  rfi_test_console_start (console, TRUE);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (rfi_test_console_get_job (console, id) != NULL);
  g_assert_cmpstr (rfi_test_console_get_job (console, id)->title, ==, "Written in the cellar");
}

static char *
find_cache (Fixture *fixture)
{
  g_autofree char *accounts = g_build_filename (fixture->console->profile, "accounts", NULL);
  g_autoptr(GDir) dir = g_dir_open (accounts, 0, NULL);

  return g_build_filename (accounts, g_dir_read_name (dir), "cache.db", NULL);
}

static void
flip_byte (const char *path,
           const char *job_id)
{
  g_autofree guint8 *bytes = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  int size;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "SELECT sealed FROM job WHERE id = ?1", -1, &row, NULL);
  sqlite3_bind_text (row, 1, job_id, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  size = sqlite3_column_bytes (row, 0);
  bytes = g_memdup2 (sqlite3_column_blob (row, 0), (gsize) size);
  bytes[size / 2] ^= 1;
  sqlite3_finalize (row);

  sqlite3_prepare_v2 (db, "UPDATE job SET sealed = ?2 WHERE id = ?1", -1, &row, NULL);
  sqlite3_bind_text (row, 1, job_id, -1, SQLITE_STATIC);
  sqlite3_bind_blob (row, 2, bytes, size, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_DONE);
  sqlite3_finalize (row);
  sqlite3_close (db);
}

/* Missed while there is no server, and there again as soon as there is one. */
static void
test_broken_row_comes_again (Fixture       *fixture,
                             gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *id = g_strdup (rfi_test_console_find_job (console, "Air duct cleaning")->id);
  g_autofree char *cache = find_cache (fixture);
  guint n_jobs = rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session));

  rfi_test_console_quit (console);
  flip_byte (cache, id);
  rfi_test_console_start (console, TRUE);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session)) ==
                 n_jobs - 1);
  g_assert_null (rfi_test_console_get_job (console, id));

  rfi_session_set_forced_offline (console->session, FALSE);
  rfi_test_wait (rfi_test_console_get_job (console, id) != NULL);
  g_assert_cmpstr (rfi_test_console_get_job (console, id)->title, ==, "Air duct cleaning");
}

/* Returns: the lowest and highest number of a key that sealed a job, as one text */
static char *
get_key_numbers (const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  char *numbers;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "SELECT min(hex(substr(sealed, 1, 1))) || '-' || "
                          "max(hex(substr(sealed, 1, 1))) FROM job", -1, &row, NULL);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  numbers = g_strdup ((const char *) sqlite3_column_text (row, 0));
  sqlite3_finalize (row);
  sqlite3_close (db);
  return numbers;
}

static void
assert_key_number (const char *path,
                   const char *expected)
{
  g_autofree char *numbers = get_key_numbers (path);

  g_assert_cmpstr (numbers, ==, expected);
}

static void
test_new_key (Fixture       *fixture,
              gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *cache = find_cache (fixture);
  guint n_jobs = rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session));
  int lost;

  rfi_test_console_quit (console);
  assert_key_number (cache, "01-01");
  rfi_test_console_start (console, TRUE);
  rfi_session_manager_set_renew_key (console->manager, TRUE);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session)) == n_jobs);
  g_object_get (console->session, "lost", &lost, NULL);
  g_assert_cmpint (lost, ==, -1);

  rfi_test_console_quit (console);
  assert_key_number (cache, "02-02");
  rfi_test_console_start (console, TRUE);
  g_assert_true (rfi_test_console_restore (console));
  rfi_test_wait (rfi_job_table_get_n_jobs (rfi_session_get_jobs (console->session)) == n_jobs);
}

/* What is on this computer is not opened, and not lost either: it is asked for again. */
static void
test_locked_keyring (Fixture       *fixture,
                     gconstpointer  unused)
{
  RfiTestConsole *console = fixture->console;
  g_autofree char *cache = find_cache (fixture);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  VaultPerson person = { NULL, FALSE };
  gsize size_before;
  gsize size_after;

  rfi_test_console_quit (console);
  g_assert_true (g_file_get_contents (cache, &before, &size_before, NULL));
  vault_fixture_lock (&person);
  rfi_test_console_start (console, FALSE);
  g_assert_false (rfi_test_console_try_restore (console, &error));
  g_assert_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_KEYRING);
  g_clear_error (&error);
  g_assert_false (rfi_test_console_try_sign_in (console, rfi_test_server_get_url (fixture->server),
                                                RFI_TEST_ADMIN, FALSE, &error));
  g_assert_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_KEYRING);
  vault_fixture_rest (&person);

  g_assert_true (g_file_get_contents (cache, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/sealed-profile/nothing-readable", Fixture, NULL, set_up, test_nothing_readable,
              tear_down);
  g_test_add ("/sealed-profile/broken-row-comes-again", Fixture, NULL, set_up,
              test_broken_row_comes_again, tear_down);
  g_test_add ("/sealed-profile/new-key", Fixture, NULL, set_up, test_new_key, tear_down);

  /* Last: it stays locked. */
  g_test_add ("/sealed-profile/locked-keyring", Fixture, NULL, set_up, test_locked_keyring,
              tear_down);

  return g_test_run ();
}
