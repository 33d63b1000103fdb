/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was changed on both sides is merged where that is safe and left to a person where not;
 * nobody does more than their role may. */

#include "config.h"

#include "service-device.h"

#include "rfi-server-history.h"
#include "rfi-wire-conflict.h"

#include <string.h>

#define JOB   "11111111-1111-4111-8111-111111111111"
#define OTHER "22222222-2222-4222-8222-222222222222"
#define NINE   "2026-11-27T09:00:00.000Z"
#define TEN    "2026-11-27T10:00:00.000Z"
#define ELEVEN "2026-11-27T11:00:00.000Z"

static void
assert_outcome (const RfiPushResult *result,
                RfiOutcome           outcome,
                const char          *code)
{
  if (result->outcome != outcome || g_strcmp0 (result->code, code) != 0)
    g_error ("%s %s (%s) instead of %s %s", rfi_outcome_to_string (result->outcome), result->code,
             result->message, rfi_outcome_to_string (outcome), code);
}

static void
assert_field (Fixture    *fixture,
              const char *id,
              RfiField    field,
              const char *value)
{
  g_autoptr(RfiJob) job = service_get_job (fixture, id);

  g_assert_cmpstr (rfi_job_get_field (job, field), ==, value);
}

/* One edit of one field against what others did to one: the table of merging. */
typedef struct
{
  RfiStatus         status;
  RfiField          their_field;
  const char       *theirs;
  RfiOperationKind  kind;
  RfiField          field;
  const char       *before;
  const char       *mine;
  RfiOutcome        outcome;
  RfiConflictReason reason;
  const char       *result;
} Case;

static const Case cases[] = {
  /* nobody else was there: -1 */
  { RFI_STATUS_PENDING, -1, NULL, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title", "New",
    RFI_OUTCOME_APPLIED, 0, "New" },
  { RFI_STATUS_PENDING, RFI_FIELD_CITY, "Town", RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title",
    "New", RFI_OUTCOME_MERGED, 0, "New" },
  { RFI_STATUS_PENDING, RFI_FIELD_TITLE, "New", RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title",
    "New", RFI_OUTCOME_MERGED, 0, "New" },
  { RFI_STATUS_PENDING, RFI_FIELD_TITLE, "Theirs", RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title",
    "Mine", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_FIELDS, "Theirs" },
  { RFI_STATUS_PENDING, RFI_FIELD_TITLE, "Theirs", RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title",
    "Title", RFI_OUTCOME_MERGED, 0, "Theirs" },
  /* the schedule is the server's */
  { RFI_STATUS_PENDING, RFI_FIELD_SCHEDULED_START, NINE, RFI_OPERATION_EDIT,
    RFI_FIELD_SCHEDULED_START, "", TEN, RFI_OUTCOME_MERGED, 0, NINE },
  /* lists take both */
  { RFI_STATUS_PENDING, RFI_FIELD_NOTES, "[{\"author\":\"x\",\"id\":\"1\",\"text\":\"a\"}]",
    RFI_OPERATION_EDIT, RFI_FIELD_NOTES, "", "[{\"author\":\"y\",\"id\":\"2\",\"text\":\"b\"}]",
    RFI_OUTCOME_MERGED, 0,
    "[{\"author\":\"x\",\"id\":\"1\",\"text\":\"a\"},"
    "{\"author\":\"y\",\"id\":\"2\",\"text\":\"b\"}]" },
  { RFI_STATUS_PENDING, RFI_FIELD_NOTES, "[{\"author\":\"x\",\"id\":\"1\",\"text\":\"a\"}]",
    RFI_OPERATION_EDIT, RFI_FIELD_NOTES, "", "[{\"author\":\"y\",\"id\":\"1\",\"text\":\"b\"}]",
    RFI_OUTCOME_CONFLICT, RFI_CONFLICT_FIELDS,
    "[{\"author\":\"x\",\"id\":\"1\",\"text\":\"a\"}]" },
  { RFI_STATUS_PENDING, RFI_FIELD_COMPLETION_NOTES, "theirs", RFI_OPERATION_EDIT,
    RFI_FIELD_COMPLETION_NOTES, "", "mine", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_FIELDS, "theirs" },
  /* the state machine */
  { RFI_STATUS_ASSIGNED, -1, NULL, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "assigned",
    "in-progress", RFI_OUTCOME_APPLIED, 0, "in-progress" },
  { RFI_STATUS_ASSIGNED, RFI_FIELD_STATUS, "in-progress", RFI_OPERATION_SET_STATUS,
    RFI_FIELD_STATUS, "assigned", "in-progress", RFI_OUTCOME_MERGED, 0, "in-progress" },
  { RFI_STATUS_ASSIGNED, RFI_FIELD_STATUS, "cancelled", RFI_OPERATION_SET_STATUS,
    RFI_FIELD_STATUS, "assigned", "in-progress", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_STATE_RACE,
    "cancelled" },
  { RFI_STATUS_IN_PROGRESS, RFI_FIELD_STATUS, "completed", RFI_OPERATION_SET_STATUS,
    RFI_FIELD_STATUS, "in-progress", "cancelled", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_STATE_RACE,
    "completed" },
  { RFI_STATUS_ASSIGNED, RFI_FIELD_STATUS, "pending", RFI_OPERATION_SET_STATUS,
    RFI_FIELD_STATUS, "assigned", "in-progress", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_ILLEGAL_STEP,
    "pending" },
  /* who it goes to */
  { RFI_STATUS_PENDING, -1, NULL, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "", "technician",
    RFI_OUTCOME_APPLIED, 0, "technician" },
  { RFI_STATUS_PENDING, RFI_FIELD_ASSIGNED_TO, "colleague", RFI_OPERATION_ASSIGN,
    RFI_FIELD_ASSIGNED_TO, "", "technician", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_FIELDS,
    "colleague" },
  { RFI_STATUS_PENDING, -1, NULL, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "", "retired",
    RFI_OUTCOME_CONFLICT, RFI_CONFLICT_INACTIVE_TARGET, "" },
  { RFI_STATUS_PENDING, RFI_FIELD_STATUS, "cancelled", RFI_OPERATION_ASSIGN,
    RFI_FIELD_ASSIGNED_TO, "", "technician", RFI_OUTCOME_CONFLICT, RFI_CONFLICT_ILLEGAL_STEP, "" },
};

static void
test_table (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *row = &cases[i];
      g_autofree char *id = rfi_random_uuid (fixture->random);
      g_autoptr(RfiPushResult) result = NULL;

      g_test_message ("case %u", i);
      service_add_job (fixture, id, "vendor-a", NULL, row->status);
      if ((int) row->their_field >= 0)
        service_change_job (fixture, id, row->their_field, row->theirs);
      result = device_push_one (device, fixture,
                                device_edit (device, fixture, row->kind, id, 1, row->field,
                                             row->before, row->mine, -1));
      assert_outcome (result, row->outcome, NULL);
      assert_field (fixture, id, row->field, row->result);
      if (row->outcome == RFI_OUTCOME_CONFLICT)
        {
          g_assert_cmpint (result->reason, ==, row->reason);
          g_assert_cmpstr (rfi_patch_get (result->theirs, row->field), ==, row->result);
          g_assert_cmpuint (fixture->n_news, ==, 0);
        }
      else
        {
          g_assert_cmpint (result->version, ==, (int) row->their_field >= 0 ? 3 : 2);
          g_assert_cmpuint (fixture->n_news, ==, 1);
        }
      if (row->outcome == RFI_OUTCOME_MERGED)
        g_assert_cmpuint (result->merged, ==, 1u << row->their_field);
    }
}

/* Own operations that followed each other are nobody else's changes. */
static void
test_own (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPushResult) first = NULL;
  g_autoptr(RfiPushResult) second = NULL;
  g_autoptr(RfiPushResult) third = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  first = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "Title", "1", -1));
  second = device_push_one (device, fixture,
                            device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                         RFI_FIELD_TITLE, "1", "2", -1));
  service_change_job (fixture, JOB, RFI_FIELD_DESCRIPTION, "theirs");
  third = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "2", "3", -1));
  assert_outcome (first, RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (second, RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (third, RFI_OUTCOME_MERGED, NULL);
  g_assert_cmpuint (third->merged, ==, 1u << RFI_FIELD_DESCRIPTION);
}

static void
test_overruled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPushResult) result = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_ESTIMATED_MINUTES, "90");
  result = device_push_one (device, fixture,
                            device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                         RFI_FIELD_ESTIMATED_MINUTES, "", "30", RFI_FIELD_TITLE,
                                         "Title", "New", -1));
  assert_outcome (result, RFI_OUTCOME_MERGED, NULL);
  g_assert_cmpuint (result->overruled, ==, 1u << RFI_FIELD_ESTIMATED_MINUTES);
  assert_field (fixture, JOB, RFI_FIELD_ESTIMATED_MINUTES, "90");
  assert_field (fixture, JOB, RFI_FIELD_TITLE, "New");
}

static Signed *
resolve (Device     *device,
         Fixture    *fixture,
         const char *conflict_id,
         gint64      version,
         RfiField    field,
         const char *before,
         const char *value)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) seen = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_RESOLVE, .entity_id = (char *) JOB, .base_version = version,
    .patch = patch, .before = seen, .resolves = (char *) conflict_id,
  };

  if (value != NULL)
    {
      rfi_patch_set (patch, field, value);
      rfi_patch_set (seen, field, before);
    }
  return device_sign (device, fixture, &template);
}

/* Those settled since then are listed behind what is open; no others. */
static void
assert_settled_since (Fixture       *fixture,
                      const RfiUser *user,
                      const char    *conflict_id)
{
  g_autoptr(Answer) since =
    service_ask (fixture, user, "GET", "/api/v1/conflicts?state=open&settledSince=1", NULL);
  g_autoptr(Answer) later = service_ask (
    fixture, user, "GET", "/api/v1/conflicts?state=open&settledSince=9000000000000", NULL);
  g_autoptr(Answer) wrong =
    service_ask (fixture, user, "GET", "/api/v1/conflicts?settledSince=today", NULL);

  g_assert_nonnull (strstr (since->text, conflict_id));
  g_assert_null (strstr (later->text, conflict_id));
  g_assert_cmpuint (wrong->status, ==, 400);
}

/* A person decides, finds that it changed again, and decides again. */
static void
test_resolve (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Device) admins = device_new (fixture, ADMIN);
  g_autoptr(Device) stranger = device_new (fixture, OTHER_DISPATCHER);
  g_autoptr(RfiPushResult) found = NULL;
  g_autoptr(RfiPushResult) unknown = NULL;
  g_autoptr(RfiPushResult) again = NULL;
  g_autoptr(RfiPushResult) settled = NULL;
  g_autoptr(RfiPushResult) late = NULL;
  g_autoptr(Answer) open = NULL;
  g_autoptr(Answer) closed = NULL;
  g_autoptr(GPtrArray) records = NULL;
  const RfiConflictRecord *record;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  found = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "Title", "Mine", -1));
  assert_outcome (found, RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpstr (found->theirs_by_name, ==, "Ada Admin");
  unknown = device_push_one (stranger, fixture,
                             resolve (stranger, fixture, found->conflict_id, 2, RFI_FIELD_TITLE,
                                      "Theirs", "Stolen"));
  assert_outcome (unknown, RFI_OUTCOME_REJECTED, "CONFLICT_UNKNOWN");

  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs again");
  again = device_push_one (device, fixture,
                           resolve (device, fixture, found->conflict_id, 2, RFI_FIELD_TITLE,
                                    "Theirs", "Mine"));
  assert_outcome (again, RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpstr (again->conflict_id, ==, found->conflict_id);
  g_assert_cmpstr (rfi_patch_get (again->theirs, RFI_FIELD_TITLE), ==, "Theirs again");
  open = service_ask (fixture, device->user, "GET", "/api/v1/conflicts", NULL);
  records = rfi_conflict_record_parse_list (open->text, -1, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (record->user_name, ==, "Dora Dispatcher");
  g_assert_cmpstr (rfi_patch_get (record->mine, RFI_FIELD_TITLE), ==, "Mine");

  settled = device_push_one (admins, fixture,
                             resolve (admins, fixture, found->conflict_id, 3, RFI_FIELD_TITLE,
                                      "Theirs again", "Ours"));
  g_assert_cmpint (settled->outcome, <=, RFI_OUTCOME_MERGED);
  assert_field (fixture, JOB, RFI_FIELD_TITLE, "Ours");
  late = device_push_one (device, fixture,
                          resolve (device, fixture, found->conflict_id, 4, RFI_FIELD_TITLE, "Ours",
                                   "Mine"));
  assert_outcome (late, RFI_OUTCOME_REJECTED, "CONFLICT_RESOLVED");
  closed = service_ask (fixture, device->user, "GET", "/api/v1/conflicts?state=resolved", NULL);
  g_assert_nonnull (strstr (closed->text, "\"resolvedBy\":\"admin\""));
  g_assert_nonnull (strstr (closed->text, "\"resolution\":{\"title\":\"Ours\"}"));
  assert_settled_since (fixture, device->user, found->conflict_id);
}

/* A server that lost what it answered judges the number again, and the record is the same: what was
 * decided about it meanwhile settles it. */
static void
test_judged_again (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) edit = NULL;
  g_autoptr(RfiWirePushAnswer) lost = NULL;
  g_autoptr(RfiWirePushAnswer) kept = NULL;
  g_autoptr(RfiPushResult) settled = NULL;
  const RfiPushResult *before;
  const RfiPushResult *after;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  edit = device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1, RFI_FIELD_TITLE, "Title",
                      "Mine", -1);
  fixture->fails = TRUE;
  lost = device_push (device, fixture, &edit, 1);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs again");
  kept = device_push (device, fixture, &edit, 1);
  before = g_ptr_array_index (lost->results, 0);
  after = g_ptr_array_index (kept->results, 0);
  assert_outcome (before, RFI_OUTCOME_CONFLICT, NULL);
  assert_outcome (after, RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpint (before->version, <, after->version);

  settled = device_push_one (device, fixture,
                             resolve (device, fixture, before->conflict_id, before->version,
                                      RFI_FIELD_TITLE, NULL, NULL));
  g_assert_cmpint (settled->outcome, <=, RFI_OUTCOME_MERGED);
}

/* The server's version stands: nothing changes but the version. */
static void
test_resolve_theirs (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPushResult) found = NULL;
  g_autoptr(RfiPushResult) settled = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  found = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "Title", "Mine", -1));
  settled = device_push_one (device, fixture,
                             resolve (device, fixture, found->conflict_id, 2, 0, NULL, NULL));
  assert_outcome (settled, RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (settled->version, ==, 3);
  assert_field (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM conflict"
                                           " WHERE resolved_at IS NOT NULL"), ==, 1);
}

static void
test_deleted (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPushResult) gone = NULL;
  g_autoptr(RfiPushResult) hidden = NULL;
  g_autoptr(RfiPushResult) insists = NULL;
  g_autoptr(RfiPushResult) lets_go = NULL;
  g_autoptr(RfiPushResult) taken = NULL;
  g_autoptr(Device) admins = device_new (fixture, ADMIN);

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_add_job (fixture, OTHER, "vendor-b", NULL, RFI_STATUS_PENDING);
  service_delete_job (fixture, JOB);
  gone = device_push_one (device, fixture,
                          device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                       RFI_FIELD_TITLE, "Title", "Mine", -1));
  assert_outcome (gone, RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpint (gone->reason, ==, RFI_CONFLICT_DELETED);
  g_assert_null (gone->theirs);
  g_assert_cmpstr (gone->theirs_by, ==, "admin");
  hidden = device_push_one (device, fixture,
                            device_edit (device, fixture, RFI_OPERATION_EDIT, OTHER, 1,
                                         RFI_FIELD_TITLE, "Title", "Mine", -1));
  g_assert_cmpint (hidden->reason, ==, RFI_CONFLICT_DELETED);
  g_assert_null (hidden->theirs);
  g_assert_null (hidden->theirs_by);
  assert_field (fixture, OTHER, RFI_FIELD_TITLE, "Title");

  insists = device_push_one (device, fixture,
                             resolve (device, fixture, gone->conflict_id, 1, RFI_FIELD_TITLE,
                                      "Title", "Mine"));
  assert_outcome (insists, RFI_OUTCOME_CONFLICT, NULL);
  lets_go = device_push_one (device, fixture,
                             resolve (device, fixture, gone->conflict_id, 1, 0, NULL, NULL));
  assert_outcome (lets_go, RFI_OUTCOME_APPLIED, NULL);
  taken = device_push_one (admins, fixture, device_create (admins, fixture, JOB, "vendor-a"));
  assert_outcome (taken, RFI_OUTCOME_REJECTED, "ID_TAKEN");
}

/* A job named by the conflict of its maker stands for the one that is gone; both histories say so,
 * and the chain is whole. Named by somebody else's conflict, or by one about a job that is there,
 * it is a job like any other. */
static void
test_remade (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Device) admins = device_new (fixture, ADMIN);
  g_autoptr(RfiPushResult) gone = NULL;
  g_autoptr(RfiPushResult) others = NULL;
  g_autoptr(RfiPushResult) about_kept = NULL;
  g_autoptr(RfiPushResult) anew = NULL;
  g_autoptr(RfiPushResult) plain = NULL;
  g_autoptr(RfiPushResult) beside = NULL;
  g_autofree char *of_gone = NULL;
  g_autofree char *of_new = NULL;
  RfiServerHistoryCheck check = { 0, };

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_delete_job (fixture, JOB);
  gone = device_push_one (device, fixture,
                          device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                       RFI_FIELD_TITLE, "Title", "Mine", -1));
  others = device_push_one (device, fixture,
                            device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                         RFI_FIELD_CITY, "Town", "Mine", -1));
  assert_outcome (gone, RFI_OUTCOME_CONFLICT, NULL);
  assert_outcome (others, RFI_OUTCOME_CONFLICT, NULL);

  anew = device_push_one (device, fixture,
                          device_create (device, fixture, gone->conflict_id, "vendor-a"));
  assert_outcome (anew, RFI_OUTCOME_APPLIED, NULL);
  of_gone = g_strdup_printf ("SELECT count(*) FROM audit WHERE action = 'remake' AND job_id = '%s'"
                             " AND changes = '[{\"after\":\"%s\",\"before\":\"\","
                             "\"field\":\"jobId\"}]' AND vendor_id = 'vendor-a'",
                             JOB, gone->conflict_id);
  of_new = g_strdup_printf ("SELECT count(*) FROM audit WHERE action = 'remake' AND job_id = '%s'"
                            " AND changes = '[{\"after\":\"\",\"before\":\"%s\","
                            "\"field\":\"jobId\"}]' AND vendor_id = 'vendor-a'",
                            gone->conflict_id, JOB);
  g_assert_cmpint (service_count (fixture, of_gone), ==, 1);
  g_assert_cmpint (service_count (fixture, of_new), ==, 1);

  plain = device_push_one (admins, fixture,
                           device_create (admins, fixture, others->conflict_id, "vendor-a"));
  assert_outcome (plain, RFI_OUTCOME_APPLIED, NULL);
  service_add_job (fixture, OTHER, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, OTHER, RFI_FIELD_TITLE, "Theirs");
  about_kept = device_push_one (device, fixture,
                                device_edit (device, fixture, RFI_OPERATION_EDIT, OTHER, 1,
                                             RFI_FIELD_TITLE, "Title", "Mine", -1));
  assert_outcome (about_kept, RFI_OUTCOME_CONFLICT, NULL);
  beside = device_push_one (device, fixture,
                            device_create (device, fixture, about_kept->conflict_id, "vendor-a"));
  assert_outcome (beside, RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM audit WHERE action = 'remake'"),
                   ==, 2);
  g_assert_true (rfi_server_history_check (fixture->db, 0, 1000, &check, NULL));
  g_assert_cmpint (check.broken, ==, 0);
  g_free (check.hash);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, ADMIN);
  g_autoptr(Device) dispatcher = device_new (fixture, DISPATCHER);
  g_autoptr(RfiJob) seen = NULL;
  g_autoptr(RfiJob) now = NULL;
  g_autoptr(RfiPushResult) forbidden = NULL;
  g_autoptr(RfiPushResult) changed = NULL;
  g_autoptr(RfiPushResult) done = NULL;
  g_autoptr(RfiPushResult) twice = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  seen = service_get_job (fixture, JOB);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  forbidden = device_push_one (dispatcher, fixture, device_delete (dispatcher, fixture, seen));
  assert_outcome (forbidden, RFI_OUTCOME_REJECTED, "FORBIDDEN");
  changed = device_push_one (device, fixture, device_delete (device, fixture, seen));
  assert_outcome (changed, RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpint (changed->reason, ==, RFI_CONFLICT_FIELDS);
  now = service_get_job (fixture, JOB);
  done = device_push_one (device, fixture, device_delete (device, fixture, now));
  assert_outcome (done, RFI_OUTCOME_APPLIED, NULL);
  g_assert_null (rfi_server_jobs_get (fixture->db, JOB, NULL));
  twice = device_push_one (device, fixture, device_delete (device, fixture, now));
  assert_outcome (twice, RFI_OUTCOME_APPLIED, NULL);
}

/* Nobody is in two places, unless a person who saw it says so. */
static void
test_booking (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPushResult) backwards = NULL;
  g_autoptr(RfiPushResult) planned = NULL;
  g_autoptr(RfiPushResult) clash = NULL;
  g_autoptr(RfiPushResult) beside = NULL;
  g_autoptr(RfiPushResult) decided = NULL;

  service_add_job (fixture, OTHER, "vendor-a", "technician", RFI_STATUS_ASSIGNED);
  service_add_job (fixture, JOB, "vendor-a", "technician", RFI_STATUS_ASSIGNED);
  backwards = device_push_one (device, fixture,
                               device_edit (device, fixture, RFI_OPERATION_EDIT, OTHER, 1,
                                            RFI_FIELD_SCHEDULED_START, "", TEN,
                                            RFI_FIELD_SCHEDULED_END, "", NINE, -1));
  assert_outcome (backwards, RFI_OUTCOME_REJECTED, "VALIDATION_ERROR");
  planned = device_push_one (device, fixture,
                             device_edit (device, fixture, RFI_OPERATION_EDIT, OTHER, 1,
                                          RFI_FIELD_SCHEDULED_START, "", NINE,
                                          RFI_FIELD_SCHEDULED_END, "", TEN, -1));
  assert_outcome (planned, RFI_OUTCOME_APPLIED, NULL);
  beside = device_push_one (device, fixture,
                            device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                         RFI_FIELD_SCHEDULED_START, "", TEN,
                                         RFI_FIELD_SCHEDULED_END, "", ELEVEN, -1));
  assert_outcome (beside, RFI_OUTCOME_APPLIED, NULL);
  clash = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 2,
                                        RFI_FIELD_SCHEDULED_START, TEN, NINE, -1));
  assert_outcome (clash, RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpint (clash->reason, ==, RFI_CONFLICT_OVER_BOOKING);
  decided = device_push_one (device, fixture,
                             resolve (device, fixture, clash->conflict_id, 2,
                                      RFI_FIELD_SCHEDULED_START, TEN, NINE));
  assert_outcome (decided, RFI_OUTCOME_APPLIED, NULL);
  assert_field (fixture, JOB, RFI_FIELD_SCHEDULED_START, NINE);
}

/* Role by operation: what is refused whatever the job says. */
static void
test_roles (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct {
    Person           person;
    RfiOperationKind kind;
    RfiField         field;
    const char      *before;
    const char      *after;
    RfiOutcome       outcome;
    const char      *code;
  } rows[] = {
    { TECHNICIAN, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title", "x", RFI_OUTCOME_REJECTED,
      "FORBIDDEN" },
    { TECHNICIAN, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "assigned", "cancelled",
      RFI_OUTCOME_REJECTED, "FORBIDDEN" },
    { TECHNICIAN, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "technician", "colleague",
      RFI_OUTCOME_REJECTED, "FORBIDDEN" },
    { TECHNICIAN, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "assigned", "in-progress",
      RFI_OUTCOME_APPLIED, NULL },
    { COLLEAGUE, RFI_OPERATION_SET_STATUS, RFI_FIELD_STATUS, "assigned", "in-progress",
      RFI_OUTCOME_CONFLICT, NULL },
    { OTHER_DISPATCHER, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title", "x", RFI_OUTCOME_CONFLICT,
      NULL },
    { DISPATCHER, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "technician", "other-tech",
      RFI_OUTCOME_REJECTED, "VALIDATION_ERROR" },
    { DISPATCHER, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "technician", "nobody-known",
      RFI_OUTCOME_REJECTED, "VALIDATION_ERROR" },
    { DISPATCHER, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "technician", "dispatcher",
      RFI_OUTCOME_REJECTED, "VALIDATION_ERROR" },
    { DISPATCHER, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title", "x", RFI_OUTCOME_APPLIED, NULL },
    { ADMIN, RFI_OPERATION_EDIT, RFI_FIELD_TITLE, "Title", "x", RFI_OUTCOME_APPLIED, NULL },
    { DISPATCHER, RFI_OPERATION_ASSIGN, RFI_FIELD_ASSIGNED_TO, "technician", "",
      RFI_OUTCOME_APPLIED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(Device) device = device_new (fixture, rows[i].person);
      g_autofree char *id = rfi_random_uuid (fixture->random);
      g_autoptr(RfiPushResult) result = NULL;

      g_test_message ("row %u", i);
      service_add_job (fixture, id, "vendor-a", "technician", RFI_STATUS_ASSIGNED);
      result = device_push_one (device, fixture,
                                device_edit (device, fixture, rows[i].kind, id, 1, rows[i].field,
                                             rows[i].before, rows[i].after, -1));
      assert_outcome (result, rows[i].outcome, rows[i].code);
    }
}

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) dispatcher = device_new (fixture, DISPATCHER);
  g_autoptr(Device) technician = device_new (fixture, TECHNICIAN);
  g_autoptr(RfiPushResult) made = NULL;
  g_autoptr(RfiPushResult) foreign = NULL;
  g_autoptr(RfiPushResult) forbidden = NULL;
  g_autoptr(RfiPushResult) odd = NULL;
  g_autoptr(RfiJob) job = NULL;

  made = device_push_one (dispatcher, fixture,
                          device_create (dispatcher, fixture, JOB, "vendor-a"));
  assert_outcome (made, RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (made->version, ==, 1);
  job = service_get_job (fixture, JOB);
  g_assert_cmpstr (job->created_by, ==, "dispatcher");
  g_assert_cmpint (job->status, ==, RFI_STATUS_PENDING);
  foreign = device_push_one (dispatcher, fixture,
                             device_create (dispatcher, fixture, OTHER, "vendor-b"));
  assert_outcome (foreign, RFI_OUTCOME_REJECTED, "FORBIDDEN");
  forbidden = device_push_one (technician, fixture,
                               device_create (technician, fixture, OTHER, "vendor-a"));
  assert_outcome (forbidden, RFI_OUTCOME_REJECTED, "FORBIDDEN");
  odd = device_push_one (dispatcher, fixture,
                         device_create (dispatcher, fixture, "no-uuid", "vendor-a"));
  assert_outcome (odd, RFI_OUTCOME_REJECTED, "VALIDATION_ERROR");
}

static void
test_escalate (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPushResult) found = NULL;
  g_autoptr(Answer) answer = NULL;
  g_autoptr(Answer) wrong = NULL;
  g_autofree char *path = NULL;
  g_autofree char *resolution = NULL;
  g_autofree char *long_note = g_strnfill (1001, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"note\":\"%s\"}", long_note);
  g_autoptr(Signed) signed_ = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  found = device_push_one (device, fixture,
                           device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1,
                                        RFI_FIELD_TITLE, "Title", "Mine", -1));
  path = g_strdup_printf ("/api/v1/conflicts/%s/escalate", found->conflict_id);
  service_must (fixture, fixture->people[OTHER_DISPATCHER], "POST", path, "{\"note\":\"n\"}", 404,
                "NOT_FOUND");
  service_must (fixture, device->user, "POST", path, "{\"to\":\"ghost\",\"note\":\"n\"}", 400,
                "VALIDATION_ERROR");
  service_must (fixture, device->user, "POST", path, too_long, 400, "VALIDATION_ERROR");
  service_must (fixture, device->user, "POST", path, "nonsense", 400, "VALIDATION_ERROR");
  answer = service_ask (fixture, device->user, "POST", path,
                        "{\"to\":\"admin\",\"note\":\"Please\"}");
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (answer->text, "\"escalatedTo\":\"admin\""));

  /* By the address of the conflict, which must be the one that the operation settles. */
  signed_ = resolve (device, fixture, found->conflict_id, 2, RFI_FIELD_TITLE, "Theirs", "Mine");
  rfi_wire_push_append_resolution (text, device->id, device->epoch, signed_->body,
                                   signed_->signature);
  service_must (fixture, device->user, "POST", "/api/v1/conflicts/another/resolution", text->str,
                400, "VALIDATION_ERROR");
  resolution = g_strdup_printf ("/api/v1/conflicts/%s/resolution", found->conflict_id);
  service_must (fixture, device->user, "POST", resolution, text->str, 200, NULL);
  assert_field (fixture, JOB, RFI_FIELD_TITLE, "Mine");
  service_must (fixture, device->user, "POST", path, "{\"note\":\"n\"}", 409,
                "CONFLICT_RESOLVED");
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
    { "/service-merge/table", test_table },
    { "/service-merge/own", test_own },
    { "/service-merge/overruled", test_overruled },
    { "/service-merge/resolve", test_resolve },
    { "/service-merge/judged-again", test_judged_again },
    { "/service-merge/resolve-theirs", test_resolve_theirs },
    { "/service-merge/deleted", test_deleted },
    { "/service-merge/remade", test_remade },
    { "/service-merge/delete", test_delete },
    { "/service-merge/booking", test_booking },
    { "/service-merge/roles", test_roles },
    { "/service-merge/create", test_create },
    { "/service-merge/escalate", test_escalate },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);
  return g_test_run ();
}
