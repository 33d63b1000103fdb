/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-wire-error.h"
#include "rfi-wire-job.h"
#include "rfi-wire-request.h"

static RfiJson
json (const char *text)
{
  RfiJson root;

  g_assert_true (rfi_json_parse (text, -1, &root, NULL));
  return root;
}

static RfiPatch *
new_fields (void)
{
  RfiPatch *fields = rfi_patch_new ();

  rfi_patch_set (fields, RFI_FIELD_TITLE, "Fix \"it\"");
  rfi_patch_set (fields, RFI_FIELD_DESCRIPTION, " two\nlines ");
  rfi_patch_set (fields, RFI_FIELD_PRIORITY, "urgent");
  rfi_patch_set (fields, RFI_FIELD_STORE_NAME, "S");
  rfi_patch_set (fields, RFI_FIELD_ADDRESS, "A");
  rfi_patch_set (fields, RFI_FIELD_CITY, "C");
  rfi_patch_set (fields, RFI_FIELD_STATE, "TX");
  rfi_patch_set (fields, RFI_FIELD_ZIP_CODE, "75201");
  return fields;
}

static void
test_create (void)
{
  g_autoptr(RfiPatch) fields = new_fields ();
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiJob) job = NULL;
  RfiJson body;

  rfi_wire_append_create (out, fields, "vendor-001", "op-9");
  g_assert_cmpstr (out->str, ==,
                   "{\"title\":\"Fix \\\"it\\\"\",\"description\":\" two\\nlines \","
                   "\"priority\":\"urgent\",\"vendorId\":\"vendor-001\",\"location\":{"
                   "\"storeName\":\"S\",\"address\":\"A\",\"city\":\"C\",\"state\":\"TX\","
                   "\"zipCode\":\"75201\",\"opId\":\"op-9\"}}");

  body = json (out->str);
  job = rfi_wire_read_create (&body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (job->description, ==, " two\nlines ");
  g_assert_cmpint (job->status, ==, RFI_STATUS_PENDING);
  g_assert_cmpint (job->priority, ==, RFI_PRIORITY_URGENT);
  g_assert_cmpstr (job->vendor_id, ==, "vendor-001");
  g_assert_cmpstr (rfi_job_extra_get_operation (job->extra), ==, "op-9");
  g_assert_nonnull (job->location_json);
  g_assert_cmpstr (job->zip_code, ==, "75201");
}

/* The first failing check answers, in the contract's order. */
static void
test_create_checks (void)
{
#define LOCATION(city, zip)                                                                       \
  "\"location\":{\"storeName\":\"S\",\"address\":\"A\",\"city\":" city ",\"state\":\"T\","         \
  "\"zipCode\":" zip "}"
  static const struct {
    const char *body;
    const char *message;
  } cases[] = {
    { "{}", "title is required" },
    { "[]", "title is required" },
    { "{\"title\":\" \\t\\u00a0\\ufeff\"}", "title is required" },
    { "{\"title\":7}", "title is required" },
    { "{\"title\":\"t\",\"priority\":\"x\"}", "description is required" },
    { "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"High\"}",
      "priority must be one of: low, medium, high, urgent" },
    { "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"high\"}", "vendorId is required" },
    { "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"high\",\"vendorId\":\"v\"}",
      "location requires storeName, address, city, state, zipCode" },
    { "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"high\",\"vendorId\":\"v\","
      LOCATION ("\"\"", "1") "}",
      "location requires storeName, address, city, state, zipCode" },
    { "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"high\",\"vendorId\":\"v\","
      LOCATION ("\"  \"", "75201") "}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      RfiJson body = json (cases[i].body);
      g_autoptr(RfiJob) job = rfi_wire_read_create (&body, &error);

      if (cases[i].message == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (job->zip_code, ==, "75201");
          g_assert_nonnull (job->location_json);
          continue;
        }
      g_assert_null (job);
      g_assert_error (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_edit (void)
{
  g_autoptr(RfiPatch) fields = new_fields ();
  g_autoptr(RfiPatch) changes = rfi_patch_new ();
  g_autoptr(RfiPatch) read = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *etag = NULL;
  g_autofree char *location_json = NULL;
  RfiJob template = { .id = "j", .location_json = "{\"city\":\"C\",\"gate\":4,\"storeName\":\"S\","
                                                  "\"address\":\"A\",\"state\":\"TX\","
                                                  "\"zipCode\":1}" };
  g_autoptr(RfiJob) bare = rfi_job_new (&template);
  g_autoptr(RfiJob) job = rfi_job_apply (bare, fields);
  RfiJson body;

  rfi_patch_set (changes, RFI_FIELD_CITY, "Waco");
  rfi_patch_set (changes, RFI_FIELD_TITLE, " New ");
  rfi_patch_set (changes, RFI_FIELD_STATUS, "completed");
  rfi_wire_append_edit (out, changes, job, "\"e\"");
  g_assert_cmpstr (out->str, ==,
                   "{\"_etag\":\"\\\"e\\\"\",\"title\":\" New \",\"location\":{\"city\":\"Waco\","
                   "\"gate\":4,\"storeName\":\"S\",\"address\":\"A\",\"state\":\"TX\","
                   "\"zipCode\":\"75201\"}}");

  body = json (out->str);
  g_assert_true (rfi_wire_read_edit (&body, &etag, &read, &location_json, NULL));
  g_assert_cmpstr (etag, ==, "\"e\"");
  g_assert_cmpstr (rfi_patch_get (read, RFI_FIELD_TITLE), ==, "New");
  g_assert_cmpstr (rfi_patch_get (read, RFI_FIELD_CITY), ==, "Waco");
  g_assert_false (rfi_patch_has (read, RFI_FIELD_STATUS));
  g_assert_nonnull (location_json);
}

static void
test_edit_checks (void)
{
  static const struct {
    const char *body;
    const char *message;
  } cases[] = {
    { "{}", "_etag is required for optimistic concurrency" },
    { "{\"_etag\":\"\",\"title\":\"\"}", "_etag is required for optimistic concurrency" },
    { "{\"_etag\":5,\"title\":\" \"}", "title cannot be empty" },
    { "{\"_etag\":\"e\",\"description\":null}", "description cannot be empty" },
    { "{\"_etag\":\"e\",\"priority\":\"\"}", "priority must be one of: low, medium, high, urgent" },
    { "{\"_etag\":\"e\",\"location\":{\"city\":\"x\"}}",
      "location requires storeName, address, city, state, zipCode" },
    { "{\"_etag\":\"e\",\"location\":null}", NULL },
    { "{\"_etag\":\"e\",\"location\":\"\",\"other\":1}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RfiPatch) changes = NULL;
      g_autofree char *etag = NULL;
      g_autofree char *location_json = NULL;
      RfiJson body = json (cases[i].body);

      if (cases[i].message == NULL)
        {
          g_assert_true (rfi_wire_read_edit (&body, &etag, &changes, &location_json, &error));
          g_assert_true (rfi_patch_is_empty (changes));
          continue;
        }
      g_assert_false (rfi_wire_read_edit (&body, &etag, &changes, &location_json, &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_status_and_assign (void)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *etag = NULL;
  g_autofree char *technician = NULL;
  g_autoptr(GError) error = NULL;
  RfiStatus status;
  RfiJson body;

  rfi_wire_append_status (out, RFI_STATUS_IN_PROGRESS, "\"e\"");
  g_assert_cmpstr (out->str, ==, "{\"status\":\"in-progress\",\"_etag\":\"\\\"e\\\"\"}");
  body = json (out->str);
  g_assert_true (rfi_wire_read_status (&body, &status, &etag, &error));
  g_assert_cmpint (status, ==, RFI_STATUS_IN_PROGRESS);
  g_assert_cmpstr (etag, ==, "\"e\"");
  g_clear_pointer (&etag, g_free);

  body = json ("{\"status\":\"completed\",\"_etag\":null}");
  g_assert_false (rfi_wire_read_status (&body, &status, &etag, &error));
  g_clear_error (&error);

  g_string_truncate (out, 0);
  rfi_wire_append_assign (out, NULL, NULL);
  g_assert_cmpstr (out->str, ==, "{\"technicianId\":null}");
  body = json (out->str);
  g_assert_true (rfi_wire_read_assign (&body, &technician, &etag, &error));
  g_assert_null (technician);
  g_assert_null (etag);

  body = json ("{\"technicianId\":\" x\",\"_etag\":12}");
  g_assert_true (rfi_wire_read_assign (&body, &technician, &etag, &error));
  g_assert_cmpstr (technician, ==, " x");
  g_assert_cmpstr (etag, ==, "12");
  g_clear_pointer (&technician, g_free);
  g_clear_pointer (&etag, g_free);

  body = json ("{\"technicianId\":\" \"}");
  g_assert_false (rfi_wire_read_assign (&body, &technician, &etag, &error));
  g_assert_cmpstr (error->message, ==, "technicianId is required");
}

static void
test_sync (void)
{
  static const struct {
    const char *body;
    gboolean    good;
    const char *since;
  } cases[] = {
    { "{}", TRUE, NULL },
    { "{\"since\":null}", TRUE, NULL },
    { "{\"since\":\"\"}", TRUE, NULL },
    { "{\"since\":0}", TRUE, NULL },
    { "{\"since\":\"2026-11-21T08:12:22.988Z\"}", TRUE, "2026-11-21T08:12:22.988Z" },
    { "{\"since\":\"2026-11-21T13:12:22+05:00\"}", TRUE, "2026-11-21T08:12:22.000Z" },
    { "{\"since\":\"yesterday\"}", FALSE, NULL },
    { "{\"since\":[]}", FALSE, NULL },
    { "{\"since\":1795248742}", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *since = NULL;
      RfiJson body = json (cases[i].body);

      g_assert_cmpint (rfi_wire_read_sync (&body, &since, NULL), ==, cases[i].good);
      g_assert_cmpstr (since, ==, cases[i].since);
    }
}

static void
test_login (void)
{
  static const char *const bad_emails[] = {
    "a", "a@b", "@b.c", "a@.", "a@.c", "a@b.", "a@b@c.d", "a b@c.d", " a@b.c", "a@b.c\\u00a0",
  };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *email = NULL;
  g_autofree char *password = NULL;
  g_autoptr(GError) error = NULL;
  RfiJson body;

  rfi_wire_append_login (out, "Admin@RetailFixIt.com", "p\"w");
  body = json (out->str);
  g_assert_true (rfi_wire_read_login (&body, &email, &password, NULL));
  g_assert_cmpstr (email, ==, "admin@retailfixit.com");
  g_assert_cmpstr (password, ==, "p\"w");

  for (guint i = 0; i < G_N_ELEMENTS (bad_emails); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"p\"}",
                                               bad_emails[i]);
      g_autofree char *e = NULL;
      g_autofree char *p = NULL;

      g_test_message ("%s", bad_emails[i]);
      body = json (text);
      g_clear_error (&error);
      g_assert_false (rfi_wire_read_login (&body, &e, &p, &error));
      g_assert_cmpstr (error->message, ==, "Invalid email format");
    }

  g_clear_error (&error);
  body = json ("{\"email\":[\"a@b.c\"],\"password\":1}");
  g_assert_false (rfi_wire_read_login (&body, &email, &password, &error));
  g_assert_cmpstr (error->message, ==, "Email and password are required");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/request/create", test_create);
  g_test_add_func ("/wire/request/create-checks", test_create_checks);
  g_test_add_func ("/wire/request/edit", test_edit);
  g_test_add_func ("/wire/request/edit-checks", test_edit_checks);
  g_test_add_func ("/wire/request/status-and-assign", test_status_and_assign);
  g_test_add_func ("/wire/request/sync", test_sync);
  g_test_add_func ("/wire/request/login", test_login);

  return g_test_run ();
}
