/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-error.h"
#include "rfi-wire-push.h"

#include <string.h>

#define BODY_1 "{\"id\":\"1\",\"patch\":{\"title\":\"a \\\" } b\"}}"
#define BODY_2 "{\"id\":\"2\"}"

static void
test_request (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(RfiWirePush) push = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *signature = g_strnfill (RFI_WIRE_SIGNATURE_LENGTH, 'A');

  rfi_wire_push_begin (out, "device", "epoch", 41);
  rfi_wire_push_add (out, BODY_1, -1, signature);
  rfi_wire_push_add (out, BODY_2 "more", strlen (BODY_2), "short");
  rfi_wire_push_end (out);
  push = rfi_wire_push_parse (out->str, (gssize) out->len, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (push->device_id, ==, "device");
  g_assert_cmpstr (push->epoch, ==, "epoch");
  g_assert_cmpint (push->ack, ==, 41);
  g_assert_cmpuint (push->n_items, ==, 2);
  /* Byte for byte as it was signed, and inside the text. */
  g_assert_cmpmem (push->items[0].body, push->items[0].n_body, BODY_1, strlen (BODY_1));
  g_assert_cmpmem (push->items[1].body, push->items[1].n_body, BODY_2, strlen (BODY_2));
  g_assert_true (push->items[0].body > out->str && push->items[1].body < out->str + out->len);
  g_assert_cmpstr (push->items[0].signature, ==, signature);
  g_assert_cmpstr (push->items[1].signature, ==, "short");
}

static void
test_resolution (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(RfiWirePush) push = NULL;
  g_autoptr(GError) error = NULL;

  rfi_wire_push_append_resolution (out, "device", "epoch", BODY_1, "sig");
  push = rfi_wire_push_parse_resolution (out->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (push->device_id, ==, "device");
  g_assert_cmpuint (push->n_items, ==, 1);
  g_assert_cmpint (push->ack, ==, 0);
  g_assert_cmpmem (push->items[0].body, push->items[0].n_body, BODY_1, strlen (BODY_1));
  g_assert_null (rfi_wire_push_parse_resolution ("{\"deviceId\":\"d\",\"epoch\":\"e\"}", -1,
                                                 &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_too_many (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(RfiWirePush) full = NULL;
  g_autoptr(GError) error = NULL;

  rfi_wire_push_begin (out, "device", "epoch", 0);
  for (guint i = 0; i < RFI_WIRE_PUSH_MAX_OPERATIONS; i++)
    rfi_wire_push_add (out, BODY_2, -1, "sig");
  rfi_wire_push_end (out);
  full = rfi_wire_push_parse (out->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (full->n_items, ==, RFI_WIRE_PUSH_MAX_OPERATIONS);

  g_string_truncate (out, out->len - 2);
  rfi_wire_push_add (out, BODY_2, -1, "sig");
  rfi_wire_push_end (out);
  g_assert_null (rfi_wire_push_parse (out->str, -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
}

static void
test_wrong_requests (void)
{
  static const char *const rows[] = {
    "[]",
    "{\"epoch\":\"e\",\"ack\":0,\"operations\":[]}",
    "{\"deviceId\":\"d\",\"ack\":0,\"operations\":[]}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"operations\":[]}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":-1,\"operations\":[]}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":0.5,\"operations\":[]}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":0}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":0,\"operations\":{}}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":0,\"operations\":[{\"body\":{}}]}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":0,\"operations\":[{\"signature\":\"s\"}]}",
    "{\"deviceId\":\"d\",\"epoch\":\"e\",\"ack\":0,"
    "\"operations\":[{\"body\":\"{}\",\"signature\":\"s\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (rfi_wire_push_parse (rows[i], -1, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
    }
}

static const char *const results[] = {
  "{\"seq\":1,\"outcome\":\"applied\",\"version\":3,\"changeSeq\":90}",
  "{\"seq\":2,\"outcome\":\"merged\",\"version\":4,\"changeSeq\":91,"
  "\"merged\":[\"title\",\"parts\"],\"overruled\":[\"scheduledStart\"]}",
  "{\"seq\":3,\"outcome\":\"conflict\",\"conflictId\":\"c1\",\"reason\":\"illegal_step\","
  "\"theirs\":{\"title\":\"Door\",\"status\":\"cancelled\"},\"version\":5,\"theirsBy\":\"u2\","
  "\"theirsByName\":\"Bob\",\"theirsAt\":1764201600000}",
  "{\"seq\":4,\"outcome\":\"conflict\",\"conflictId\":\"c2\",\"reason\":\"deleted\",\"version\":6}",
  "{\"seq\":5,\"outcome\":\"rejected\",\"code\":\"VALIDATION_ERROR\",\"message\":\"no\","
  "\"correctable\":true}",
  "{\"seq\":6,\"outcome\":\"quarantined\",\"code\":\"DEVICE_REVOKED\",\"message\":\"no\"}",
  "{\"seq\":7,\"outcome\":\"blocked\",\"blockedBy\":3}",
  "{\"seq\":8,\"outcome\":\"retry_later\",\"code\":\"SEQUENCE_GAP\",\"retryAfter\":2000}",
  "{\"seq\":9,\"outcome\":\"fork\",\"code\":\"FORK\"}",
};

static void
test_results (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RfiPushResult) result = rfi_push_result_parse (results[i], -1, &error);
      g_autoptr(GString) again = g_string_new (NULL);

      g_assert_no_error (error);
      g_assert_cmpint (result->seq, ==, i + 1);
      g_assert_cmpint (rfi_outcome_is_stored (result->outcome), ==, i < 6);
      rfi_push_result_append (result, again);
      g_assert_cmpstr (again->str, ==, results[i]);
    }
}

static void
test_result_values (void)
{
  g_autoptr(RfiPushResult) merged = rfi_push_result_parse (results[1], -1, NULL);
  g_autoptr(RfiPushResult) conflict = rfi_push_result_parse (results[2], -1, NULL);
  g_autoptr(RfiPushResult) gone = rfi_push_result_parse (results[3], -1, NULL);

  g_assert_cmpuint (merged->merged, ==, 1u << RFI_FIELD_TITLE | 1u << RFI_FIELD_PARTS);
  g_assert_cmpuint (merged->overruled, ==, 1u << RFI_FIELD_SCHEDULED_START);
  g_assert_cmpint (conflict->reason, ==, RFI_CONFLICT_ILLEGAL_STEP);
  g_assert_cmpstr (rfi_patch_get (conflict->theirs, RFI_FIELD_STATUS), ==, "cancelled");
  g_assert_cmpint (conflict->theirs_at, ==, 1764201600000);
  g_assert_null (gone->theirs);
}

static void
test_wrong_results (void)
{
  static const char *const rows[] = {
    "{}",
    "{\"seq\":1}",
    "{\"seq\":1,\"outcome\":\"lost\"}",
    "{\"seq\":0,\"outcome\":\"fork\",\"code\":\"FORK\"}",
    "{\"seq\":1,\"outcome\":\"applied\",\"version\":3}",
    "{\"seq\":1,\"outcome\":\"applied\",\"changeSeq\":3}",
    "{\"seq\":1,\"outcome\":\"conflict\",\"reason\":\"fields\"}",
    "{\"seq\":1,\"outcome\":\"conflict\",\"conflictId\":\"c\",\"reason\":\"mood\"}",
    "{\"seq\":1,\"outcome\":\"rejected\"}",
    "{\"seq\":1,\"outcome\":\"blocked\"}",
    "{\"seq\":1,\"outcome\":\"retry_later\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (rfi_push_result_parse (rows[i], -1, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
    }
}

static void
test_answer (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(RfiWirePushAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;
  const gint64 duplicates[] = { 2, 5 };

  rfi_wire_push_answer_begin (out, "epoch", 99, 6);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    rfi_wire_push_answer_add (out, results[i]);
  rfi_wire_push_answer_end (out, duplicates, G_N_ELEMENTS (duplicates));
  answer = rfi_wire_push_answer_parse (out->str, (gssize) out->len, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer->epoch, ==, "epoch");
  g_assert_cmpint (answer->head, ==, 99);
  g_assert_cmpint (answer->watermark, ==, 6);
  g_assert_cmpuint (answer->results->len, ==, G_N_ELEMENTS (results));
  g_assert_cmpmem (answer->duplicates, answer->n_duplicates * sizeof (gint64), duplicates,
                   sizeof duplicates);

  g_assert_null (rfi_wire_push_answer_parse ("{\"epoch\":\"e\",\"head\":1,\"watermark\":1}", -1,
                                             &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/push/request", test_request);
  g_test_add_func ("/wire/push/resolution", test_resolution);
  g_test_add_func ("/wire/push/too-many", test_too_many);
  g_test_add_func ("/wire/push/wrong-requests", test_wrong_requests);
  g_test_add_func ("/wire/push/results", test_results);
  g_test_add_func ("/wire/push/result-values", test_result_values);
  g_test_add_func ("/wire/push/wrong-results", test_wrong_results);
  g_test_add_func ("/wire/push/answer", test_answer);

  return g_test_run ();
}
