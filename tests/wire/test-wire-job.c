/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-error.h"
#include "rfi-wire-job.h"
#include "rfi-wire-photo.h"

#include <string.h>

/* As the contract's server answers for one job: every key it sends, in its order. */
static const char full_job[] =
  "{\"id\":\"3f0d0f6e-58f4-4f4e-9e5b-0a51a0c2d001\",\"title\":\"Thermostat calibration\","
  "\"description\":\"Reads 5\u00b0F high\",\"status\":\"in-progress\",\"priority\":\"urgent\","
  "\"tenantId\":\"vendor-001\",\"vendorId\":\"vendor-001\",\"createdBy\":\"u-admin\","
  "\"assignedTo\":\"u-tech\",\"location\":{\"storeName\":\"Store 12\",\"address\":\"1 Main St\","
  "\"city\":\"Dallas\",\"state\":\"TX\",\"zipCode\":\"75201\"},"
  "\"createdAt\":\"2026-11-20T08:12:22.988Z\",\"updatedAt\":\"2026-11-21T08:12:22.001Z\","
  "\"attachments\":[{\"id\":\"a-1\",\"fileName\":\"\u00e9t\u00e9.jpg\",\"mimeType\":\"image/jpeg\","
  "\"size\":12345,\"blobName\":\"vendor-001/3f0d0f6e-58f4-4f4e-9e5b-0a51a0c2d001/a-1.jpg\","
  "\"uploadedBy\":\"u-tech\",\"uploadedAt\":\"2026-11-21T08:00:00.000Z\","
  "\"sasUrl\":\"http://127.0.0.1:10000/p?sig=a%2Fb&se=x\"}],"
  "\"_rid\":\"3f0d0f6e-58f4-4f4e-9e5b-0a51a0c2d001\","
  "\"_self\":\"jobs/3f0d0f6e-58f4-4f4e-9e5b-0a51a0c2d001/\","
  "\"_etag\":\"\\\"144815d5-6312-4d2e-8414-6313358a33ec\\\"\","
  "\"_attachments\":\"attachments/\",\"_ts\":1795248742,"
  "\"createdByName\":\"System Admin\",\"assignedToName\":\"Ahmed (Technician)\"}";

static RfiJob *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  RfiJob *job = rfi_wire_job_parse (text, -1, &error);

  g_assert_no_error (error);
  return job;
}

static char *
print (const RfiJob    *job,
       RfiWireJobFlags  flags)
{
  GString *out = g_string_new (NULL);

  rfi_wire_job_append (out, job, flags);
  return g_string_free (out, FALSE);
}

static void
test_full (void)
{
  g_autoptr(RfiJob) job = parse (full_job);
  g_autofree char *again = print (job, RFI_WIRE_JOB_NAMES | RFI_WIRE_JOB_PHOTO_URLS |
                                         RFI_WIRE_JOB_SYSTEM);
  const RfiPhoto *photo = g_ptr_array_index (job->photos, 0);

  g_assert_cmpstr (RFI_ETAG_TEXT (job->etag), ==, "\"144815d5-6312-4d2e-8414-6313358a33ec\"");
  g_assert_cmpint (job->status, ==, RFI_STATUS_IN_PROGRESS);
  g_assert_cmpint (job->priority, ==, RFI_PRIORITY_URGENT);
  g_assert_cmpstr (job->assigned_to_name, ==, "Ahmed (Technician)");
  g_assert_cmpint (job->updated_at - job->created_at, ==, 86400000 - 987);
  g_assert_null (job->location_json);
  g_assert_true (job->has_attachments);
  g_assert_cmpuint (job->n_photos, ==, 1);
  g_assert_cmpint (photo->size, ==, 12345);
  g_assert_cmpstr (photo->url, ==, "http://127.0.0.1:10000/p?sig=a%2Fb&se=x");

  g_assert_cmpstr (again, ==, full_job);
}

/* A document with the mandatory members, and @more behind them. */
static char *
document (const char *more)
{
  return g_strconcat ("{ \"id\" : \"j\",\"title\":\"T\",\"status\":\"pending\","
                      "\"priority\":\"low\",\"vendorId\":\"v\","
                      "\"createdAt\":\"2026-11-20T08:12:22.988Z\","
                      "\"updatedAt\":\"2026-11-20T08:12:22.988Z\"", more, "}", NULL);
}

static RfiJob *
parse_with (const char *more)
{
  g_autofree char *text = document (more);

  return parse (text);
}

static void
test_sparse (void)
{
  g_autoptr(RfiJob) bare = parse_with ("");
  g_autoptr(RfiJob) empty = parse_with (",\"attachments\":[],\"assignedTo\":\"\",\"_etag\":null");
  g_autoptr(RfiJob) odd = parse_with (",\"attachments\":null,\"assignedTo\":null,\"location\":null,"
                                      "\"unknown\":{\"a\":[1,2,{\"id\":\"x\"}]},\"id\":\"last\"");
  g_autoptr(RfiJob) wrapped = parse ("{\"data\":{\"id\":\"j\",\"title\":\"T\","
                                     "\"status\":\"pending\","
                                     "\"priority\":\"low\",\"tenantId\":\"v\",\"createdAt\":"
                                     "\"2026-11-20T08:12:22.988Z\",\"updatedAt\":"
                                     "\"2026-11-20T08:12:22.988Z\"}}");

  g_assert_cmpstr (bare->description, ==, "");
  g_assert_cmpstr (bare->vendor_id, ==, "v");
  g_assert_cmpstr (bare->city, ==, "");
  g_assert_false (bare->has_attachments);
  g_assert_null (bare->photos);
  g_assert_false (rfi_etag_is_set (bare->etag));

  g_assert_true (empty->has_attachments);
  g_assert_cmpuint (empty->photos->len, ==, 0);
  g_assert_null (empty->assigned_to);
  g_assert_false (rfi_etag_is_set (empty->etag));

  g_assert_false (odd->has_attachments);
  g_assert_cmpstr (odd->id, ==, "last");
  g_assert_cmpstr (wrapped->vendor_id, ==, "v");
}

static void
test_thumbnail (void)
{
  g_autoptr(RfiJob) job = parse_with (",\"attachments\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
                                      "\"thumbnailUrl\":\"http://t\"");
  g_autofree char *text = print (job, RFI_WIRE_JOB_THUMBNAIL);
  g_autofree char *raw = print (job, RFI_WIRE_JOB_RAW);

  g_assert_cmpuint (job->n_photos, ==, 2);
  g_assert_cmpstr (((RfiPhoto *) g_ptr_array_index (job->photos, 0))->url, ==, "http://t");
  g_assert_null (((RfiPhoto *) g_ptr_array_index (job->photos, 1))->url);
  g_assert_nonnull (strstr (text, ",\"thumbnailUrl\":\"http://t\"}"));
  g_assert_null (strstr (raw, "http://t"));
  g_assert_null (strstr (raw, "Name\":\"S"));
}

/* What a server keeps in a location comes back even where a job has no field for it. */
static void
test_location (void)
{
  static const char odd[] =
    ",\"location\":{\"zipCode\":75201,\"floor\" : [ 1 ],\"storeName\":\"A\",\"city\":null,"
    "\"state\":true,\"opId\":\"op-1\",\"address\":\"  \"}";
  g_autoptr(RfiJob) job = parse_with (odd);
  g_autoptr(RfiJob) plain = parse_with (",\"location\":{\"storeName\":\"A\",\"address\":\"B\","
                                        "\"city\":\"C\",\"state\":\"D\",\"zipCode\":\"E\","
                                        "\"opId\":\"op-2\"}");
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiJob) moved = NULL;
  g_autofree char *same = print (job, RFI_WIRE_JOB_RAW);
  g_autofree char *changed = NULL;
  g_autofree char *plain_text = print (plain, RFI_WIRE_JOB_RAW);

  g_assert_cmpstr (job->zip_code, ==, "75201");
  g_assert_cmpstr (job->city, ==, "");
  g_assert_cmpstr (job->state, ==, "true");
  g_assert_cmpstr (rfi_job_extra_get_operation (job->extra), ==, "op-1");
  g_assert_nonnull (job->location_json);
  g_assert_nonnull (strstr (same, "\"location\":{\"zipCode\":75201,\"floor\":[1],"
                                  "\"storeName\":\"A\",\"city\":null,\"state\":true,"
                                  "\"opId\":\"op-1\",\"address\":\"  \"}"));

  rfi_patch_set (patch, RFI_FIELD_CITY, "Paris");
  moved = rfi_job_apply (job, patch);
  changed = print (moved, RFI_WIRE_JOB_RAW);
  g_assert_nonnull (strstr (changed, "\"zipCode\":75201,\"floor\":[1],\"storeName\":\"A\","
                                     "\"city\":\"Paris\""));

  g_assert_null (plain->location_json);
  g_assert_cmpstr (rfi_job_extra_get_operation (plain->extra), ==, "op-2");
  g_assert_nonnull (strstr (plain_text, "\"zipCode\":\"E\",\"opId\":\"op-2\"}"));
}

/* Escapes of every kind; what no C string can hold becomes U+FFFD. */
static void
test_text (void)
{
  g_autoptr(RfiJob) job =
    parse_with (",\"description\":\"q\\\" b\\\\ s\\/ \\b\\f\\n\\r\\t \\u0041\\u00e9\\ud83d\\udd27"
                "|\\u0000|\\ud83d|\\udd27x|\xff|\xf0\x9f\x94\xa7\"");
  g_autofree char *text = print (job, RFI_WIRE_JOB_RAW);
  g_autoptr(RfiJob) again = parse (text);

  g_assert_cmpstr (job->description, ==, "q\" b\\ s/ \b\f\n\r\t A\u00e9\U0001f527|\ufffd|\ufffd|"
                                         "\ufffdx|\ufffd|\U0001f527");
  g_assert_cmpstr (again->description, ==, job->description);
  g_assert_nonnull (strstr (text, "q\\\" b\\\\ s/ \\b\\f\\n\\r\\t "));
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "\"x\"",
    "[]",
    "{\"data\":null}",
    "{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"\"}}",
    "{\"id\":\"j\"}",
    "{\"id\":\"\",\"title\":\"T\",\"status\":\"pending\",\"priority\":\"low\",\"vendorId\":\"v\","
    "\"createdAt\":\"2026-11-20T08:12:22.988Z\",\"updatedAt\":\"2026-11-20T08:12:22.988Z\"}",
  };
  static const char *const changes[] = {
    ",\"status\":\"lost\"", ",\"priority\":null", ",\"updatedAt\":\"yesterday\"",
    ",\"createdAt\":5", ",\"vendorId\":null", ",\"title\":null", ",\"attachments\":[{}]",
    ",\"attachments\":[7]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (rfi_wire_job_parse (bad[i], -1, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
    }

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = document (changes[i]);

      g_assert_null (rfi_wire_job_parse (text, -1, &error));
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
    }
}

static void
test_upload_answer (void)
{
  g_autoptr(RfiJob) job = parse (full_job);
  const RfiPhoto *photo = g_ptr_array_index (job->photos, 0);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiPhoto) again = NULL;

  rfi_wire_photo_append_answer (out, photo, job);
  again = rfi_wire_photo_parse (out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, photo->id);
  g_assert_cmpstr (again->file_name, ==, photo->file_name);
  g_assert_cmpstr (again->url, ==, photo->url);
  g_assert_cmpint (again->uploaded_at, ==, photo->uploaded_at);

  g_assert_null (rfi_wire_photo_parse ("{\"data\":{}}", -1, &error));
  g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
}

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = g_test_rand_int_range (0, 12); i > 0; i--)
    {
      gunichar c = (gunichar) g_test_rand_int_range (1, g_test_rand_bit () ? 0x80 : 0x11000);

      if (g_unichar_validate (c))
        g_string_append_unichar (text, c);
    }

  return g_string_free (text, FALSE);
}

/* Whatever is in a job, what is read is what was written. */
static void
test_round_trip (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(RfiJob) job = NULL;
      g_autoptr(RfiJob) again = NULL;
      g_autofree char *text = NULL;
      RfiJob template = {
        .id = "j",
        .status = (RfiStatus) g_test_rand_int_range (0, RFI_N_STATUSES),
        .priority = (RfiPriority) g_test_rand_int_range (0, RFI_N_PRIORITIES),
        .created_at = g_test_rand_int (),
        .updated_at = g_test_rand_int () * G_GINT64_CONSTANT (1000) + 1,
        .has_attachments = g_test_rand_bit (),
      };
      const char *etag = NULL;
      const char *operation_id = NULL;
      const RfiJobExtra *extra;
      const char **fields[] = {
        &template.title, &template.description, &template.vendor_id, &template.created_by,
        &template.store_name, &template.address, &template.city, &template.state,
        &template.zip_code, &etag, &template.assigned_to, &operation_id,
      };

      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        {
          g_ptr_array_add (texts, random_text ());
          *fields[i] = texts->pdata[i];
        }
      template.etag = rfi_etag (etag);
      if (*template.assigned_to == '\0')
        template.assigned_to = NULL;

      template.extra = extra = rfi_job_extra_with_operation (NULL, operation_id);
      job = rfi_job_new (&template);
      g_clear_pointer (&extra, rfi_job_extra_unref);
      text = print (job, g_test_rand_bit () ? RFI_WIRE_JOB_NAMES : RFI_WIRE_JOB_SYSTEM);
      again = parse (text);

      for (guint i = 0; i < RFI_N_FIELDS; i++)
        g_assert_cmpstr (rfi_job_get_field (again, (RfiField) i), ==,
                         rfi_job_get_field (job, (RfiField) i));
      g_assert_true (rfi_etag_equal (again->etag, job->etag));
      g_assert_cmpstr (again->vendor_id, ==, job->vendor_id);
      g_assert_cmpstr (again->created_by, ==, job->created_by);
      g_assert_cmpstr (rfi_job_extra_get_operation (again->extra), ==,
                       rfi_job_extra_get_operation (job->extra));
      g_assert_cmpint (again->created_at, ==, job->created_at);
      g_assert_cmpint (again->updated_at, ==, job->updated_at);
      g_assert_cmpint (again->has_attachments, ==, job->has_attachments);
    }
}

static void
test_versions (void)
{
  static const struct {
    const char *text;
    gint64      version;  /* -1: the job is refused */
  } cases[] = {
    { "0", 0 }, { "4294967295", 4294967295 }, { "\"7\"", 0 }, { "null", 0 },
    { "4294967296", -1 }, { "-1", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("%.*s,\"version\":%s}",
                                               (int) strlen (full_job) - 1, full_job,
                                               cases[i].text);
      g_autoptr(GError) error = NULL;
      g_autoptr(RfiJob) job = rfi_wire_job_parse (text, -1, &error);

      if (cases[i].version < 0)
        g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
      else
        g_assert_cmpint (job->version, ==, cases[i].version);
    }
}

/* What only Sync v1 knows: other answers never show it. */
static void
test_v1 (void)
{
  static const char members[] =
    ",\"version\":7,\"scheduledStart\":\"2026-11-27T10:00:00.000Z\","
    "\"scheduledEnd\":\"2026-11-27T12:00:00.000Z\",\"estimatedMinutes\":90,"
    "\"holdUntil\":\"2026-11-26T00:00:00.000Z\",\"skills\":[\"electrical\",\"hvac\"],"
    "\"completionNotes\":\"All \\\"good\\\"\","
    "\"parts\":[{\"id\":\"1\",\"name\":\"Fan\",\"quantity\":2}],"
    "\"labour\":[{\"id\":\"1\",\"minutes\":30,\"technician\":\"u1\"}],"
    "\"notes\":[{\"author\":\"u1\",\"id\":\"1\",\"text\":\"x\"}]}";
  g_autoptr(GString) text = g_string_new (full_job);
  g_autoptr(RfiJob) plain = parse (full_job);
  g_autoptr(RfiJob) job = NULL;
  g_autofree char *again = NULL;
  g_autofree char *versioned = NULL;
  g_autofree char *old = NULL;

  g_string_truncate (text, text->len - 1);
  g_string_append (text, members);
  job = parse (text->str);
  g_assert_cmpint (job->version, ==, 7);
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SCHEDULED_START), ==,
                   "2026-11-27T10:00:00.000Z");
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_ESTIMATED_MINUTES), ==, "90");
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_SKILLS), ==, "electrical,hvac");
  g_assert_cmpstr (rfi_job_get_field (job, RFI_FIELD_COMPLETION_NOTES), ==, "All \"good\"");
  for (guint i = 0; i < RFI_N_FIELDS; i++)
    g_assert_cmpint (rfi_field_check (i, rfi_job_get_field (job, i)), ==, RFI_FIELD_OK);

  again = print (job, RFI_WIRE_JOB_V1);
  g_assert_true (g_str_has_suffix (again, members));
  versioned = print (job, RFI_WIRE_JOB_VERSION);
  g_assert_true (g_str_has_suffix (versioned, ",\"version\":7}"));
  old = print (job, RFI_WIRE_JOB_RAW);
  g_assert_null (strstr (old, "version"));
  g_assert_null (strstr (old, "skills"));

  g_assert_null (plain->extra);
  g_assert_false (rfi_job_equal (job, plain));
}

/* Other forms of the same, and what is no form of it. */
static void
test_v1_forms (void)
{
  static const struct
  {
    const char *member;
    RfiField    field;
    const char *value;
  } rows[] = {
    { "\"scheduledStart\":\"2026-11-27T11:00:00+01:00\"", RFI_FIELD_SCHEDULED_START,
      "2026-11-27T10:00:00.000Z" },
    { "\"scheduledStart\":null", RFI_FIELD_SCHEDULED_START, "" },
    { "\"scheduledStart\":\"soon\"", RFI_FIELD_SCHEDULED_START, "" },
    { "\"estimatedMinutes\":0", RFI_FIELD_ESTIMATED_MINUTES, "0" },
    { "\"estimatedMinutes\":-1", RFI_FIELD_ESTIMATED_MINUTES, "" },
    { "\"estimatedMinutes\":\"90\"", RFI_FIELD_ESTIMATED_MINUTES, "" },
    { "\"skills\":[\"hvac\",\"doors\",\"hvac\"]", RFI_FIELD_SKILLS, "doors,hvac" },
    { "\"skills\":[]", RFI_FIELD_SKILLS, "" },
    { "\"skills\":[\"H V A C\"]", RFI_FIELD_SKILLS, "" },
    { "\"parts\":[{\"quantity\":1,\"name\":\"b\",\"id\":\"2\"},"
      "{\"id\":\"1\",\"name\":\"a\",\"x\":0}]",
      RFI_FIELD_PARTS,
      "[{\"id\":\"1\",\"name\":\"a\",\"quantity\":0},"
      "{\"id\":\"2\",\"name\":\"b\",\"quantity\":1}]" },
    { "\"parts\":[{\"id\":\"1\",\"name\":\"a\\n\",\"quantity\":0}]", RFI_FIELD_PARTS,
      "[{\"id\":\"1\",\"name\":\"a\\n\",\"quantity\":0}]" },
    { "\"parts\":[{\"id\":\"1\",\"name\":\"\\u0061\\/\",\"quantity\":0}]", RFI_FIELD_PARTS,
      "[{\"id\":\"1\",\"name\":\"a/\",\"quantity\":0}]" },
    { "\"parts\":[{\"id\":\"1\",\"name\":\"a\",\"quantity\":0} ]", RFI_FIELD_PARTS,
      "[{\"id\":\"1\",\"name\":\"a\",\"quantity\":0}]" },
    { "\"parts\":[{\"name\":\"b\"}]", RFI_FIELD_PARTS, "" },
    { "\"parts\":[7]", RFI_FIELD_PARTS, "" },
    { "\"notes\":[]", RFI_FIELD_NOTES, "" },
    { "\"completionNotes\":7", RFI_FIELD_COMPLETION_NOTES, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GString) text = g_string_new (full_job);
      g_autoptr(RfiJob) job = NULL;

      g_test_message ("%s", rows[i].member);
      g_string_truncate (text, text->len - 1);
      g_string_append_printf (text, ",%s}", rows[i].member);
      job = parse (text->str);
      g_assert_cmpstr (rfi_job_get_field (job, rows[i].field), ==, rows[i].value);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/job/full", test_full);
  g_test_add_func ("/wire/job/sparse", test_sparse);
  g_test_add_func ("/wire/job/v1", test_v1);
  g_test_add_func ("/wire/job/versions", test_versions);
  g_test_add_func ("/wire/job/v1-forms", test_v1_forms);
  g_test_add_func ("/wire/job/thumbnail", test_thumbnail);
  g_test_add_func ("/wire/job/location", test_location);
  g_test_add_func ("/wire/job/text", test_text);
  g_test_add_func ("/wire/job/bad", test_bad);
  g_test_add_func ("/wire/job/upload-answer", test_upload_answer);
  g_test_add_func ("/wire/job/round-trip", test_round_trip);

  return g_test_run ();
}
