/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A job goes to another vendor: by an admin, before work on it has begun, and not over the head of
 * somebody who gave it away meanwhile. */

#include "config.h"

#include "service-device.h"

#include <string.h>

#define JOB "11111111-1111-4111-8111-111111111111"

static Signed *
sign_move (Device     *device,
           Fixture    *fixture,
           const char *job_id,
           gint64      version,
           const char *vendor_id)
{
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_MOVE, .entity_id = (char *) job_id, .base_version = version,
    .vendor_id = (char *) vendor_id,
  };

  return device_sign (device, fixture, &template);
}

static void
move (Device      *device,
      Fixture     *fixture,
      gint64       version,
      const char  *vendor_id,
      RfiOutcome   outcome,
      const char  *code)
{
  g_autoptr(RfiPushResult) result =
    device_push_one (device, fixture, sign_move (device, fixture, JOB, version, vendor_id));

  if (result->outcome != outcome || g_strcmp0 (result->code, code) != 0)
    g_error ("%s %s (%s)", rfi_outcome_to_string (result->outcome), result->code,
             result->message);
}

static void
test_move (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, ADMIN);
  g_autoptr(RfiJob) job = NULL;

  service_add_job (fixture, JOB, "vendor-a", fixture->people[TECHNICIAN]->id, RFI_STATUS_ASSIGNED);
  move (device, fixture, 1, "vendor-b", RFI_OUTCOME_APPLIED, NULL);
  job = service_get_job (fixture, JOB);
  g_assert_cmpstr (job->vendor_id, ==, "vendor-b");
  g_assert_null (job->assigned_to);
  g_assert_cmpint (job->status, ==, RFI_STATUS_PENDING);
  g_assert_cmpint (job->version, ==, 2);
  g_assert_cmpuint (fixture->n_news, ==, 1);

  /* It is counted where it is. */
  g_assert_cmpint (service_count (fixture, "SELECT n FROM job_count WHERE scope = 'vendor-a'"
                                           " AND status = 1"), ==, 0);
  g_assert_cmpint (service_count (fixture, "SELECT n FROM job_count WHERE scope = 'vendor-b'"
                                           " AND status = 0"), ==, 1);
  g_assert_cmpint (service_count (fixture, "SELECT sum (n) FROM job_count WHERE scope = ''"), ==,
                   1);

  /* The history says who did it, and from where to where. */
  g_assert_cmpint (service_count (fixture,
                                  "SELECT count (*) FROM audit WHERE action = 'move' AND"
                                  " vendor_id = 'vendor-b' AND changes LIKE"
                                  " '%{\"after\":\"vendor-b\",\"before\":\"vendor-a\","
                                  "\"field\":\"vendorId\"}%'"), ==, 1);
}

/* Of the same status, the other trigger counts. */
static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, ADMIN);

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  move (device, fixture, 1, "vendor-b", RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (service_count (fixture, "SELECT n FROM job_count WHERE scope = 'vendor-a'"
                                           " AND status = 0"), ==, 0);
  g_assert_cmpint (service_count (fixture, "SELECT n FROM job_count WHERE scope = 'vendor-b'"
                                           " AND status = 0"), ==, 1);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(Device) admin = device_new (fixture, ADMIN);
  g_autoptr(Device) dispatcher = device_new (fixture, DISPATCHER);

  move (admin, fixture, 1, "vendor-b", RFI_OUTCOME_REJECTED, "NOT_FOUND");
  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  move (dispatcher, fixture, 1, "vendor-b", RFI_OUTCOME_REJECTED, "FORBIDDEN");
  move (admin, fixture, 1, "vendor-x", RFI_OUTCOME_REJECTED, "VALIDATION_ERROR");
  move (admin, fixture, 1, "vendor-a", RFI_OUTCOME_APPLIED, NULL);
  service_change_job (fixture, JOB, RFI_FIELD_STATUS, "in-progress");
  move (admin, fixture, 2, "vendor-b", RFI_OUTCOME_REJECTED, "INVALID_STATUS_TRANSITION");
  service_change_job (fixture, JOB, RFI_FIELD_STATUS, "completed");
  move (admin, fixture, 3, "vendor-b", RFI_OUTCOME_REJECTED, "INVALID_STATUS_TRANSITION");
  g_assert_cmpint (service_count (fixture, "SELECT count (*) FROM audit WHERE action = 'move'"),
                   ==, 0);
}

/* Who would lose it is not whom the admin was told of; what else changed does not matter. */
static void
test_meanwhile (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(Device) one = device_new (fixture, ADMIN);
  g_autoptr(Device) two = device_new (fixture, ADMIN);

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_ASSIGNED_TO, fixture->people[TECHNICIAN]->id);
  move (one, fixture, 1, "vendor-b", RFI_OUTCOME_REJECTED, "CHANGED_MEANWHILE");
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Other");
  move (one, fixture, 2, "vendor-b", RFI_OUTCOME_APPLIED, NULL);
  move (two, fixture, 3, "vendor-a", RFI_OUTCOME_REJECTED, "CHANGED_MEANWHILE");
  move (two, fixture, 4, "vendor-a", RFI_OUTCOME_APPLIED, NULL);
}

int
main (int    argc,
      char **argv)
{
  static const struct {
    const char *name;
    void      (*test) (Fixture       *fixture,
                       gconstpointer  data);
  } tests[] = {
    { "/service-move/move", test_move },
    { "/service-move/counts", test_counts },
    { "/service-move/refusals", test_refusals },
    { "/service-move/meanwhile", test_meanwhile },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);
  return g_test_run ();
}
