/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-operation.h"

static RfiJob *
sample_job (void)
{
  RfiJob template = {
    .id = "job-1",
    .title = "Walk-in cooler repair",
    .description = "Not cooling",
    .status = RFI_STATUS_PENDING,
    .priority = RFI_PRIORITY_HIGH,
    .vendor_id = "vendor-001",
    .created_by = "user-1",
    .store_name = "QuickStop #3",
    .address = "1 Main St",
    .city = "Dallas",
    .state = "TX",
    .zip_code = "75201",
    .etag = rfi_etag ("\"1\""),
    .created_at = 1000,
    .updated_at = 2000,
  };

  return rfi_job_new (&template);
}

static RfiOperation *
operation (RfiOperationKind kind,
           RfiField         field,
           const char      *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  RfiOperation template = {
    .id = (char *) "op",
    .kind = kind,
    .job_id = (char *) "job-1",
    .vendor_id = (char *) "vendor-001",
    .user_id = (char *) "user-1",
    .patch = patch,
    .created_at = 3000,
  };

  rfi_patch_set (patch, field, value);
  return rfi_operation_new (&template);
}

static void
test_kinds (void)
{
  RfiOperationKind kind;

  for (guint i = 0; i < RFI_N_OPERATION_KINDS; i++)
    {
      g_assert_true (rfi_operation_kind_from_string (rfi_operation_kind_to_string (i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
  g_assert_false (rfi_operation_kind_from_string ("explode", &kind));
}

static void
test_job (void)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(RfiPatch) all = rfi_job_to_patch (job);
  g_autoptr(RfiPatch) change = rfi_patch_new ();
  g_autoptr(RfiJob) same = rfi_job_apply (job, all);
  g_autoptr(RfiJob) changed = NULL;

  g_assert_true (rfi_job_equal (job, same));
  g_assert_cmpstr (RFI_ETAG_TEXT (same->etag), ==, "\"1\"");

  rfi_patch_set (change, RFI_FIELD_CITY, "Austin");
  rfi_patch_set (change, RFI_FIELD_ASSIGNED_TO, "tech");
  changed = rfi_job_apply (job, change);
  g_assert_false (rfi_job_equal (job, changed));
  g_assert_cmpstr (changed->city, ==, "Austin");
  g_assert_cmpstr (changed->title, ==, "Walk-in cooler repair");
  g_assert_cmpstr (rfi_job_get_field (changed, RFI_FIELD_ASSIGNED_TO), ==, "tech");
  /* The one it was made from is read only for ever. */
  g_assert_cmpstr (job->city, ==, "Dallas");
  g_assert_null (job->assigned_to);
}

/* What many jobs say alike is kept once, and gone with the last of them. */
static void
test_interned (void)
{
  g_autoptr(RfiJob) one = sample_job ();
  g_autoptr(RfiJob) other = sample_job ();

  g_assert_true (one->city == other->city);
  g_assert_true (one->vendor_id == other->vendor_id);
  g_assert_true (one->description == other->description);
  g_assert_false (one->id == other->id);
  g_clear_pointer (&other, rfi_job_unref);
  g_assert_cmpstr (one->city, ==, "Dallas");
}

static void
test_apply (void)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(RfiOperation) edit = operation (RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Door");
  g_autoptr(RfiOperation) assign = operation (RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "t");
  g_autoptr(RfiOperation) nobody = operation (RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "");
  g_autoptr(RfiOperation) delete = operation (RFI_OPERATION_DELETE, RFI_FIELD_TITLE, NULL);
  g_autoptr(RfiJob) edited = rfi_operation_apply (edit, job);
  g_autoptr(RfiJob) assigned = rfi_operation_apply (assign, job);
  g_autoptr(RfiJob) back = rfi_operation_apply (nobody, assigned);

  g_assert_cmpstr (edited->title, ==, "Door");
  g_assert_cmpint (assigned->status, ==, RFI_STATUS_ASSIGNED);
  g_assert_cmpstr (assigned->assigned_to, ==, "t");
  g_assert_cmpint (back->status, ==, RFI_STATUS_PENDING);
  g_assert_null (back->assigned_to);
  g_assert_null (rfi_operation_apply (delete, job));
  g_assert_null (rfi_operation_apply (edit, NULL));
}

/* What was decided of a conflict is set whatever it is; a withdrawn operation does nothing. */
static void
test_decisions (void)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(RfiOperation) resolve =
    operation (RFI_OPERATION_RESOLVE, RFI_FIELD_STATUS, "cancelled");
  g_autoptr(RfiOperation) withdrawn = operation (RFI_OPERATION_VOID, RFI_FIELD_TITLE, NULL);
  g_autoptr(RfiJob) resolved = rfi_operation_apply (resolve, job);
  g_autoptr(RfiJob) same = rfi_operation_apply (withdrawn, job);

  g_assert_cmpint (resolved->status, ==, RFI_STATUS_CANCELLED);
  g_assert_true (same == job);
}

/* Whoever is put on a job that is being worked on does not set it back. */
static void
test_reassign (void)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(RfiOperation) step =
    operation (RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "in-progress");
  g_autoptr(RfiOperation) assign = operation (RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "t");
  g_autoptr(RfiJob) working = rfi_operation_apply (step, job);
  g_autoptr(RfiJob) handed_over = rfi_operation_apply (assign, working);

  g_assert_cmpint (handed_over->status, ==, RFI_STATUS_IN_PROGRESS);
  g_assert_cmpstr (handed_over->assigned_to, ==, "t");
}

static void
test_fold (void)
{
  g_autoptr(GPtrArray) pending = g_ptr_array_new_with_free_func (
    (GDestroyNotify) rfi_operation_unref);
  g_autoptr(RfiJob) nothing = NULL;
  g_autoptr(RfiJob) work = NULL;
  g_autoptr(RfiJob) again = NULL;

  nothing = rfi_operation_fold (NULL, pending);
  g_assert_null (nothing);

  g_ptr_array_add (pending, operation (RFI_OPERATION_CREATE, RFI_FIELD_TITLE, "New"));
  g_ptr_array_add (pending, operation (RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Newer"));
  g_ptr_array_add (pending, operation (RFI_OPERATION_EDIT, RFI_FIELD_PRIORITY, "urgent"));
  g_ptr_array_add (pending, operation (RFI_OPERATION_ADD_PHOTO, RFI_FIELD_TITLE, NULL));
  work = rfi_operation_fold (NULL, pending);
  g_assert_cmpstr (work->id, ==, "job-1");
  g_assert_cmpstr (work->title, ==, "Newer");
  g_assert_cmpint (work->priority, ==, RFI_PRIORITY_URGENT);
  g_assert_cmpint (work->status, ==, RFI_STATUS_PENDING);
  g_assert_false (rfi_etag_is_set (work->etag));
  g_assert_cmpint (work->created_at, ==, 3000);

  /* The create arrived, its answer did not: the server's row is folded like any other. */
  again = rfi_operation_fold (work, pending);
  g_assert_true (rfi_job_equal (work, again));

  g_ptr_array_add (pending, operation (RFI_OPERATION_DELETE, RFI_FIELD_TITLE, NULL));
  nothing = rfi_operation_fold (work, pending);
  g_assert_null (nothing);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/operation/kinds", test_kinds);
  g_test_add_func ("/job/apply", test_job);
  g_test_add_func ("/job/interned", test_interned);
  g_test_add_func ("/operation/apply", test_apply);
  g_test_add_func ("/operation/decisions", test_decisions);
  g_test_add_func ("/operation/reassign", test_reassign);
  g_test_add_func ("/operation/fold", test_fold);

  return g_test_run ();
}
