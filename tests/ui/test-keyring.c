/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-card.h"
#include "rfi-job-table.h"
#include "rfi-session-commands.h"
#include "rfi-test-desk.h"
#include "rfi-test-pictures.h"
#include "rfi-test-server.h"
#include "rfi-vault.h"
#include "rfi-window-private.h"
#include "vault-fixture.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* A keyring that is locked, emptied, or gets a new key, while changes wait to be sent. The cases
 * follow each other in one console. Also to be run with LANGUAGE, for its pictures. */

#define EMAIL "dispatcher@coolair.com"

static RfiTestServer *server;
static char *job_id;    /* (owned): of the job that is changed */
static char *dir;       /* (owned): of the account */
static char *cache_id;  /* (owned): whose key it is */

static void
test_sign_in (void)
{
  GtkWidget *card;

  rfi_test_desk_open ();
  rfi_test_desk_sign_in (rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  card = rfi_test_desk_find (RFI_TYPE_JOB_CARD);
  job_id = g_strdup (rfi_job_item_get_id (rfi_job_card_get_item (RFI_JOB_CARD (card))));
  dir = rfi_test_desk_account_dir ();
  cache_id = g_path_get_basename (dir);
}

static guint
count_photos_to_send (void)
{
  g_autofree char *path = g_build_filename (dir, "outgoing", NULL);
  g_autoptr(GDir) outgoing = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (outgoing) != NULL)
    n++;
  return n;
}

static void
add_photo (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "photo.jpg", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;
  char *data;
  gsize size;

  rfi_test_pictures_save (path, "jpeg", 64, 48);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  content = g_bytes_new_take (data, size);
  rfi_session_add_photo_async (rfi_test_desk_session (), job_id, content, "Front door.jpg",
                               vault_fixture_keep_cb, &result);
  rfi_test_wait (result != NULL);
  rfi_session_command_finish (rfi_test_desk_session (), result, &error);
  g_assert_no_error (error);
}

/* Leaves a new title and a photo behind that no server has: it is gone before. */
static void
work_and_quit (const char *title)
{
  rfi_test_server_kill (server);
  rfi_test_desk_edit (rfi_test_desk_session (), job_id, RFI_FIELD_TITLE, title);
  add_photo ();
  g_assert_cmpuint (count_photos_to_send (), ==, 1);
  rfi_test_desk_quit_and_wait ();
}

static gboolean
has_title (const char *title,
           RfiMark     mark)
{
  RfiSession *session = rfi_test_desk_session ();
  RfiJobState *state =
    session != NULL ? rfi_job_table_lookup (rfi_session_get_jobs (session), job_id) : NULL;

  return state != NULL && g_str_equal (state->work->title, title) && state->mark == mark;
}

static guint
count_waiting (void)
{
  return g_list_model_get_n_items (rfi_session_get_outbox (rfi_test_desk_session ()));
}

/* With a server all of it is sent, the photo too. */
static void
assert_goes_out (const char *title)
{
  rfi_test_server_start (server);
  rfi_session_sync_now (rfi_test_desk_session ());
  rfi_test_wait (has_title (title, RFI_MARK_CONFIRMED));
  rfi_test_wait (count_waiting () == 0 && count_photos_to_send () == 0);
}

/* Returns: (transfer full) (nullable) */
static RfiSecret *
look_up_key (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  RfiSecret *key;

  rfi_vault_lookup_key_async (RFI_VAULT_DATA_KEY, cache_id, NULL, vault_fixture_keep_cb, &result);
  key = rfi_vault_lookup_key_finish (vault_fixture_wait (&result), &error);
  g_assert_no_error (error);
  return key;
}

static void
forget_key (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_vault_clear_key_async (RFI_VAULT_DATA_KEY, cache_id, NULL, vault_fixture_keep_cb, &result);
  rfi_vault_clear_finish (vault_fixture_wait (&result), &error);
  g_assert_no_error (error);
}

/* Nothing is asked and nothing said: what waits is there as before, and after that too. */
static void
test_new_key (void)
{
  g_autoptr(RfiSecret) before = look_up_key ();
  g_autoptr(RfiSecret) after = NULL;

  rfi_session_manager_set_renew_key (
    rfi_window_get_manager (RFI_WINDOW (rfi_test_desk_window ())), TRUE);
  work_and_quit ("Typed before the key was renewed");
  rfi_test_desk_open ();
  rfi_test_wait (has_title ("Typed before the key was renewed", RFI_MARK_QUEUED));
  rfi_test_settle ();
  g_assert_null (rfi_test_desk_dialog ());
  after = look_up_key ();
  g_assert_cmpuint (rfi_secret_get_size (after), >, rfi_secret_get_size (before));

  rfi_test_desk_quit_and_wait ();
  rfi_test_desk_open ();
  rfi_test_wait (has_title ("Typed before the key was renewed", RFI_MARK_QUEUED));
  rfi_test_wait (count_waiting () == 2);
  assert_goes_out ("Typed before the key was renewed");
}

static void
test_locked (void)
{
  const char *words = _("Your keyring is locked, and with it what is saved on this computer. "
                        "Nothing is lost: unlock it, then try again.");
  VaultPerson person = { NULL, FALSE };

  work_and_quit ("Typed before the keyring was locked");
  vault_fixture_lock (&person);
  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_reads (words));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "keyring-locked");

  rfi_test_desk_click ("retry");
  g_assert_false (rfi_test_desk_reads (words));
  rfi_test_wait (rfi_test_desk_reads (words));
  vault_fixture_rest (&person);

  /* Who calls it off has done nothing wrong, and may try later. */
  vault_fixture_unlock ();
  rfi_test_desk_click ("retry");
  rfi_test_desk_click ("cancel");
  rfi_test_wait (rfi_test_desk_find_named ("retry") != NULL);
  g_assert_false (gtk_revealer_get_reveal_child (
    GTK_REVEALER (rfi_test_desk_find_named ("problem_revealer"))));

  rfi_test_desk_click ("retry");
  rfi_test_wait (rfi_test_desk_session () != NULL);
  assert_goes_out ("Typed before the keyring was locked");
}

/* The one that was set aside. Returns: (transfer full) (nullable) */
static char *
find_aside (void)
{
  g_autoptr(GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name = g_dir_read_name (folder);

  while (name != NULL && !g_str_has_prefix (name, "cache.db.locked-"))
    name = g_dir_read_name (folder);
  return name != NULL ? g_build_filename (dir, name, NULL) : NULL;
}

static void
assert_says_lost (const char *picture)
{
  g_autofree char *words = g_strdup_printf (
    ngettext ("Your keyring does not have it any more. Jobs are downloaded again. %d change that "
              "was not sent yet can’t be read: make it again. Its file is kept beside the new "
              "one, in case the key turns up.",
              "Your keyring does not have it any more. Jobs are downloaded again. %d changes that "
              "were not sent yet can’t be read: make them again. Their file is kept beside the "
              "new one, in case the key turns up.", 2), 2);

  rfi_test_wait (rfi_test_desk_dialog () != NULL);
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()),
                                       _("The Key to Saved Data Is Missing")));
  g_assert_true (rfi_test_ui_has_text (GTK_WIDGET (rfi_test_desk_dialog ()), words));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_dialog ()));
  rfi_test_desk_take_looks (rfi_test_desk_dialog (), picture);
  rfi_test_desk_answer ("close");
}

/* The jobs come again, work goes on, and what was kept aside stays. */
static void
assert_goes_on (const char *title)
{
  rfi_test_wait (rfi_test_desk_find (RFI_TYPE_JOB_CARD) != NULL);
  rfi_test_desk_edit (rfi_test_desk_session (), job_id, RFI_FIELD_TITLE, title);
  rfi_test_wait (has_title (title, RFI_MARK_CONFIRMED));

  rfi_test_desk_quit_and_wait ();
  rfi_test_desk_open ();
  rfi_test_wait (has_title (title, RFI_MARK_CONFIRMED));
  rfi_test_settle ();
  g_assert_null (rfi_test_desk_dialog ());
  g_assert_cmpuint (count_photos_to_send (), ==, 1);
}

static void
test_key_lost_and_found (void)
{
  g_autoptr(RfiSecret) key = look_up_key ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *cache = g_build_filename (dir, "cache.db", NULL);
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;

  work_and_quit ("Typed before the key was lost");
  forget_key ();
  rfi_test_server_start (server);
  rfi_test_desk_open ();
  assert_says_lost ("key-lost");
  assert_goes_on ("Typed again");

  /* It was in a backup. */
  rfi_test_desk_quit_and_wait ();
  aside = find_aside ();
  g_assert_cmpint (g_rename (aside, cache), ==, 0);
  rfi_vault_store_key_async (RFI_VAULT_DATA_KEY, cache_id, key, NULL, vault_fixture_keep_cb,
                             &result);
  rfi_vault_store_finish (vault_fixture_wait (&result), &error);
  g_assert_no_error (error);
  rfi_test_server_kill (server);
  rfi_test_desk_open ();
  rfi_test_wait (has_title ("Typed before the key was lost", RFI_MARK_QUEUED));
  rfi_test_wait (count_waiting () == 2);
}

/* Emptied altogether: the sign-in is gone with the key of what still waits. */
static void
test_emptied (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_test_desk_quit_and_wait ();
  rfi_test_server_start (server);
  forget_key ();
  rfi_vault_clear_async (rfi_test_server_get_url (server), EMAIL, NULL, vault_fixture_keep_cb,
                         &result);
  rfi_vault_clear_finish (vault_fixture_wait (&result), &error);
  g_assert_no_error (error);

  rfi_test_desk_open ();
  rfi_test_wait (rfi_test_desk_reads (_("Your keyring does not have your sign-in any more. Sign "
                                        "in again to go on.")));
  /* Trying once more would change nothing. */
  g_assert_null (rfi_test_desk_find_named ("retry"));
  rfi_test_ui_assert_named (GTK_WIDGET (rfi_test_desk_window ()));
  rfi_test_desk_take_looks (rfi_test_desk_window (), "keyring-emptied");

  rfi_test_desk_fill_in ("password", "dispatch123");
  rfi_test_desk_click ("sign_in");
  assert_says_lost ("keyring-emptied-lost");
  rfi_test_wait (has_title ("Typed again", RFI_MARK_CONFIRMED));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  rfi_test_desk_init (&argc, &argv);
  server = rfi_test_server_new (NULL);

  g_test_add_func ("/keyring/sign-in", test_sign_in);
  g_test_add_func ("/keyring/new-key", test_new_key);
  g_test_add_func ("/keyring/locked", test_locked);
  g_test_add_func ("/keyring/key-lost-and-found", test_key_lost_and_found);
  g_test_add_func ("/keyring/emptied", test_emptied);

  status = rfi_test_desk_end (g_test_run ());
  rfi_test_server_free (server);
  g_free (job_id);
  g_free (dir);
  g_free (cache_id);
  return status;
}
