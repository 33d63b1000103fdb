/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Mistakes of every kind that the contract names: each gets its status, its code and its words. */

#include "config.h"

#include "rfi-test-http.h"

#include <string.h>

#define LOCATION \
  "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\"," \
  "\"zipCode\":\"75201\"}"
#define NO_LOCATION "location requires storeName, address, city, state, zipCode"
#define BAD_PRIORITY "priority must be one of: low, medium, high, urgent"
#define NO_ETAG "_etag is required for optimistic concurrency"
#define STALE "Job was modified by another request. Refresh and retry."

typedef struct
{
  const char *name;
  const char *method;
  const char *path;     /* "@": a pending job; "$": a completed one */
  const char *type;     /* of the content; %NULL: JSON */
  const char *body;     /* "@": the pending job's etag with its quotes; %NULL: none at all */
  guint       status;
  const char *code;     /* %NULL: not looked at */
  const char *message;  /* %NULL: not looked at */
} Row;

static const Row rows[] = {
  /* Bodies */
  { "no-json", "POST", "/api/jobs", NULL, "{nope", 400, "INVALID_JSON", NULL },
  { "cut-json", "POST", "/api/jobs", NULL, "{\"title\":\"t\"", 400, "INVALID_JSON", NULL },
  { "two-documents", "POST", "/api/jobs", NULL, "{}{}", 400, "INVALID_JSON", NULL },
  { "bare-text", "POST", "/api/jobs", NULL, "\"text\"", 400, "INVALID_JSON", NULL },
  { "bare-number", "POST", "/api/jobs", NULL, "1", 400, "INVALID_JSON", NULL },
  { "array", "POST", "/api/jobs", NULL, "[]", 400, "VALIDATION_ERROR", "title is required" },
  { "empty-body", "POST", "/api/jobs", NULL, "", 400, "VALIDATION_ERROR", "title is required" },
  { "form-body", "POST", "/api/jobs", "application/x-www-form-urlencoded", "title=t", 415,
    "UNSUPPORTED_MEDIA_TYPE", NULL },
  { "text-body", "POST", "/api/jobs", "text/plain", "{}", 415, "UNSUPPORTED_MEDIA_TYPE", NULL },
  { "json-api-body", "PATCH", "/api/jobs/@", "application/vnd.api+json", "{}", 415,
    "UNSUPPORTED_MEDIA_TYPE", NULL },
  { "no-body", "POST", "/api/jobs/sync", NULL, NULL, 415, "UNSUPPORTED_MEDIA_TYPE", NULL },
  { "latin1", "POST", "/api/jobs/sync", "application/json; charset=iso-8859-1", "{}", 415,
    "UNSUPPORTED_CHARSET", NULL },
  { "utf8", "POST", "/api/jobs/sync", "application/json; charset=UTF-8", "{}", 200, NULL, NULL },

  /* Sign-in */
  { "login-empty", "POST", "/api/auth/login", NULL, "{}", 400, "VALIDATION_ERROR",
    "Email and password are required" },
  { "login-no-password", "POST", "/api/auth/login", NULL, "{\"email\":\"a@b.c\"}", 400,
    "VALIDATION_ERROR", "Email and password are required" },
  { "login-blank", "POST", "/api/auth/login", NULL, "{\"email\":\"\",\"password\":\"\"}", 400,
    "VALIDATION_ERROR", "Email and password are required" },
  { "login-format", "POST", "/api/auth/login", NULL, "{\"email\":\"a\",\"password\":\"p\"}", 400,
    "VALIDATION_ERROR", "Invalid email format" },
  { "login-spaces", "POST", "/api/auth/login", NULL,
    "{\"email\":\" admin@retailfixit.com\",\"password\":\"admin123\"}", 400, "VALIDATION_ERROR",
    "Invalid email format" },
  { "login-unknown", "POST", "/api/auth/login", NULL,
    "{\"email\":\"nobody@retailfixit.com\",\"password\":\"p\"}", 401, "INVALID_CREDENTIALS",
    "Invalid email or password" },
  { "login-wrong", "POST", "/api/auth/login", NULL,
    "{\"email\":\"admin@retailfixit.com\",\"password\":\"p\"}", 401, "INVALID_CREDENTIALS",
    "Invalid email or password" },
  { "login-number", "POST", "/api/auth/login", NULL,
    "{\"email\":\"admin@retailfixit.com\",\"password\":1}", 400, "VALIDATION_ERROR", NULL },
  { "login-array", "POST", "/api/auth/login", NULL, "{\"email\":[\"a@b.c\"],\"password\":\"p\"}",
    400, "VALIDATION_ERROR", NULL },
  { "login-case", "POST", "/api/auth/login", NULL,
    "{\"email\":\"Admin@RetailFixIt.COM\",\"password\":\"admin123\"}", 200, NULL, NULL },

  /* Create, in the order of its checks */
  { "create-title", "POST", "/api/jobs", NULL, "{\"title\":\"  \"}", 400, "VALIDATION_ERROR",
    "title is required" },
  { "create-title-number", "POST", "/api/jobs", NULL, "{\"title\":1}", 400, "VALIDATION_ERROR",
    "title is required" },
  { "create-description", "POST", "/api/jobs", NULL, "{\"title\":\"t\"}", 400, "VALIDATION_ERROR",
    "description is required" },
  { "create-priority", "POST", "/api/jobs", NULL,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"odd\"}", 400, "VALIDATION_ERROR",
    BAD_PRIORITY },
  { "create-vendor", "POST", "/api/jobs", NULL,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\"}", 400, "VALIDATION_ERROR",
    "vendorId is required" },
  { "create-location", "POST", "/api/jobs", NULL,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"v\"}", 400,
    "VALIDATION_ERROR", NO_LOCATION },
  { "create-half-location", "POST", "/api/jobs", NULL,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"v\","
    "\"location\":{\"storeName\":\"s\"}}", 400, "VALIDATION_ERROR", NO_LOCATION },
  { "create-unknown-vendor", "POST", "/api/jobs", NULL,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"v\"," LOCATION "}",
    201, NULL, NULL },
  { "create-zip-number", "POST", "/api/jobs", NULL,
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"v\","
    "\"location\":{\"storeName\":\"  \",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\","
    "\"zipCode\":75201}}", 201, NULL, NULL },

  /* Edit */
  { "edit-no-etag", "PATCH", "/api/jobs/@", NULL, "{\"title\":\"\"}", 400, "VALIDATION_ERROR",
    NO_ETAG },
  { "edit-blank-title", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":@,\"title\":\" \"}", 400,
    "VALIDATION_ERROR", NULL },
  { "edit-null-title", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":@,\"title\":null}", 400,
    "VALIDATION_ERROR", NULL },
  { "edit-priority", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":@,\"priority\":\"odd\"}", 400,
    "VALIDATION_ERROR", BAD_PRIORITY },
  { "edit-location", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":@,\"location\":{\"city\":\"c\"}}",
    400, "VALIDATION_ERROR", NO_LOCATION },
  { "edit-null-location", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":@,\"location\":null}", 200,
    NULL, NULL },
  { "edit-nowhere", "PATCH", "/api/jobs/none", NULL, "{\"_etag\":@,\"title\":\"t\"}", 404,
    "NOT_FOUND", "Job not found" },
  { "edit-stale", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":\"\\\"x\\\"\",\"title\":\"t\"}", 409,
    "CONFLICT", STALE },
  { "edit-star", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":\"*\",\"title\":\"t\"}", 409,
    "CONFLICT", STALE },
  { "edit-number-etag", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":7,\"title\":\"t\"}", 409,
    "CONFLICT", STALE },
  { "edit-odd-etag", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":\"a\\r\\nb\\u20ac\"}", 409,
    "CONFLICT", STALE },
  { "edit-only-etag", "PATCH", "/api/jobs/@", NULL, "{\"_etag\":@,\"other\":1}", 200, NULL, NULL },

  /* Status: 404, then 422, then 409 */
  { "status-none", "PATCH", "/api/jobs/@/status", NULL, "{\"_etag\":@}", 400, "VALIDATION_ERROR",
    NULL },
  { "status-odd", "PATCH", "/api/jobs/@/status", NULL, "{\"_etag\":@,\"status\":\"odd\"}", 400,
    "VALIDATION_ERROR", NULL },
  { "status-no-etag", "PATCH", "/api/jobs/@/status", NULL, "{\"status\":\"cancelled\"}", 400,
    "VALIDATION_ERROR", NULL },
  { "status-nowhere", "PATCH", "/api/jobs/none/status", NULL,
    "{\"_etag\":@,\"status\":\"assigned\"}", 404, "NOT_FOUND", "Job not found" },
  { "status-illegal", "PATCH", "/api/jobs/@/status", NULL,
    "{\"_etag\":@,\"status\":\"completed\"}", 422, "INVALID_STATUS_TRANSITION",
    "Cannot transition from 'pending' to 'completed'. Allowed: assigned, cancelled" },
  { "status-same", "PATCH", "/api/jobs/@/status", NULL, "{\"_etag\":@,\"status\":\"pending\"}",
    422, "INVALID_STATUS_TRANSITION", NULL },
  { "status-final", "PATCH", "/api/jobs/$/status", NULL, "{\"_etag\":@,\"status\":\"pending\"}",
    422, "INVALID_STATUS_TRANSITION",
    "Cannot transition from 'completed' to 'pending'. Allowed: none" },
  { "status-stale-and-illegal", "PATCH", "/api/jobs/@/status", NULL,
    "{\"_etag\":\"x\",\"status\":\"completed\"}", 422, "INVALID_STATUS_TRANSITION", NULL },
  { "status-stale", "PATCH", "/api/jobs/@/status", NULL,
    "{\"_etag\":\"x\",\"status\":\"cancelled\"}", 409, "CONFLICT", STALE },

  /* Assign */
  { "assign-none", "POST", "/api/jobs/@/assign", NULL, "{}", 400, "VALIDATION_ERROR", NULL },
  { "assign-blank", "POST", "/api/jobs/@/assign", NULL, "{\"technicianId\":\" \"}", 400,
    "VALIDATION_ERROR", NULL },
  { "assign-unknown", "POST", "/api/jobs/@/assign", NULL, "{\"technicianId\":\"x\"}", 400,
    "VALIDATION_ERROR", NULL },
  { "assign-other-vendor", "POST", "/api/jobs/@/assign", NULL, "{\"technicianId\":\"%2\"}", 400,
    "VALIDATION_ERROR", NULL },
  { "assign-untrimmed", "POST", "/api/jobs/@/assign", NULL, "{\"technicianId\":\" %1\"}", 400,
    "VALIDATION_ERROR", NULL },
  { "assign-nowhere", "POST", "/api/jobs/none/assign", NULL, "{\"technicianId\":\"%1\"}", 404,
    "NOT_FOUND", "Job not found" },
  { "assign-final", "POST", "/api/jobs/$/assign", NULL, "{\"technicianId\":\"%1\"}", 422,
    "INVALID_STATUS_TRANSITION", NULL },
  { "assign-stale", "POST", "/api/jobs/@/assign", NULL,
    "{\"technicianId\":\"%1\",\"_etag\":\"x\"}", 409, "CONFLICT", STALE },
  { "assign-etag", "POST", "/api/jobs/@/assign", NULL, "{\"technicianId\":\"%1\",\"_etag\":@}",
    200, NULL, NULL },
  { "take-off", "POST", "/api/jobs/@/assign", NULL, "{\"technicianId\":null}", 200, NULL, NULL },

  /* Sync */
  { "since-words", "POST", "/api/jobs/sync", NULL, "{\"since\":\"yesterday\"}", 400,
    "VALIDATION_ERROR", "Invalid since timestamp" },
  { "since-array", "POST", "/api/jobs/sync", NULL, "{\"since\":[]}", 400, "VALIDATION_ERROR",
    "Invalid since timestamp" },
  { "since-object", "POST", "/api/jobs/sync", NULL, "{\"since\":{}}", 400, "VALIDATION_ERROR",
    "Invalid since timestamp" },
  { "since-null", "POST", "/api/jobs/sync", NULL, "{\"since\":null}", 200, NULL, NULL },
  { "since-zero", "POST", "/api/jobs/sync", NULL, "{\"since\":0}", 200, NULL, NULL },
  { "since-empty", "POST", "/api/jobs/sync", NULL, "{\"since\":\"\"}", 200, NULL, NULL },
  { "since-number", "POST", "/api/jobs/sync", NULL, "{\"since\":1795259797000}", 200, NULL, NULL },
  { "since-true", "POST", "/api/jobs/sync", NULL, "{\"since\":true}", 200, NULL, NULL },
  { "since-http", "POST", "/api/jobs/sync", NULL,
    "{\"since\":\"Sat, 21 Nov 2026 11:16:37 GMT\"}", 200, NULL, NULL },
  { "since-offset", "POST", "/api/jobs/sync", NULL,
    "{\"since\":\"2026-11-21T11:16:37+05:00\"}", 200, NULL, NULL },
  { "since-day", "POST", "/api/jobs/sync", NULL, "{\"since\":\"2026-11-21\"}", 200, NULL, NULL },

  /* Lists */
  { "list-empty-status", "GET", "/api/jobs?status=", NULL, NULL, 200, NULL, NULL },
  { "list-odd-status", "GET", "/api/jobs?status=Pending", NULL, NULL, 400, "INVALID_STATUS",
    NULL },
  { "list-array-status", "GET", "/api/jobs?status[]=x&other=1", NULL, NULL, 200, NULL, NULL },

  /* Paths */
  { "path-case", "GET", "/API/Health/", NULL, NULL, 200, NULL, NULL },
  { "path-slash", "GET", "/api/jobs/", NULL, NULL, 200, NULL, NULL },
  { "negotiate-get", "GET", "/api/signalr/negotiate", NULL, NULL, 404, "NOT_FOUND",
    "Route GET /api/signalr/negotiate not found" },
  { "photo-unsigned", "GET", "/photos/v/j/p.jpg", NULL, NULL, 403, "FORBIDDEN", NULL },
};

static RfiTestServer *server;
static SoupSession *session;
static char *token;
static char *technicians[2];  /* of either vendor */

static RfiTestAnswer *
call (const char *method,
      const char *path,
      const char *json)
{
  return rfi_test_http_call (session, rfi_test_server_get_url (server), method, path, token, json);
}

static char *
make_job (char **etag)
{
  g_autoptr(RfiTestAnswer) created =
    call ("POST", "/api/jobs",
          "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"vendor-001\","
          LOCATION "}");

  *etag = rfi_test_answer_get (created, "_etag");
  return rfi_test_answer_get (created, "id");
}

static char *
make_completed_job (void)
{
  static const char * const steps[] = { "assigned", "in-progress", "completed" };
  g_autofree char *etag = NULL;
  g_autofree char *id = make_job (&etag);
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s/status", id);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("{\"_etag\":\"%s\",\"status\":\"%s\"}", etag, steps[i]);
      g_autoptr(RfiTestAnswer) answer = call ("PATCH", path, json);

      g_assert_cmpuint (answer->status, ==, 200);
      g_free (etag);
      etag = rfi_test_answer_get (answer, "_etag");
    }

  return g_steal_pointer (&id);
}

static char *
fill_in (const char *text)
{
  g_autofree char *etag = NULL;
  g_autofree char *id = make_job (&etag);
  g_autofree char *completed = strchr (text, '$') != NULL ? make_completed_job () : NULL;
  GString *filled = g_string_new (text);

  g_string_replace (filled, "@", id, 0);
  if (completed != NULL)
    g_string_replace (filled, "$", completed, 0);
  return g_string_free (filled, FALSE);
}

/* The etag of the job in @path, quoted for JSON. */
static char *
get_etag (const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", -1);
  g_autofree char *job_path = NULL;
  g_autoptr(RfiTestAnswer) answer = NULL;
  g_autofree char *etag = NULL;

  if (g_strv_length (parts) < 4)
    return g_strdup ("\"\"");

  job_path = g_strdup_printf ("/api/jobs/%s", parts[3]);
  answer = call ("GET", job_path, NULL);
  etag = rfi_test_answer_get (answer, "_etag");
  return g_strdup_printf ("\"%s\"", etag != NULL ? etag : "x");
}

static char *
fill_body (const char *text,
           const char *path)
{
  g_autofree char *etag = strstr (text, ":@") != NULL ? get_etag (path) : NULL;
  GString *filled = g_string_new (text);

  if (etag != NULL)
    g_string_replace (filled, "@", etag, 0);
  g_string_replace (filled, "%1", technicians[0], 0);
  g_string_replace (filled, "%2", technicians[1], 0);
  return g_string_free (filled, FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *path = fill_in (row->path);
  g_autofree char *body = row->body != NULL ? fill_body (row->body, path) : NULL;
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), path, NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (row->method, url);
  g_autoptr(RfiTestAnswer) answer = NULL;
  g_autofree char *code = NULL;
  g_autofree char *words = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (
        message, row->type != NULL ? row->type : "application/json", bytes);
    }

  answer = rfi_test_http_send (session, message);
  code = rfi_test_answer_get (answer, "code");
  words = rfi_test_answer_get (answer, "message");
  if (answer->status != row->status)
    g_error ("%u instead of %u: %s", answer->status, row->status, answer->text);
  if (row->code != NULL && g_strcmp0 (code, row->code) != 0)
    g_error ("Not %s: %s", row->code, answer->text);
  if (row->message != NULL)
    g_assert_cmpstr (words, ==, row->message);
  if (row->status >= 400)
    g_assert_nonnull (words);
  g_assert_cmpstr (soup_message_headers_get_content_type (answer->headers, NULL), ==,
                   "application/json");
}

/* What parseInt() makes of the numbers of a list. */
static void
test_numbers (void)
{
  static const struct {
    const char *query;
    const char *wanted;
  } cases[] = {
    { "", "\"limit\":20,\"offset\":0" },
    { "limit=0", "\"limit\":20,\"offset\":0" },
    { "limit=", "\"limit\":20,\"offset\":0" },
    { "limit=abc", "\"limit\":20,\"offset\":0" },
    { "limit=-5", "\"limit\":1,\"offset\":0" },
    { "limit=2.9", "\"limit\":2,\"offset\":0" },
    { "limit=2abc", "\"limit\":2,\"offset\":0" },
    { "limit=1e3", "\"limit\":1,\"offset\":0" },
    { "limit=101", "\"limit\":100,\"offset\":0" },
    { "limit=99999999999999999999", "\"limit\":100,\"offset\":0" },
    { "offset=-1", "\"limit\":20,\"offset\":0" },
    { "offset=x", "\"limit\":20,\"offset\":0" },
    { "offset=3&limit=4", "\"limit\":4,\"offset\":3" },
  };
  g_autoptr(RfiTestAnswer) beyond = call ("GET", "/api/jobs?offset=100000", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/api/jobs?", cases[i].query, NULL);
      g_autoptr(RfiTestAnswer) answer = call ("GET", path, NULL);

      g_assert_nonnull (strstr (answer->text, cases[i].wanted));
    }
  g_assert_true (g_str_has_prefix (beyond->text, "{\"data\":[],\"pagination\":{\"total\":"));
  g_assert_null (strstr (beyond->text, "\"total\":0"));
}

/* One byte more than fits. */
static void
test_body_limit (void)
{
  for (guint extra = 0; extra <= 1; extra++)
    {
      g_autoptr(GString) body = g_string_new ("{\"since\":null,\"x\":\"");
      g_autoptr(RfiTestAnswer) answer = NULL;

      while (body->len < 102400 + extra - 2)
        g_string_append_c (body, 'x');
      g_string_append (body, "\"}");
      answer = call ("POST", "/api/jobs/sync", body->str);
      g_assert_cmpuint (answer->status, ==, extra == 0 ? 200 : 413);
      if (extra == 1)
        g_assert_nonnull (strstr (answer->text, "PAYLOAD_TOO_LARGE"));
    }
}

/* Refused before it gets as far as our words. */
static void
test_bad_escape (void)
{
  g_autofree char *url = g_strconcat (rfi_test_server_get_url (server), "/api/jobs/%zz", NULL);
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri ("GET", uri);
  g_autoptr(RfiTestAnswer) answer = rfi_test_http_send (session, message);

  g_assert_cmpuint (answer->status, ==, 400);
}

/* Numbers stay numbers, and what nobody asked for stays too. */
static void
test_location_is_kept (void)
{
  g_autoptr(RfiTestAnswer) answer =
    call ("POST", "/api/jobs",
          "{\"title\":\" t \",\"description\":\"\\u0007 \\ud83d\\ude00 \\\\\",\"priority\":\"low\","
          "\"vendorId\":\"v\",\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\","
          "\"state\":\"TX\",\"zipCode\":75201,\"opId\":\"op-1\",\"dock\":{\"n\":4}}}");

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_nonnull (strstr (answer->text, "\"title\":\" t \""));
  g_assert_nonnull (strstr (answer->text, "\"zipCode\":75201"));
  g_assert_nonnull (strstr (answer->text, "\"opId\":\"op-1\""));
  g_assert_nonnull (strstr (answer->text, "\"dock\":{\"n\":4}"));
  g_assert_nonnull (strstr (answer->text, "\\u0007 😀 \\\\"));
}

static void
find_technicians (void)
{
  g_autoptr(RfiTestAnswer) one = call ("GET", "/api/auth/technicians?vendorId=vendor-001", NULL);
  g_autoptr(RfiTestAnswer) two = call ("GET", "/api/auth/technicians?vendorId=vendor-002", NULL);

  technicians[0] = rfi_test_answer_get (one, "id");
  technicians[1] = rfi_test_answer_get (two, "id");
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  server = rfi_test_server_new (NULL);
  session = rfi_test_http_new ();
  token = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  find_technicians ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/api-input/", rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_row);
    }
  g_test_add_func ("/api-input/numbers", test_numbers);
  g_test_add_func ("/api-input/bad-escape", test_bad_escape);
  g_test_add_func ("/api-input/body-limit", test_body_limit);
  g_test_add_func ("/api-input/location-is-kept", test_location_is_kept);
  result = g_test_run ();

  g_free (technicians[0]);
  g_free (technicians[1]);
  g_free (token);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
