/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-error.h"
#include "rfi-wire-feed.h"

#include <string.h>

#define EPOCH "00112233445566aa"
#define HEAD "{\"epoch\":\"" EPOCH "\",\"head\":90,\"gcFloor\":3}\n"
#define TAIL                                                                                      \
  "{\"cursor\":\"next\",\"hasMore\":false,\"count\":2,\"checksum\":\"00000000000000ff\"}\n"
#define JOB(id)                                                                                   \
  "{\"id\":\"" id "\",\"title\":\"t\\n\",\"status\":\"pending\",\"priority\":\"low\","            \
  "\"vendorId\":\"v\",\"version\":4,\"createdAt\":\"2026-11-20T08:12:22.988Z\","                  \
  "\"updatedAt\":\"2026-11-20T08:12:22.988Z\",\"skills\":[\"hvac\"]}"
#define ROW(seq, id) "{\"seq\":" seq ",\"job\":" JOB (id) "}\n"

static const char page[] = HEAD ROW ("5", "a") "{\"seq\":7,\"deleted\":\"b\"}\n"
                           "{ \"revoked\" : \"c\", \"seq\": 8 }\r\n" ROW ("80", "d") TAIL;

static GPtrArray *
new_batches (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

/* Feeds @text in pieces, taking rows after each. */
static gboolean
feed (RfiFeedReader  *reader,
      const char     *text,
      gsize           piece,
      GPtrArray      *batches,
      GError        **error)
{
  gsize length = strlen (text);

  for (gsize at = 0; at < length; at += piece)
    {
      /* A copy of its own, so that a look beyond its end is seen by the sanitizer. */
      g_autofree char *copy = g_memdup2 (text + at, MIN (piece, length - at));

      if (!rfi_feed_reader_feed (reader, copy, MIN (piece, length - at), error))
        return FALSE;
      g_ptr_array_add (batches, rfi_feed_reader_take_rows (reader));
    }

  return rfi_feed_reader_finish (reader, error);
}

/* The rows of all batches, as "5+a 7-b 8~c". Returns: (transfer full) */
static char *
sketch (GPtrArray *batches)
{
  static const char signs[] = { '+', '-', '~' };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < batches->len; i++)
    {
      GArray *rows = g_ptr_array_index (batches, i);

      for (guint n = 0; n < rows->len; n++)
        {
          RfiFeedRow *row = &g_array_index (rows, RfiFeedRow, n);

          g_string_append_printf (out, "%s%" G_GINT64_FORMAT "%c%s", out->len > 0 ? " " : "",
                                  row->seq, signs[row->kind],
                                  row->job != NULL ? row->job->id : row->id);
        }
    }

  return g_string_free (out, FALSE);
}

static void
test_pieces (void)
{
  for (gsize piece = 1; piece < sizeof page; piece++)
    {
      g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
      g_autoptr(GPtrArray) batches = new_batches ();
      g_autoptr(GError) error = NULL;
      g_autofree char *rows = NULL;
      const RfiFeedHead *head;
      const RfiFeedTail *tail;

      g_assert_true (feed (reader, page, piece, batches, &error));
      g_assert_no_error (error);
      rows = sketch (batches);
      g_assert_cmpstr (rows, ==, "5+a 7-b 8~c 80+d");
      g_assert_cmpuint (rfi_feed_reader_get_n_rows (reader), ==, 4);

      head = rfi_feed_reader_get_head (reader);
      g_assert_cmpstr (head->epoch, ==, EPOCH);
      g_assert_cmpint (head->head, ==, 90);
      g_assert_cmpint (head->gc_floor, ==, 3);
      g_assert_cmpint (head->total, ==, -1);
      g_assert_null (head->cursor);
      tail = rfi_feed_reader_get_tail (reader);
      g_assert_cmpstr (tail->next, ==, "next");
      g_assert_false (tail->has_more);
      g_assert_true (tail->has_totals);
      g_assert_cmpint (tail->count, ==, 2);
      g_assert_cmpuint (tail->checksum, ==, 255);
    }
}

static void
test_job (void)
{
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  g_autoptr(GPtrArray) batches = new_batches ();
  RfiJob *job;

  g_assert_true (feed (reader, page, sizeof page, batches, NULL));
  job = g_array_index ((GArray *) g_ptr_array_index (batches, 0), RfiFeedRow, 0).job;
  g_assert_cmpstr (job->title, ==, "t\n");
  g_assert_cmpint (job->version, ==, 4);
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SKILLS), ==, "hvac");
}

/* Cut anywhere, it is not finished; nothing says what comes next. */
static void
test_cut (void)
{
  for (gsize length = 0; length < strlen (page); length++)
    {
      g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
      g_autoptr(GPtrArray) batches = new_batches ();
      g_autofree char *cut = g_strndup (page, length);
      g_autoptr(GError) error = NULL;

      g_assert_false (feed (reader, cut, 7, batches, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED);
    }
}

static void
test_wrong (void)
{
  static const struct
  {
    const char   *text;
    RfiWireError  code;
  } rows[] = {
    { "<html>\n", RFI_WIRE_ERROR_SYNTAX },
    { "[]\n", RFI_WIRE_ERROR_INVALID },
    { ROW ("5", "a") TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD "\n" TAIL, RFI_WIRE_ERROR_SYNTAX },
    { HEAD "{\"seq\":1,\"job\":{\"id\":\"a\"}}\n" TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD "{\"seq\":1,\"moved\":\"a\"}\n" TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD "{\"seq\":1,\"deleted\":7}\n" TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD "{\"deleted\":\"a\"}\n" TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD ROW ("5", "a") ROW ("5", "b") TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD ROW ("5", "a") ROW ("4", "b") TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD ROW ("\"5\"", "a") TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD "{\"seq\":1,\"job\":" JOB ("a") "\n" TAIL, RFI_WIRE_ERROR_SYNTAX },
    { HEAD TAIL ROW ("5", "a"), RFI_WIRE_ERROR_INVALID },
    { HEAD TAIL TAIL, RFI_WIRE_ERROR_INVALID },
    { HEAD "{\"hasMore\":true}\n", RFI_WIRE_ERROR_INVALID },
    { HEAD "{\"cursor\":\"x\"}\n", RFI_WIRE_ERROR_INVALID },
    { HEAD TAIL "{", RFI_WIRE_ERROR_TRUNCATED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
      g_autoptr(GPtrArray) batches = new_batches ();
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) again = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_false (feed (reader, rows[i].text, 5, batches, &error));
      g_assert_error (error, RFI_WIRE_ERROR, (int) rows[i].code);
      g_assert_false (rfi_feed_reader_finish (reader, &again));
      g_assert_cmpstr (again->message, ==, error->message);
    }
}

static void
test_long_row (void)
{
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *piece = g_strnfill (1024 * 1024, 'x');

  for (guint i = 0; i < RFI_FEED_ROW_LIMIT / (1024 * 1024); i++)
    g_assert_true (rfi_feed_reader_feed (reader, piece, 1024 * 1024, &error));
  g_assert_false (rfi_feed_reader_feed (reader, piece, 1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
}

static RfiJob *
sample_job (void)
{
  const char *values[RFI_N_EXTRA_FIELDS] = {
    "2026-11-27T10:00:00.000Z", "", "90", NULL, "electrical,hvac", "Done \"so\"",
    "[{\"id\":\"1\",\"name\":\"Fan\",\"quantity\":2}]", NULL, NULL,
  };
  RfiJob template = {
    .id = "a",
    .title = "Door",
    .vendor_id = "v",
    .created_by = "u1",
    .created_by_name = "Ann",
    .assigned_to = "u2",
    .assigned_to_name = "Bob",
    .etag = rfi_etag ("\"1\""),
    .created_at = 1764201600000,
    .updated_at = 1764201600000,
    .version = 12,
    .extra = rfi_job_extra_new (values),
  };
  RfiJob *job = rfi_job_new (&template);

  rfi_job_extra_unref (template.extra);
  return job;
}

static void
assert_written_is_read (const char *text,
                        gint64      seq)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  g_autoptr(GPtrArray) batches = new_batches ();
  g_autoptr(GError) error = NULL;
  RfiFeedRow *row;

  g_assert_true (feed (reader, text, strlen (text), batches, &error));
  g_assert_no_error (error);
  row = &g_array_index ((GArray *) g_ptr_array_index (batches, 0), RfiFeedRow, 0);
  g_assert_cmpint (row->seq, ==, seq);
  g_assert_true (rfi_job_equal (row->job, job));
  g_assert_cmpint (row->job->version, ==, 12);
  g_assert_cmpstr (RFI_ETAG_TEXT (row->job->etag), ==, "\"1\"");
}

static void
test_delta (void)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(GString) out = g_string_new (NULL);
  const RfiFeedHead head = { (char *) EPOCH, 90, 3, -1, NULL, NULL };
  const RfiFeedTail tail = { (char *) "next", TRUE, FALSE, 0, 0 };

  rfi_feed_append_head (out, &head);
  g_assert_cmpstr (out->str, ==, HEAD);
  rfi_feed_append_job (out, 5, job);
  rfi_feed_append_gone (out, 6, RFI_FEED_DELETED, "b");
  rfi_feed_append_gone (out, 7, RFI_FEED_REVOKED, "c");
  g_assert_true (g_str_has_suffix (out->str, "{\"seq\":6,\"deleted\":\"b\"}\n"
                                             "{\"seq\":7,\"revoked\":\"c\"}\n"));
  rfi_feed_append_tail (out, &tail, FALSE);
  g_assert_true (g_str_has_suffix (out->str, "\n{\"cursor\":\"next\",\"hasMore\":true}\n"));
  assert_written_is_read (out->str, 5);
}

static void
test_snapshot (void)
{
  g_autoptr(RfiJob) job = sample_job ();
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(RfiFeedReader) reader = rfi_feed_reader_new ();
  const RfiFeedHead head = { (char *) EPOCH, 90, 3, 1, (char *) "from-here", (char *) "there" };
  const RfiFeedTail tail = { (char *) "there", TRUE, FALSE, 0, 0 };

  rfi_feed_append_head (out, &head);
  rfi_feed_append_job (out, 0, job);
  rfi_feed_append_tail (out, &tail, TRUE);
  assert_written_is_read (out->str, 0);

  g_assert_true (rfi_feed_reader_feed (reader, out->str, out->len, NULL));
  g_assert_true (rfi_feed_reader_finish (reader, NULL));
  g_assert_cmpint (rfi_feed_reader_get_head (reader)->total, ==, 1);
  g_assert_cmpstr (rfi_feed_reader_get_head (reader)->cursor, ==, "from-here");
  g_assert_cmpstr (rfi_feed_reader_get_head (reader)->next, ==, "there");
  g_assert_cmpstr (rfi_feed_reader_get_tail (reader)->next, ==, "there");
  g_assert_true (rfi_feed_reader_get_tail (reader)->has_more);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/feed/pieces", test_pieces);
  g_test_add_func ("/wire/feed/job", test_job);
  g_test_add_func ("/wire/feed/cut", test_cut);
  g_test_add_func ("/wire/feed/wrong", test_wrong);
  g_test_add_func ("/wire/feed/long-row", test_long_row);
  g_test_add_func ("/wire/feed/delta", test_delta);
  g_test_add_func ("/wire/feed/snapshot", test_snapshot);

  return g_test_run ();
}
