/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-hub-frame.h"
#include "rfi-hub-splitter.h"
#include "rfi-wire-error.h"

#include <string.h>

static RfiHubFrame *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  RfiHubFrame *frame = rfi_hub_frame_parse (text, strlen (text), FALSE, &error);

  g_assert_no_error (error);
  return frame;
}

static RfiJob *
new_job (void)
{
  RfiJob template = { .id = "j", .title = "T \x1e", .vendor_id = "v" };

  return rfi_job_new (&template);
}

/* One feed may hold several records, and a record may come in as many pieces as it has bytes. */
static void
test_split (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(RfiJob) job = new_job ();

  rfi_hub_append_handshake_answer (text, NULL);
  rfi_hub_append_event (text, RFI_HUB_EVENT_JOB_STATUS_CHANGED, job, "pending", "u", 7);
  rfi_hub_append_ping (text);
  rfi_hub_append_close (text, "over", TRUE);

  for (gsize piece = 1; piece <= text->len; piece++)
    {
      g_autoptr(RfiHubSplitter) splitter = rfi_hub_splitter_new ();
      RfiHubFrameType types[8];
      guint n = 0;

      for (gsize at = 0; at < text->len; at += piece)
        {
          const char *record;
          gsize length;

          g_assert_true (rfi_hub_splitter_feed (splitter, text->str + at,
                                                MIN (piece, text->len - at), NULL));
          while ((record = rfi_hub_splitter_next (splitter, &length)) != NULL)
            {
              g_autoptr(RfiHubFrame) frame = rfi_hub_frame_parse (record, length, n == 0, NULL);

              g_assert_nonnull (frame);
              g_assert_cmpuint (n, <, G_N_ELEMENTS (types));
              types[n++] = frame->type;
            }
        }

      g_assert_cmpuint (n, ==, 4);
      g_assert_cmpint (types[0], ==, RFI_HUB_FRAME_HANDSHAKE);
      g_assert_cmpint (types[1], ==, RFI_HUB_FRAME_INVOCATION);
      g_assert_cmpint (types[2], ==, RFI_HUB_FRAME_PING);
      g_assert_cmpint (types[3], ==, RFI_HUB_FRAME_CLOSE);
    }
}

static void
test_limit (void)
{
  g_autoptr(RfiHubSplitter) splitter = rfi_hub_splitter_new ();
  g_autofree char *block = g_strnfill (RFI_HUB_RECORD_LIMIT, 'x');
  g_autoptr(GError) error = NULL;
  gsize length;

  g_assert_true (rfi_hub_splitter_feed (splitter, block, RFI_HUB_RECORD_LIMIT, &error));
  g_assert_null (rfi_hub_splitter_next (splitter, &length));
  g_assert_true (rfi_hub_splitter_feed (splitter, "\x1e{}", 3, &error));
  g_assert_nonnull (rfi_hub_splitter_next (splitter, &length));
  g_assert_cmpuint (length, ==, RFI_HUB_RECORD_LIMIT);
  g_assert_null (rfi_hub_splitter_next (splitter, &length));

  g_assert_false (rfi_hub_splitter_feed (splitter, block, RFI_HUB_RECORD_LIMIT, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
}

static void
test_event (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(RfiJob) job = new_job ();
  g_autoptr(RfiHubFrame) frame = NULL;

  rfi_hub_append_event (text, RFI_HUB_EVENT_JOB_STATUS_CHANGED, job, "pending", "u", 7);
  g_assert_cmpint (text->str[text->len - 1], ==, 0x1e);
  g_assert_true (strchr (text->str, 0x1e) == text->str + text->len - 1);
  g_string_truncate (text, text->len - 1);

  frame = parse (text->str);
  g_assert_cmpint (frame->event, ==, RFI_HUB_EVENT_JOB_STATUS_CHANGED);
  g_assert_cmpstr (frame->target, ==, "JobStatusChanged");
  g_assert_cmpstr (frame->previous_status, ==, "pending");
  g_assert_cmpstr (frame->triggered_by, ==, "u");
  g_assert_cmpint (frame->change_seq, ==, 7);
  g_assert_cmpstr (frame->job->title, ==, "T \x1e");
  g_assert_null (frame->invocation_id);
}

/* What a later server may send: each is passed over, none is an error. */
static void
test_tolerance (void)
{
  g_autoptr(RfiHubFrame) other = parse ("{\"type\":1,\"target\":\"Party\",\"arguments\":[]}");
  g_autoptr(RfiHubFrame) bad_job = parse ("{\"type\":1,\"target\":\"JobCreated\",\"arguments\":"
                                          "[{\"job\":{\"id\":\"x\"},\"triggeredBy\":\"u\"}]}");
  g_autoptr(RfiHubFrame) no_object = parse ("{\"type\":1,\"target\":\"JobDeleted\","
                                            "\"arguments\":[\"text\"]}");
  g_autoptr(RfiHubFrame) unknown = parse ("{\"type\":99,\"x\":[]}");
  g_autoptr(RfiHubFrame) completion = parse ("{\"type\":3,\"invocationId\":\"1\",\"error\":\"e\"}");

  g_assert_cmpint (other->event, ==, RFI_HUB_EVENT_OTHER);
  g_assert_cmpint (bad_job->event, ==, RFI_HUB_EVENT_JOB_CREATED);
  g_assert_null (bad_job->job);
  g_assert_cmpstr (bad_job->triggered_by, ==, "u");
  g_assert_cmpint (no_object->event, ==, RFI_HUB_EVENT_JOB_DELETED);
  g_assert_cmpint (unknown->type, ==, RFI_HUB_FRAME_UNKNOWN);
  g_assert_cmpstr (completion->error, ==, "e");
}

static void
test_bad (void)
{
  static const char *const records[] = { "", "{}", "[]", "6", "{\"type\":\"6\"}", "{\"type\":6" };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    g_assert_null (rfi_hub_frame_parse (records[i], strlen (records[i]), FALSE, NULL));
}

static void
test_handshake (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(RfiHubFrame) refused = NULL;

  rfi_hub_append_handshake (text);
  g_assert_cmpstr (text->str, ==, "{\"protocol\":\"json\",\"version\":1}\x1e");
  g_assert_true (rfi_hub_handshake_parse_request (text->str, text->len - 1, NULL));
  g_assert_false (rfi_hub_handshake_parse_request ("{\"protocol\":\"messagepack\",\"version\":1}",
                                                   38, NULL));
  g_assert_false (rfi_hub_handshake_parse_request ("{\"protocol\":\"json\"}", 19, NULL));

  refused = rfi_hub_frame_parse ("{\"error\":\"no\"}", 14, TRUE, NULL);
  g_assert_cmpstr (refused->error, ==, "no");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/hub-frame/split", test_split);
  g_test_add_func ("/wire/hub-frame/limit", test_limit);
  g_test_add_func ("/wire/hub-frame/event", test_event);
  g_test_add_func ("/wire/hub-frame/tolerance", test_tolerance);
  g_test_add_func ("/wire/hub-frame/bad", test_bad);
  g_test_add_func ("/wire/hub-frame/handshake", test_handshake);

  return g_test_run ();
}
