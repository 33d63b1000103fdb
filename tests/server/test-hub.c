/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hub-fixture.h"

#include "rfi-json.h"

#include <string.h>

/* Negotiation */

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GBytes **body = user_data;
  g_autoptr(GError) error = NULL;

  *body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): the body */
static GBytes *
request (Fixture    *fixture,
         const char *method,
         const char *path,
         const char *token,
         guint      *status)
{
  g_autofree char *url = g_strdup_printf ("http://%s%s", fixture->base, path);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (method, url);
  GBytes *body = NULL;

  if (token != NULL)
    soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                 bearer);
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                    &body);
  wait_until (body != NULL);
  *status = soup_message_get_status (message);
  return body;
}

static char *
get_text (GBytes     *body,
          const char *name)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  RfiJson root;
  RfiJson value;

  g_assert_true (rfi_json_parse (data, (gssize) length, &root, NULL));
  return rfi_json_get_member (&root, name, &value) ? rfi_json_dup_string (&value) : NULL;
}

static void
test_negotiate (void)
{
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(GBytes) old = NULL;
  g_autofree char *id = NULL;
  g_autofree char *connection_token = NULL;
  g_autofree char *old_id = NULL;
  g_autofree char *more = NULL;
  Client *client;
  guint status;

  set_up (&fixture, NULL);
  token = make_token (&fixture, "admin", RFI_ROLE_ADMIN, NULL);

  body = request (&fixture, "POST", "/client/negotiate?hub=jobs&negotiateVersion=1", token,
                  &status);
  g_assert_cmpuint (status, ==, 200);
  id = get_text (body, "connectionId");
  connection_token = get_text (body, "connectionToken");
  g_assert_nonnull (id);
  g_assert_nonnull (connection_token);
  g_assert_cmpstr (id, !=, connection_token);

  old = request (&fixture, "POST", "/client/negotiate?hub=jobs", token, &status);
  g_assert_cmpuint (status, ==, 200);
  old_id = get_text (old, "connectionToken");
  g_assert_null (old_id);

  /* What negotiation gave out opens one socket. */
  more = g_strconcat ("&id=", connection_token, NULL);
  client = open_client (&fixture, token, more);
  g_assert_nonnull (client->connection);
  close_client (client);
  client = open_client (&fixture, token, more);
  g_assert_null (client->connection);
  g_assert_cmpuint (client->status, ==, 404);
  close_client (client);

  tear_down (&fixture);
}

/* What a browser asks before it lets a page of another address negotiate. */
static void
test_browser (void)
{
  Fixture fixture = { 0, };
  g_autofree char *url = NULL;
  g_autoptr(SoupMessage) message = NULL;
  SoupMessageHeaders *headers;
  GBytes *body = NULL;

  set_up (&fixture, NULL);
  url = g_strdup_printf ("http://%s/client/negotiate?hub=jobs", fixture.base);
  message = soup_message_new ("OPTIONS", url);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Origin", "https://board.example");
  soup_message_headers_append (headers, "Access-Control-Request-Method", "POST");
  soup_message_headers_append (headers, "Access-Control-Request-Headers", "authorization");
  soup_session_send_and_read_async (fixture.session, message, G_PRIORITY_DEFAULT, NULL, sent_cb,
                                    &body);
  wait_until (body != NULL);
  g_bytes_unref (body);

  g_assert_cmpuint (soup_message_get_status (message), ==, 204);
  headers = soup_message_get_response_headers (message);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Access-Control-Allow-Origin"), ==,
                   "https://board.example");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Access-Control-Allow-Headers"), ==,
                   "authorization");
  tear_down (&fixture);
}

static void
test_refused (void)
{
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  const struct
  {
    const char *method;
    const char *path;
    const char *token;
    guint       status;
    const char *code;
  } cases[] = {
    { "POST", "/client/negotiate?hub=jobs", NULL, 401, "TOKEN_MISSING" },
    { "POST", "/client/negotiate?hub=jobs", "garbage", 401, "TOKEN_INVALID" },
    { "POST", "/client/negotiate?hub=other", "good", 404, "NOT_FOUND" },
    { "POST", "/client/negotiate", "good", 404, "NOT_FOUND" },
    { "GET", "/client/negotiate?hub=jobs", "good", 404, "NOT_FOUND" },
    { "GET", "/client/?hub=jobs", NULL, 401, "TOKEN_MISSING" },
    { "GET", "/client/?hub=jobs", "good", 426, "UPGRADE_REQUIRED" },
    { "GET", "/client/else?hub=jobs", "good", 404, "NOT_FOUND" },
  };

  set_up (&fixture, NULL);
  token = make_token (&fixture, "admin", RFI_ROLE_ADMIN, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *given = g_strcmp0 (cases[i].token, "good") == 0 ? token : cases[i].token;
      guint status;
      g_autoptr(GBytes) body = request (&fixture, cases[i].method, cases[i].path, given, &status);
      gsize length;
      const char *data = g_bytes_get_data (body, &length);

      g_test_message ("%s %s", cases[i].method, cases[i].path);
      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_nonnull (g_strstr_len (data, (gssize) length, cases[i].code));
    }

  g_assert_cmpuint (get_counts (&fixture).n_refused, ==, G_N_ELEMENTS (cases));
  tear_down (&fixture);
}

static void
test_token (void)
{
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  g_autofree char *tampered = NULL;
  g_autofree char *more = NULL;
  Client *client;

  set_up (&fixture, NULL);
  token = make_token (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  more = g_strconcat ("&access_token=", token, NULL);

  client = open_client (&fixture, NULL, more);
  g_assert_nonnull (client->connection);
  close_client (client);

  tampered = g_strdup (token);
  tampered[strlen (token) - 5] = tampered[strlen (token) - 5] == 'A' ? 'B' : 'A';
  client = open_client (&fixture, tampered, "");
  g_assert_cmpuint (client->status, ==, 401);
  close_client (client);

  client = open_client (&fixture, NULL, "");
  g_assert_cmpuint (client->status, ==, 401);
  close_client (client);

  /* Signed by nobody. */
  client = open_client (&fixture, "eyJhbGciOiJub25lIn0.eyJhdWQiOiIvY2xpZW50Lz9odWI9am9icyIsInN1YiI"
                                  "6ImEiLCJodWJSb2xlIjoiYWRtaW4iLCJleHAiOjE5MDAwMDAwMDB9.", "");
  g_assert_cmpuint (client->status, ==, 401);
  close_client (client);

  fixture.clock->wall += 3600 * 1000 - 1;
  client = open_client (&fixture, token, "");
  g_assert_nonnull (client->connection);
  close_client (client);

  fixture.clock->wall += 1;
  client = open_client (&fixture, token, "");
  g_assert_cmpuint (client->status, ==, 401);
  close_client (client);

  tear_down (&fixture);
}

/* The protocol */

static void
test_handshake (void)
{
  Fixture fixture = { 0, };
  g_autofree char *token = NULL;
  Client *client;

  set_up (&fixture, NULL);
  token = make_token (&fixture, "admin", RFI_ROLE_ADMIN, NULL);

  /* In pieces, with a call in the same message as its end. */
  client = open_client (&fixture, token, "");
  say (client, "{\"protocol\":");
  say (client, "\"json\",\"version\":1}");
  say (client, "\x1e{\"type\":1,\"invocationId\":\"7\",\"target\":\"Hi\",\"arguments\":[]}\x1e");
  wait_until (count (client, "\x1e") == 2);
  g_assert_true (g_str_has_prefix (client->heard->str, "{}\x1e"));
  g_assert_cmpuint (count (client, "\"type\":3"), ==, 1);
  g_assert_cmpuint (get_counts (&fixture).n_clients, ==, 1);
  close_client (client);
  wait_until (get_counts (&fixture).n_clients == 0);

  client = open_client (&fixture, token, "");
  say (client, "{\"protocol\":\"messagepack\",\"version\":1}\x1e");
  wait_until (client->closed);
  g_assert_true (g_str_has_prefix (client->heard->str, "{\"error\":"));
  close_client (client);

  client = open_client (&fixture, token, "");
  say (client, "hello\x1e");
  wait_until (client->closed);
  g_assert_true (g_str_has_prefix (client->heard->str, "{\"error\":"));
  close_client (client);

  g_assert_cmpuint (get_counts (&fixture).n_clients, ==, 0);
  tear_down (&fixture);
}

static void
test_calls (void)
{
  Fixture fixture = { 0, };
  Client *client;

  set_up (&fixture, NULL);
  client = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);

  /* Without an id nobody waits for an answer; unknown types are for later versions. */
  say (client, "{\"type\":1,\"target\":\"Quiet\",\"arguments\":[]}\x1e");
  say (client, "{\"type\":99}\x1e{\"type\":6}\x1e");
  say (client, "{\"type\":1,\"invocationId\":\"x\\\"1\",\"target\":\"Sum\",\"arguments\":[1]}\x1e");
  wait_until (count (client, "\x1e") == 2);
  g_assert_cmpuint (count (client, "\"invocationId\":\"x\\\"1\""), ==, 1);
  g_assert_cmpuint (count (client, "\"error\":"), ==, 1);

  say (client, "not json\x1e");
  wait_until (client->closed);
  g_assert_cmpuint (count (client, "\"type\":7"), ==, 1);
  close_client (client);

  client = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  say (client, "{\"type\":7}\x1e");
  wait_until (client->closed);
  close_client (client);

  tear_down (&fixture);
}

/* Who is told: a string of 0 and 1, one for each client below. */
static void
expect (Fixture    *fixture,
        Client    **clients,
        const char *who)
{
  guint n_before[6];

  /* Events come in order, so whoever has heard the mark has heard what was sent before it. */
  for (guint i = 0; i < strlen (who); i++)
    {
      n_before[i] = count (clients[i], "\"type\":3");
      say (clients[i], "{\"type\":1,\"invocationId\":\"m\",\"target\":\"Mark\",\"arguments\":[]}"
                       "\x1e");
    }

  for (guint i = 0; i < strlen (who); i++)
    {
      wait_until (count (clients[i], "\"type\":3") > n_before[i]);
      g_assert_cmpuint (count (clients[i], "\"type\":1"), ==, (guint) (who[i] - '0'));
      g_string_truncate (clients[i]->heard, 0);
    }
}

static void
test_audience (void)
{
  Fixture fixture = { 0, };
  g_autoptr(RfiJob) pending = make_job ("vendor-001", NULL, RFI_STATUS_PENDING);
  g_autoptr(RfiJob) mine = make_job ("vendor-001", "tech1", RFI_STATUS_ASSIGNED);
  g_autoptr(RfiJob) started = make_job ("vendor-001", "tech1", RFI_STATUS_IN_PROGRESS);
  g_autoptr(RfiJob) moved = make_job ("vendor-001", "tech2", RFI_STATUS_ASSIGNED);
  g_autoptr(RfiJob) stray = make_job ("vendor-009", NULL, RFI_STATUS_PENDING);
  Client *clients[6];

  set_up (&fixture, NULL);
  clients[0] = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);
  clients[1] = join_as (&fixture, "disp1", RFI_ROLE_DISPATCHER, "vendor-001");
  clients[2] = join_as (&fixture, "tech1", RFI_ROLE_TECHNICIAN, "vendor-001");
  clients[3] = join_as (&fixture, "tech2", RFI_ROLE_TECHNICIAN, "vendor-001");
  clients[4] = join_as (&fixture, "disp2", RFI_ROLE_DISPATCHER, "vendor-002");
  clients[5] = join_as (&fixture, "lost", RFI_ROLE_DISPATCHER, NULL);

  broadcast (&fixture, RFI_HUB_EVENT_JOB_CREATED, pending, NULL);
  expect (&fixture, clients, "110000");
  broadcast (&fixture, RFI_HUB_EVENT_JOB_ASSIGNED, mine, pending);
  expect (&fixture, clients, "111000");
  broadcast (&fixture, RFI_HUB_EVENT_JOB_STATUS_CHANGED, started, mine);
  expect (&fixture, clients, "111000");
  broadcast (&fixture, RFI_HUB_EVENT_JOB_ASSIGNED, moved, mine);
  expect (&fixture, clients, "111100");
  broadcast (&fixture, RFI_HUB_EVENT_JOB_UPDATED, moved, moved);
  expect (&fixture, clients, "110100");
  broadcast (&fixture, RFI_HUB_EVENT_JOB_DELETED, moved, NULL);
  expect (&fixture, clients, "110100");
  broadcast (&fixture, RFI_HUB_EVENT_JOB_CREATED, stray, NULL);
  expect (&fixture, clients, "100000");

  g_assert_cmpuint (get_counts (&fixture).n_events, ==, 7);
  g_assert_cmpuint (get_counts (&fixture).n_sent, ==, 2 + 3 + 3 + 4 + 3 + 3 + 1);

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    close_client (clients[i]);
  tear_down (&fixture);
}

static void
test_event (void)
{
  Fixture fixture = { 0, };
  g_autoptr(RfiJob) before = make_job ("vendor-001", "tech1", RFI_STATUS_ASSIGNED);
  g_autoptr(RfiJob) after = make_job ("vendor-001", "tech1", RFI_STATUS_IN_PROGRESS);
  Client *client;

  set_up (&fixture, NULL);
  client = join_as (&fixture, "admin", RFI_ROLE_ADMIN, NULL);

  broadcast (&fixture, RFI_HUB_EVENT_JOB_STATUS_CHANGED, after, before);
  wait_until (count (client, "\x1e") == 2);
  g_assert_cmpuint (count (client, "\"target\":\"JobStatusChanged\""), ==, 1);
  g_assert_cmpuint (count (client, "\"previousStatus\":\"assigned\""), ==, 1);
  g_assert_cmpuint (count (client, "\"status\":\"in-progress\""), ==, 1);
  g_assert_cmpuint (count (client, "\"triggeredBy\":\"admin\""), ==, 1);
  g_assert_cmpuint (count (client, "48 °F"), ==, 1);

  /* Only a change of status says what it was. */
  broadcast (&fixture, RFI_HUB_EVENT_JOB_UPDATED, after, before);
  wait_until (count (client, "\x1e") == 3);
  g_assert_cmpuint (count (client, "previousStatus"), ==, 1);

  close_client (client);
  tear_down (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/server/hub/negotiate", test_negotiate);
  g_test_add_func ("/server/hub/browser", test_browser);
  g_test_add_func ("/server/hub/refused", test_refused);
  g_test_add_func ("/server/hub/token", test_token);
  g_test_add_func ("/server/hub/handshake", test_handshake);
  g_test_add_func ("/server/hub/calls", test_calls);
  g_test_add_func ("/server/hub/audience", test_audience);
  g_test_add_func ("/server/hub/event", test_event);

  return g_test_run ();
}
