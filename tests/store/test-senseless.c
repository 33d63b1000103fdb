/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "letters-fixture.h"

#include <sqlite3.h>

/* What makes no sense, by damage or by a mistake, holds up nothing but itself. */

/* An edit of a status, which cannot be signed. */
static RfiOperation *
make_unsignable (void)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiOperation operation = {
    .id = (char *) ONE, .kind = RFI_OPERATION_EDIT, .job_id = (char *) "a",
    .user_id = (char *) "me", .patch = patch, .before = patch, .created_at = 2000,
  };

  rfi_patch_set (patch, RFI_FIELD_STATUS, "completed");
  return rfi_operation_new (&operation);
}

static void
test_unsignable (StoreFixture  *f,
                 gconstpointer  unused)
{
  g_autoptr(RfiJob) a = letters_versioned ("a", "Leak", 1);
  g_autoptr(RfiJob) b = letters_versioned ("b", "Noise", 1);
  g_autoptr(GPtrArray) outbox = NULL;

  store_apply (f, RFI_PULL_LISTING, 1, a, b, NULL);
  store_enqueue (f, make_unsignable ());
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Loud noise"));
  letters_enroll (f, 1);
  store_assert (store_show_outbox (f), ONE ":edit@a!, " TWO ":edit@b");
  store_assert (letters_show (f), "0:edit?/, 1:edit");
  store_assert (store_show_audit (f, "b"), "changed title Noise>Loud noise*");
  outbox = store_list_outbox (f);
  g_assert_cmpstr (((RfiOperation *) outbox->pdata[0])->error_code, ==, RFI_OPERATION_SENSELESS);

  /* Tried again, it is looked at again. */
  store_run (f, rfi_store_retry_async, ONE);
  store_run (f, rfi_store_sign_waiting_async);
  store_assert (store_show_outbox (f), ONE ":edit@a!, " TWO ":edit@b");
  store_run (f, rfi_store_discard_async, ONE, (gint64) 9000);
  store_assert (store_show_outbox (f), TWO ":edit@b");
}

/* Changes the file behind the store's back. */
static void
damage (StoreFixture *f,
        const char   *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
}

static GPtrArray *
list (StoreFixture  *f,
      void         (*async) (RfiStore *, GCancellable *, GAsyncReadyCallback, gpointer),
      GPtrArray   *(*finish) (RfiStore *, GAsyncResult *, GError **),
      GError       **error)
{
  store_fixture_forget ();
  async (f->store, NULL, store_fixture_keep_cb, &store_result);
  return finish (f->store, store_fixture_wait (&store_result), error);
}

/* Reads what a console reads to start and to send. Whether all can be read. */
static gboolean
read_all (StoreFixture  *f,
          GError       **error)
{
  g_autoptr(GPtrArray) jobs = list (f, rfi_store_load_jobs_async, rfi_store_load_jobs_finish,
                                    error);
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(RfiSigner) signer = NULL;

  if (jobs != NULL)
    letters = list (f, rfi_store_list_letters_async, rfi_store_list_letters_finish, error);
  if (letters != NULL)
    conflicts = list (f, rfi_store_list_conflicts_async, rfi_store_list_conflicts_finish, error);
  if (conflicts == NULL)
    return FALSE;

  store_fixture_forget ();
  rfi_store_get_signer_async (f->store, NULL, store_fixture_keep_cb, &store_result);
  signer = rfi_store_get_signer_finish (f->store, store_fixture_wait (&store_result), error);
  return *error == NULL;
}

/* What can be saved is saved as soon as the file is opened, however well it was closed. */
static void
test_damaged (StoreFixture  *f,
              gconstpointer  sql)
{
  g_autoptr(GError) error = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Loud noise"));
  letters_answer_conflict (f, 1, "Drop");
  store_fixture_close (f);
  damage (f, sql);

  store_fixture_open (f);
  g_assert_cmpint (rfi_store_get_recovered (f->store), >, 0);
  g_assert_true (read_all (f, &error));
  letters_enroll (f, 1);
}

/* A kind that a newer program brought is no damage: the file is left to that program as it is. */
static void
test_newer_kind (StoreFixture  *f,
                 gconstpointer  sql)
{
  g_autoptr(GError) error = NULL;

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_fixture_close (f);
  damage (f, sql);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (rfi_store_open (f->path, f->seal, NULL, NULL, NULL, TRUE, &error));
      g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_NEWER);
      g_clear_error (&error);
    }
  damage (f, "UPDATE outbox SET kind = 'edit'");
  damage (f, "UPDATE letter SET kind = 'edit'");
  store_fixture_open (f);
  g_assert_cmpint (rfi_store_get_recovered (f->store), ==, -1);
  store_assert (store_show_outbox (f), ONE ":edit@a");
}

/* After a crash it is looked for at once. */
static void
test_damaged_by_crash (StoreFixture  *f,
                       gconstpointer  unused)
{
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  store_enqueue (f, store_edit (TWO, "b", "Noise", "Loud noise"));
  store_fixture_close (f);
  damage (f, "UPDATE outbox SET kind = '' WHERE id = '" ONE "'");
  g_assert_true (g_file_set_contents (log, "", 0, NULL));
  store_fixture_open (f);
  g_assert_cmpint (rfi_store_get_recovered (f->store), ==, 1);
  letters_enroll (f, 1);
  store_assert (store_show_outbox (f), TWO ":edit@b");
  store_assert (letters_show (f), "1:edit");
}

/* The answer to what cannot be read any more is no answer to nothing. */
static void
test_answer_to_broken_letter (StoreFixture  *f,
                              gconstpointer  unused)
{
  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  g_ptr_array_unref (letters_claim (f));
  store_run (f, rfi_store_discard_async, ONE, (gint64) 9000);
  store_assert (letters_show (f), "1:void+");
  store_fixture_close (f);
  damage (f, "UPDATE letter SET sealed = zeroblob (length (sealed))");
  store_fixture_open (f);
  letters_answer_applied (f, 1, 2, 30);
  store_assert (letters_show (f), "");
}

/* An operation that cannot be read for the moment is not lost: it is asked about again. */
static void
test_answer_to_broken_operation (StoreFixture  *f,
                                 gconstpointer  unused)
{
  letters_start (f);
  store_enqueue (f, store_edit (ONE, "a", "Leak", "Big leak"));
  g_ptr_array_unref (letters_claim (f));
  store_fixture_close (f);
  damage (f, "UPDATE outbox SET sealed = zeroblob (length (sealed))");
  store_fixture_open (f);
  letters_answer_applied (f, 1, 2, 30);
  store_assert (letters_show (f), "1:edit+");
  store_assert (store_show_outbox (f), ONE ":edit@a?");
  letters_answer_applied (f, 1, 2, 30);
  store_assert (letters_show (f), "1:edit*");
}

#define ADD(name, sql) store_test_add ("/senseless/damaged/" name, sql, test_damaged)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/senseless/unsignable", NULL, test_unsignable);
  ADD ("operation-kind", "UPDATE outbox SET kind = '' WHERE id = '" ONE "'");
  ADD ("operation-state", "UPDATE outbox SET state = 77 WHERE id = '" TWO "'");
  ADD ("operation-job", "UPDATE outbox SET job_id = '' WHERE id = '" TWO "'");
  ADD ("operation-id", "PRAGMA foreign_keys = OFF; "
                       "UPDATE outbox SET id = '' WHERE id = '" TWO "'");
  ADD ("letter-kind", "UPDATE letter SET kind = '' WHERE operation_id = '" ONE "'");
  ADD ("letter-state", "UPDATE letter SET state = 0 WHERE operation_id = '" ONE "'");
  ADD ("conflict-reason", "UPDATE conflict SET reason = ''");
  ADD ("identity-device", "UPDATE identity SET device = ''");
  ADD ("identity-epoch", "UPDATE identity SET epoch = ''");
  ADD ("identity-number", "UPDATE identity SET next = 0");
  store_test_add ("/senseless/newer-kind/operation", "UPDATE outbox SET kind = 'hand-over'",
                  test_newer_kind);
  store_test_add ("/senseless/newer-kind/letter", "UPDATE letter SET kind = 'hand-over'",
                  test_newer_kind);
  store_test_add ("/senseless/damaged-by-crash", NULL, test_damaged_by_crash);
  store_test_add ("/senseless/answer-to-broken-letter", NULL, test_answer_to_broken_letter);
  store_test_add ("/senseless/answer-to-broken-operation", NULL, test_answer_to_broken_operation);

  return g_test_run ();
}
