/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store-fixture.h"

#include <string.h>

static void
resolve (StoreFixture *fixture,
         const char   *title)
{
  g_autoptr(RfiPatch) result = NULL;

  if (title != NULL)
    {
      result = rfi_patch_new ();
      rfi_patch_set (result, RFI_FIELD_TITLE, title);
    }
  store_run (fixture, rfi_store_resolve_conflict_async, "c", result, "op-9", (gint64) 9000);
}

/* "Leak" became "Big leak" here and "Flood" there; what a person decides; %NULL = the server's. */
typedef struct
{
  const char *name;
  const char *result;
  const char *jobs;
  const char *outbox;
  const char *audit;
} Case;

static const Case cases[] = {
  { "server", NULL, "a Flood/assigned/confirmed", "",
    "changed title Leak>Flood, conflict title Flood>Big leak, resolved title Big leak>Flood" },
  { "mine", "Big leak", "a Big leak/assigned/queued", "op-9:edit@a",
    "changed title Leak>Flood, conflict title Flood>Big leak, resolved title Flood>Big leak" },
  { "modified", "Big flood", "a Big flood/assigned/queued", "op-9:edit@a",
    "changed title Leak>Flood, conflict title Flood>Big leak, resolved title Big leak>Big flood" },
  { "same-as-server", "Flood", "a Flood/assigned/confirmed", "",
    "changed title Leak>Flood, conflict title Flood>Big leak, resolved title Big leak>Flood" },
};

static void
test_case (StoreFixture  *fixture,
           gconstpointer  data)
{
  const Case *test = data;
  g_autoptr(RfiJob) base = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(GPtrArray) conflicts = NULL;
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GError) error = NULL;

  store_apply (fixture, RFI_PULL_LISTING, 1, base, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  g_string_truncate (fixture->told, 0);
  store_open_conflict (fixture, edit, base, theirs);
  store_assert_told (fixture, "+a foreign outbox conflicts audit");
  g_assert_cmpuint (fixture->change->n_conflicts, ==, 1);
  g_assert_cmpuint (fixture->change->n_queued, ==, 0);
  store_assert (store_show_jobs (fixture), "a Big leak/assigned/conflict");
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpstr (rfi_patch_get (((RfiConflict *) conflicts->pdata[0])->theirs, RFI_FIELD_TITLE),
                   ==, "Flood");

  /* Retrying is no decision. */
  store_run (fixture, rfi_store_retry_async, "op-1");
  store_assert (store_show_outbox (fixture), "op-1:edit@a#");

  resolve (fixture, test->result);
  g_assert_cmpuint (fixture->change->n_conflicts, ==, 0);
  store_assert (store_show_jobs (fixture), test->jobs);
  store_assert (store_show_outbox (fixture), test->outbox);
  store_assert (store_show_audit (fixture, "a"), test->audit);

  outbox = store_list_outbox (fixture);
  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);

      g_assert_cmpstr (operation->base_etag, ==, "\"2\"");
      g_assert_cmpstr (rfi_patch_get (operation->before, RFI_FIELD_TITLE), ==, "Flood");
    }

  g_assert_false (store_try (fixture, &error, rfi_store_resolve_conflict_async, "c", NULL, "op-8",
                             (gint64) 9000));
  g_assert_error (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE);
}

/* What was typed after the change in conflict stays after what is decided about it. */
static void
test_order (StoreFixture  *fixture,
            gconstpointer  unused)
{
  g_autoptr(RfiJob) base = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");

  store_apply (fixture, RFI_PULL_LISTING, 1, base, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  store_enqueue (fixture, store_edit ("op-2", "a", "Big leak", "Huge leak"));
  store_open_conflict (fixture, edit, base, theirs);
  store_assert (store_show_jobs (fixture), "a Huge leak/assigned/conflict");

  resolve (fixture, "Big leak");
  store_assert (store_show_outbox (fixture), "op-9:edit@a, op-2:edit@a");
  store_assert (store_show_jobs (fixture), "a Huge leak/assigned/queued");
}

/* A result may take more than one call to the server. */
static void
test_many_fields (StoreFixture  *fixture,
                  gconstpointer  unused)
{
  g_autoptr(RfiJob) base = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(RfiPatch) result = rfi_patch_new ();

  store_apply (fixture, RFI_PULL_LISTING, 1, base, NULL);
  store_enqueue (fixture, rfi_operation_ref (edit));
  store_open_conflict (fixture, edit, base, theirs);
  rfi_patch_set (result, RFI_FIELD_TITLE, "Big leak");
  rfi_patch_set (result, RFI_FIELD_CITY, "Austin");
  rfi_patch_set (result, RFI_FIELD_STATUS, "in-progress");
  store_run (fixture, rfi_store_resolve_conflict_async, "c", result, "op-9", (gint64) 9000);
  store_assert (store_show_outbox (fixture), "op-9:edit@a, op-9-status:status@a");
  store_assert (store_show_jobs (fixture), "a Big leak/in-progress/queued");
}

static void
start_deleted (StoreFixture *fixture,
               RfiOperation *operation)
{
  g_autoptr(RfiJob) base = store_job ("a", "Leak", "\"1\"", 1000);

  store_apply (fixture, RFI_PULL_LISTING, 1, base, NULL);
  store_enqueue (fixture, rfi_operation_ref (operation));
  store_enqueue (fixture, store_edit ("op-2", "a", "Big leak", "Huge leak"));
  g_string_truncate (fixture->told, 0);
  store_open_conflict (fixture, operation, base, NULL);
  store_assert_told (fixture, "-a outbox conflicts audit");
  store_assert (store_show_jobs (fixture), "");
}

static void
test_deleted_accepted (StoreFixture  *fixture,
                       gconstpointer  unused)
{
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");

  start_deleted (fixture, edit);
  resolve (fixture, NULL);
  store_assert (store_show_outbox (fixture), "op-2:edit@a");
  store_assert (store_show_audit (fixture, "a"),
                "changed title Big leak>Huge leak*, conflict, resolved");
}

/* The job is made anew as last seen, and what was done to it follows. */
static void
test_deleted_made_anew (StoreFixture  *fixture,
                        gconstpointer  unused)
{
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(GPtrArray) outbox = NULL;
  RfiOperation *creation;

  start_deleted (fixture, edit);
  g_string_truncate (fixture->told, 0);
  resolve (fixture, "Big leak");
  store_assert_told (fixture, "+op-9 -a outbox conflicts audit photos");
  store_assert (store_show_outbox (fixture),
                "op-9:create@op-9, op-2:edit@op-9, op-9-assign:assign@op-9");
  store_assert (store_show_jobs (fixture), "op-9 Huge leak/assigned/queued");

  outbox = store_list_outbox (fixture);
  creation = g_ptr_array_index (outbox, 0);
  g_assert_cmpstr (creation->vendor_id, ==, "vendor-001");
  g_assert_cmpstr (rfi_patch_get (creation->patch, RFI_FIELD_CITY), ==, "Dallas");
  g_assert_false (rfi_patch_has (creation->patch, RFI_FIELD_STATUS));
}

/* What was moved to it is done with when its maker deletes it too: it is in the history of the new
 * job that it was given up. */
static void
test_made_anew_deleted (StoreFixture  *fixture,
                        gconstpointer  unused)
{
  g_autoptr(RfiOperation) edit = store_edit ("op-1", "a", "Leak", "Big leak");
  g_autoptr(RfiJob) made = store_job ("op-9", "Big leak", "\"1\"", 9500);
  g_autofree char *history = NULL;

  start_deleted (fixture, edit);
  resolve (fixture, "Big leak");
  store_run (fixture, rfi_store_confirm_async, "op-9", made);
  store_enqueue (fixture, store_plain ("op-10", RFI_OPERATION_DELETE, "op-9"));
  store_run (fixture, rfi_store_remove_job_async, "op-9", "dana", (gint64) 9900);
  store_assert (store_show_outbox (fixture), "");
  g_assert_cmpuint (fixture->change->n_conflicts, ==, 0);
  history = store_show_audit (fixture, "op-9");
  g_assert_nonnull (strstr (history, "discarded title Huge leak>"));
}

static void
test_deleted_photo (StoreFixture  *fixture,
                    gconstpointer  unused)
{
  g_autoptr(RfiOperation) photo = store_plain ("op-1", RFI_OPERATION_ADD_PHOTO, "a");

  start_deleted (fixture, photo);
  resolve (fixture, "Leak");
  store_assert (store_show_outbox (fixture),
                "op-9:create@op-9, op-2:edit@op-9, op-9-assign:assign@op-9, "
                "op-9-add-photo:add-photo@op-9");
}

/* A deletion that met a change of somebody else. */
static void
test_deletion (StoreFixture  *fixture,
               gconstpointer  unused)
{
  g_autoptr(RfiJob) base = store_job ("a", "Leak", "\"1\"", 1000);
  g_autoptr(RfiJob) theirs = store_job ("a", "Flood", "\"2\"", 3000);
  g_autoptr(RfiOperation) deletion = store_plain ("op-1", RFI_OPERATION_DELETE, "a");
  g_autoptr(GPtrArray) outbox = NULL;

  store_apply (fixture, RFI_PULL_LISTING, 1, base, NULL);
  store_enqueue (fixture, rfi_operation_ref (deletion));
  store_assert (store_show_jobs (fixture), "");
  store_open_conflict (fixture, deletion, base, theirs);
  resolve (fixture, "Leak");
  store_assert (store_show_outbox (fixture), "op-9:delete@a");
  outbox = store_list_outbox (fixture);
  g_assert_cmpstr (((RfiOperation *) outbox->pdata[0])->base_etag, ==, "\"2\"");
}

/* The conflict of a job made here follows it to its new name. */
static void
test_renamed (StoreFixture  *fixture,
              gconstpointer  unused)
{
  g_autoptr(RfiJob) row = store_job ("server", "New", "\"1\"", 1000);
  g_autoptr(RfiOperation) edit = store_edit ("op-2", "local", "New", "Newer");
  g_autoptr(GPtrArray) conflicts = NULL;

  store_enqueue (fixture, store_create ("op-1", "local", "New"));
  store_enqueue (fixture, rfi_operation_ref (edit));
  store_open_conflict (fixture, edit, row, NULL);
  store_run (fixture, rfi_store_confirm_async, "op-1", row);
  conflicts = store_list_conflicts (fixture);
  g_assert_cmpuint (conflicts->len, ==, 0);
  store_assert (store_show_outbox (fixture), "op-2:edit@server");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/conflicts/", cases[i].name, NULL);

      store_test_add (path, &cases[i], test_case);
    }
  store_test_add ("/conflicts/order", NULL, test_order);
  store_test_add ("/conflicts/many-fields", NULL, test_many_fields);
  store_test_add ("/conflicts/deleted-accepted", NULL, test_deleted_accepted);
  store_test_add ("/conflicts/deleted-made-anew", NULL, test_deleted_made_anew);
  store_test_add ("/conflicts/made-anew-deleted", NULL, test_made_anew_deleted);
  store_test_add ("/conflicts/deleted-photo", NULL, test_deleted_photo);
  store_test_add ("/conflicts/deletion", NULL, test_deletion);
  store_test_add ("/conflicts/renamed", NULL, test_renamed);

  return g_test_run ();
}
