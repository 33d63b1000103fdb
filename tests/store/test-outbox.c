/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-store-outbox.h"

#include "rfi-audit-entry.h"
#include "rfi-store-pull.h"

#include <glib/gstdio.h>

/* A store in a folder of its own, working inline, with the last change it told of. */
typedef struct
{
  char           *dir;     /* (owned) */
  char           *path;    /* (owned) */
  RfiStore       *store;   /* (owned) */
  RfiStoreChange *change;  /* (owned) (nullable) */
} Fixture;

static void
changed_cb (RfiStore       *store,
            RfiStoreChange *change,
            gpointer        user_data)
{
  Fixture *fixture = user_data;

  g_clear_pointer (&fixture->change, rfi_store_change_unref);
  fixture->change = rfi_store_change_ref (change);
}

static void
open_store (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->store = rfi_store_open (fixture->path, changed_cb, fixture, NULL, TRUE, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = g_dir_make_tmp ("rfi-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "cache.db", NULL);
  open_store (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  rfi_store_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  g_clear_pointer (&fixture->change, rfi_store_change_unref);
  dir = g_dir_open (fixture->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return *result;
}

/* Runs a call that ends with rfi_store_finish(). */
#define RUN(fixture, error, function, ...) G_STMT_START { \
  g_autoptr(GAsyncResult) result_ = NULL; \
  function ((fixture)->store, __VA_ARGS__, NULL, keep_cb, &result_); \
  wait (&result_); \
  rfi_store_finish ((fixture)->store, result_, (error)); \
} G_STMT_END

static RfiJob *
make_job (const char *id,
          const char *title,
          const char *etag,
          gint64      updated_at)
{
  RfiJob job = {
    .id = id, .title = title, .description = "It drips", .vendor_id = "vendor-001",
    .tenant_id = "vendor-001", .created_by = "admin", .store_name = "QuickStop #3",
    .address = "1 Main St", .city = "Dallas", .state = "TX", .zip_code = "75201",
    .status = RFI_STATUS_ASSIGNED, .assigned_to = "ahmed", .priority = RFI_PRIORITY_LOW,
    .etag = etag, .created_at = 1000, .updated_at = updated_at,
  };

  return rfi_job_new (&job);
}

static void
apply (Fixture     *fixture,
       RfiJob      *row,
       RfiPullMode  mode,
       gint64       listing)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  g_ptr_array_add (rows, row);
  RUN (fixture, &error, rfi_store_apply_rows_async, rows, mode, listing, "cursor", NULL);
  g_assert_no_error (error);
}

static RfiOperation *
make_edit (const char *id,
           const char *job_id,
           const char *before,
           const char *title)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) was = rfi_patch_new ();
  RfiOperation operation = { .id = (char *) id, .kind = RFI_OPERATION_EDIT,
                             .job_id = (char *) job_id, .user_id = (char *) "me",
                             .base_etag = (char *) "\"1\"", .created_at = 2000 };

  rfi_patch_set (patch, RFI_FIELD_TITLE, title);
  rfi_patch_set (was, RFI_FIELD_TITLE, before);
  operation.patch = patch;
  operation.before = was;
  return rfi_operation_new (&operation);
}

static void
enqueue (Fixture      *fixture,
         RfiOperation *operation,
         GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(RfiOperation) placed = NULL;

  rfi_store_enqueue_async (fixture->store, operation, NULL, keep_cb, &result);
  placed = rfi_store_enqueue_finish (fixture->store, wait (&result), error);
  if (placed != NULL)
    g_assert_cmpint (placed->seq, >, 0);
}

static GPtrArray *
load (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_load_jobs_async (fixture->store, NULL, keep_cb, &result);
  return rfi_store_load_jobs_finish (fixture->store, wait (&result), NULL);
}

static GPtrArray *
list_outbox (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_store_list_outbox_async (fixture->store, NULL, keep_cb, &result);
  return rfi_store_list_outbox_finish (fixture->store, wait (&result), NULL);
}

/* "title/mark/pending" of the only job, or "" */
static char *
show (Fixture *fixture)
{
  g_autoptr(GPtrArray) jobs = load (fixture);
  RfiJobState *state;

  if (jobs->len == 0)
    return g_strdup ("");

  g_assert_cmpuint (jobs->len, ==, 1);
  state = g_ptr_array_index (jobs, 0);
  return g_strdup_printf ("%s %s/%d/%u", state->work->id, state->work->title, (int) state->mark,
                          state->n_pending);
}

#define assert_shows(fixture, expected) G_STMT_START { \
  g_autofree char *shown_ = show (fixture); \
  g_assert_cmpstr (shown_, ==, (expected)); \
} G_STMT_END

static void
test_pending_survives (Fixture       *fixture,
                       gconstpointer  unused)
{
  g_autoptr(RfiJob) row = make_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) newer = make_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = make_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(GError) error = NULL;

  apply (fixture, row, RFI_PULL_DELTA, 0);
  assert_shows (fixture, "a Leak/0/0");

  enqueue (fixture, edit, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->change->n_queued, ==, 1);
  assert_shows (fixture, "a Big leak/2/1");

  /* The server's row replaces the base; what the person typed stays on top. */
  apply (fixture, newer, RFI_PULL_DELTA, 0);
  assert_shows (fixture, "a Big leak/2/1");

  rfi_store_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  open_store (fixture);
  assert_shows (fixture, "a Big leak/2/1");

  RUN (fixture, &error, rfi_store_discard_async, "op-1", 4000);
  g_assert_no_error (error);
  assert_shows (fixture, "a Flood/0/0");
}

static void
test_created_job_is_renamed (Fixture       *fixture,
                             gconstpointer  unused)
{
  g_autoptr(RfiOperation) edit = make_edit ("op-2", "local", "New", "Newer");
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiOperation template = { .id = (char *) "op-1", .kind = RFI_OPERATION_CREATE,
                            .job_id = (char *) "local", .vendor_id = (char *) "vendor-001",
                            .user_id = (char *) "me", .patch = patch };
  g_autoptr(RfiOperation) create = NULL;
  g_autoptr(RfiJob) row = make_job ("server", "New", "\"1\"", 1000);
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GError) error = NULL;

  rfi_patch_set (patch, RFI_FIELD_TITLE, "New");
  create = rfi_operation_new (&template);
  enqueue (fixture, create, &error);
  enqueue (fixture, edit, &error);
  g_assert_no_error (error);
  assert_shows (fixture, "local Newer/2/2");

  RUN (fixture, &error, rfi_store_confirm_async, "op-1", row);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->change->renamed_from, ==, "local");
  g_assert_cmpstr (fixture->change->renamed_to, ==, "server");
  assert_shows (fixture, "server Newer/2/1");

  outbox = list_outbox (fixture);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpstr (((RfiOperation *) outbox->pdata[0])->job_id, ==, "server");
}

static void
test_listing_deletes (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autoptr(RfiJob) a = make_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) b = make_job ("b", "Noise", "\"1\"", 1000);
  g_autoptr(RfiOperation) edit = make_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GError) error = NULL;
  RfiConflict *conflict;

  apply (fixture, a, RFI_PULL_LISTING, 1);
  apply (fixture, b, RFI_PULL_LISTING, 1);
  RUN (fixture, &error, rfi_store_finish_listing_async, (gint64) 1, (gint64) 5000);
  enqueue (fixture, edit, &error);
  g_assert_no_error (error);

  /* The next listing names only b: a is gone, but somebody was changing it. */
  apply (fixture, b, RFI_PULL_LISTING, 2);
  RUN (fixture, &error, rfi_store_finish_listing_async, (gint64) 2, (gint64) 6000);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->change->n_conflicts, ==, 1);
  g_assert_cmpuint (fixture->change->removed->len, ==, 1);
  assert_shows (fixture, "b Noise/0/0");

  rfi_store_list_conflicts_async (fixture->store, NULL, keep_cb, &result);
  conflicts = rfi_store_list_conflicts_finish (fixture->store, wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = conflicts->pdata[0];
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_DELETED);
  g_assert_cmpstr (conflict->job_title, ==, "Leak");
  g_assert_null (conflict->theirs);
}

/* result: what a person decides; NULL = the server's version. shown: afterwards */
typedef struct
{
  const char *result;
  const char *shown;
  guint       n_queued;
} Resolution;

static void
test_resolve (Fixture       *fixture,
              gconstpointer  data)
{
  const Resolution *resolution = data;
  g_autoptr(RfiJob) row = make_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = make_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = make_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(RfiPatch) base_patch = rfi_job_to_patch (row);
  g_autoptr(RfiPatch) theirs_patch = rfi_job_to_patch (theirs);
  g_autoptr(RfiPatch) result = NULL;
  g_autoptr(RfiConflict) conflict = NULL;
  g_autoptr(GError) error = NULL;
  RfiConflict template = { .id = (char *) "c", .operation = edit, .job_id = (char *) "a",
                           .job_title = (char *) "Leak", .base = base_patch,
                           .theirs = theirs_patch, .theirs_etag = (char *) "\"2\"" };

  apply (fixture, row, RFI_PULL_DELTA, 0);
  enqueue (fixture, edit, &error);
  conflict = rfi_conflict_new (&template);
  RUN (fixture, &error, rfi_store_open_conflict_async, conflict, theirs);
  g_assert_no_error (error);
  assert_shows (fixture, "a Big leak/4/1");

  if (resolution->result != NULL)
    {
      result = rfi_patch_new ();
      rfi_patch_set (result, RFI_FIELD_TITLE, resolution->result);
    }
  RUN (fixture, &error, rfi_store_resolve_conflict_async, "c", result, "op-2", (gint64) 9000);
  g_assert_no_error (error);
  assert_shows (fixture, resolution->shown);
  g_assert_cmpuint (fixture->change->n_queued, ==, resolution->n_queued);
  g_assert_cmpuint (fixture->change->n_conflicts, ==, 0);

  RUN (fixture, &error, rfi_store_resolve_conflict_async, "c", result, "op-3", (gint64) 9000);
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
}

static void
test_one_process (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (rfi_store_open (fixture->path, NULL, NULL, NULL, TRUE, &error));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_IN_USE);
}

static void
test_damaged_is_set_aside (Fixture       *fixture,
                           gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  gboolean kept = FALSE;
  const char *name;

  rfi_store_close (fixture->store);
  g_assert_finalize_object (fixture->store);
  g_assert_true (g_file_set_contents (fixture->path, "This is no database at all, for sure.", -1,
                                      &error));
  open_store (fixture);
  g_assert_cmpint (rfi_store_get_recovered (fixture->store), ==, 0);

  dir = g_dir_open (fixture->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    kept |= g_str_has_prefix (name, "cache.db.damaged-");
  g_assert_true (kept);
}

int
main (int   argc,
      char *argv[])
{
  static const Resolution server = { NULL, "a Flood/0/0", 0 };
  static const Resolution mine = { "Big leak", "a Big leak/2/1", 1 };
  static const Resolution merged = { "Big flood", "a Big flood/2/1", 1 };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/store/pending-survives", Fixture, NULL, set_up, test_pending_survives, tear_down);
  g_test_add ("/store/created-job-is-renamed", Fixture, NULL, set_up, test_created_job_is_renamed,
              tear_down);
  g_test_add ("/store/listing-deletes", Fixture, NULL, set_up, test_listing_deletes, tear_down);
  g_test_add ("/store/resolve/server", Fixture, &server, set_up, test_resolve, tear_down);
  g_test_add ("/store/resolve/mine", Fixture, &mine, set_up, test_resolve, tear_down);
  g_test_add ("/store/resolve/merged", Fixture, &merged, set_up, test_resolve, tear_down);
  g_test_add ("/store/one-process", Fixture, NULL, set_up, test_one_process, tear_down);
  g_test_add ("/store/damaged-is-set-aside", Fixture, NULL, set_up, test_damaged_is_set_aside,
              tear_down);

  return g_test_run ();
}
