/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-canonical.h"
#include "rfi-wire-audit.h"
#include "rfi-wire-auth.h"
#include "rfi-wire-conflict.h"
#include "rfi-wire-device.h"
#include "rfi-wire-error.h"
#include "rfi-wire-event-batch.h"
#include "rfi-wire-sync-auth.h"

#include <string.h>

static void
test_hello (void)
{
  gint64 probes[] = { 3, 70 };
  RfiDeviceHello hello = {
    .device_id = (char *) "d1",
    .name = (char *) "Desk 4",
    .epoch = (char *) "00112233445566aa",
    .probes = probes,
    .n_probes = G_N_ELEMENTS (probes),
    .device_time = 1790000000000,
  };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(RfiDeviceHello) read = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < RFI_WIRE_PUBLIC_KEY_BYTES; i++)
    hello.public_key[i] = (guint8) (i * 7);
  rfi_device_hello_append (&hello, out);
  read = rfi_device_hello_parse (out->str, (gssize) out->len, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (read->device_id, ==, "d1");
  g_assert_cmpstr (read->name, ==, "Desk 4");
  g_assert_cmpstr (read->epoch, ==, "00112233445566aa");
  g_assert_cmpmem (read->public_key, sizeof read->public_key, hello.public_key,
                   sizeof hello.public_key);
  g_assert_cmpmem (read->probes, read->n_probes * sizeof *read->probes, probes, sizeof probes);
  g_assert_cmpint (read->device_time, ==, 1790000000000);

  g_string_replace (out, "\"publicKey\":\"", "\"publicKey\":\"AA", 0);
  g_assert_null (rfi_device_hello_parse (out->str, -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_hello_limit (void)
{
  gint64 probes[RFI_WIRE_DEVICE_MAX_PROBES + 1] = { 0 };
  RfiDeviceHello hello = { (char *) "d", { 0 }, (char *) "n", (char *) "e", probes,
                           RFI_WIRE_DEVICE_MAX_PROBES };
  g_autoptr(GString) full = g_string_new (NULL);
  g_autoptr(GString) over = g_string_new (NULL);
  g_autoptr(RfiDeviceHello) read = NULL;

  rfi_device_hello_append (&hello, full);
  hello.n_probes++;
  rfi_device_hello_append (&hello, over);
  read = rfi_device_hello_parse (full->str, -1, NULL);
  g_assert_nonnull (read);
  g_assert_null (rfi_device_hello_parse (over->str, -1, NULL));
}

static void
test_device_state (void)
{
  static const char text[] =
    "{\"deviceId\":\"d1\",\"epoch\":\"e1\",\"status\":\"revoked\",\"watermark\":4,\"maxSeq\":9,"
    "\"maxHash\":\"ab\",\"serverEpoch\":\"s1\",\"head\":77,\"hashes\":{\"7\":\"cd\",\"9\":\"ab\"}}";
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiDeviceState) state = rfi_device_state_parse (text, -1, &error);
  g_autoptr(GString) again = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_true (state->revoked);
  g_assert_cmpint (state->watermark, ==, 4);
  g_assert_cmpint (state->max_seq, ==, 9);
  g_assert_cmpint (state->head, ==, 77);
  g_assert_cmpuint (state->hashes->len, ==, 2);
  g_assert_cmpint (g_array_index (state->hashes, RfiDeviceHash, 0).seq, ==, 7);
  g_assert_cmpstr (g_array_index (state->hashes, RfiDeviceHash, 0).hash, ==, "cd");
  rfi_device_state_append (state, again);
  g_assert_cmpstr (again->str, ==, text);

  g_assert_null (rfi_device_state_parse ("{\"deviceId\":\"d1\"}", -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_devices (void)
{
  static const char text[] =
    "{\"data\":[{\"deviceId\":\"d1\",\"userId\":\"u1\",\"userName\":\"Ann\",\"name\":\"Desk\","
    "\"status\":\"active\",\"epoch\":\"e\",\"maxSeq\":9,\"registeredAt\":5,\"lastSeenAt\":6,"
    "\"clockSkew\":-120000,\"fingerprint\":\"ab:cd\"},"
    "{\"deviceId\":\"d2\",\"userId\":\"u1\",\"userName\":null,"
    "\"name\":\"Desk\",\"status\":\"revoked\",\"epoch\":\"e\",\"maxSeq\":0,\"registeredAt\":5,"
    "\"lastSeenAt\":6,\"fingerprint\":\"ab:cd\"}]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) devices = rfi_device_parse_list (text, -1, &error);
  g_autoptr(GString) again = g_string_new (NULL);
  const RfiDevice *second;

  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 2);
  second = g_ptr_array_index (devices, 1);
  g_assert_true (second->revoked);
  g_assert_null (second->user_name);
  g_assert_cmpint (second->last_seen_at, ==, 6);
  rfi_device_append_list (devices, again);
  g_assert_cmpstr (again->str, ==, text);
  g_assert_null (rfi_device_parse_list ("{\"data\":[{}]}", -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_tokens (void)
{
  static const char text[] = "{\"token\":\"t\",\"refreshToken\":\"r\",\"expiresIn\":900}";
  const RfiUser user = { .id = (char *) "u1", .email = (char *) "a@b.c", .role = RFI_ROLE_ADMIN,
                         .display_name = (char *) "Ann" };
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiWireTokens) tokens = rfi_wire_tokens_parse (text, -1, &error);
  g_autoptr(RfiWireTokens) old = rfi_wire_tokens_parse ("{\"token\":\"t\"}", -1, NULL);
  g_autoptr(RfiWireTokens) from_login = NULL;
  g_autoptr(RfiUser) read_user = NULL;
  g_autofree char *token = NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (tokens->expires_in, ==, 900);
  rfi_wire_tokens_append (tokens, out);
  g_assert_cmpstr (out->str, ==, text);
  g_assert_null (old->refresh_token);
  g_assert_cmpint (old->expires_in, ==, 0);
  g_assert_null (rfi_wire_tokens_parse ("{\"refreshToken\":\"r\"}", -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);

  /* Who knows only the contract reads a login all the same. */
  g_string_truncate (out, 0);
  rfi_wire_tokens_append_login (tokens, &user, out);
  from_login = rfi_wire_tokens_parse (out->str, -1, NULL);
  g_assert_cmpstr (from_login->refresh_token, ==, "r");
  g_assert_true (rfi_wire_login_parse (out->str, -1, &token, &read_user, NULL));
  g_assert_cmpstr (token, ==, "t");
  g_assert_cmpstr (read_user->id, ==, "u1");
}

static void
test_refresh (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *token = NULL;
  RfiJson body;

  rfi_wire_append_refresh (out, "secret");
  g_assert_true (rfi_json_parse (out->str, -1, &body, NULL));
  token = rfi_wire_read_refresh (&body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "secret");
  g_assert_false (rfi_wire_wants_refresh (&body));
  g_assert_true (rfi_json_parse ("{\"refreshToken\":7}", -1, &body, NULL));
  g_assert_null (rfi_wire_read_refresh (&body, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);

  g_string_truncate (out, 0);
  rfi_wire_append_login_refresh (out, "a@b.c", "pass");
  g_assert_true (rfi_json_parse (out->str, -1, &body, NULL));
  g_assert_true (rfi_wire_wants_refresh (&body));
}

static void
test_conflicts (void)
{
  static const char text[] =
    "{\"data\":[{\"id\":\"c1\",\"jobId\":\"j1\",\"jobTitle\":\"Door\",\"deviceId\":\"d1\","
    "\"userId\":\"u1\",\"userName\":\"Ann\",\"seq\":4,\"kind\":\"edit\",\"reason\":\"fields\","
    "\"base\":{\"title\":\"a\"},\"mine\":{\"title\":\"b\"},\"theirs\":{\"title\":\"c\","
    "\"parts\":\"\"},\"version\":8,\"theirsBy\":\"u2\",\"theirsByName\":\"Bob\",\"theirsAt\":5,"
    "\"detectedAt\":6,\"state\":\"open\",\"resolvedBy\":null,\"resolvedAt\":0,"
    "\"resolution\":null,\"escalatedTo\":null,\"escalationNote\":null,\"typedAt\":2,"
    "\"baseVersion\":7,\"theirsTypedAt\":3,\"escalatedAt\":0},"
    "{\"id\":\"c2\",\"jobId\":\"j1\",\"jobTitle\":\"Door\",\"deviceId\":\"d1\","
    "\"userId\":\"u1\",\"userName\":\"Ann\",\"seq\":5,\"kind\":\"delete\","
    "\"reason\":\"state_race\",\"base\":null,\"mine\":{\"title\":\"m\"},"
    "\"theirs\":{\"title\":\"t\"},\"version\":8,"
    "\"theirsBy\":null,\"theirsByName\":null,\"theirsAt\":0,\"detectedAt\":6,"
    "\"state\":\"resolved\",\"resolvedBy\":\"u3\",\"resolvedAt\":7,"
    "\"resolution\":{\"title\":\"m\"},\"escalatedTo\":\"u3\",\"escalationNote\":\"look\","
    "\"typedAt\":0,\"baseVersion\":0,\"theirsTypedAt\":0,\"escalatedToName\":\"Cy\","
    "\"escalatedBy\":\"u1\",\"escalatedByName\":\"Ann\",\"escalatedAt\":5,"
    "\"resolvedByName\":\"Cy\",\"investigation\":{\"owner\":\"u3\",\"ownerName\":\"Cy\","
    "\"begunAt\":5,\"endedAt\":7,\"notes\":[{\"by\":\"u3\",\"byName\":\"Cy\",\"at\":6,"
    "\"text\":\"Called\"}]},\"fields\":[{\"field\":\"title\",\"result\":\"m\","
    "\"lost\":\"t\",\"winner\":\"mine\"}]}]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = rfi_conflict_record_parse_list (text, -1, &error);
  g_autoptr(GString) again = g_string_new (NULL);
  const RfiConflictRecord *first;
  const RfiConflictRecord *second;

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  first = g_ptr_array_index (records, 0);
  second = g_ptr_array_index (records, 1);
  g_assert_false (first->resolved);
  g_assert_cmpstr (rfi_patch_get (first->theirs, RFI_FIELD_TITLE), ==, "c");
  g_assert_cmpint (first->kind, ==, RFI_OPERATION_EDIT);
  g_assert_true (second->resolved);
  g_assert_cmpint (second->reason, ==, RFI_CONFLICT_STATE_RACE);
  g_assert_cmpint (first->typed_at, ==, 2);
  g_assert_cmpuint (second->notes->len, ==, 1);
  rfi_conflict_record_append_list (records, again);
  g_assert_cmpstr (again->str, ==, text);

  g_string_replace (again, "\"state_race\"", "\"mood\"", 0);
  g_assert_null (rfi_conflict_record_parse_list (again->str, -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_reasons (void)
{
  RfiConflictReason reason;

  for (guint i = 0; i < RFI_N_CONFLICT_REASONS; i++)
    {
      g_assert_true (rfi_wire_conflict_reason_from_string (rfi_wire_conflict_reason_to_string (i),
                                                           &reason));
      g_assert_cmpuint (reason, ==, i);
      g_assert_true (rfi_conflict_reason_from_string (rfi_conflict_reason_to_string (i), &reason));
      g_assert_cmpuint (reason, ==, i);
    }
}

static void
test_escalation (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *to = NULL;
  g_autofree char *note = NULL;
  g_autofree char *nobody = NULL;
  RfiJson body;

  rfi_wire_append_escalation (out, NULL, "Please look");
  g_assert_true (rfi_json_parse (out->str, -1, &body, NULL));
  g_assert_true (rfi_wire_read_escalation (&body, &to, &note, &error));
  g_assert_null (to);
  g_assert_cmpstr (note, ==, "Please look");
  g_assert_true (rfi_json_parse ("{\"to\":\"u1\",\"note\":\"\"}", -1, &body, NULL));
  g_assert_false (rfi_wire_read_escalation (&body, &to, &nobody, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
  g_assert_null (nobody);
}

static void
test_events (void)
{
  static const char text[] =
    "{\"events\":[{\"eventId\":\"e1\",\"type\":\"sync.cycle\",\"schemaVersion\":1,"
    "\"occurredAt\":5,\"aggregateId\":\"d1\",\"sequence\":9,\"payload\":{\"ms\":12.5}}]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) events = rfi_wire_events_parse (text, -1, &error);
  g_autoptr(GString) again = g_string_new (NULL);
  RfiWireEvent *event;
  guint n_accepted;
  guint n_duplicates;

  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  event = g_ptr_array_index (events, 0);
  g_assert_cmpstr (event->payload, ==, "{\"ms\":12.5}");
  g_assert_cmpint (event->sequence, ==, 9);
  rfi_wire_events_append (events, again);
  g_assert_cmpstr (again->str, ==, text);

  g_string_truncate (again, 0);
  rfi_wire_events_append_answer (again, 3, 2);
  g_assert_true (rfi_wire_events_parse_answer (again->str, -1, &n_accepted, &n_duplicates, NULL));
  g_assert_cmpuint (n_accepted, ==, 3);
  g_assert_cmpuint (n_duplicates, ==, 2);

  g_assert_null (rfi_wire_events_parse ("{\"events\":[{\"eventId\":\"e1\"}]}", -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_events_limit (void)
{
  RfiWireEvent event = { (char *) "e", (char *) "t", 1, 0, (char *) "a", 0, (char *) "{}" };
  g_autoptr(GPtrArray) events = g_ptr_array_new ();
  g_autoptr(GPtrArray) read = NULL;
  g_autoptr(GString) full = g_string_new (NULL);
  g_autoptr(GString) over = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < RFI_WIRE_EVENTS_MAX; i++)
    g_ptr_array_add (events, &event);
  rfi_wire_events_append (events, full);
  read = rfi_wire_events_parse (full->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, RFI_WIRE_EVENTS_MAX);

  g_ptr_array_add (events, &event);
  rfi_wire_events_append (events, over);
  g_assert_null (rfi_wire_events_parse (over->str, -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
}

static RfiAuditRecord *
sample_record (void)
{
  RfiAuditRecord *record = rfi_audit_record_new ();

  record->n = 1;
  record->at = 1764201600000;
  record->actor_id = g_strdup ("u1");
  record->origin = g_strdup ("sync-v1");
  record->job_id = g_strdup ("j1");
  record->action = g_strdup ("changed");
  record->prev_hash = g_strdup (RFI_HASH_NONE);
  rfi_audit_record_add_change (record, "title", "Door", "Gate \"A\"");
  rfi_audit_record_add_change (record, "notes", NULL, "x");
  return record;
}

/* Pinned: computed by another program from the 32 zero bytes and
 * {"action":"changed","actorId":"u1","at":1764201600000,"changes":[{"after":"Gate \"A\"",
 * "before":"Door","field":"title"},{"after":"x","field":"notes"}],"jobId":"j1","n":1,
 * "origin":"sync-v1"}
 */
static void
test_audit_hash (void)
{
  g_autoptr(RfiAuditRecord) record = sample_record ();
  g_autofree char *hash = rfi_audit_record_compute_hash (record);
  g_autofree char *other = NULL;

  g_assert_cmpstr (hash, ==, "91d8a09950afd46294e0a9bd93a40c02ffa148b9c0e0bed3a935f34ceb8b0661");
  record->n = 2;
  other = rfi_audit_record_compute_hash (record);
  g_assert_cmpstr (other, !=, hash);
  g_free (record->prev_hash);
  record->prev_hash = g_strdup ("broken");
  g_assert_null (rfi_audit_record_compute_hash (record));
}

static void
test_audit_page (void)
{
  g_autoptr(GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_record_free);
  g_autoptr(GPtrArray) read = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  RfiAuditRecord *record = sample_record ();
  g_autofree char *hash = NULL;
  gint64 head;

  record->hash = rfi_audit_record_compute_hash (record);
  g_ptr_array_add (records, record);
  rfi_audit_record_append_page (records, 31, out);
  read = rfi_audit_record_parse_page (out->str, (gssize) out->len, &head, NULL, &error);

  /* Who reads it can compute the hash from what they read. */
  g_assert_no_error (error);
  g_assert_cmpint (head, ==, 31);
  g_assert_cmpuint (read->len, ==, 1);
  hash = rfi_audit_record_compute_hash (g_ptr_array_index (read, 0));
  g_assert_cmpstr (hash, ==, record->hash);
  g_assert_null (rfi_audit_record_parse_page ("{\"data\":[{\"n\":1}],\"head\":1}", -1, &head, NULL,
                                              &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/sync/hello", test_hello);
  g_test_add_func ("/wire/sync/hello-limit", test_hello_limit);
  g_test_add_func ("/wire/sync/device-state", test_device_state);
  g_test_add_func ("/wire/sync/devices", test_devices);
  g_test_add_func ("/wire/sync/tokens", test_tokens);
  g_test_add_func ("/wire/sync/refresh", test_refresh);
  g_test_add_func ("/wire/sync/conflicts", test_conflicts);
  g_test_add_func ("/wire/sync/reasons", test_reasons);
  g_test_add_func ("/wire/sync/escalation", test_escalation);
  g_test_add_func ("/wire/sync/events", test_events);
  g_test_add_func ("/wire/sync/events-limit", test_events_limit);
  g_test_add_func ("/wire/sync/audit-hash", test_audit_hash);
  g_test_add_func ("/wire/sync/audit-page", test_audit_page);

  return g_test_run ();
}
