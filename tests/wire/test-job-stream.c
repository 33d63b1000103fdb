/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-job-stream.h"
#include "rfi-wire-error.h"
#include "rfi-wire-job.h"

#include <string.h>

#define AT "\"2026-11-20T08:12:22.988Z\""
#define TIMES "\"createdAt\":" AT ",\"updatedAt\":" AT
#define JOB(id, title)                                                                            \
  "{\"id\":\"" id "\",\"title\":\"" title "\",\"status\":\"pending\",\"priority\":\"low\","      \
  "\"vendorId\":\"v\"," TIMES "}"

static void
collect (RfiJob   *job,
         gpointer  user_data)
{
  g_ptr_array_add (user_data, job);
}

static GPtrArray *
new_jobs (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
}

/* Brackets, quotes and separators inside strings; spaces anywhere; members before, between. */
static const char document[] =
  " { \"pagination\" : { \"total\":7 , \"limit\":20,\"offset\":0} ,\"extra\":[1,{\"data\":[]}],"
  "\"n\":-1.5e3,\"word\":null ,\n\"data\" : [ " JOB ("a", "\\\"}]{[,") " ,\r\n" JOB ("b", "\\\\")
  ",{\"id\":\"bad\"}, 7 ,\"text\",[]," JOB ("c", "\\u005d") "] ,"
  "\"data\":\"later\",\"syncTimestamp\":\"2026-11-21T08:12:22.9880Z\"} \n";

static void
check_document (gsize first,
                gsize piece)
{
  g_autoptr(GPtrArray) jobs = new_jobs ();
  g_autoptr(RfiJobStream) stream = rfi_job_stream_new (collect, jobs);
  g_autoptr(GError) error = NULL;
  guint total;
  guint limit;

  g_assert_true (rfi_job_stream_feed (stream, document, first, &error));
  for (gsize at = first; at < sizeof document - 1; at += piece)
    {
      /* A copy of its own, so that a look beyond its end is seen by the sanitizer. */
      g_autofree char *copy = g_memdup2 (document + at, MIN (piece, sizeof document - 1 - at));

      g_assert_true (rfi_job_stream_feed (stream, copy, MIN (piece, sizeof document - 1 - at),
                                          &error));
      g_assert_no_error (error);
    }

  g_assert_true (rfi_job_stream_finish (stream, &error));
  g_assert_cmpuint (jobs->len, ==, 3);
  g_assert_cmpuint (rfi_job_stream_get_n_jobs (stream), ==, 3);
  g_assert_cmpuint (rfi_job_stream_get_n_bad (stream), ==, 4);
  g_assert_cmpstr (((RfiJob *) jobs->pdata[0])->title, ==, "\"}]{[,");
  g_assert_cmpstr (((RfiJob *) jobs->pdata[1])->title, ==, "\\");
  g_assert_cmpstr (((RfiJob *) jobs->pdata[2])->title, ==, "]");
  g_assert_cmpstr (rfi_job_stream_get_sync_timestamp (stream), ==, "2026-11-21T08:12:22.9880Z");
  g_assert_true (rfi_job_stream_get_pagination (stream, &total, &limit, NULL));
  g_assert_cmpuint (total, ==, 7);
  g_assert_cmpuint (limit, ==, 20);
}

static void
test_cut_anywhere (void)
{
  for (gsize cut = 0; cut < sizeof document; cut++)
    check_document (cut, sizeof document);
  for (gsize piece = 1; piece < 20; piece++)
    check_document (0, piece);
}

/* A text cut short is an error wherever it is cut: half a listing must never look whole. */
static void
test_truncated (void)
{
  gsize end = strrchr (document, '}') - document;

  for (gsize length = 0; length <= end; length++)
    {
      g_autoptr(GPtrArray) jobs = new_jobs ();
      g_autoptr(RfiJobStream) stream = rfi_job_stream_new (collect, jobs);
      g_autoptr(GError) error = NULL;

      g_assert_true (rfi_job_stream_feed (stream, document, length, &error));
      g_assert_false (rfi_job_stream_finish (stream, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_TRUNCATED);
    }
}

static void
test_malformed (void)
{
  static const char *const texts[] = {
    "<html>", "[]", "{data:[]}", "{\"data\":{}}", "{\"data\":null}", "{\"data\":[,]}",
    "{\"data\":[{}{}]}", "{\"data\":[}", "{\"data\":[]]", "{\"data\":[]}x", "{\"data\" []}",
    "{,\"data\":[]}", "{\"data\":[{\"a\":1,}]}", "{\"data\":[{]}]}", "{\"data\":[01]}",
    "{\"data\":[tru]}", "{\"x\":,\"data\":[]}", "{\"da\nta\":1}", "{\"x\":nul,\"data\":[]}",
    "{\"x\":[1}", "{\"data\":[1,]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GPtrArray) jobs = new_jobs ();
      g_autoptr(RfiJobStream) stream = rfi_job_stream_new (collect, jobs);
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) again = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_false (rfi_job_stream_feed (stream, texts[i], strlen (texts[i]), &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_SYNTAX);

      g_assert_false (rfi_job_stream_finish (stream, &again));
      g_assert_cmpstr (again->message, ==, error->message);
    }
}

static void
test_without_data (void)
{
  g_autoptr(RfiJobStream) stream = rfi_job_stream_new (collect, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (rfi_job_stream_feed (stream, "{\"status\":\"ok\"}", 15, &error));
  g_assert_false (rfi_job_stream_finish (stream, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static void
test_limits (void)
{
  g_autoptr(RfiJobStream) wide = rfi_job_stream_new (collect, NULL);
  g_autoptr(RfiJobStream) deep = rfi_job_stream_new (collect, NULL);
  g_autofree char *letters = g_strnfill (1024 * 1024, 'x');
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autoptr(GString) nested = g_string_new ("{\"data\":[");
  g_autoptr(GError) error = NULL;
  gboolean fine = rfi_job_stream_feed (wide, "{\"data\":[\"", 10, &error);

  for (guint i = 0; fine && i < 16; i++)
    fine = rfi_job_stream_feed (wide, letters, 1024 * 1024, &error);
  g_assert_false (fine);
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_append (nested, brackets);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (nested, ']');
  g_assert_false (rfi_job_stream_feed (deep, nested->str, nested->len, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_LIMIT);
}

static void
count (RfiJob   *job,
       gpointer  user_data)
{
  rfi_job_unref (job);
}

/* Rows of the size of the reference measurements, in pieces of a network's size. */
static void
test_speed (void)
{
  g_autoptr(RfiJobStream) stream = rfi_job_stream_new (count, NULL);
  g_autoptr(GString) text = g_string_new ("{\"data\":[");
  g_autofree char *filler = g_strnfill (330, 'd');
  const guint n_rows = 100000;
  gint64 start;
  double seconds;

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (
      text,
      "%s{\"id\":\"3f0d0f6e-58f4-4f4e-9e5b-%012u\",\"title\":\"Walk-in cooler repair %u\","
      "\"description\":\"%s\",\"status\":\"assigned\",\"priority\":\"high\","
      "\"tenantId\":\"vendor-001\",\"vendorId\":\"vendor-001\",\"createdBy\":\"u-admin\","
      "\"assignedTo\":\"u-%u\",\"location\":{\"storeName\":\"Store %u\",\"address\":\"%u Main St\","
      "\"city\":\"Dallas\",\"state\":\"TX\",\"zipCode\":\"75201\"}," TIMES ","
      "\"_etag\":\"\\\"144815d5-6312-4d2e-8414-%012u\\\"\",\"createdByName\":\"System Admin\"}",
      i > 0 ? "," : "", i, i, filler, i % 50, i % 300, i, i);
  g_string_append (text, "],\"syncTimestamp\":\"2026-11-21T08:12:22.988Z\"}");

  start = g_get_monotonic_time ();
  for (gsize at = 0; at < text->len; at += 32768)
    g_assert_true (rfi_job_stream_feed (stream, text->str + at, MIN (32768, text->len - at),
                                        NULL));
  g_assert_true (rfi_job_stream_finish (stream, NULL));
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  g_assert_cmpuint (rfi_job_stream_get_n_jobs (stream), ==, n_rows);
  g_test_maximized_result (n_rows / seconds, "%.0f rows/s of %" G_GSIZE_FORMAT " bytes",
                           n_rows / seconds, text->len / n_rows);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/job-stream/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/wire/job-stream/truncated", test_truncated);
  g_test_add_func ("/wire/job-stream/malformed", test_malformed);
  g_test_add_func ("/wire/job-stream/without-data", test_without_data);
  g_test_add_func ("/wire/job-stream/limits", test_limits);
  if (g_test_perf ())
    g_test_add_func ("/wire/job-stream/speed", test_speed);

  return g_test_run ();
}
