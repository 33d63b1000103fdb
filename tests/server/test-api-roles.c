/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: every endpoint, asked by everybody, about jobs that are and are not theirs. */

#include "config.h"

#include "rfi-test-http.h"

#include <string.h>

typedef enum {
  NOBODY,
  ADMIN,
  OWN_DISPATCHER,    /* of the job's vendor */
  OTHER_DISPATCHER,
  OWN_TECHNICIAN,    /* whom the job is assigned to */
  OTHER_TECHNICIAN,
  N_PEOPLE,
} Person;

typedef struct
{
  const char *method;
  const char *path;           /* "@" stands for the job's id */
  const char *json;           /* "@" stands for its etag, "#" for its technician's id */
  guint       wanted[N_PEOPLE];
} Row;

/* One job of vendor-001, in progress with its own technician, made anew for each question. */
static const Row rows[] = {
  { "GET", "/api/jobs", NULL, { 401, 200, 200, 200, 200, 200 } },
  { "GET", "/api/jobs/@", NULL, { 401, 200, 200, 404, 200, 404 } },
  { "POST", "/api/jobs/sync", "{}", { 401, 200, 200, 200, 200, 200 } },
  { "POST", "/api/jobs",
    "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"vendor-001\","
    "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\","
    "\"zipCode\":\"75201\"}}",
    { 401, 201, 201, 403, 403, 403 } },
  { "PATCH", "/api/jobs/@", "{\"_etag\":@,\"title\":\"new\"}", { 401, 200, 200, 404, 403, 403 } },
  { "PATCH", "/api/jobs/@/status", "{\"_etag\":@,\"status\":\"completed\"}",
    { 401, 200, 200, 404, 200, 404 } },
  { "PATCH", "/api/jobs/@/status", "{\"_etag\":@,\"status\":\"cancelled\"}",
    { 401, 200, 200, 404, 403, 404 } },
  { "POST", "/api/jobs/@/assign", "{\"technicianId\":\"#\"}", { 401, 200, 200, 404, 403, 403 } },
  { "DELETE", "/api/jobs/@", NULL, { 401, 200, 403, 403, 403, 403 } },
  { "DELETE", "/api/jobs/@/attachments/none", NULL, { 401, 404, 404, 404, 404, 404 } },
  { "GET", "/api/auth/technicians", NULL, { 401, 200, 200, 200, 403, 403 } },
  { "GET", "/api/auth/vendors", NULL, { 401, 200, 403, 403, 403, 403 } },
  { "POST", "/api/signalr/negotiate", NULL, { 401, 200, 200, 200, 200, 200 } },
  { "GET", "/api/health", NULL, { 200, 200, 200, 200, 200, 200 } },
  { "GET", "/api/jobs/nowhere/at/all", NULL, { 401, 404, 404, 404, 404, 404 } },
  { "PUT", "/api/jobs/@", "{}", { 401, 404, 404, 404, 404, 404 } },
  { "GET", "/api/nowhere", NULL, { 404, 404, 404, 404, 404, 404 } },
};

static RfiTestServer *server;
static SoupSession *session;
static char *tokens[N_PEOPLE];
static char *technician_id;

static RfiTestAnswer *
call (Person      person,
      const char *method,
      const char *path,
      const char *json)
{
  return rfi_test_http_call (session, rfi_test_server_get_url (server), method, path,
                             tokens[person], json);
}

static void
must (RfiTestAnswer *answer,
      guint          status)
{
  if (answer->status != status)
    g_error ("%u instead of %u: %s", answer->status, status, answer->text);
  rfi_test_answer_free (answer);
}

/* @etag: (out): with its quotes, escaped as in JSON */
static char *
make_job (char **etag)
{
  g_autoptr(RfiTestAnswer) created = call (ADMIN, "POST", "/api/jobs", rows[3].json);
  g_autoptr(RfiTestAnswer) begun = NULL;
  g_autofree char *id = rfi_test_answer_get (created, "id");
  g_autofree char *assign_path = g_strdup_printf ("/api/jobs/%s/assign", id);
  g_autofree char *status_path = g_strdup_printf ("/api/jobs/%s/status", id);
  g_autofree char *assign = g_strdup_printf ("{\"technicianId\":\"%s\"}", technician_id);
  g_autoptr(RfiTestAnswer) assigned = call (ADMIN, "POST", assign_path, assign);
  g_autofree char *first_etag = rfi_test_answer_get (assigned, "_etag");
  g_autofree char *begin =
    g_strdup_printf ("{\"_etag\":\"%s\",\"status\":\"in-progress\"}", first_etag);

  begun = call (ADMIN, "PATCH", status_path, begin);
  g_assert_cmpuint (begun->status, ==, 200);
  *etag = rfi_test_answer_get (begun, "_etag");
  return g_steal_pointer (&id);
}

static char *
fill_in (const char *text,
         const char *at,
         const char *hash)
{
  g_autoptr(GString) filled = g_string_new (text);

  if (text == NULL)
    return NULL;

  g_string_replace (filled, "@", at, 0);
  if (hash != NULL)
    g_string_replace (filled, "#", hash, 0);
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;

  for (guint person = 0; person < N_PEOPLE; person++)
    {
      g_autofree char *etag = NULL;
      g_autofree char *id = make_job (&etag);
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", etag);
      g_autofree char *path = fill_in (row->path, id, NULL);
      g_autofree char *json = fill_in (row->json, quoted, technician_id);

      g_test_message ("%s %s as %u", row->method, path, person);
      must (call ((Person) person, row->method, path, json), row->wanted[person]);
    }
}

/* A refusal says the contract's code and words. */
static void
test_words (void)
{
  static const struct {
    Person      person;
    const char *method;
    const char *path;
    const char *code;
    const char *message;
  } cases[] = {
    { NOBODY, "GET", "/api/jobs", "TOKEN_MISSING", "Authorization header required" },
    { OWN_TECHNICIAN, "POST", "/api/jobs", "FORBIDDEN", "Insufficient permissions" },
    { ADMIN, "GET", "/api/jobs/none", "NOT_FOUND", "Job not found" },
    { ADMIN, "GET", "/api/Nowhere?x=1", "NOT_FOUND", "Route GET /api/Nowhere not found" },
    { ADMIN, "GET", "/api/jobs?status=odd", "INVALID_STATUS", NULL },
    { ADMIN, "GET", "/api/jobs?status=pending&status=pending", "INVALID_STATUS", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RfiTestAnswer) answer =
        call (cases[i].person, cases[i].method, cases[i].path, NULL);
      g_autofree char *code = rfi_test_answer_get (answer, "code");
      g_autofree char *message = rfi_test_answer_get (answer, "message");

      g_assert_cmpstr (code, ==, cases[i].code);
      if (cases[i].message != NULL)
        g_assert_cmpstr (message, ==, cases[i].message);
    }
}

/* Everybody gets their own view, whatever they ask for. */
static void
test_views (void)
{
  g_autoptr(RfiTestAnswer) own = call (OWN_DISPATCHER, "GET", "/api/jobs?limit=100", NULL);
  g_autoptr(RfiTestAnswer) other = call (OTHER_DISPATCHER, "GET", "/api/jobs?limit=100", NULL);
  g_autoptr(RfiTestAnswer) technician = call (OTHER_TECHNICIAN, "POST", "/api/jobs/sync", "{}");
  g_autoptr(RfiTestAnswer) people =
    call (OTHER_DISPATCHER, "GET", "/api/auth/technicians?vendorId=vendor-001", NULL);
  g_autoptr(RfiTestAnswer) all = call (ADMIN, "GET", "/api/auth/technicians", NULL);
  g_autoptr(RfiTestAnswer) some =
    call (ADMIN, "GET", "/api/auth/technicians?vendorId=vendor-001", NULL);

  g_assert_null (strstr (own->text, "\"vendorId\":\"vendor-002\""));
  g_assert_nonnull (strstr (own->text, "\"vendorId\":\"vendor-001\""));
  g_assert_null (strstr (other->text, "\"vendorId\":\"vendor-001\""));
  g_assert_nonnull (strstr (technician->text, "POS system wiring"));
  g_assert_null (strstr (technician->text, "Emergency lighting"));
  g_assert_nonnull (strstr (people->text, "sara@"));
  g_assert_null (strstr (people->text, "ahmed@"));
  g_assert_nonnull (strstr (all->text, "sara@"));
  g_assert_nonnull (strstr (all->text, "ahmed@"));
  g_assert_null (strstr (some->text, "sara@"));
}

static void
test_vendors (void)
{
  g_autoptr(RfiTestAnswer) vendors = call (ADMIN, "GET", "/api/auth/vendors", NULL);

  g_assert_cmpstr (vendors->text, ==,
                   "{\"data\":[{\"vendorId\":\"vendor-001\",\"name\":\"Cool Air\"},"
                   "{\"vendorId\":\"vendor-002\",\"name\":\"Spark Electric\"}]}");
}

static char *
find_technician (void)
{
  g_autoptr(RfiTestAnswer) answer = call (OWN_DISPATCHER, "GET", "/api/auth/technicians", NULL);

  return rfi_test_answer_get (answer, "id");
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  server = rfi_test_server_new (NULL);
  session = rfi_test_http_new ();
  tokens[ADMIN] = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  tokens[OWN_DISPATCHER] = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  tokens[OTHER_DISPATCHER] = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER2);
  tokens[OWN_TECHNICIAN] = rfi_test_server_sign_in (server, RFI_TEST_TECHNICIAN);
  tokens[OTHER_TECHNICIAN] = rfi_test_server_sign_in (server, RFI_TEST_TECHNICIAN2);
  technician_id = find_technician ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name =
        g_strdup_printf ("/api-roles/%02u-%s%s", i, rows[i].method, rows[i].path);

      g_test_add_data_func (name, &rows[i], test_row);
    }
  g_test_add_func ("/api-roles/words", test_words);
  g_test_add_func ("/api-roles/views", test_views);
  g_test_add_func ("/api-roles/vendors", test_vendors);
  result = g_test_run ();

  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (tokens[i]);
  g_free (technician_id);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
