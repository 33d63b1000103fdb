/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-test-bad-server.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

#include <string.h>

/* A person who uses no keyring, or has none: it runs without a session bus. */

static void
assert_sign_in_error (RfiTestConsole *console,
                      const char     *server_url,
                      const char     *email,
                      const char     *password,
                      RfiSignInError  code)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (rfi_test_console_try_sign_in (console, server_url, email, password, FALSE,
                                                &error));
  g_assert_error (error, RFI_SIGN_IN_ERROR, (int) code);
  g_assert_null (rfi_session_manager_get_session (console->manager));
}

static gboolean
answer_as_portal (RfiTestRequest *request,
                  gpointer        user_data)
{
  rfi_test_request_reply (request, 200, "Content-Type: text/html\r\n",
                          "<html>Welcome to the hotel</html>");
  return FALSE;
}

static void
test_errors (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(RfiTestConsole) console = rfi_test_console_new ();
  RfiTestBadServer *portal = rfi_test_bad_server_new (answer_as_portal, NULL);
  const char *url = rfi_test_server_get_url (server);
  g_autofree char *closed = g_strdup (url);

  assert_sign_in_error (console, url, "admin@retailfixit.com", "wrong",
                        RFI_SIGN_IN_ERROR_WRONG_PASSWORD);
  assert_sign_in_error (console, url, "nobody@example.com", "wrong",
                        RFI_SIGN_IN_ERROR_WRONG_PASSWORD);
  assert_sign_in_error (console, url, "admin", "admin123", RFI_SIGN_IN_ERROR_BAD_EMAIL);
  assert_sign_in_error (console, "", RFI_TEST_ADMIN, RFI_SIGN_IN_ERROR_BAD_ADDRESS);
  assert_sign_in_error (console, "ftp://example.com", RFI_TEST_ADMIN,
                        RFI_SIGN_IN_ERROR_BAD_ADDRESS);
  assert_sign_in_error (console, "http://example.com", RFI_TEST_ADMIN,
                        RFI_SIGN_IN_ERROR_BAD_ADDRESS);
  assert_sign_in_error (console, rfi_test_bad_server_get_url (portal), RFI_TEST_ADMIN,
                        RFI_SIGN_IN_ERROR_NOT_A_SERVER);
  rfi_test_bad_server_free (portal);

  rfi_test_server_kill (server);
  assert_sign_in_error (console, closed, RFI_TEST_ADMIN, RFI_SIGN_IN_ERROR_UNREACHABLE);
  g_assert_null (rfi_session_manager_get_last_server (console->manager));
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static int
probe (RfiTestConsole  *console,
       const char      *url,
       GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_session_manager_probe_async (console->manager, url, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  return rfi_session_manager_probe_finish (console->manager, result, error);
}

static void
test_probe (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(RfiTestConsole) console = rfi_test_console_new ();
  g_autofree char *bare = g_strdup_printf ("127.0.0.1:%u", rfi_test_server_get_port (server));
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (probe (console, rfi_test_server_get_url (server), &error), >=, 0);
  g_assert_no_error (error);
  /* As people type it. */
  g_assert_cmpint (probe (console, bare, &error), >=, 0);
  g_assert_no_error (error);

  rfi_test_server_kill (server);
  g_assert_cmpint (probe (console, bare, &error), ==, -1);
  g_assert_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_UNREACHABLE);
}

static void
test_profile_in_use (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(RfiTestConsole) console = rfi_test_console_new ();
  g_autoptr(RfiSessionManager) second = rfi_session_manager_new (console->profile, FALSE);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  rfi_test_console_sign_in (console, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_session_manager_sign_in_async (second, rfi_test_server_get_url (server), RFI_TEST_ADMIN,
                                     FALSE, NULL, keep_result_cb, &result);
  rfi_test_wait (result != NULL);
  g_assert_false (rfi_session_manager_sign_in_finish (second, result, &error));
  g_assert_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_PROFILE_IN_USE);
}

static GBytes *
make_photo (void)
{
  static const guint8 png[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1,
    0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, 'I', 'D', 'A', 'T', 0x78,
    0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 'I', 'E', 'N', 'D',
    0xae, 0x42, 0x60, 0x82,
  };

  return g_bytes_new_static (png, sizeof png);
}

static guint
count_outgoing (RfiTestConsole *console)
{
  g_autofree char *accounts = g_build_filename (console->profile, "accounts", NULL);
  g_autoptr(GDir) dir = g_dir_open (accounts, 0, NULL);
  g_autofree char *path = g_build_filename (accounts, g_dir_read_name (dir), "outgoing", NULL);
  g_autoptr(GDir) outgoing = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (outgoing) != NULL)
    count++;
  return count;
}

static gboolean
shows_photos (RfiTestConsole *console,
              const char     *job_id,
              guint           n_photos,
              gboolean        waiting)
{
  g_autoptr(GPtrArray) photos = rfi_test_console_list_photos (console, job_id);

  return photos->len == n_photos &&
         (n_photos == 0 ||
          ((RfiPhoto *) g_ptr_array_index (photos, n_photos - 1))->waiting == waiting);
}

static void
assert_photo (RfiTestConsole *console,
              const char     *job_id,
              GBytes         *expected)
{
  g_autoptr(GPtrArray) photos = rfi_test_console_list_photos (console, job_id);
  RfiPhoto *photo = g_ptr_array_index (photos, 0);
  g_autoptr(GBytes) bytes = NULL;
  GError *error = NULL;

  g_assert_cmpstr (photo->mime_type, ==, "image/png");
  g_assert_cmpstr (photo->file_name, ==, "Front door.JPG.png");
  bytes = rfi_test_console_load_photo (console, job_id, photo->id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
test_photos (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(RfiTestConsole) a = rfi_test_console_new ();
  g_autoptr(RfiTestConsole) b = rfi_test_console_new ();
  g_autoptr(GBytes) photo = make_photo ();
  g_autoptr(GBytes) text = g_bytes_new_static ("GIF89a, no photo", 16);
  g_autoptr(GBytes) large = NULL;
  g_autofree char *id = NULL;
  g_autofree char *photo_id = NULL;
  g_autoptr(GPtrArray) photos = NULL;
  g_autoptr(GError) error = NULL;
  guint8 *data;

  rfi_test_console_sign_in (a, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_test_console_sign_in (b, rfi_test_server_get_url (server), RFI_TEST_DISPATCHER);
  id = g_strdup (rfi_test_console_find_job (a, "Air duct cleaning")->id);

  g_assert_false (rfi_test_console_add_photo (a, id, text, &error));
  g_assert_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_FILE);
  g_clear_error (&error);
  data = g_malloc0 (RFI_PHOTO_SIZE_LIMIT);
  memcpy (data, g_bytes_get_data (photo, NULL), 16);
  large = g_bytes_new_take (data, RFI_PHOTO_SIZE_LIMIT);
  g_assert_false (rfi_test_console_add_photo (a, id, large, &error));
  g_assert_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_FILE);
  g_clear_error (&error);
  g_assert_cmpuint (count_outgoing (a), ==, 0);

  /* Offline it waits, and is seen from our own copy. */
  rfi_session_set_forced_offline (a->session, TRUE);
  rfi_test_console_add_photo (a, id, photo, &error);
  g_assert_no_error (error);
  g_assert_true (shows_photos (a, id, 1, TRUE));
  assert_photo (a, id, photo);
  g_assert_cmpuint (count_outgoing (a), ==, 1);

  rfi_session_set_forced_offline (a->session, FALSE);
  rfi_test_wait (shows_photos (a, id, 1, FALSE) && shows_photos (b, id, 1, FALSE));
  assert_photo (a, id, photo);
  assert_photo (b, id, photo);

  photos = rfi_test_console_list_photos (b, id);
  photo_id = g_strdup (((RfiPhoto *) g_ptr_array_index (photos, 0))->id);
  rfi_test_console_delete_photo (b, id, photo_id, &error);
  g_assert_no_error (error);
  rfi_test_wait (shows_photos (a, id, 0, FALSE) && shows_photos (b, id, 0, FALSE));

  /* The copy has done its work, and goes at the next start. */
  rfi_test_console_quit (a);
  rfi_test_console_start (a, FALSE);
  rfi_test_console_sign_in (a, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  rfi_test_wait (count_outgoing (a) == 0);

  /* One that was never sent is given up without asking the server. */
  rfi_session_set_forced_offline (a->session, TRUE);
  rfi_test_console_add_photo (a, id, photo, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (photos);
  photos = rfi_test_console_list_photos (a, id);
  rfi_test_console_delete_photo (a, id, ((RfiPhoto *) g_ptr_array_index (photos, 0))->id, &error);
  g_assert_no_error (error);
  g_assert_true (shows_photos (a, id, 0, FALSE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/sign-in/errors", test_errors);
  g_test_add_func ("/sign-in/probe", test_probe);
  g_test_add_func ("/sign-in/profile-in-use", test_profile_in_use);
  g_test_add_func ("/sign-in/photos", test_photos);

  return g_test_run ();
}
