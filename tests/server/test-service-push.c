/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every operation takes effect exactly once, whatever is lost, repeated or out of order, and what
 * is not to be trusted takes none. */

#include "config.h"

#include "service-device.h"

#include "rfi-scope-sum.h"
#include "rfi-server-answers.h"
#include "rfi-server-head.h"
#include "rfi-server-sums.h"

#include <string.h>

#define JOB "11111111-1111-4111-8111-111111111111"
#define PUSH "/api/v1/sync/push"

static const RfiPushResult *
result_at (RfiWirePushAnswer *answer,
           guint              i)
{
  return g_ptr_array_index (answer->results, i);
}

static void
assert_outcome (const RfiPushResult *result,
                RfiOutcome           outcome,
                const char          *code)
{
  if (result->outcome != outcome || g_strcmp0 (result->code, code) != 0)
    g_error ("%s %s (%s) instead of %s %s", rfi_outcome_to_string (result->outcome), result->code,
             result->message, rfi_outcome_to_string (outcome), code);
}

static Signed *
retitle (Device     *device,
         Fixture    *fixture,
         const char *from,
         const char *to)
{
  return device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1, RFI_FIELD_TITLE, from, to, -1);
}

static gint64
get_version (Fixture *fixture)
{
  g_autoptr(RfiJob) job = service_get_job (fixture, JOB);

  return job->version;
}

static void
test_repeats (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) edit = NULL;
  g_autofree char *text = NULL;
  g_autoptr(Answer) first = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  edit = retitle (device, fixture, "Title", "New");
  text = device_push_text (device, &edit, 1);
  first = service_ask (fixture, device->user, "POST", PUSH, text);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (fixture->n_news, ==, 1);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(Answer) again = service_ask (fixture, device->user, "POST", PUSH, text);
      const char *results = strstr (first->text, "\"results\":");
      g_autofree char *same = g_strndup (results, (gsize) (strstr (results, "}]") - results));

      g_assert_nonnull (strstr (again->text, same));
      g_assert_nonnull (strstr (again->text, "\"duplicates\":[1]"));
      g_assert_cmpuint (fixture->n_news, ==, 0);
    }
  g_assert_cmpint (get_version (fixture), ==, 2);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM operation"), ==, 1);
}

/* The program dies after all was done and before the commit: it was never done. */
static void
test_crash (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) edit = NULL;
  g_autofree char *text = NULL;
  g_autoptr(Answer) lost = NULL;
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  gint64 head;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  edit = retitle (device, fixture, "Title", "New");
  text = device_push_text (device, &edit, 1);
  head = service_count (fixture, "SELECT value FROM meta WHERE name='head'");
  fixture->fails = TRUE;
  lost = service_ask (fixture, device->user, "POST", PUSH, text);
  g_assert_cmpuint (lost->status, ==, 200);
  g_assert_cmpint (get_version (fixture), ==, 1);
  g_assert_cmpint (service_count (fixture, "SELECT value FROM meta WHERE name='head'"), ==, head);

  answer = device_push (device, fixture, &edit, 1);
  assert_outcome (result_at (answer, 0), RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpuint (answer->n_duplicates, ==, 0);
  g_assert_cmpint (get_version (fixture), ==, 2);
}

static void
test_fork (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  Device clone = *device;
  g_autoptr(Signed) mine = NULL;
  g_autoptr(Signed) other = NULL;
  g_autoptr(RfiWirePushAnswer) first = NULL;
  g_autoptr(RfiWirePushAnswer) second = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  mine = retitle (device, fixture, "Title", "Mine");
  other = retitle (&clone, fixture, "Title", "The clone's");
  first = device_push (device, fixture, &mine, 1);
  second = device_push (device, fixture, &other, 1);
  assert_outcome (result_at (first, 0), RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (result_at (second, 0), RFI_OUTCOME_FORK, "FORK");
  g_assert_cmpint (get_version (fixture), ==, 2);
}

/* Numbers come in any order within a window; the watermark waits for the missing one. */
static void
test_window (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) a = NULL;
  g_autoptr(Signed) b = NULL;
  g_autoptr(Signed) c = NULL;
  g_autoptr(Signed) far = NULL;
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  g_autoptr(RfiWirePushAnswer) filled = NULL;
  g_autoptr(RfiWirePushAnswer) too_far = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  a = retitle (device, fixture, "Title", "1");
  b = retitle (device, fixture, "Title", "2");
  c = device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1, RFI_FIELD_CITY, "City", "3", -1);

  answer = device_push (device, fixture, &c, 1);
  assert_outcome (result_at (answer, 0), RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (answer->watermark, ==, 0);
  filled = device_push (device, fixture, (Signed *[]) { a, b }, 2);
  assert_outcome (result_at (filled, 0), RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (result_at (filled, 1), RFI_OUTCOME_CONFLICT, NULL);
  g_assert_cmpint (filled->watermark, ==, 3);

  device->seq = 3 + 4096;
  far = retitle (device, fixture, "1", "far");
  too_far = device_push (device, fixture, &far, 1);
  assert_outcome (result_at (too_far, 0), RFI_OUTCOME_RETRY_LATER, "SEQUENCE_GAP");
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM operation"), ==, 3);
}

static void
test_chain (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) a = NULL;
  g_autoptr(Signed) skipped = NULL;
  g_autoptr(Signed) b = NULL;
  g_autoptr(Signed) late = NULL;
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  g_autoptr(RfiWirePushAnswer) filled = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  a = retitle (device, fixture, "Title", "1");
  memset (device->prev, 'a', RFI_HASH_LENGTH);
  b = retitle (device, fixture, "1", "2");
  answer = device_push (device, fixture, (Signed *[]) { a, b }, 2);
  assert_outcome (result_at (answer, 0), RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (result_at (answer, 1), RFI_OUTCOME_QUARANTINED, "BROKEN_CHAIN");
  g_assert_cmpint (answer->watermark, ==, 2);
  g_assert_cmpint (get_version (fixture), ==, 2);

  /* The later one is here first and names another. */
  skipped = retitle (device, fixture, "1", "3");
  memset (device->prev, 'b', RFI_HASH_LENGTH);
  late = device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1, RFI_FIELD_CITY, "City", "x", -1);
  filled = device_push (device, fixture, (Signed *[]) { late, skipped }, 2);
  assert_outcome (result_at (filled, 0), RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (result_at (filled, 1), RFI_OUTCOME_QUARANTINED, "BROKEN_CHAIN");
  g_assert_cmpint (filled->watermark, ==, 4);
}

static Signed *
make_void (Device     *device,
           Fixture    *fixture,
           const char *replaces)
{
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_VOID, .entity_id = (char *) JOB, .replaces = (char *) replaces,
  };

  return device_sign (device, fixture, &template);
}

static void
test_void (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  Device before;
  g_autoptr(Signed) withdrawn = NULL;
  g_autoptr(Signed) void_ = NULL;
  g_autoptr(Signed) next = NULL;
  g_autoptr(Signed) late_void = NULL;
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  g_autoptr(RfiWirePushAnswer) late = NULL;
  g_autoptr(RfiWirePushAnswer) known = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  before = *device;
  withdrawn = retitle (device, fixture, "Title", "1");
  *device = before;
  void_ = make_void (device, fixture, withdrawn->hash);
  before = *device;
  next = retitle (device, fixture, "Title", "2");

  answer = device_push (device, fixture, (Signed *[]) { void_, next }, 2);
  assert_outcome (result_at (answer, 0), RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (result_at (answer, 1), RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (answer->watermark, ==, 2);
  g_assert_cmpint (get_version (fixture), ==, 2);

  /* What was withdrawn arrives after all, from where nobody knows that it was: it is not said to be
   * done. And a void of what was done. */
  late = device_push (device, fixture, &withdrawn, 1);
  assert_outcome (result_at (late, 0), RFI_OUTCOME_FORK, "FORK");
  g_assert_cmpuint (late->n_duplicates, ==, 0);
  *device = before;
  late_void = make_void (device, fixture, next->hash);
  known = device_push (device, fixture, &late_void, 1);
  g_assert_cmpint (result_at (known, 0)->change_seq, ==, result_at (answer, 1)->change_seq);
  g_assert_cmpuint (known->n_duplicates, ==, 1);
  g_assert_cmpint (get_version (fixture), ==, 2);
}

static Signed *
depend (Device     *device,
        Fixture    *fixture,
        gint64      on,
        const char *city)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) before = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_EDIT, .entity_id = (char *) JOB, .base_version = 1, .patch = patch,
    .before = before, .deps = &on, .n_deps = 1,
  };

  rfi_patch_set (before, RFI_FIELD_CITY, "City");
  rfi_patch_set (patch, RFI_FIELD_CITY, city);
  return device_sign (device, fixture, &template);
}

/* What follows one that was put aside does not overtake what that one would have waited for. */
static void
test_behind_broken (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) first = NULL;
  g_autoptr(Signed) broken = NULL;
  g_autoptr(Signed) behind = NULL;
  g_autoptr(RfiWirePushAnswer) answer = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  first = retitle (device, fixture, "Title", "1");
  memset (device->prev, 'a', RFI_HASH_LENGTH);
  broken = retitle (device, fixture, "1", "2");
  behind = depend (device, fixture, 2, "x");
  answer = device_push (device, fixture, (Signed *[]) { first, broken, behind }, 3);
  assert_outcome (result_at (answer, 1), RFI_OUTCOME_QUARANTINED, "BROKEN_CHAIN");
  assert_outcome (result_at (answer, 2), RFI_OUTCOME_BLOCKED, NULL);
  g_assert_cmpint (get_version (fixture), ==, 2);
}

static Signed *
resolve (Device     *device,
         Fixture    *fixture,
         const char *conflict_id,
         gint64      on)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_RESOLVE, .entity_id = (char *) JOB, .base_version = 2, .patch = patch,
    .resolves = (char *) conflict_id, .deps = &on, .n_deps = 1,
  };

  return device_sign (device, fixture, &template);
}

/* Blocked is not stored: as soon as what is missing is settled, the same bytes go through. */
static void
test_deps (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Signed) first = NULL;
  g_autoptr(Signed) second = NULL;
  g_autoptr(Signed) settling = NULL;
  g_autoptr(RfiWirePushAnswer) unseen = NULL;
  g_autoptr(RfiWirePushAnswer) both = NULL;
  g_autoptr(RfiWirePushAnswer) settled = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_change_job (fixture, JOB, RFI_FIELD_TITLE, "Theirs");
  first = retitle (device, fixture, "Title", "Mine");
  second = depend (device, fixture, 1, "Other city");

  unseen = device_push (device, fixture, &second, 1);
  assert_outcome (result_at (unseen, 0), RFI_OUTCOME_BLOCKED, NULL);
  g_assert_cmpint (result_at (unseen, 0)->blocked_by, ==, 1);
  both = device_push (device, fixture, (Signed *[]) { first, second }, 2);
  assert_outcome (result_at (both, 0), RFI_OUTCOME_CONFLICT, NULL);
  assert_outcome (result_at (both, 1), RFI_OUTCOME_BLOCKED, NULL);
  g_assert_cmpint (both->watermark, ==, 1);

  settling = resolve (device, fixture, result_at (both, 0)->conflict_id, 1);
  settled = device_push (device, fixture, (Signed *[]) { settling, second }, 2);
  assert_outcome (result_at (settled, 0), RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (result_at (settled, 1)->outcome, <=, RFI_OUTCOME_MERGED);
  g_assert_cmpint (settled->watermark, ==, 3);
}

/* One that cannot be carried out spoils none of its neighbours, not even one that makes the
 * database refuse. */
static void
test_poison (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  Signed *all[6];
  g_autoptr(RfiWirePushAnswer) answer = NULL;

  service_run (fixture, "CREATE TRIGGER poison BEFORE UPDATE ON job WHEN NEW.title = 'poison'"
                        " BEGIN SELECT RAISE (ABORT, 'poisoned'); END");
  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  all[0] = retitle (device, fixture, "Title", "1");
  all[1] = retitle (device, fixture, "1", "poison");
  all[2] = retitle (device, fixture, "1", "");
  all[3] = device_edit (device, fixture, RFI_OPERATION_EDIT, JOB, 1, RFI_FIELD_ZIP_CODE, "75201",
                        "none", -1);
  all[4] = device_edit (device, fixture, RFI_OPERATION_SET_STATUS, JOB, 1, RFI_FIELD_STATUS,
                        "pending", "completed", -1);
  all[5] = retitle (device, fixture, "1", "6");

  g_test_expect_message ("rfi-service-push", G_LOG_LEVEL_WARNING, "Operation * was undone: *");
  answer = device_push (device, fixture, all, 6);
  g_test_assert_expected_messages ();
  assert_outcome (result_at (answer, 0), RFI_OUTCOME_APPLIED, NULL);
  assert_outcome (result_at (answer, 1), RFI_OUTCOME_REJECTED, "NOT_APPLICABLE");
  assert_outcome (result_at (answer, 2), RFI_OUTCOME_REJECTED, "VALIDATION_ERROR");
  g_assert_true (result_at (answer, 2)->correctable);
  assert_outcome (result_at (answer, 3), RFI_OUTCOME_REJECTED, "VALIDATION_ERROR");
  assert_outcome (result_at (answer, 4), RFI_OUTCOME_REJECTED, "INVALID_STATUS_TRANSITION");
  assert_outcome (result_at (answer, 5), RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (answer->watermark, ==, 6);
  g_assert_cmpint (get_version (fixture), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    signed_free (all[i]);
}

/* What is counted up to the end of a batch is counted without what was undone, however far that
 * had come. */
static void
test_undone (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  const RfiScope scope = { RFI_SCOPE_VENDOR, "vendor-a" };
  RfiServerSum sum;
  RfiServerHead before;
  RfiServerHead head;
  Signed *all[3];

  service_run (fixture, "CREATE TRIGGER poison BEFORE INSERT ON audit WHEN NEW.changes LIKE "
                        "'%poison%' BEGIN SELECT RAISE (ABORT, 'poisoned'); END");
  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  g_assert_true (rfi_server_head_get (fixture->db, &before, NULL));
  all[0] = retitle (device, fixture, "Title", "1");
  all[1] = retitle (device, fixture, "1", "poison");
  all[2] = retitle (device, fixture, "1", "3");

  g_test_expect_message ("rfi-service-push", G_LOG_LEVEL_WARNING, "Operation * was undone: *");
  answer = device_push (device, fixture, all, 3);
  g_test_assert_expected_messages ();
  assert_outcome (result_at (answer, 1), RFI_OUTCOME_REJECTED, "NOT_APPLICABLE");
  g_assert_cmpint (result_at (answer, 2)->change_seq, ==, before.seq + 2);
  g_assert_cmpint (answer->head, ==, before.seq + 2);
  g_assert_true (rfi_server_head_get (fixture->db, &head, NULL));
  g_assert_cmpint (head.seq, ==, before.seq + 2);
  g_assert_true (rfi_server_sums_get (fixture->db, &scope, &sum, NULL));
  g_assert_cmpint (sum.n, ==, 1);
  g_assert_cmpuint (sum.sum, ==, rfi_scope_sum_row (JOB, 3));
  g_assert_cmpint (service_count (fixture, "SELECT max (n) - count(*) FROM audit"), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    signed_free (all[i]);
}

static void
test_trust (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(Device) stranger = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPushResult) forged = NULL;
  g_autoptr(RfiPushResult) borrowed = NULL;
  g_autoptr(RfiPushResult) foreign = NULL;
  g_autoptr(RfiPushResult) tampered = NULL;
  g_autoptr(Signed) signed_ = NULL;
  g_autofree char *space = NULL;
  const RfiSignedOperation by_admin = {
    .kind = RFI_OPERATION_EDIT, .entity_id = (char *) JOB, .base_version = 1, .patch = patch,
    .before = patch, .user_id = (char *) "admin",
  };

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  rfi_patch_set (patch, RFI_FIELD_TITLE, "Title");

  signed_ = retitle (device, fixture, "Title", "1");
  signed_->signature[3] = signed_->signature[3] == 'A' ? 'B' : 'A';
  forged = device_push_one (device, fixture, g_steal_pointer (&signed_));
  assert_outcome (forged, RFI_OUTCOME_REJECTED, "BAD_SIGNATURE");

  borrowed = device_push_one (device, fixture, device_sign (device, fixture, &by_admin));
  assert_outcome (borrowed, RFI_OUTCOME_REJECTED, "FORBIDDEN");

  foreign = device_push_one (device, fixture, retitle (stranger, fixture, "Title", "2"));
  assert_outcome (foreign, RFI_OUTCOME_REJECTED, "WRONG_DEVICE");

  /* The same, with a space: it is no longer the one spelling. */
  signed_ = retitle (device, fixture, "Title", "3");
  space = g_strconcat ("{ ", signed_->body + 1, NULL);
  g_free (signed_->body);
  signed_->body = g_steal_pointer (&space);
  tampered = device_push_one (device, fixture, g_steal_pointer (&signed_));
  assert_outcome (tampered, RFI_OUTCOME_REJECTED, "INVALID_OPERATION");

  g_assert_cmpint (get_version (fixture), ==, 1);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM operation"), ==, 3);
}

static void
test_revoked (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *path = g_strdup_printf ("/api/v1/devices/%s/revoke", device->id);
  g_autoptr(RfiPushResult) result = NULL;
  g_autoptr(Answer) known = NULL;
  g_autofree char *hello = device_hello (device);

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  service_must (fixture, fixture->people[OTHER_DISPATCHER], "POST", path, "{}", 404, "NOT_FOUND");
  service_must (fixture, fixture->people[ADMIN], "POST", path, "{}", 200, NULL);
  service_must (fixture, fixture->people[DISPATCHER], "POST", path, "{}", 200, NULL);
  g_assert_cmpint (service_count (fixture, "SELECT count(*) FROM audit"
                                           " WHERE action = 'revoke-device'"), ==, 1);

  result = device_push_one (device, fixture, retitle (device, fixture, "Title", "1"));
  assert_outcome (result, RFI_OUTCOME_QUARANTINED, "DEVICE_REVOKED");
  g_assert_cmpint (get_version (fixture), ==, 1);
  known = service_ask (fixture, device->user, "POST", "/api/v1/devices", hello);
  g_assert_nonnull (strstr (known->text, "\"revoked\""));
}

/* The compatible dialect did it already, or the same act came under another number. */
static void
test_other_ways (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) before = rfi_patch_new ();
  const RfiServerAnswer done = { .fingerprint = (char *) "f", .status = 200,
                                 .body = (char *) "{}" };
  RfiSignedOperation template = {
    .kind = RFI_OPERATION_EDIT, .entity_id = (char *) JOB, .base_version = 1, .patch = patch,
    .before = before, .id = (char *) "22222222-2222-4222-8222-222222222222",
  };
  g_autoptr(RfiPushResult) by_key = NULL;
  g_autoptr(RfiPushResult) first = NULL;
  g_autoptr(RfiPushResult) renumbered = NULL;
  g_autofree char *hello = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  rfi_patch_set (before, RFI_FIELD_TITLE, "Title");
  rfi_patch_set (patch, RFI_FIELD_TITLE, "New");
  g_assert_true (rfi_server_answers_insert (fixture->db, "dispatcher", template.id, &done, 1,
                                            NULL));
  by_key = device_push_one (device, fixture, device_sign (device, fixture, &template));
  assert_outcome (by_key, RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (get_version (fixture), ==, 1);

  template.id = (char *) "33333333-3333-4333-8333-333333333333";
  first = device_push_one (device, fixture, device_sign (device, fixture, &template));
  assert_outcome (first, RFI_OUTCOME_APPLIED, NULL);
  strcpy (device->epoch, "00000000000000ff");
  strcpy (device->prev, RFI_HASH_NONE);
  device->seq = 0;
  hello = device_hello (device);
  service_must (fixture, device->user, "POST", "/api/v1/devices", hello, 200, NULL);
  renumbered = device_push_one (device, fixture, device_sign (device, fixture, &template));
  assert_outcome (renumbered, RFI_OUTCOME_APPLIED, NULL);
  g_assert_cmpint (renumbered->seq, ==, 1);
  g_assert_cmpint (renumbered->change_seq, ==, first->change_seq);
  g_assert_cmpint (get_version (fixture), ==, 2);
}

static void
test_hello (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *hello = device_hello (device);
  g_autoptr(Signed) edit = NULL;
  g_autoptr(RfiWirePushAnswer) pushed = NULL;
  g_autoptr(Answer) known = NULL;
  g_autoptr(Answer) listed = NULL;
  gboolean shown;
  g_autofree char *hash = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *probe = NULL;
  g_autofree char *push = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  edit = retitle (device, fixture, "Title", "1");
  pushed = device_push (device, fixture, &edit, 1);
  probe = g_strdup_printf ("%.*s,\"probe\":[1,2]}", (int) strlen (hello) - 1, hello);
  known = service_ask (fixture, device->user, "POST", "/api/v1/devices", probe);
  g_assert_cmpuint (known->status, ==, 200);
  hash = g_strdup_printf ("\"maxHash\":\"%s\"", edit->hash);
  g_assert_nonnull (strstr (known->text, hash));
  g_assert_nonnull (strstr (known->text, "\"maxSeq\":1"));
  unknown = g_strdup_printf ("\"hashes\":{\"1\":\"%s\"}", edit->hash);
  g_assert_nonnull (strstr (known->text, unknown));

  listed = service_ask (fixture, device->user, "GET", "/api/v1/devices", NULL);
  shown = g_regex_match_simple ("\"fingerprint\":\"([0-9A-F]{4} ){7}[0-9A-F]{4}\"", listed->text,
                                G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT);
  g_assert_true (shown);
  service_must (fixture, fixture->people[ADMIN], "POST", "/api/v1/devices", hello, 403,
                "DEVICE_FORBIDDEN");
  device->public_key[0] ^= 1;
  g_free (hello);
  hello = device_hello (device);
  service_must (fixture, device->user, "POST", "/api/v1/devices", hello, 409,
                "DEVICE_KEY_MISMATCH");
  push = device_push_text (device, &edit, 1);
  service_must (fixture, fixture->people[ADMIN], "POST", PUSH, push, 403, "DEVICE_FORBIDDEN");
  device->id[0] = device->id[0] == 'a' ? 'b' : 'a';
  g_free (push);
  push = device_push_text (device, &edit, 1);
  service_must (fixture, device->user, "POST", PUSH, push, 409, "DEVICE_UNKNOWN");
}

static void
test_limits (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  Signed *many[101];
  g_autofree char *too_many = NULL;
  g_autofree char *filler = g_strnfill (256 * 1024, ' ');
  g_autofree char *too_long = NULL;
  g_autoptr(RfiWirePushAnswer) full = NULL;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = retitle (device, fixture, i == 0 ? "Title" : "x", "x");
  full = device_push (device, fixture, many, 100);
  g_assert_cmpint (full->watermark, ==, 100);
  too_many = device_push_text (device, many, 101);
  too_long = g_strconcat (too_many, filler, NULL);
  service_must (fixture, device->user, "POST", PUSH, too_many, 413, "PAYLOAD_TOO_LARGE");
  service_must (fixture, device->user, "POST", PUSH, too_long, 413, "PAYLOAD_TOO_LARGE");
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    signed_free (many[i]);
}

/* Returns: (transfer full): @text with a few bytes changed, doubled, or cut off */
static char *
spoil (GRand      *rand,
       const char *text)
{
  static const char odd[] = "{}[]\",:\\0-9eu\x01\xff";
  g_autoptr(GString) spoilt = g_string_new (text);
  guint n = (guint) g_rand_int_range (rand, 1, 4);

  for (guint i = 0; i < n && spoilt->len > 0; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) spoilt->len);
      char c = odd[g_rand_int_range (rand, 0, sizeof odd - 1)];

      if (g_rand_int_range (rand, 0, 8) == 0)
        g_string_truncate (spoilt, at);
      else if (g_rand_boolean (rand))
        spoilt->str[at] = c;
      else
        g_string_insert_c (spoilt, (gssize) at, c);
    }
  return g_string_free (g_steal_pointer (&spoilt), FALSE);
}

/* Whatever comes is answered as the client's mistake, if it is one. */
static void
test_noise (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autoptr(Device) device = device_new (fixture, DISPATCHER);
  g_autofree char *hello = device_hello (device);
  g_autoptr(Signed) edit = NULL;
  g_autofree char *push = NULL;
  guint n_good = 0;

  service_add_job (fixture, JOB, "vendor-a", NULL, RFI_STATUS_PENDING);
  edit = retitle (device, fixture, "Title", "1");
  push = device_push_text (device, &edit, 1);
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *body = spoil (rand, i % 4 == 0 ? hello : push);
      g_autoptr(Answer) answer = service_ask (
        fixture, device->user, "POST", i % 4 == 0 ? "/api/v1/devices" : PUSH, body);

      n_good += answer->status < 300;
      if (answer->status >= 500 || (answer->status >= 300 && answer->status < 400))
        g_error ("%u %s: %s", answer->status, answer->text, body);
    }
  g_assert_cmpuint (n_good, >, 0);
  g_assert_cmpint (get_version (fixture), <=, 2);
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
    { "/service-push/repeats", test_repeats },
    { "/service-push/crash", test_crash },
    { "/service-push/fork", test_fork },
    { "/service-push/window", test_window },
    { "/service-push/chain", test_chain },
    { "/service-push/void", test_void },
    { "/service-push/deps", test_deps },
    { "/service-push/behind-broken", test_behind_broken },
    { "/service-push/poison", test_poison },
    { "/service-push/undone", test_undone },
    { "/service-push/trust", test_trust },
    { "/service-push/revoked", test_revoked },
    { "/service-push/other-ways", test_other_ways },
    { "/service-push/hello", test_hello },
    { "/service-push/limits", test_limits },
    { "/service-push/noise", test_noise },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, service_set_up, tests[i].test, service_tear_down);
  return g_test_run ();
}
