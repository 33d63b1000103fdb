/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job.h"

static RfiJob *
make_job (const char *skills,
          const char *notes)
{
  const char *values[RFI_N_EXTRA_FIELDS] = { NULL };
  RfiJob template = { .id = "a", .title = "Leak", .vendor_id = "v", .version = 3 };
  RfiJob *job;

  values[RFI_FIELD_SKILLS - RFI_N_CONTRACT_FIELDS] = skills;
  values[RFI_FIELD_COMPLETION_NOTES - RFI_N_CONTRACT_FIELDS] = notes;
  template.extra = rfi_job_extra_new (values);
  job = rfi_job_new (&template);
  g_clear_pointer (&template.extra, rfi_job_extra_unref);
  return job;
}

static void
test_values (void)
{
  g_autoptr(RfiJob) job = make_job ("hvac", "");
  g_autoptr(RfiPatch) all = rfi_job_to_patch (job);

  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SKILLS), ==, "hvac");
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_COMPLETION_NOTES), ==, "");
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_NOTES), ==, "");
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    g_assert_true (rfi_patch_has (all, i));
}

/* Most jobs have none, and none is what that costs. */
static void
test_nothing (void)
{
  g_autoptr(RfiJob) job = make_job ("", NULL);

  g_assert_null (job->extra);
  for (guint i = RFI_N_CONTRACT_FIELDS; i < RFI_N_FIELDS; i++)
    g_assert_cmpstr (rfi_job_get_field (job, i), ==, "");
}

static void
test_apply (void)
{
  g_autoptr(RfiJob) job = make_job ("hvac", "good");
  g_autoptr(RfiPatch) title = rfi_patch_new ();
  g_autoptr(RfiPatch) skills = rfi_patch_new ();
  g_autoptr(RfiPatch) emptied = rfi_patch_new ();
  g_autoptr(RfiJob) renamed = NULL;
  g_autoptr(RfiJob) changed = NULL;
  g_autoptr(RfiJob) bare = NULL;

  rfi_patch_set (title, RFI_FIELD_TITLE, "Door");
  renamed = rfi_job_apply (job, title);
  g_assert_true (renamed->extra == job->extra);
  g_assert_cmpint (renamed->version, ==, 3);

  rfi_patch_set (skills, RFI_FIELD_SKILLS, "doors");
  changed = rfi_job_apply (job, skills);
  g_assert_cmpstr (rfi_job_get_field (changed, RFI_FIELD_SKILLS), ==, "doors");
  g_assert_cmpstr (rfi_job_get_field (changed, RFI_FIELD_COMPLETION_NOTES), ==, "good");
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SKILLS), ==, "hvac");
  g_assert_false (rfi_job_equal (job, changed));

  rfi_patch_set (emptied, RFI_FIELD_SKILLS, "");
  rfi_patch_set (emptied, RFI_FIELD_COMPLETION_NOTES, "");
  bare = rfi_job_apply (job, emptied);
  g_assert_null (bare->extra);
}

#define LABOUR "[{\"id\":\"0a1b2c3d-4e5f-4678-9abc-def012345678\",\"minutes\":45," \
               "\"technician\":\"t\"}]"
#define START "2026-11-27T10:15:00.250Z"

static const RfiJobExtra *
make_full (const char *labour)
{
  const char *values[RFI_N_EXTRA_FIELDS] = { START, "2026-11-27", "45", NULL, "hvac", NULL, "",
                                             labour, NULL };

  return rfi_job_extra_new (values);
}

/* Every way to the same texts, however they are kept. */
static void
test_ways (void)
{
  const RfiJobExtra *extra = make_full (LABOUR);
  g_autoptr(GString) space = g_string_new ("old");
  const char *values[RFI_N_EXTRA_FIELDS];

  rfi_job_extra_read (extra, space, values);
  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    {
      RfiField field = (RfiField) (RFI_N_CONTRACT_FIELDS + i);
      g_autofree char *text = rfi_job_extra_dup (extra, field);

      g_assert_cmpstr (text, ==, values[i]);
      g_assert_cmpstr (rfi_job_extra_get (extra, field), ==, values[i]);
      g_assert_true (rfi_job_extra_get (extra, field) == rfi_job_extra_get (extra, field));
    }
  g_assert_cmpstr (rfi_job_extra_get (extra, RFI_FIELD_SCHEDULED_START), ==, START);
  g_assert_cmpstr (rfi_job_extra_get (extra, RFI_FIELD_SCHEDULED_END), ==, "2026-11-27");
  g_assert_cmpstr (rfi_job_extra_get (extra, RFI_FIELD_LABOUR), ==, LABOUR);
  g_assert_cmpstr (rfi_job_extra_get (extra, RFI_FIELD_PARTS), ==, "");
  rfi_job_extra_unref (extra);

  rfi_job_extra_read (NULL, space, values);
  for (guint i = 0; i < RFI_N_EXTRA_FIELDS; i++)
    g_assert_cmpstr (values[i], ==, "");
}

static void
test_time (void)
{
  const RfiJobExtra *extra = make_full (NULL);
  gint64 ms = 7;

  g_assert_false (rfi_job_extra_get_time (NULL, RFI_FIELD_SCHEDULED_START, &ms));
  g_assert_false (rfi_job_extra_get_time (extra, RFI_FIELD_HOLD_UNTIL, &ms));
  g_assert_false (rfi_job_extra_get_time (extra, RFI_FIELD_SCHEDULED_END, &ms));
  g_assert_cmpint (ms, ==, 7);
  g_assert_true (rfi_job_extra_get_time (extra, RFI_FIELD_SCHEDULED_START, &ms));
  g_assert_cmpint (ms, ==, G_GINT64_CONSTANT (1795774500250));
  rfi_job_extra_unref (extra);
}

static void
test_equal (void)
{
  const RfiJobExtra *one = make_full (LABOUR);
  const RfiJobExtra *same = make_full (LABOUR);
  const RfiJobExtra *other = make_full ("[]");
  const RfiJobExtra *less = make_full (NULL);

  /* Having been read makes no difference. */
  g_assert_cmpstr (rfi_job_extra_get (one, RFI_FIELD_LABOUR), ==, LABOUR);
  g_assert_true (rfi_job_extra_equal (one, same));
  g_assert_true (rfi_job_extra_equal (NULL, NULL));
  g_assert_false (rfi_job_extra_equal (one, other));
  g_assert_false (rfi_job_extra_equal (one, less));
  g_assert_false (rfi_job_extra_equal (less, one));
  g_assert_false (rfi_job_extra_equal (one, NULL));
  g_assert_false (rfi_job_extra_equal (NULL, one));

  rfi_job_extra_unref (one);
  rfi_job_extra_unref (same);
  rfi_job_extra_unref (other);
  rfi_job_extra_unref (less);
}

#define OPERATION "7f6ad0d2-3f2e-4c55-9f0e-6a5a5a1d0001"

/* It goes with the fields and is none of them. */
static void
test_operation (void)
{
  const RfiJobExtra *alone = rfi_job_extra_with_operation (NULL, OPERATION);
  const RfiJobExtra *fields = make_full (LABOUR);
  const RfiJobExtra *both = rfi_job_extra_with_operation (fields, OPERATION);
  const RfiJobExtra *same = rfi_job_extra_with_operation (both, OPERATION);
  const RfiJobExtra *without = rfi_job_extra_with_operation (both, NULL);
  const RfiJobExtra *changed;
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  g_assert_null (rfi_job_extra_with_operation (NULL, NULL));
  g_assert_null (rfi_job_extra_with_operation (alone, ""));
  g_assert_null (rfi_job_extra_get_operation (NULL));
  g_assert_null (rfi_job_extra_get_operation (fields));
  g_assert_null (rfi_job_extra_get_operation (without));
  g_assert_cmpstr (rfi_job_extra_get_operation (alone), ==, OPERATION);
  g_assert_cmpstr (rfi_job_extra_get_operation (both), ==, OPERATION);
  g_assert_cmpstr (rfi_job_extra_get (both, RFI_FIELD_LABOUR), ==, LABOUR);
  g_assert_cmpstr (rfi_job_extra_get (alone, RFI_FIELD_LABOUR), ==, "");
  g_assert_true (same == both);
  g_assert_true (rfi_job_extra_equal (both, fields));
  g_assert_true (rfi_job_extra_equal (alone, NULL));

  rfi_patch_set (patch, RFI_FIELD_LABOUR, "");
  changed = rfi_job_extra_apply (both, patch);
  g_assert_cmpstr (rfi_job_extra_get_operation (changed), ==, OPERATION);
  g_assert_cmpstr (rfi_job_extra_get (changed, RFI_FIELD_LABOUR), ==, "");
  g_assert_cmpstr (rfi_job_extra_get (changed, RFI_FIELD_SCHEDULED_START), ==, START);

  rfi_job_extra_unref (alone);
  rfi_job_extra_unref (fields);
  rfi_job_extra_unref (both);
  rfi_job_extra_unref (same);
  rfi_job_extra_unref (without);
  rfi_job_extra_unref (changed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/job-extra/values", test_values);
  g_test_add_func ("/job-extra/nothing", test_nothing);
  g_test_add_func ("/job-extra/apply", test_apply);
  g_test_add_func ("/job-extra/ways", test_ways);
  g_test_add_func ("/job-extra/time", test_time);
  g_test_add_func ("/job-extra/equal", test_equal);
  g_test_add_func ("/job-extra/operation", test_operation);

  return g_test_run ();
}
