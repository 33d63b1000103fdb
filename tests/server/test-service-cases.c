/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conflict that is handed on and looked into, by whom that may be done, and what is kept of the
 * decision. */

#include "config.h"

#include "service-device.h"

#include "rfi-wire-conflict.h"

#include <string.h>

#define JOB "11111111-1111-4111-8111-111111111111"

/* Who may do what with a conflict of the dispatcher of vendor-a; 200, or the refusal. */
typedef struct
{
  const char *method;
  const char *what;    /* below the conflict's address */
  const char *body;    /* (nullable) */
  guint       wanted[N_PEOPLE];
} Row;

/* A conflict on the title, of the dispatcher. (transfer full): its id */
static char *
make_conflict (Fixture *fixture,
               Device  *device)
{
  g_autoptr(RfiPushResult) found = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  found = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "Title", "Mine", -1));
  g_assert_cmpint (found->outcome, ==, RFI_OUTCOME_CONFLICT);
  return g_strdup (found->conflict_id);
}

static char *
make_path (const char *conflict_id,
           const char *what)
{
  return g_strconcat ("/api/v1/conflicts/", conflict_id, what, NULL);
}

static void
test_roles (Fixture       *fixture,
            gconstpointer  data)
{
  static const Row rows[] = {
    { "GET", "", NULL, { 200, 200, 404, 404, 404, 404, 404 } },
    { "GET", "/deciders", NULL, { 200, 200, 404, 404, 404, 404, 404 } },
    { "POST", "/escalate", "{\"note\":\"Please\"}", { 200, 200, 404, 404, 404, 404, 404 } },
    { "POST", "/investigation", "{\"step\":\"note\",\"text\":\"Called\"}",
      { 409, 403, 403, 403, 403, 403, 403 } },
  };
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *id = make_conflict (fixture, device);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint person = 0; person < N_PEOPLE; person++)
      {
        g_autofree char *path = make_path (id, rows[i].what);
        g_autoptr(Answer) answer = service_ask (fixture, fixture->people[person], rows[i].method,
                                                path, rows[i].body);

        g_test_message ("%s %s as %u: %s", rows[i].method, rows[i].what, person, answer->text);
        g_assert_cmpuint (answer->status, ==, rows[i].wanted[person]);
      }
}

static RfiConflictRecord *
get_record (Fixture    *fixture,
            Person      person,
            const char *id)
{
  g_autofree char *path = make_path (id, "");
  g_autoptr(Answer) answer = service_ask (fixture, fixture->people[person], "GET", path, NULL);
  g_autoptr(GError) error = NULL;
  RfiConflictRecord *record = rfi_conflict_record_parse (answer->text, -1, &error);

  g_assert_no_error (error);
  return record;
}

static void
test_escalation (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *id = make_conflict (fixture, device);
  g_autofree char *path = make_path (id, "/escalate");
  g_autofree char *people_path = make_path (id, "/deciders");
  g_autoptr(Answer) people = NULL;
  g_autoptr(RfiConflictRecord) record = NULL;

  people = service_ask (fixture, device->user, "GET", people_path, NULL);
  g_assert_nonnull (strstr (people->text, "\"id\":\"admin\""));
  g_assert_nonnull (strstr (people->text, "Dora Dispatcher"));
  g_assert_null (strstr (people->text, "technician"));

  /* Not to somebody who could not decide it. */
  service_must (fixture, device->user, "POST", path, "{\"to\":\"other-dispatcher\",\"note\":\"n\"}",
                400, "VALIDATION_ERROR");
  service_must (fixture, device->user, "POST", path, "{\"to\":\"technician\",\"note\":\"n\"}", 400,
                "VALIDATION_ERROR");
  service_must (fixture, device->user, "POST", path, "{\"to\":\"admin\",\"note\":\"Please\"}", 200,
                NULL);
  record = get_record (fixture, ADMIN, id);
  g_assert_cmpstr (record->escalated_to, ==, "admin");
  g_assert_cmpstr (record->escalated_to_name, ==, "Ada Admin");
  g_assert_cmpstr (record->escalated_by_name, ==, "Dora Dispatcher");
  g_assert_cmpstr (record->escalation_note, ==, "Please");
  g_assert_cmpint (record->escalated_at, >, record->detected_at);
}

static void
test_investigation (Fixture       *fixture,
                    gconstpointer  data)
{
  RfiUser *admin = fixture->people[ADMIN];
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *id = make_conflict (fixture, device);
  g_autofree char *path = make_path (id, "/investigation");
  g_autoptr(RfiConflictRecord) begun = NULL;
  g_autoptr(RfiConflictRecord) ended = NULL;

  service_must (fixture, admin, "POST", path, "{\"step\":\"end\",\"text\":\"n\"}", 409,
                "INVESTIGATION_CLOSED");
  service_must (fixture, admin, "POST", path, "{\"step\":\"odd\",\"text\":\"n\"}", 400,
                "VALIDATION_ERROR");
  service_must (fixture, admin, "POST", path,
                "{\"step\":\"begin\",\"owner\":\"ghost\",\"text\":\"n\"}", 400,
                "VALIDATION_ERROR");
  service_must (fixture, admin, "POST", path, "{\"step\":\"begin\",\"text\":\"Who was there?\"}",
                200, NULL);
  service_must (fixture, admin, "POST", path, "{\"step\":\"begin\",\"text\":\"n\"}", 409,
                "INVESTIGATION_OPEN");
  /* The same twice is one that was sent twice. */
  for (guint i = 0; i < 2; i++)
    service_must (fixture, admin, "POST", path, "{\"step\":\"note\",\"text\":\"Called\"}", 200,
                  NULL);
  begun = get_record (fixture, DISPATCHER, id);
  g_assert_cmpstr (begun->owner_name, ==, "Ada Admin");
  g_assert_cmpint (begun->begun_at, >, 0);
  g_assert_cmpint (begun->ended_at, ==, 0);
  g_assert_cmpuint (begun->notes->len, ==, 2);
  g_assert_cmpstr (((RfiCaseNote *) begun->notes->pdata[1])->text, ==, "Called");

  service_must (fixture, admin, "POST", path, "{\"step\":\"end\",\"text\":\"Clear now\"}", 200,
                NULL);
  ended = get_record (fixture, ADMIN, id);
  g_assert_cmpint (ended->ended_at, >, ended->begun_at);
  g_assert_false (ended->resolved);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM audit"
                                           " WHERE action = 'investigate'"), ==, 4);
}

static RfiPushResult *
settle (Fixture    *fixture,
        Device     *device,
        const char *id,
        const char *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) seen = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_RESOLVE, .entity_id = (char *) JOB, .base_version = 2, .patch = patch,
    .before = seen, .resolves = (char *) id,
  };

  if (value != NULL)
    {
      rfi_patch_set (patch, RFI_FIELD_TITLE, value);
      rfi_patch_set (seen, RFI_FIELD_TITLE, "Theirs");
    }
  return device_push_one (device, fixture, device_sign (device, fixture, &template));
}

/* What won, what lost and who did it, in the record and in the job's history; and nothing is left
 * to look into. */
static void
test_outcome (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    Person      person;
    const char *value;
    const char *winner;
    const char *lost;
  } rows[] = {
    { DISPATCHER, NULL, "theirs", "Mine" }, { DISPATCHER, "Mine", "mine", "Theirs" },
    { DISPATCHER, "Both", "other", "Mine" }, { ADMIN, NULL, "theirs", "Mine" },
    { ADMIN, "Mine", "mine", "Theirs" },     { ADMIN, "Both", "other", "Mine" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(Device) device = device_new (fixture, DISPATCHER);
      g_autoptr(Device) decider = device_new (fixture, rows[i].person);
      g_autofree char *id = make_conflict (fixture, device);
      g_autofree char *path = make_path (id, "/investigation");
      g_autofree char *record_path = make_path (id, "");
      g_autofree char *wanted = g_strdup_printf (
        "\"fields\":[{\"field\":\"title\",\"result\":\"%s\",\"lost\":\"%s\",\"winner\":\"%s\"}]",
        rows[i].value != NULL ? rows[i].value : "Theirs", rows[i].lost, rows[i].winner);
      g_autofree char *sql = g_strdup_printf (
        "SELECT count(*) FROM audit WHERE action = 'settle' AND version = 0 AND changes ="
        " '[{\"after\":\"%s\",\"before\":\"%s\",\"field\":\"conflict.title\"}]'",
        rows[i].value != NULL ? rows[i].value : "Theirs", rows[i].lost);
      gint64 before = service_count (fixture, sql);
      g_autoptr(RfiPushResult) result = NULL;
      g_autoptr(RfiConflictRecord) record = NULL;
      g_autoptr(Answer) answer = NULL;

      service_must (fixture, fixture->people[ADMIN], "POST", path,
                    "{\"step\":\"begin\",\"text\":\"n\"}", 200, NULL);
      result = settle (fixture, decider, id, rows[i].value);
      g_assert_cmpint (result->outcome, <=, RFI_OUTCOME_MERGED);
      record = get_record (fixture, DISPATCHER, id);
      g_assert_true (record->resolved);
      g_assert_cmpint (record->ended_at, ==, record->resolved_at);
      answer = service_ask (fixture, device->user, "GET", record_path, NULL);
      g_assert_nonnull (strstr (answer->text, wanted));
      g_assert_cmpint (service_count (fixture, sql), ==, before + 1);
      service_must (fixture, fixture->people[ADMIN], "POST", path,
                    "{\"step\":\"begin\",\"text\":\"n\"}", 409, "CONFLICT_RESOLVED");
      service_delete_job (fixture, JOB);
      service_run (fixture, "DELETE FROM gone");
    }
}

/* When the other side was typed is known of a signed operation, by its device's clock. */
static void
test_typed (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Device) other = device_new (fixture, ADMIN);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) before = rfi_patch_new ();
  const RfiSignedOperation theirs = {
    .kind = RFI_OPERATION_EDIT, .entity_id = (char *) JOB, .base_version = 1, .patch = patch,
    .before = before,
  };
  gint64 typed_at;
  g_autoptr(RfiPushResult) applied = NULL;
  g_autoptr(RfiPushResult) found = NULL;
  g_autoptr(RfiConflictRecord) record = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  rfi_patch_set (patch, RFI_FIELD_TITLE, "Theirs");
  rfi_patch_set (before, RFI_FIELD_TITLE, "Title");
  typed_at = fixture->now;
  applied = device_push_one (other, fixture, device_sign (other, fixture, &theirs));
  g_assert_cmpint (applied->outcome, ==, RFI_OUTCOME_APPLIED);
  found = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "Title", "Mine", -1));
  record = get_record (fixture, DISPATCHER, found->conflict_id);
  g_assert_cmpint (record->theirs_typed_at, ==, typed_at);
  g_assert_cmpint (record->base_version, ==, 1);
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
    { "/service-cases/roles", test_roles },
    { "/service-cases/escalation", test_escalation },
    { "/service-cases/investigation", test_investigation },
    { "/service-cases/outcome", test_outcome },
    { "/service-cases/typed", test_typed },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);
  return g_test_run ();
}
