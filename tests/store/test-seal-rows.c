/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-extra.h"
#include "rfi-store-feed.h"
#include "rfi-store-letters.h"
#include "rfi-store-told.h"
#include "rfi-test-seal.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* What must not be found in any file. */
static const char *const words[] = {
  "Freezer thaws", "Loading dock",    "Vanilla Store",  "77 Juniper Lane", "Tallahassee",
  "32399",         "Rosalind Okafor", "okafor@example", "dripping.jpg",    "sig=c2VjcmV0",
  "Thaws badly",   "Foreign title",   "waiting.png",    "Server words",    "/outgoing/",
  "Ring twice",    "Gasket renewed", "Told by Kim",
};

static gboolean
contains (const char *content,
          gsize       size,
          const char *word)
{
  gsize length = strlen (word);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (content + i, word, length) == 0)
      return TRUE;

  return FALSE;
}

/* Returns: how many files were looked through */
static guint
search_files (StoreFixture      *fixture,
              const char *const *texts,
              guint              n_texts)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
      g_autofree char *content = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &content, &size, NULL));
      n++;
      for (guint i = 0; i < n_texts; i++)
        if (contains (content, size, texts[i]))
          g_error ("%s contains \"%s\"", name, texts[i]);
    }

  return n;
}

#define NOTES "[{\"author\":\"u-1\",\"id\":\"n\",\"text\":\"Ring twice\"}]"

static RfiJob *
make_job (void)
{
  const char *values[RFI_N_EXTRA_FIELDS] = {
    [RFI_FIELD_NOTES - RFI_N_CONTRACT_FIELDS] = NOTES,
    [RFI_FIELD_COMPLETION_NOTES - RFI_N_CONTRACT_FIELDS] = "Gasket renewed",
  };
  const RfiJobExtra *extra = rfi_job_extra_new (values);
  RfiPhoto photo = {
    .id = (char *) "p-1", .file_name = (char *) "dripping.jpg", .mime_type = (char *) "image/jpeg",
    .uploaded_by = (char *) "tech-1", .url = (char *) "https://example.com/p-1?sig=c2VjcmV0",
  };
  g_autoptr(GPtrArray) photos =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_photo_unref);
  RfiJob job = {
    .id = "a", .title = "Freezer thaws", .description = "Loading dock, left", .vendor_id = "v-1",
    .created_by = "u-1", .created_by_name = "Rosalind Okafor",
    .store_name = "Vanilla Store", .address = "77 Juniper Lane", .city = "Tallahassee",
    .state = "FL", .zip_code = "32399", .status = RFI_STATUS_ASSIGNED, .assigned_to = "tech-1",
    .assigned_to_name = "Rosalind Okafor", .etag = rfi_etag ("\"1\""), .created_at = 1000,
    .updated_at = 1000, .n_photos = 1, .has_attachments = TRUE, .photos = photos,
    .version = 7, .extra = extra,
  };
  RfiJob *made;

  g_ptr_array_add (photos, rfi_photo_new (&photo));
  made = rfi_job_new (&job);
  rfi_job_extra_unref (extra);
  return made;
}

static void
enqueue_photo (StoreFixture *fixture)
{
  RfiOperation operation = {
    .id = (char *) "op-p", .kind = RFI_OPERATION_ADD_PHOTO, .job_id = (char *) "b",
    .user_id = (char *) "me", .photo_name = (char *) "waiting.png",
    .photo_mime = (char *) "image/png", .photo_path = (char *) "/somewhere/outgoing/op-p",
    .created_at = 2000,
  };

  store_enqueue (fixture, rfi_operation_new (&operation));
}

/* What the server told: "a" with @a, "b" with @b; each (nullable): not. */
static void
tell (StoreFixture *fixture,
      const char   *a,
      const char   *b,
      gint64        at)
{
  g_autoptr(GPtrArray) told =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_told_record_free);

  if (a != NULL)
    g_ptr_array_add (told, rfi_told_record_new ("a", a));
  if (b != NULL)
    g_ptr_array_add (told, rfi_told_record_new ("b", b));
  store_run (fixture, rfi_store_keep_told_async, told, at);
}

/* "a Told by Kim, b … @9000" */
static char *
show_told (StoreFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) told = NULL;
  GString *text = g_string_new (NULL);
  gint64 at;

  rfi_store_list_told_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  told = rfi_store_list_told_finish (fixture->store, store_fixture_wait (&result), &at, NULL);
  for (guint i = 0; i < told->len; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                            ((RfiToldRecord *) told->pdata[i])->id,
                            ((RfiToldRecord *) told->pdata[i])->text);
  g_string_append_printf (text, " @%d", (int) at);
  return g_string_free (text, FALSE);
}

/* Something in every table. */
static void
fill (StoreFixture *fixture)
{
  g_autoptr(RfiJob) a = make_job ();
  g_autoptr(RfiJob) b = store_job ("b", "Noise", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Foreign title", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Freezer thaws", "Thaws badly");
  g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  RfiUser technician = {
    .id = (char *) "tech-1", .email = (char *) "okafor@example.com",
    .display_name = (char *) "Rosalind Okafor", .role = RFI_ROLE_TECHNICIAN,
  };

  g_ptr_array_add (people, rfi_user_new (&technician));
  store_run (fixture, rfi_store_put_technicians_async, people);
  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  store_enqueue (fixture, store_step ("op-2", "b", RFI_STATUS_ASSIGNED, RFI_STATUS_IN_PROGRESS));
  enqueue_photo (fixture);
  store_run (fixture, rfi_store_reject_async, "op-p", "TOO_LARGE", "Server words");
  store_open_conflict (fixture, edit, a, theirs);
  tell (fixture, "Told by Kim", NULL, 5000);
}

static void
test_nothing_readable (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  fill (fixture);
  /* File, log, index of the log, lock. */
  g_assert_cmpuint (search_files (fixture, words, G_N_ELEMENTS (words)), ==, 4);
  store_fixture_close (fixture);
  search_files (fixture, words, G_N_ELEMENTS (words));

  store_fixture_open (fixture);
  store_assert (store_show_jobs (fixture),
                "a Thaws badly/assigned/conflict, b Noise/in-progress/failed");
  store_assert (store_show_audit (fixture, "b"),
                "changed status assigned>in-progress*, photo-added >waiting.png*, "
                "rejected >Server words");
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_true (g_file_set_contents (to, content, (gssize) size, NULL));
}

/* A release that wrote plain rows, killed at work: file and log. */
static void
leave_plain_file (StoreFixture *fixture)
{
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", "console-1.db", NULL);
  g_autofree char *working = g_strconcat (fixture->path, ".working", NULL);
  g_autofree char *working_log = g_strconcat (working, "-wal", NULL);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  sqlite3 *db = NULL;

  copy_file (source, working);
  g_assert_cmpint (sqlite3_open (working, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF;"
                                     "UPDATE job SET title = 'Foreign title ' || "
                                     "  hex (zeroblob (9000));"
                                     "UPDATE job SET title = 'Thaws badly'",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  copy_file (working, fixture->path);
  copy_file (working_log, log);
  sqlite3_close (db);
  g_assert_no_errno (g_unlink (working));
}

static void
test_plain_file (StoreFixture  *fixture,
                 gconstpointer  unused)
{
  static const char *const plain[] = {
    "Thaws badly", "Foreign title", "Noise", "Big leak", "Flood", "Main St", "Dallas", "QuickStop",
  };
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *content = NULL;
  gsize size;

  store_fixture_close (fixture);
  leave_plain_file (fixture);
  g_assert_true (g_file_get_contents (log, &content, &size, NULL));
  g_assert_true (contains (content, size, "Foreign title"));

  store_fixture_open (fixture);
  search_files (fixture, plain, G_N_ELEMENTS (plain));
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/conflict, "
                                           "b Thaws badly/in-progress/failed, "
                                           "n New/pending/queued");
  store_assert (store_show_outbox (fixture),
                "op-1:edit@a#, op-2:status@b?, op-3:create@n, op-4:add-photo@b!");
  store_fixture_close (fixture);
  search_files (fixture, plain, G_N_ELEMENTS (plain));
  store_fixture_open (fixture);
}

static void
run_sql (StoreFixture *fixture,
         const char   *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

/* One bit in the middle of the first row's seal. */
static void
flip (StoreFixture *fixture,
      const char   *table)
{
  g_autofree char *select =
    g_strdup_printf ("SELECT sealed FROM %s WHERE sealed IS NOT NULL ORDER BY 1 LIMIT 1", table);
  g_autofree char *update =
    g_strdup_printf ("UPDATE %s SET sealed = ?1 WHERE sealed = ?2", table);
  g_autofree guint8 *bytes = NULL;
  g_autofree guint8 *flipped = NULL;
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  int size;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, select, -1, &row, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
  size = sqlite3_column_bytes (row, 0);
  bytes = g_memdup2 (sqlite3_column_blob (row, 0), (gsize) size);
  flipped = g_memdup2 (bytes, (gsize) size);
  flipped[size / 2] ^= 0x10;
  sqlite3_finalize (row);

  g_assert_cmpint (sqlite3_prepare_v2 (db, update, -1, &row, NULL), ==, SQLITE_OK);
  sqlite3_bind_blob (row, 1, flipped, size, SQLITE_STATIC);
  sqlite3_bind_blob (row, 2, bytes, size, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (row), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_finalize (row);
  sqlite3_close (db);
}

static char *
get_meta (StoreFixture *fixture,
          const char   *key)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_get_meta_async (fixture->store, key, NULL, store_fixture_keep_cb, &result);
  return rfi_store_get_meta_finish (fixture->store, store_fixture_wait (&result), NULL);
}

static void
test_broken_job (StoreFixture  *fixture,
                 gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) b = store_job ("b", "Leak", "\"1\"", 1000);

  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, NULL);
  store_assert (get_meta (fixture, "cursor"), "cursor");
  store_fixture_close (fixture);
  flip (fixture, "job");
  store_fixture_open (fixture);

  /* Which of the two is first is chance. */
  g_free (store_show_jobs (fixture));
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_apply (fixture, RFI_PULL_LISTING, 2, a, b, NULL);
  store_assert (store_show_jobs (fixture), "a Leak/assigned/confirmed, b Leak/assigned/confirmed");
  store_assert (get_meta (fixture, "cursor"), "cursor");
}

static void
test_swapped_jobs (StoreFixture  *fixture,
                   gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) b = store_job ("b", "Flood", "\"1\"", 1000);

  store_apply (fixture, RFI_PULL_LISTING, 1, a, b, NULL);
  store_fixture_close (fixture);
  run_sql (fixture, "CREATE TABLE t AS SELECT id, sealed FROM job;"
                    "UPDATE job SET sealed = (SELECT sealed FROM t WHERE t.id <> job.id);"
                    "DROP TABLE t");
  store_fixture_open (fixture);
  store_assert (store_show_jobs (fixture), "");
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_apply (fixture, RFI_PULL_LISTING, 2, a, b, NULL);
  store_assert (store_show_jobs (fixture), "a Leak/assigned/confirmed, b Flood/assigned/confirmed");
}

/* While it is used: the same in a transaction. */
static void
test_broken_below (StoreFixture  *fixture,
                   gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  flip (fixture, "job");
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  store_assert (store_show_jobs (fixture), "");
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_apply (fixture, RFI_PULL_LISTING, 2, a, NULL);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/queued");
}

static void
test_broken_photo (StoreFixture  *fixture,
                   gconstpointer  unused)
{
  g_autoptr(RfiJob) a = make_job ();
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) again = NULL;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  flip (fixture, "photo");
  none = store_list_photos (fixture, "a");
  g_assert_cmpuint (none->len, ==, 0);
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_apply (fixture, RFI_PULL_LISTING, 2, a, NULL);
  again = store_list_photos (fixture, "a");
  g_assert_cmpuint (again->len, ==, 1);
}

/* The server never heard of it, so nothing brings it back: the person is told. */
static void
test_broken_operation (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(GPtrArray) operations = NULL;
  RfiOperation *operation;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit ("op-1", "a", "Leak", "Big leak"));
  flip (fixture, "outbox");
  g_free (store_show_outbox (fixture));

  store_assert (store_show_outbox (fixture), "op-1:edit@a!");
  store_assert (store_show_jobs (fixture), "a Leak/assigned/failed");
  operations = store_list_outbox (fixture);
  operation = g_ptr_array_index (operations, 0);
  g_assert_cmpstr (operation->error_code, ==, RFI_OPERATION_LOST);
  store_run (fixture, rfi_store_retry_async, "op-1");
  store_assert (store_show_outbox (fixture), "op-1:edit@a!");
  store_run (fixture, rfi_store_discard_async, "op-1", (gint64) 9000);
  store_assert (store_show_outbox (fixture), "");
}

static void
enroll (StoreFixture *fixture)
{
  g_autoptr(RfiDeviceKey) key = rfi_device_key_new ();

  store_run (fixture, rfi_store_enroll_async, key, "0c51e0a5-6f0d-4a7c-9a1c-2f6f3c4d5e6f",
             "0123456789abcdef");
}

#define OPERATION "5b3a7e0e-0d55-4d4e-9f5b-0a4c8c1a2b3c"
#define JOB "7f9b54c1-33cd-4b0c-8a52-5f3f4a1b2c3d"

/* What was signed says it too. */
static void
test_broken_signed_operation (StoreFixture  *fixture,
                              gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job (JOB, "Leak", "\"1\"", 1000);

  enroll (fixture);
  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit (OPERATION, JOB, "Leak", "Thaws badly"));
  search_files (fixture, words, G_N_ELEMENTS (words));
  flip (fixture, "outbox");
  g_free (store_show_outbox (fixture));

  store_assert (store_show_outbox (fixture), OPERATION ":edit@" JOB);
  store_assert (store_show_jobs (fixture), JOB " Thaws badly/assigned/queued");
}

static GPtrArray *
claim (StoreFixture *fixture)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GAsyncResult) result = NULL;

  g_ptr_array_add (ids, (gpointer) OPERATION);
  rfi_store_claim_letters_async (fixture->store, ids, NULL, store_fixture_keep_cb, &result);
  return rfi_store_claim_letters_finish (fixture->store, store_fixture_wait (&result), NULL);
}

/* The other way round: it is signed once more. */
static void
test_broken_letter (StoreFixture  *fixture,
                    gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job (JOB, "Leak", "\"1\"", 1000);
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) letters = NULL;

  enroll (fixture);
  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  store_enqueue (fixture, store_edit (OPERATION, JOB, "Leak", "Thaws badly"));
  flip (fixture, "letter");
  none = claim (fixture);
  g_assert_cmpuint (none->len, ==, 0);

  enroll (fixture);
  letters = claim (fixture);
  g_assert_cmpuint (letters->len, ==, 1);
  g_assert_nonnull (strstr (((RfiLetter *) g_ptr_array_index (letters, 0))->body, "Thaws badly"));
}

/* What it was about is judged anew. */
static void
test_broken_conflict (StoreFixture  *fixture,
                      gconstpointer  unused)
{
  g_autoptr(GPtrArray) conflicts = NULL;

  fill (fixture);
  flip (fixture, "conflict");
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpuint (conflicts->len, ==, 0);
  store_assert (store_show_outbox (fixture), "op-1:edit@a, op-2:status@b, op-p:add-photo@b!");
}

/* Lines and names are worth no more than that. */
static void
test_broken_others (StoreFixture  *fixture,
                    gconstpointer  unused)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) people = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fill (fixture);
  before = store_show_audit (fixture, NULL);
  flip (fixture, "audit");
  flip (fixture, "person");
  after = store_show_audit (fixture, NULL);
  g_assert_cmpuint (strlen (after), <, strlen (before));
  store_assert (store_show_audit (fixture, NULL), after);
  store_assert (get_meta (fixture, "cursor"), "cursor");

  rfi_store_list_technicians_async (fixture->store, NULL, store_fixture_keep_cb, &result);
  people = rfi_store_list_people_finish (fixture->store, store_fixture_wait (&result), NULL);
  g_assert_cmpuint (people->len, ==, 0);
}

static void
test_lost_key (StoreFixture  *fixture,
               gconstpointer  unused)
{
  g_autoptr(RfiJob) a = store_job ("a", "Leak", "\"1\"", 1000);

  fill (fixture);
  g_assert_cmpint (rfi_store_get_lost (fixture->store), ==, -1);
  store_fixture_close (fixture);

  rfi_seal_unref (fixture->seal);
  fixture->seal = rfi_seal_new ();
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_lost (fixture->store), ==, 3);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, -1);
  store_assert (store_show_jobs (fixture), "");
  store_assert (get_meta (fixture, "cursor"), NULL);
  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);

  store_fixture_close (fixture);
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_lost (fixture->store), ==, -1);
  store_assert (store_show_jobs (fixture), "a Leak/assigned/confirmed");
}

static void
test_renewed_key (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  g_autoptr(RfiSeal) both = rfi_seal_new_rotated (fixture->seal);
  g_autoptr(GPtrArray) conflicts = NULL;

  fill (fixture);
  store_fixture_close (fixture);
  rfi_seal_unref (fixture->seal);
  fixture->seal = rfi_seal_ref (both);
  store_fixture_open (fixture);
  store_fixture_close (fixture);

  /* The old key is not needed for anything any more. */
  rfi_seal_unref (fixture->seal);
  fixture->seal = rfi_test_seal_new_newest (both);
  store_fixture_open (fixture);
  g_assert_cmpint (rfi_store_get_lost (fixture->store), ==, -1);
  store_assert (store_show_jobs (fixture),
                "a Thaws badly/assigned/conflict, b Noise/in-progress/failed");
  store_assert (store_show_audit (fixture, "b"),
                "changed status assigned>in-progress*, photo-added >waiting.png*, "
                "rejected >Server words");
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpuint (conflicts->len, ==, 1);
  store_assert (show_told (fixture), "a Told by Kim @5000");
  store_assert (get_meta (fixture, "cursor"), "cursor");
}

/* What was told is there until something else is, or the cache is cleared; what is damaged of it
 * goes alone, until it is told again. */
static void
test_told (StoreFixture  *fixture,
           gconstpointer  unused)
{
  store_assert (show_told (fixture), " @0");
  tell (fixture, "one", "two", 5000);
  store_assert (show_told (fixture), "a one, b two @5000");
  store_fixture_close (fixture);
  store_fixture_open (fixture);
  store_assert (show_told (fixture), "a one, b two @5000");
  tell (fixture, "changed", NULL, 6000);
  store_assert (show_told (fixture), "a changed @6000");

  flip (fixture, "told");
  store_assert (show_told (fixture), " @6000");
  tell (fixture, "changed", "two", 7000);
  store_assert (show_told (fixture), "a changed, b two @7000");

  /* Found while it is told again: what is written then stays. */
  flip (fixture, "told");
  tell (fixture, "changed", "two", 8000);
  store_assert (show_told (fixture), "a changed, b two @8000");

  store_run (fixture, rfi_store_clear_cache_async);
  store_assert (show_told (fixture), " @0");
}

/* With a version and the fields beyond the contract's. */
static void
test_whole_job (StoreFixture  *fixture,
                gconstpointer  unused)
{
  g_autoptr(RfiJob) a = make_job ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(RfiJob) read = NULL;

  store_apply (fixture, RFI_PULL_LISTING, 1, a, NULL);
  rfi_store_get_base_async (fixture->store, "a", NULL, store_fixture_keep_cb, &result);
  read = rfi_store_get_base_finish (fixture->store, store_fixture_wait (&result), NULL);
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    g_assert_cmpstr (rfi_job_get_field (read, (RfiField) i), ==,
                     rfi_job_get_field (a, (RfiField) i));
  g_assert_cmpint (read->version, ==, 7);
  g_assert_cmpuint (read->photos->len, ==, 1);

  /* The version may be forgotten, and what was sealed with it opens still. */
  store_run (fixture, rfi_store_reset_feed_async);
  g_clear_object (&result);
  rfi_job_unref (read);
  rfi_store_get_base_async (fixture->store, "a", NULL, store_fixture_keep_cb, &result);
  read = rfi_store_get_base_finish (fixture->store, store_fixture_wait (&result), NULL);
  g_assert_cmpstr (read->title, ==, "Freezer thaws");
  g_assert_cmpint (read->version, ==, 0);
}

/* Texts of every length that is written differently, and those that are not there. */
static void
test_lengths (StoreFixture  *fixture,
              gconstpointer  unused)
{
  static const gsize lengths[] = { 0, 1, 125, 126, 127, 128, 16381, 16382, 16383, 70000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'x');
      g_autoptr(RfiJob) other = store_job ("a", text, "\"1\"", 1000 + i);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(RfiJob) read = NULL;
      RfiJob with_name = *other;
      g_autoptr(RfiJob) job = NULL;
      g_autofree char *etag = g_strdup_printf ("\"%u\"", i);

      with_name.assigned_to_name = i % 2 == 0 ? text : NULL;
      with_name.description = i % 3 == 0 ? text : "";
      with_name.assigned_to = NULL;
      with_name.etag = rfi_etag (etag);
      job = rfi_job_new (&with_name);
      store_apply (fixture, RFI_PULL_LISTING, 1, job, NULL);
      rfi_store_get_base_async (fixture->store, "a", NULL, store_fixture_keep_cb, &result);
      read = rfi_store_get_base_finish (fixture->store, store_fixture_wait (&result), NULL);
      g_assert_cmpstr (read->title, ==, job->title);
      g_assert_cmpstr (read->description, ==, job->description);
      g_assert_cmpstr (read->assigned_to_name, ==, job->assigned_to_name);
      g_assert_cmpstr (read->zip_code, ==, job->zip_code);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_test_add ("/seal-rows/nothing-readable", NULL, test_nothing_readable);
  store_test_add ("/seal-rows/plain-file", NULL, test_plain_file);
  store_test_add ("/seal-rows/broken-job", NULL, test_broken_job);
  store_test_add ("/seal-rows/swapped-jobs", NULL, test_swapped_jobs);
  store_test_add ("/seal-rows/broken-below", NULL, test_broken_below);
  store_test_add ("/seal-rows/broken-photo", NULL, test_broken_photo);
  store_test_add ("/seal-rows/broken-operation", NULL, test_broken_operation);
  store_test_add ("/seal-rows/broken-signed-operation", NULL, test_broken_signed_operation);
  store_test_add ("/seal-rows/broken-letter", NULL, test_broken_letter);
  store_test_add ("/seal-rows/broken-conflict", NULL, test_broken_conflict);
  store_test_add ("/seal-rows/broken-others", NULL, test_broken_others);
  store_test_add ("/seal-rows/lost-key", NULL, test_lost_key);
  store_test_add ("/seal-rows/renewed-key", NULL, test_renewed_key);
  store_test_add ("/seal-rows/told", NULL, test_told);
  store_test_add ("/seal-rows/whole-job", NULL, test_whole_job);
  store_test_add ("/seal-rows/lengths", NULL, test_lengths);

  return g_test_run ();
}
