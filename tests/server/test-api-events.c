/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is changed over HTTP is told over the hub: to whom it concerns, once, and to nobody else. */

#include "config.h"

#include "rfi-test-http.h"
#include "rfi-test-wait.h"
#include "service-device.h"

#include <sodium.h>
#include <string.h>

#define JOB \
  "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"vendor-001\"," \
  "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\"," \
  "\"zipCode\":\"75201\"}}"

typedef struct
{
  char                    *token;     /* (owned) */
  SoupWebsocketConnection *socket;    /* (owned) */
  GString                 *received;  /* (owned): everything since it connected */
} Listener;

static RfiTestServer *server;
static SoupSession *session;
static Listener admin;
static Listener dispatcher;
static Listener other_dispatcher;
static Listener technician;

static RfiTestAnswer *
call (const Listener *as,
      const char     *method,
      const char     *path,
      const char     *json)
{
  return rfi_test_http_call (session, rfi_test_server_get_url (server), method, path, as->token,
                             json);
}

static void
message_cb (SoupWebsocketConnection *socket,
            int                      type,
            GBytes                  *message,
            gpointer                 user_data)
{
  Listener *listener = user_data;

  g_string_append_len (listener->received, g_bytes_get_data (message, NULL),
                       (gssize) g_bytes_get_size (message));
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Listener *listener = user_data;
  g_autoptr(GError) error = NULL;

  listener->socket =
    soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  g_assert_no_error (error);
  g_signal_connect (listener->socket, "message", G_CALLBACK (message_cb), listener);
}

static void
start_listening (Listener   *self,
                 const char *email,
                 const char *password)
{
  g_autoptr(RfiTestAnswer) negotiated = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autofree char *url = NULL;
  g_autofree char *hub_token = NULL;
  g_autofree char *authorization = NULL;

  self->received = g_string_new (NULL);
  self->token = rfi_test_server_sign_in (server, email, password);
  negotiated = call (self, "POST", "/api/signalr/negotiate", NULL);
  g_assert_cmpuint (negotiated->status, ==, 200);
  url = rfi_test_answer_get (negotiated, "url");
  hub_token = rfi_test_answer_get (negotiated, "accessToken");
  authorization = g_strconcat ("Bearer ", hub_token, NULL);

  message = soup_message_new ("GET", url);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, self);
  rfi_test_wait (self->socket != NULL);
  soup_websocket_connection_send_text (self->socket, "{\"protocol\":\"json\",\"version\":1}\x1e");
  rfi_test_wait (strstr (self->received->str, "{}\x1e") != NULL);
}

static void
stop_listening (Listener *self)
{
  g_clear_object (&self->socket);
  g_string_free (self->received, TRUE);
  g_free (self->token);
}

typedef struct
{
  Listener   *listener;
  const char *event;
  const char *id;
} Expected;

static guint
count_events (const Expected *expected)
{
  g_autofree char *target = g_strdup_printf ("\"target\":\"%s\"", expected->event);
  g_auto(GStrv) records = g_strsplit (expected->listener->received->str, "\x1e", -1);
  guint n = 0;

  for (guint i = 0; records[i] != NULL; i++)
    if (strstr (records[i], target) != NULL && strstr (records[i], expected->id) != NULL)
      n++;

  return n;
}

static void
wait_for_event (Listener   *listener,
                const char *event,
                const char *id)
{
  Expected expected = { listener, event, id };

  rfi_test_wait (count_events (&expected) > 0);
}

static void
assert_events (Listener   *listener,
               const char *event,
               const char *id,
               guint       n)
{
  Expected expected = { listener, event, id };

  g_assert_cmpuint (count_events (&expected), ==, n);
}

static char *
find_technician (void)
{
  g_autoptr(RfiTestAnswer) answer = call (&dispatcher, "GET", "/api/auth/technicians", NULL);

  return rfi_test_answer_get (answer, "id");
}

/* The whole life of a job, as four people hear of it. */
static void
test_life (void)
{
  g_autofree char *technician_id = find_technician ();
  g_autoptr(RfiTestAnswer) created = call (&dispatcher, "POST", "/api/jobs", JOB);
  g_autofree char *id = rfi_test_answer_get (created, "id");
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autofree char *assign_path = g_strconcat (path, "/assign", NULL);
  g_autofree char *status_path = g_strconcat (path, "/status", NULL);
  g_autofree char *photo_path = g_strconcat (path, "/attachments", NULL);
  g_autofree char *assign = g_strdup_printf ("{\"technicianId\":\"%s\"}", technician_id);
  g_autofree char *first_etag = rfi_test_answer_get (created, "_etag");
  g_autofree char *edit = g_strdup_printf ("{\"_etag\":\"%s\",\"title\":\"u\"}", first_etag);
  g_autoptr(RfiTestAnswer) edited = call (&dispatcher, "PATCH", path, edit);
  g_autoptr(RfiTestAnswer) assigned = call (&dispatcher, "POST", assign_path, assign);
  g_autofree char *etag = rfi_test_answer_get (assigned, "_etag");
  g_autofree char *step = g_strdup_printf ("{\"_etag\":\"%s\",\"status\":\"in-progress\"}", etag);
  g_autoptr(RfiTestAnswer) begun = call (&technician, "PATCH", status_path, step);
  g_autoptr(GBytes) picture = rfi_test_http_make_png ();
  g_autoptr(RfiTestAnswer) photo =
    rfi_test_http_upload (session, rfi_test_server_get_url (server), photo_path, technician.token,
                          "p.png", "image/png", picture);
  g_autoptr(RfiTestAnswer) deleted = call (&admin, "DELETE", path, NULL);

  g_assert_cmpuint (edited->status, ==, 200);
  g_assert_cmpuint (begun->status, ==, 200);
  g_assert_cmpuint (photo->status, ==, 201);
  g_assert_cmpuint (deleted->status, ==, 200);

  wait_for_event (&admin, "JobDeleted", id);
  wait_for_event (&dispatcher, "JobDeleted", id);
  wait_for_event (&technician, "JobDeleted", id);
  assert_events (&admin, "JobCreated", id, 1);
  assert_events (&dispatcher, "JobCreated", id, 1);
  assert_events (&dispatcher, "JobUpdated", id, 2);
  assert_events (&dispatcher, "JobAssigned", id, 1);
  assert_events (&dispatcher, "JobStatusChanged", id, 1);
  assert_events (&dispatcher, "JobDeleted", id, 1);
  g_assert_nonnull (strstr (dispatcher.received->str, "\"previousStatus\":\"assigned\""));

  /* It was none of the technician's business until they had it. */
  assert_events (&technician, "JobCreated", id, 0);
  assert_events (&technician, "JobAssigned", id, 1);
  assert_events (&technician, "JobUpdated", id, 1);
  g_assert_null (strstr (other_dispatcher.received->str, id));
}

/* Refused and repeated requests tell nobody. */
static void
test_silence (void)
{
  g_autoptr(RfiTestAnswer) created = call (&admin, "POST", "/api/jobs", JOB);
  g_autofree char *id = rfi_test_answer_get (created, "id");
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autoptr(RfiTestAnswer) stale =
    call (&admin, "PATCH", path, "{\"_etag\":\"\\\"x\\\"\",\"title\":\"u\"}");
  g_autoptr(RfiTestAnswer) forbidden = call (&dispatcher, "DELETE", path, NULL);
  g_autoptr(RfiTestAnswer) deleted = call (&admin, "DELETE", path, NULL);

  g_assert_cmpuint (stale->status, ==, 409);
  g_assert_cmpuint (forbidden->status, ==, 403);
  wait_for_event (&admin, "JobDeleted", id);
  assert_events (&admin, "JobUpdated", id, 0);
  assert_events (&admin, "JobDeleted", id, 1);
}

/* The admin's own device. Returns: (transfer full) */
static Device *
make_device (Fixture *fixture)
{
  g_autoptr(RfiTestAnswer) answer =
    call (&admin, "POST", "/api/auth/login",
          "{\"email\":\"admin@retailfixit.com\",\"password\":\"admin123\"}");
  g_autofree char *id = rfi_test_answer_get (answer, "id");
  g_autoptr(RfiUser) user = rfi_user_new (&(RfiUser) { .id = id, .role = RFI_ROLE_ADMIN });
  Device *device = device_make (fixture, user);
  g_autofree char *hello = device_hello (device);
  g_autoptr(RfiTestAnswer) registered = call (&admin, "POST", "/api/v1/devices", hello);

  g_assert_cmpuint (registered->status, ==, 201);
  return device;
}

/* @operation: (transfer full) */
static void
push (Device *device,
      Signed *operation)
{
  g_autoptr(Signed) taken = operation;
  g_autofree char *text = device_push_text (device, &taken, 1);
  g_autoptr(RfiTestAnswer) answer = call (&admin, "POST", "/api/v1/sync/push", text);

  if (strstr (answer->text, "\"outcome\":\"applied\"") == NULL)
    g_error ("%s", answer->text);
}

/* What is pushed is told as what is called, a repeat is not; the pictures of a deleted job go. */
static void
test_pushed (void)
{
  g_autoptr(RfiRandom) random = rfi_random_new ();
  Fixture fixture = { .random = random };
  g_autoptr(Device) device = make_device (&fixture);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s/attachments", id);
  g_autoptr(Signed) create = device_create (device, &fixture, id, "vendor-001");
  g_autofree char *again = device_push_text (device, &create, 1);
  g_autoptr(GBytes) picture = rfi_test_http_make_png ();
  g_autoptr(RfiTestAnswer) repeated = NULL;
  g_autoptr(RfiTestAnswer) photo = NULL;
  g_autoptr(RfiTestAnswer) there = NULL;
  g_autoptr(RfiTestAnswer) gone = NULL;
  g_autofree char *url = NULL;
  const char *photo_path;
  RfiSignedOperation delete = { .kind = RFI_OPERATION_DELETE, .entity_id = id };

  push (device, g_steal_pointer (&create));
  repeated = call (&admin, "POST", "/api/v1/sync/push", again);
  g_assert_cmpuint (repeated->status, ==, 200);
  photo = rfi_test_http_upload (session, rfi_test_server_get_url (server), path, admin.token,
                                "p.png", "image/png", picture);
  url = rfi_test_answer_get (photo, "sasUrl");
  photo_path = url + strlen (rfi_test_server_get_url (server));
  there = call (&admin, "GET", photo_path, NULL);
  g_assert_cmpuint (there->status, ==, 200);

  push (device, device_sign (device, &fixture, &delete));
  wait_for_event (&dispatcher, "JobDeleted", id);
  wait_for_event (&admin, "JobDeleted", id);
  assert_events (&dispatcher, "JobCreated", id, 1);
  g_assert_null (strstr (other_dispatcher.received->str, id));
  g_assert_nonnull (strstr (dispatcher.received->str, "\"changeSeq\":"));
  g_assert_nonnull (strstr (dispatcher.received->str, "\"version\":1"));
  gone = call (&admin, "GET", photo_path, NULL);
  g_assert_cmpuint (gone->status, ==, 404);
}

int
main (int    argc,
      char **argv)
{
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  server = rfi_test_server_new (NULL);
  session = soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", 16, NULL);
  start_listening (&admin, RFI_TEST_ADMIN);
  start_listening (&dispatcher, RFI_TEST_DISPATCHER);
  start_listening (&other_dispatcher, RFI_TEST_DISPATCHER2);
  start_listening (&technician, RFI_TEST_TECHNICIAN);

  g_test_add_func ("/api-events/life", test_life);
  g_test_add_func ("/api-events/silence", test_silence);
  g_test_add_func ("/api-events/pushed", test_pushed);
  result = g_test_run ();

  stop_listening (&admin);
  stop_listening (&dispatcher);
  stop_listening (&other_dispatcher);
  stop_listening (&technician);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
