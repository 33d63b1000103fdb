/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Photos: what is taken, what is refused and how, who may delete, and who sees the picture. */

#include "config.h"

#include "rfi-test-http.h"

#include <string.h>

#define LIMIT 10485760

static RfiTestServer *server;
static SoupSession *session;
static char *admin;
static char *technician;
static char *other_technician;
static char *other_dispatcher;
static char *technician_id;

static RfiTestAnswer *
call (const char *method,
      const char *path,
      const char *token,
      const char *json)
{
  return rfi_test_http_call (session, rfi_test_server_get_url (server), method, path, token, json);
}

/* A job of the technician's. Returns: (transfer full): its id */
static char *
make_job (void)
{
  g_autoptr(RfiTestAnswer) created =
    call ("POST", "/api/jobs", admin,
          "{\"title\":\"t\",\"description\":\"d\",\"priority\":\"low\",\"vendorId\":\"vendor-001\","
          "\"location\":{\"storeName\":\"s\",\"address\":\"a\",\"city\":\"c\",\"state\":\"TX\","
          "\"zipCode\":\"75201\"}}");
  g_autofree char *id = rfi_test_answer_get (created, "id");
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s/assign", id);
  g_autofree char *json = g_strdup_printf ("{\"technicianId\":\"%s\"}", technician_id);
  g_autoptr(RfiTestAnswer) assigned = call ("POST", path, admin, json);

  g_assert_cmpuint (assigned->status, ==, 200);
  return g_steal_pointer (&id);
}

static RfiTestAnswer *
upload (const char *id,
        const char *token,
        const char *name,
        const char *type,
        GBytes     *content)
{
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s/attachments", id);

  return rfi_test_http_upload (session, rfi_test_server_get_url (server), path, token, name, type,
                               content);
}

/* A body as it is, also one that no library would send. */
static RfiTestAnswer *
upload_raw (const char *id,
            const char *type,
            const char *body)
{
  g_autofree char *url =
    g_strdup_printf ("%s/api/jobs/%s/attachments", rfi_test_server_get_url (server), id);
  g_autofree char *authorization = g_strconcat ("Bearer ", admin, NULL);
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  soup_message_set_request_body_from_bytes (message, type, bytes);
  return rfi_test_http_send (session, message);
}

static RfiTestAnswer *
fetch (const char *url)
{
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);

  return rfi_test_http_send (session, message);
}

static void
assert_refused (RfiTestAnswer *answer,
                guint          status,
                const char    *code,
                const char    *message)
{
  g_autofree char *got_code = rfi_test_answer_get (answer, "code");
  g_autofree char *got_message = rfi_test_answer_get (answer, "message");

  g_assert_cmpstr (got_code, ==, code);
  g_assert_cmpstr (got_message, ==, message);
  g_assert_cmpuint (answer->status, ==, status);
  rfi_test_answer_free (answer);
}

static void
test_round_trip (gconstpointer data)
{
  gboolean is_png = GPOINTER_TO_INT (data);
  g_autoptr(GBytes) content = is_png ? rfi_test_http_make_png () : rfi_test_http_make_jpeg ();
  const char *type = is_png ? "image/png" : "image/jpeg";
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autoptr(RfiTestAnswer) before = call ("GET", path, admin, NULL);
  g_autoptr(RfiTestAnswer) answer = upload (id, technician, "before.jpg", type, content);
  g_autoptr(RfiTestAnswer) after = call ("GET", path, admin, NULL);
  g_autoptr(RfiTestAnswer) picture = NULL;
  g_autoptr(RfiTestAnswer) list = call ("GET", "/api/jobs?limit=1", admin, NULL);
  g_autofree char *url = rfi_test_answer_get (answer, "sasUrl");
  g_autofree char *later_url = rfi_test_answer_get (after, "sasUrl");
  g_autofree char *old_etag = rfi_test_answer_get (before, "_etag");
  g_autofree char *new_etag = rfi_test_answer_get (after, "_etag");

  g_assert_cmpuint (answer->status, ==, 201);
  g_assert_true (g_str_has_prefix (answer->text, "{\"data\":{\"attachment\":{\"id\":"));
  g_assert_null (strstr (before->text, "attachments"));
  g_assert_nonnull (later_url);
  g_assert_cmpstr (old_etag, !=, new_etag);
  g_assert_nonnull (strstr (list->text, "\"thumbnailUrl\":\"http"));
  g_assert_null (strstr (list->text, "sasUrl"));

  picture = fetch (url);
  g_assert_cmpuint (picture->status, ==, 200);
  g_assert_cmpstr (soup_message_headers_get_content_type (picture->headers, NULL), ==, type);
  g_assert_cmpmem (picture->text, picture->length, g_bytes_get_data (content, NULL),
                   g_bytes_get_size (content));
}

/* One changed letter of the address, or a photo that is not the one it was signed for. */
static void
test_signature (void)
{
  g_autoptr(GBytes) content = rfi_test_http_make_png ();
  g_autofree char *id = make_job ();
  g_autoptr(RfiTestAnswer) answer = upload (id, admin, "p.png", "image/png", content);
  g_autofree char *url = rfi_test_answer_get (answer, "sasUrl");
  static const char * const parts[] = { "photos/", "se=2", "st=2", "sig=", "sp=", "sv=" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *changed = g_strdup (url);
      char *at = strstr (changed, parts[i]) + strlen (parts[i]);
      g_autoptr(RfiTestAnswer) refused = NULL;

      *at = *at == 'x' ? 'y' : 'x';
      refused = fetch (changed);
      g_assert_cmpuint (refused->status, ==, 403);
    }
}

static void
test_names (void)
{
  static const struct {
    const char *sent;
    const char *kept;
  } cases[] = {
    { "../../etc/passwd", "passwd" },
    { "C:\\\\pictures\\\\fault.jpg", "fault.jpg" },
    { "été.jpg", "été.jpg" },
    { "<b>.png", "<b>.png" },
  };
  g_autofree char *id = make_job ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf (
        "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"%s\"\r\n"
        "Content-Type: image/JPEG; q=1\r\n\r\n\xff\xd8\xff\xe0 picture\r\n--b--\r\n",
        cases[i].sent);
      g_autoptr(RfiTestAnswer) answer = upload_raw (id, "multipart/form-data; boundary=b", body);
      g_autofree char *name = rfi_test_answer_get (answer, "fileName");

      g_assert_cmpuint (answer->status, ==, 201);
      g_assert_cmpstr (name, ==, cases[i].kept);
    }
}

static void
test_broken_forms (void)
{
#define PART(name, file) \
  "--b\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n" \
  "Content-Type: image/jpeg\r\n\r\n\xff\xd8\xff\xe0 picture\r\n"
  static const struct {
    const char *type;
    const char *body;
    const char *code;
    const char *message;
  } cases[] = {
    { "text/plain", "x", "VALIDATION_ERROR", "photo field is required" },
    { "multipart/form-data", "x", "UPLOAD_ERROR", "Multipart: Boundary not found" },
    { "multipart/form-data; boundary=b", "", "UPLOAD_ERROR", "Unexpected end of form" },
    { "multipart/form-data; boundary=b", "--c\r\n", "UPLOAD_ERROR", "Unexpected end of form" },
    { "multipart/form-data; boundary=b", PART ("photo", "p.jpg"), "UPLOAD_ERROR",
      "Unexpected end of form" },
    { "multipart/form-data; boundary=b", "--b--\r\n", "VALIDATION_ERROR",
      "photo field is required" },
    { "multipart/form-data; boundary=b", PART ("picture", "p.jpg") "--b--\r\n", "UPLOAD_ERROR",
      "Unexpected field" },
    { "multipart/form-data; boundary=b", PART ("photo", "p.jpg") PART ("photo", "q.jpg") "--b--",
      "UPLOAD_ERROR", "Unexpected field" },
    { "multipart/form-data; boundary=b", PART ("photo", "") "--b--", "VALIDATION_ERROR",
      "photo field is required" },
    { "multipart/form-data; boundary=b",
      "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p\"\r\n\r\nx\r\n--b--",
      "UPLOAD_ERROR", "Only JPEG and PNG images are allowed" },
    { "multipart/form-data; boundary=b",
      "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p\"\r\n"
      "Content-Type: image/jpg\r\n\r\nx\r\n--b--",
      "UPLOAD_ERROR", "Only JPEG and PNG images are allowed" },
    { "multipart/form-data; boundary=b",
      "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p\"\r\n"
      "Content-Type: image/jpeg\r\n\r\n<html>\r\n--b--",
      "UPLOAD_ERROR", "The file is not a JPEG or PNG image" },
  };
  g_autofree char *id = make_job ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (upload_raw (id, cases[i].type, cases[i].body), 400, cases[i].code,
                    cases[i].message);
}

static GBytes *
make_large (gsize size)
{
  guint8 *data = g_malloc0 (size);
  static const guint8 start[] = { 0xff, 0xd8, 0xff, 0xe0 };

  memcpy (data, start, sizeof start);
  return g_bytes_new_take (data, size);
}

static void
test_size (void)
{
  g_autofree char *id = make_job ();
  g_autoptr(GBytes) fits = make_large (LIMIT - 1);
  g_autoptr(GBytes) too_large = make_large (LIMIT);
  g_autoptr(GBytes) much_too_large = make_large (LIMIT * 3);
  g_autoptr(GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr(RfiTestAnswer) taken = upload (id, admin, "p.jpg", "image/jpeg", fits);

  g_assert_cmpuint (taken->status, ==, 201);
  assert_refused (upload (id, admin, "p.jpg", "image/jpeg", too_large), 400, "FILE_TOO_LARGE",
                  "File must be under 10 MB");
  assert_refused (upload (id, admin, "p.jpg", "image/jpeg", much_too_large), 400,
                  "FILE_TOO_LARGE", "File must be under 10 MB");
  assert_refused (upload ("none", admin, "p.jpg", "image/jpeg", too_large), 400,
                  "FILE_TOO_LARGE", "File must be under 10 MB");
  assert_refused (upload (id, admin, "p.jpg", "image/jpeg", nothing), 400, "UPLOAD_ERROR",
                  "The file is not a JPEG or PNG image");
  assert_refused (upload (id, "no.such.token", "p.jpg", "image/jpeg", too_large), 401,
                  "TOKEN_INVALID", "Invalid token");
}

static void
test_owners (void)
{
  g_autoptr(GBytes) content = rfi_test_http_make_png ();
  g_autofree char *id = make_job ();
  g_autoptr(RfiTestAnswer) of_admin = upload (id, admin, "a.png", "image/png", content);
  g_autoptr(RfiTestAnswer) of_technician = upload (id, technician, "t.png", "image/png", content);
  g_autofree char *admins = rfi_test_answer_get (of_admin, "id");
  g_autofree char *technicians = rfi_test_answer_get (of_technician, "id");
  g_autofree char *admins_path = g_strdup_printf ("/api/jobs/%s/attachments/%s", id, admins);
  g_autofree char *own_path = g_strdup_printf ("/api/jobs/%s/attachments/%s", id, technicians);
  g_autofree char *none_path = g_strdup_printf ("/api/jobs/%s/attachments/none", id);
  g_autofree char *url = rfi_test_answer_get (of_technician, "sasUrl");
  g_autoptr(RfiTestAnswer) deleted = NULL;
  g_autoptr(RfiTestAnswer) picture = NULL;

  assert_refused (upload (id, other_technician, "p.png", "image/png", content), 404, "NOT_FOUND",
                  "Job not found");
  assert_refused (call ("DELETE", none_path, admin, NULL), 404, "NOT_FOUND",
                  "Attachment not found");
  assert_refused (call ("DELETE", admins_path, technician, NULL), 403, "FORBIDDEN",
                  "You can only delete your own attachments");
  assert_refused (call ("DELETE", own_path, other_technician, NULL), 403, "FORBIDDEN",
                  "You can only delete your own attachments");
  assert_refused (call ("DELETE", own_path, other_dispatcher, NULL), 404, "NOT_FOUND",
                  "Job not found");

  deleted = call ("DELETE", own_path, technician, NULL);
  g_assert_cmpuint (deleted->status, ==, 200);
  g_assert_cmpstr (deleted->text, ==, "{\"data\":{\"deleted\":true}}");
  picture = fetch (url);
  g_assert_cmpuint (picture->status, ==, 404);
}

/* After the last delete the list is there and empty; with the job its pictures go. */
static void
test_emptied (void)
{
  g_autoptr(GBytes) content = rfi_test_http_make_png ();
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autoptr(RfiTestAnswer) first = upload (id, admin, "a.png", "image/png", content);
  g_autofree char *photo = rfi_test_answer_get (first, "id");
  g_autofree char *photo_path = g_strdup_printf ("/api/jobs/%s/attachments/%s", id, photo);
  g_autoptr(RfiTestAnswer) deleted = call ("DELETE", photo_path, admin, NULL);
  g_autoptr(RfiTestAnswer) emptied = call ("GET", path, admin, NULL);
  g_autoptr(RfiTestAnswer) second = upload (id, admin, "b.png", "image/png", content);
  g_autofree char *url = rfi_test_answer_get (second, "sasUrl");
  g_autoptr(RfiTestAnswer) gone = call ("DELETE", path, admin, NULL);
  g_autoptr(RfiTestAnswer) picture = fetch (url);

  g_assert_nonnull (strstr (emptied->text, "\"attachments\":[]"));
  g_assert_cmpuint (gone->status, ==, 200);
  g_assert_cmpuint (picture->status, ==, 404);
}

static void
uploaded_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  guint *n_done = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);

  g_assert_no_error (error);
  (*n_done)++;
}

/* The original keeps two of six. */
static void
test_parallel (void)
{
  g_autoptr(SoupSession) many =
    soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", 6, NULL);
  g_autoptr(GBytes) content = rfi_test_http_make_png ();
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autofree char *url =
    g_strdup_printf ("%s/api/jobs/%s/attachments", rfi_test_server_get_url (server), id);
  g_autofree char *authorization = g_strconcat ("Bearer ", admin, NULL);
  g_autoptr(RfiTestAnswer) job = NULL;
  guint n_done = 0;
  guint n_found = 0;

  for (guint i = 0; i < 6; i++)
    {
      SoupMultipart *form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
      g_autoptr(SoupMessage) message = NULL;

      soup_multipart_append_form_file (form, "photo", "p.png", "image/png", content);
      message = soup_message_new_from_multipart (url, form);
      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                   authorization);
      soup_session_send_and_read_async (many, message, G_PRIORITY_DEFAULT, NULL, uploaded_cb,
                                        &n_done);
      soup_multipart_free (form);
    }
  while (n_done < 6)
    g_main_context_iteration (NULL, TRUE);

  job = call ("GET", path, admin, NULL);
  for (const char *at = strstr (job->text, "sasUrl"); at != NULL; at = strstr (at + 1, "sasUrl"))
    n_found++;
  g_assert_cmpuint (n_found, ==, 6);
}

/* Returns: (transfer full) */
static RfiTestAnswer *
send_keyed (const char *job_id,
            const char *token,
            const char *key)
{
  g_autoptr(GBytes) content = rfi_test_http_make_png ();
  g_autofree char *url =
    g_strdup_printf ("%s/api/jobs/%s/attachments", rfi_test_server_get_url (server), job_id);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  SoupMultipart *form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  g_autoptr(SoupMessage) message = NULL;
  RfiTestAnswer *answer;

  soup_multipart_append_form_file (form, "photo", "p.png", "image/png", content);
  message = soup_message_new_from_multipart (url, form);
  soup_multipart_free (form);
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               authorization);
  soup_message_headers_append (soup_message_get_request_headers (message), "Idempotency-Key", key);
  answer = rfi_test_http_send (session, message);
  g_assert_cmpuint (answer->status, ==, 201);
  return answer;
}

/* The answer was lost, the photo is sent again under its key: one photo. */
static void
test_repeat (void)
{
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autofree char *incoming =
    g_build_filename (rfi_test_server_get_data_dir (server), "photos", "incoming", NULL);
  g_autoptr(GDir) left = NULL;
  g_autofree char *first = NULL;
  g_autoptr(RfiTestAnswer) job = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(RfiTestAnswer) answer = send_keyed (id, admin, "photo-1");

      if (first == NULL)
        first = g_strdup (answer->text);
      else
        g_assert_cmpstr (answer->text, ==, first);
    }

  job = call ("GET", path, admin, NULL);
  g_assert_null (strstr (strstr (job->text, "sasUrl") + 1, "sasUrl"));
  left = g_dir_open (incoming, 0, NULL);
  g_assert_null (g_dir_read_name (left));
}

/* A key that could be an id is the photo's, and is known again without the answer of then, which
 * belongs to who got it and is forgotten after a while. */
static void
test_known_by_id (void)
{
  static const char key[] = "6f0e2f1c-5d4b-4c3a-9b2a-0123456789ab";
  g_autofree char *id = make_job ();
  g_autofree char *path = g_strdup_printf ("/api/jobs/%s", id);
  g_autofree char *dispatcher = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER);
  g_autoptr(RfiTestAnswer) first = send_keyed (id, admin, key);
  g_autoptr(RfiTestAnswer) again = send_keyed (id, dispatcher, key);
  g_autoptr(RfiTestAnswer) job = call ("GET", path, admin, NULL);

  g_assert_nonnull (strstr (first->text, key));
  g_assert_nonnull (strstr (again->text, key));
  g_assert_null (strstr (strstr (job->text, "sasUrl") + 1, "sasUrl"));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(RfiTestAnswer) technicians = NULL;
  int result;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  server = rfi_test_server_new (NULL);
  session = rfi_test_http_new ();
  admin = rfi_test_server_sign_in (server, RFI_TEST_ADMIN);
  technician = rfi_test_server_sign_in (server, RFI_TEST_TECHNICIAN);
  other_technician = rfi_test_server_sign_in (server, RFI_TEST_TECHNICIAN2);
  other_dispatcher = rfi_test_server_sign_in (server, RFI_TEST_DISPATCHER2);
  technicians = call ("GET", "/api/auth/technicians?vendorId=vendor-001", admin, NULL);
  technician_id = rfi_test_answer_get (technicians, "id");

  g_test_add_data_func ("/api-photos/jpeg", GINT_TO_POINTER (FALSE), test_round_trip);
  g_test_add_data_func ("/api-photos/png", GINT_TO_POINTER (TRUE), test_round_trip);
  g_test_add_func ("/api-photos/signature", test_signature);
  g_test_add_func ("/api-photos/names", test_names);
  g_test_add_func ("/api-photos/broken-forms", test_broken_forms);
  g_test_add_func ("/api-photos/size", test_size);
  g_test_add_func ("/api-photos/owners", test_owners);
  g_test_add_func ("/api-photos/emptied", test_emptied);
  g_test_add_func ("/api-photos/parallel", test_parallel);
  g_test_add_func ("/api-photos/repeat", test_repeat);
  g_test_add_func ("/api-photos/known-by-id", test_known_by_id);
  result = g_test_run ();

  g_free (admin);
  g_free (technician);
  g_free (other_technician);
  g_free (other_dispatcher);
  g_free (technician_id);
  g_object_unref (session);
  rfi_test_server_free (server);
  return result;
}
