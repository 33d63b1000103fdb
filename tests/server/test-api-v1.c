/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sync v1 and refresh tokens as the program speaks them: who may call what, what mistakes are
 * answered with, and that the old contract is told nothing of it. */

#include "config.h"

#include "rfi-test-http.h"
#include "service-device.h"

#include "rfi-wire-audit.h"
#include "rfi-wire-sync-auth.h"

#include <sodium.h>
#include <string.h>

#define PUSH "/api/v1/sync/push"

static RfiTestServer *server;
static SoupSession *session;
static Fixture fixture;

typedef enum {
  NOBODY,
  THE_ADMIN,
  OWN_DISPATCHER,
  FOREIGN_DISPATCHER,
  OWN_TECHNICIAN,
  N_CALLERS,
} Caller;

static char *tokens[N_CALLERS];
static Device *device;  /* the own dispatcher's */

static RfiTestAnswer *
call (Caller      caller,
      const char *method,
      const char *path,
      const char *json)
{
  return rfi_test_http_call (session, rfi_test_server_get_url (server), method, path,
                             tokens[caller], json);
}

static void
must (RfiTestAnswer *answer,
      guint          status,
      const char    *code)
{
  g_autofree char *said = rfi_test_answer_get (answer, "code");

  if (answer->status != status || (code != NULL && g_strcmp0 (said, code) != 0))
    g_error ("%u %s instead of %u %s: %s", answer->status, said, status, code, answer->text);
  rfi_test_answer_free (answer);
}

/* Returns: (transfer full) */
static char *
find_own_id (void)
{
  g_autoptr(RfiTestAnswer) answer =
    call (NOBODY, "POST", "/api/auth/login",
          "{\"email\":\"dispatcher@coolair.com\",\"password\":\"dispatch123\"}");

  return rfi_test_answer_get (answer, "id");
}

/* Returns: (transfer full): the id of a new job of vendor-001 */
static char *
make_job (void)
{
  g_autoptr(RfiTestAnswer) answer =
    call (THE_ADMIN, "POST", "/api/jobs",
          "{\"title\":\"Title\",\"description\":\"d\",\"priority\":\"low\","
          "\"vendorId\":\"vendor-001\",\"location\":{\"storeName\":\"s\",\"address\":\"a\","
          "\"city\":\"c\",\"state\":\"TX\",\"zipCode\":\"75201\"}}");

  g_assert_cmpuint (answer->status, ==, 201);
  return rfi_test_answer_get (answer, "id");
}

static void
test_roles (void)
{
  static const struct {
    const char *method;
    const char *path;
    const char *json;
    guint       wanted[N_CALLERS];
  } rows[] = {
    { "GET", "/api/v1/devices", NULL, { 401, 200, 200, 200, 200 } },
    { "POST", "/api/v1/devices", "{}", { 401, 400, 400, 400, 400 } },
    { "POST", "/api/v1/devices/none/revoke", "{}", { 401, 404, 404, 404, 404 } },
    { "POST", PUSH, "{}", { 401, 400, 400, 400, 400 } },
    { "GET", "/api/v1/sync/delta", NULL, { 401, 200, 200, 200, 200 } },
    { "GET", "/api/v1/sync/snapshot", NULL, { 401, 200, 200, 200, 200 } },
    { "GET", "/api/v1/conflicts", NULL, { 401, 200, 200, 200, 200 } },
    { "POST", "/api/v1/conflicts/none/resolution", "{}", { 401, 400, 400, 400, 400 } },
    { "POST", "/api/v1/conflicts/none/escalate", "{\"note\":\"n\"}", { 401, 404, 404, 404, 404 } },
    { "GET", "/api/v1/conflicts/none", NULL, { 401, 404, 404, 404, 404 } },
    { "GET", "/api/v1/conflicts/none/deciders", NULL, { 401, 404, 404, 404, 404 } },
    { "POST", "/api/v1/conflicts/none/investigation", "{\"step\":\"begin\",\"text\":\"n\"}",
      { 401, 404, 403, 403, 403 } },
    { "GET", "/api/v1/audit", NULL, { 401, 200, 200, 200, 403 } },
    { "GET", "/api/v1/audit/marks", NULL, { 401, 200, 200, 200, 403 } },
    { "POST", "/api/events", "{\"events\":[]}", { 401, 200, 200, 200, 200 } },
    { "POST", "/api/auth/refresh", "{\"refreshToken\":\"x\"}", { 401, 401, 401, 401, 401 } },
    { "POST", "/api/auth/logout", "{\"refreshToken\":\"x\"}", { 204, 204, 204, 204, 204 } },
    { "GET", "/api/v1/nowhere", NULL, { 404, 404, 404, 404, 404 } },
    { "PUT", "/api/v1/sync/delta", "{}", { 404, 404, 404, 404, 404 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint caller = 0; caller < N_CALLERS; caller++)
      {
        g_test_message ("%s %s as %u", rows[i].method, rows[i].path, caller);
        must (call ((Caller) caller, rows[i].method, rows[i].path, rows[i].json),
              rows[i].wanted[caller], NULL);
      }
}

/* Nothing that a client sends is the server's failure. */
static void
test_mistakes (void)
{
  static const struct {
    const char *method;
    const char *path;
    const char *json;  /* "@": the device's id */
    guint       status;
    const char *code;
  } rows[] = {
    { "POST", "/api/v1/devices", "[]", 400, "VALIDATION_ERROR" },
    { "POST", "/api/v1/devices", "{\"deviceId\":1}", 400, "VALIDATION_ERROR" },
    { "POST", "/api/v1/devices",
      "{\"deviceId\":\"@\",\"publicKey\":\"AAAA\",\"name\":\"n\",\"epoch\":\"0000000000000001\"}",
      400, "VALIDATION_ERROR" },
    { "POST", "/api/v1/devices",
      "{\"deviceId\":\"@\",\"publicKey\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\","
      "\"name\":\"n\",\"epoch\":\"odd\"}", 400, "VALIDATION_ERROR" },
    { "POST", "/api/v1/devices",
      "{\"deviceId\":\"@\",\"publicKey\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\","
      "\"name\":\"n\",\"epoch\":\"0000000000000001\"}", 409, "DEVICE_KEY_MISMATCH" },
    { "POST", PUSH, "{\"deviceId\":\"@\"}", 400, "VALIDATION_ERROR" },
    { "POST", PUSH, "{\"deviceId\":\"@\",\"epoch\":\"0000000000000001\",\"ack\":0,"
      "\"operations\":7}", 400, "VALIDATION_ERROR" },
    { "POST", PUSH, "{\"deviceId\":\"@\",\"epoch\":\"0000000000000001\",\"ack\":-1,"
      "\"operations\":[]}", 400, "VALIDATION_ERROR" },
    { "POST", PUSH, "{\"deviceId\":\"@\",\"epoch\":\"0000000000000001\",\"ack\":0,"
      "\"operations\":[{\"body\":{},\"signature\":\"\"}]}", 400, "VALIDATION_ERROR" },
    { "POST", PUSH, "{\"deviceId\":\"00000000-0000-4000-8000-000000000000\","
      "\"epoch\":\"0000000000000001\",\"ack\":0,\"operations\":[]}", 409, "DEVICE_UNKNOWN" },
    { "GET", "/api/v1/sync/delta?limit=0", NULL, 400, "VALIDATION_ERROR" },
    { "GET", "/api/v1/sync/delta?limit=1e3", NULL, 400, "VALIDATION_ERROR" },
    { "GET", "/api/v1/sync/delta?cursor=x", NULL, 400, "BAD_CURSOR" },
    { "GET", "/api/v1/sync/snapshot?after=x", NULL, 400, "BAD_CURSOR" },
    { "GET", "/api/v1/conflicts?state=odd", NULL, 400, "VALIDATION_ERROR" },
    { "POST", "/api/v1/conflicts/x/escalate", "{\"note\":5}", 400, "VALIDATION_ERROR" },
    { "GET", "/api/v1/audit?after=-1", NULL, 400, "VALIDATION_ERROR" },
    { "GET", "/api/v1/audit?limit=9999", NULL, 400, "VALIDATION_ERROR" },
    { "POST", "/api/events", "{}", 400, "VALIDATION_ERROR" },
    { "POST", "/api/events", "{\"events\":[{}]}", 400, "VALIDATION_ERROR" },
    { "POST", "/api/auth/refresh", "{}", 400, "VALIDATION_ERROR" },
    { "POST", "/api/auth/refresh", "{\"refreshToken\":7}", 400, "VALIDATION_ERROR" },
    { "POST", "/api/auth/logout", "[]", 400, "VALIDATION_ERROR" },
    { "POST", PUSH, "{nope", 400, "INVALID_JSON" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GString) json = g_string_new (rows[i].json);

      g_test_message ("row %u", i);
      g_string_replace (json, "@", device->id, 0);
      must (call (OWN_DISPATCHER, rows[i].method, rows[i].path,
                  rows[i].json != NULL ? json->str : NULL),
            rows[i].status, rows[i].code);
    }
}

static void
test_too_large (void)
{
  g_autofree char *filler = g_strnfill (256 * 1024, ' ');
  g_autofree char *large = g_strconcat ("{\"events\":[]", filler, "}", NULL);
  g_autofree char *fits = g_strndup (filler, 200 * 1024);
  g_autofree char *accepted = g_strconcat ("{\"events\":[]", fits, "}", NULL);

  must (call (OWN_DISPATCHER, "POST", PUSH, large), 413, "PAYLOAD_TOO_LARGE");
  must (call (OWN_DISPATCHER, "POST", "/api/events", large), 413, "PAYLOAD_TOO_LARGE");
  must (call (OWN_DISPATCHER, "POST", "/api/events", accepted), 200, NULL);
}

/* Pushes one edit of a title. Returns: (transfer full) */
static RfiTestAnswer *
push_title (const char *job_id,
            const char *from,
            const char *to)
{
  g_autoptr(Signed) edit = device_edit (device, &fixture, RFI_OPERATION_EDIT, job_id, 1,
                                        RFI_FIELD_TITLE, from, to, RFI_FIELD_SKILLS, "", "hvac",
                                        -1);
  g_autofree char *text = device_push_text (device, &edit, 1);

  return call (OWN_DISPATCHER, "POST", PUSH, text);
}

/* Whoever speaks the old contract sees what a push did, and nothing of what is new. */
static void
test_old_answers (void)
{
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autoptr(RfiTestAnswer) pushed = push_title (id, "Title", "Pushed");
  const char *reads[][3] = {
    { "GET", path, NULL },
    { "GET", "/api/jobs?limit=100", NULL },
    { "POST", "/api/jobs/sync", "{}" },
  };
  static const char * const news[] = {
    "\"version\"", "\"skills\"", "\"changeSeq\"", "\"scheduledStart\"", "\"notes\"",
  };
  g_autoptr(RfiTestAnswer) people = NULL;
  g_autoptr(RfiTestAnswer) more = NULL;
  g_autoptr(RfiTestAnswer) delta = NULL;
  g_autoptr(RfiTestAnswer) health = NULL;

  g_assert_nonnull (strstr (pushed->text, "\"outcome\":\"applied\""));
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    {
      g_autoptr(RfiTestAnswer) answer =
        call (OWN_DISPATCHER, reads[i][0], reads[i][1], reads[i][2]);

      g_assert_nonnull (strstr (answer->text, "\"title\":\"Pushed\""));
      for (guint word = 0; word < G_N_ELEMENTS (news); word++)
        g_assert_null (strstr (answer->text, news[word]));
    }

  delta = call (OWN_DISPATCHER, "GET", "/api/v1/sync/delta", NULL);
  g_assert_nonnull (strstr (delta->text, "\"skills\":[\"hvac\"]"));
  people = call (OWN_DISPATCHER, "GET", "/api/auth/technicians", NULL);
  g_assert_null (strstr (people->text, "workingHours"));
  more = call (OWN_DISPATCHER, "GET", "/api/auth/technicians?fields=v1", NULL);
  g_assert_nonnull (strstr (more->text, "\"workingHours\":{\"start\":\"07:00\""));
  g_assert_nonnull (strstr (more->text, "\"active\":true"));
  health = call (NOBODY, "GET", "/api/health", NULL);
  g_assert_nonnull (strstr (health->text, "\"sync-v1\""));
  g_assert_nonnull (strstr (health->text, "\"refresh\""));
}

/* The history after calls of both kinds, as a client checks it. */
static void
test_audit (void)
{
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autofree char *of_job = g_strdup_printf ("/api/v1/audit?jobId=%s", id);
  g_autoptr(RfiTestAnswer) pushed = push_title (id, "Title", "Pushed");
  g_autoptr(RfiTestAnswer) one = NULL;
  g_autoptr(RfiTestAnswer) foreign = NULL;
  g_autofree char *last = g_strdup (RFI_HASH_NONE);
  gint64 after = 0;
  gint64 head = 1;

  must (call (THE_ADMIN, "DELETE", path, NULL), 200, NULL);
  while (after < head)
    {
      g_autofree char *page = g_strdup_printf ("/api/v1/audit?limit=2&after=%" G_GINT64_FORMAT,
                                               after);
      g_autoptr(RfiTestAnswer) answer = call (THE_ADMIN, "GET", page, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) records =
        rfi_audit_record_parse_page (answer->text, (gssize) answer->length, &head, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (records->len, >, 0);
      for (guint i = 0; i < records->len; i++)
        {
          const RfiAuditRecord *record = records->pdata[i];
          g_autofree char *hash = rfi_audit_record_compute_hash (record);

          g_assert_cmpint (record->n, ==, after + 1);
          g_assert_cmpstr (record->prev_hash, ==, last);
          g_assert_cmpstr (record->hash, ==, hash);
          after = record->n;
          g_free (last);
          last = g_steal_pointer (&hash);
        }
    }

  one = call (OWN_DISPATCHER, "GET", of_job, NULL);
  g_assert_nonnull (strstr (one->text, "\"origin\":\"rest\""));
  g_assert_nonnull (strstr (one->text, "\"origin\":\"sync\""));
  g_assert_nonnull (strstr (one->text, "\"action\":\"delete\""));
  g_assert_nonnull (strstr (one->text, "\"actorName\":\"Cool Air Dispatcher\""));
  foreign = call (FOREIGN_DISPATCHER, "GET", of_job, NULL);
  g_assert_nonnull (strstr (foreign->text, "\"data\":[]"));
}

/* The process is killed while pushes come in; each is sent again until it is answered. */
static void
test_killed (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  g_autofree char *id = make_job ();
  g_autofree char *title = g_strdup ("Title");
  g_autoptr(RfiTestAnswer) delta = NULL;

  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *next = g_strdup_printf ("Title %u", i);
      g_autoptr(Signed) edit = device_edit (device, &fixture, RFI_OPERATION_EDIT, id, 1,
                                            RFI_FIELD_TITLE, title, next, -1);
      g_autofree char *text = device_push_text (device, &edit, 1);
      g_autoptr(RfiTestAnswer) answer = call (OWN_DISPATCHER, "POST", PUSH, text);
      g_autoptr(RfiTestAnswer) again = NULL;
      g_autofree char *first = NULL;

      g_assert_nonnull (strstr (answer->text, "\"outcome\":\"applied\""));
      if (g_rand_boolean (rand))
        {
          rfi_test_server_kill (server);
          rfi_test_server_start (server);
        }
      again = call (OWN_DISPATCHER, "POST", PUSH, text);
      first = g_strndup (strstr (answer->text, "\"results\":["),
                         (gsize) (strstr (answer->text, "}]") -
                                  strstr (answer->text, "\"results\":[")));
      g_assert_nonnull (strstr (again->text, first));
      g_free (title);
      title = g_steal_pointer (&next);
    }
  delta = call (OWN_DISPATCHER, "GET", "/api/v1/sync/delta?limit=1000", NULL);
  g_assert_nonnull (strstr (delta->text, "\"title\":\"Title 11\""));
  g_assert_nonnull (strstr (delta->text, "\"version\":13"));
}

static void
copy (const char *from,
      const char *to)
{
  g_autofree char *content = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  g_file_get_contents (from, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, content, (gssize) length, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): where somebody stands who has everything */
static char *
get_cursor (void)
{
  g_autoptr(RfiTestAnswer) answer = call (THE_ADMIN, "GET", "/api/v1/sync/delta?limit=1000", NULL);

  g_assert_nonnull (strstr (answer->text, "\"hasMore\":false"));
  return rfi_test_answer_get (answer, "cursor");
}

/* The data is put back to an earlier day: whoever saw more is told to load everything again, and
 * so is everybody else from then on. */
static void
test_restored (void)
{
  g_autofree char *path =
    g_build_filename (rfi_test_server_get_data_dir (server), "server.db", NULL);
  g_autofree char *saved = g_strconcat (path, ".saved", NULL);
  g_autofree char *before = get_cursor ();
  g_autofree char *job = NULL;
  g_autofree char *ahead = NULL;
  g_autofree char *ahead_path = NULL;
  g_autofree char *before_path = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  copy (path, saved);
  rfi_test_server_start (server);
  job = make_job ();
  ahead = get_cursor ();
  ahead_path = g_strconcat ("/api/v1/sync/delta?cursor=", ahead, NULL);
  before_path = g_strconcat ("/api/v1/sync/delta?cursor=", before, NULL);
  must (call (THE_ADMIN, "GET", before_path, NULL), 200, NULL);

  g_assert_cmpint (rfi_test_server_terminate (server), ==, 0);
  copy (saved, path);
  rfi_test_server_start (server);
  must (call (THE_ADMIN, "GET", before_path, NULL), 200, NULL);
  must (call (THE_ADMIN, "GET", ahead_path, NULL), 410, "EPOCH_CHANGED");
  must (call (THE_ADMIN, "GET", before_path, NULL), 410, "EPOCH_CHANGED");
  again = get_cursor ();
  g_assert_nonnull (again);
}

static RfiWireTokens *
refresh (const char *token)
{
  g_autofree char *json = g_strdup_printf ("{\"refreshToken\":\"%s\"}", token);
  g_autoptr(RfiTestAnswer) answer = call (NOBODY, "POST", "/api/auth/refresh", json);

  g_assert_cmpuint (answer->status, ==, 200);
  return rfi_wire_tokens_parse (answer->text, (gssize) answer->length, NULL);
}

static void
must_not_refresh (const char *token,
                  const char *code)
{
  g_autofree char *json = g_strdup_printf ("{\"refreshToken\":\"%s\"}", token);

  must (call (NOBODY, "POST", "/api/auth/refresh", json), 401, code);
}

/* @token: (out) */
static RfiWireTokens *
sign_in_for_refresh (void)
{
  g_autoptr(RfiTestAnswer) answer =
    call (NOBODY, "POST", "/api/auth/login",
          "{\"email\":\"dispatcher@coolair.com\",\"password\":\"dispatch123\",\"refresh\":true}");

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (answer->text, "\"displayName\""));
  return rfi_wire_tokens_parse (answer->text, (gssize) answer->length, NULL);
}

static void
test_refresh (void)
{
  g_autoptr(RfiWireTokens) first = sign_in_for_refresh ();
  g_autoptr(RfiWireTokens) second = NULL;
  g_autoptr(RfiWireTokens) lost = NULL;
  g_autoptr(RfiWireTokens) third = NULL;
  g_autofree char *out = NULL;
  g_autoptr(RfiTestAnswer) used = NULL;

  g_assert_cmpint (first->expires_in, ==, 900);
  second = refresh (first->refresh_token);
  used = rfi_test_http_call (session, rfi_test_server_get_url (server), "GET", "/api/jobs",
                             second->token, NULL);
  g_assert_cmpuint (used->status, ==, 200);

  /* The answer was lost: the one before is taken once more, and what it gave is void. */
  lost = refresh (first->refresh_token);
  must_not_refresh (second->refresh_token, "INVALID_REFRESH_TOKEN");
  third = refresh (lost->refresh_token);

  /* Now its successor was used: whoever comes with the first is somebody else. */
  must_not_refresh (first->refresh_token, "TOKEN_REUSED");
  must_not_refresh (third->refresh_token, "INVALID_REFRESH_TOKEN");
  must_not_refresh ("nonsense", "INVALID_REFRESH_TOKEN");
}

static void
test_logout (void)
{
  g_autoptr(RfiWireTokens) tokens_ = sign_in_for_refresh ();
  g_autofree char *json = g_strdup_printf ("{\"refreshToken\":\"%s\"}", tokens_->refresh_token);

  must (call (NOBODY, "POST", "/api/auth/logout", json), 204, NULL);
  must_not_refresh (tokens_->refresh_token, "INVALID_REFRESH_TOKEN");
  must (call (NOBODY, "POST", "/api/auth/logout", json), 204, NULL);
}

static void
test_events (void)
{
  static const char json[] =
    "{\"events\":[{\"eventId\":\"11111111-1111-4111-8111-111111111111\",\"type\":\"sync.done\","
    "\"schemaVersion\":1,\"occurredAt\":1764200000000,\"aggregateId\":\"a\",\"sequence\":1,"
    "\"payload\":{\"ms\":5}}]}";
  g_autoptr(RfiTestAnswer) first = call (OWN_DISPATCHER, "POST", "/api/events", json);
  g_autoptr(RfiTestAnswer) again = call (OWN_DISPATCHER, "POST", "/api/events", json);
  g_autoptr(RfiTestAnswer) other = call (THE_ADMIN, "POST", "/api/events", json);

  g_assert_cmpstr (first->text, ==, "{\"accepted\":1,\"duplicates\":0}");
  g_assert_cmpstr (again->text, ==, "{\"accepted\":0,\"duplicates\":1}");
  g_assert_cmpstr (other->text, ==, "{\"accepted\":1,\"duplicates\":0}");
}

static void
set_up (void)
{
  g_autoptr(RfiUser) user = NULL;
  g_autofree char *id = NULL;
  g_autofree char *hello = NULL;

  server = rfi_test_server_new (NULL);
  session = rfi_test_http_new ();
  fixture.random = rfi_random_new ();
  g_assert_cmpint (sodium_init (), >=, 0);
  tokens[THE_ADMIN] = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  tokens[OWN_DISPATCHER] = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  tokens[FOREIGN_DISPATCHER] = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER2);
  tokens[OWN_TECHNICIAN] = rfi_test_server_sign_in (server, RFI_TEST_TECHNICIAN);

  id = find_own_id ();
  user = rfi_user_new (&(RfiUser) { .id = id, .role = RFI_ROLE_DISPATCHER });
  device = device_make (&fixture, user);
  hello = device_hello (device);
  must (call (OWN_DISPATCHER, "POST", "/api/v1/devices", hello), 201, NULL);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  set_up ();
  g_test_add_func ("/api-v1/roles", test_roles);
  g_test_add_func ("/api-v1/mistakes", test_mistakes);
  g_test_add_func ("/api-v1/too-large", test_too_large);
  g_test_add_func ("/api-v1/old-answers", test_old_answers);
  g_test_add_func ("/api-v1/audit", test_audit);
  g_test_add_func ("/api-v1/killed", test_killed);
  g_test_add_func ("/api-v1/restored", test_restored);
  g_test_add_func ("/api-v1/refresh", test_refresh);
  g_test_add_func ("/api-v1/logout", test_logout);
  g_test_add_func ("/api-v1/events", test_events);
  result = g_test_run ();

  for (guint i = 0; i < N_CALLERS; i++)
    g_free (tokens[i]);
  device_free (device);
  g_object_unref (fixture.random);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
