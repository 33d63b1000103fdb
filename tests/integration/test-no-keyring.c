/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-profile.h"
#include "rfi-test-console.h"
#include "rfi-test-server.h"
#include "rfi-test-wait.h"

#include <glib/gstdio.h>

/* Without a keyring there is nobody to keep a secret, so there is nothing to keep. */

static void
test_sign_in_is_not_kept (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(RfiTestConsole) console = rfi_test_console_new ();
  g_auto(GStrv) servers = NULL;
  GError *error = NULL;
  int note;

  rfi_test_console_try_sign_in (console, rfi_test_server_get_url (server), RFI_TEST_ADMIN, TRUE,
                                &error);
  g_assert_no_error (error);
  rfi_test_console_wait_live (console);
  g_object_get (console->session, "keyring-note", &note, NULL);
  g_assert_cmpint (note, >=, 0);

  rfi_test_console_quit (console);
  rfi_test_console_start (console, FALSE);
  g_assert_false (rfi_test_console_restore (console));

  /* What is not secret is remembered. */
  g_assert_cmpstr (rfi_session_manager_get_last_server (console->manager), ==,
                   rfi_test_server_get_url (server));
  g_assert_cmpstr (rfi_session_manager_get_last_email (console->manager), ==,
                   "admin@retailfixit.com");
  g_object_get (console->manager, "servers", &servers, NULL);
  g_assert_cmpuint (g_strv_length (servers), ==, 1);
}

/* One that was kept while there was a keyring. */
static void
test_kept_stays_shut (void)
{
  g_autoptr(RfiTestConsole) console = rfi_test_console_new ();
  g_autoptr(RfiProfile) profile = rfi_profile_new (console->profile);
  g_autoptr(GError) error = NULL;

  rfi_profile_set_last (profile, "http://127.0.0.1:1", "ana@example.com", TRUE, &error);
  g_assert_no_error (error);
  rfi_test_console_quit (console);
  rfi_test_console_start (console, FALSE);
  g_assert_false (rfi_test_console_try_restore (console, &error));
  g_assert_error (error, RFI_SIGN_IN_ERROR, RFI_SIGN_IN_ERROR_NO_KEYRING);
}

/* Returns: how many files are below it */
static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;
  guint n = dir != NULL ? 0 : 1;

  for (; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += count_files (child);
    }

  return n;
}

static void
test_data_is_not_kept (void)
{
  g_autoptr(RfiTestServer) server = rfi_test_server_new (NULL);
  g_autoptr(RfiTestConsole) console = rfi_test_console_new ();
  g_autofree char *accounts = g_build_filename (console->profile, "accounts", NULL);
  g_autofree char *id = NULL;
  GError *error = NULL;
  int note;

  rfi_test_console_sign_in (console, rfi_test_server_get_url (server), RFI_TEST_ADMIN);
  /* Also to who did not ask to stay signed in. */
  g_object_get (console->session, "keyring-note", &note, NULL);
  g_assert_cmpint (note, >=, 0);
  g_assert_cmpuint (count_files (accounts), ==, 0);
  g_assert_cmpuint (count_files (g_get_user_runtime_dir ()), >, 0);

  rfi_session_set_forced_offline (console->session, TRUE);
  id = g_strdup (rfi_test_console_find_job (console, "Air duct cleaning")->id);
  rfi_test_console_edit (console, id, RFI_FIELD_TITLE, "Not for long", &error);
  g_assert_no_error (error);

  rfi_test_console_quit (console);
  g_assert_cmpuint (count_files (accounts), ==, 0);
  g_assert_cmpuint (count_files (g_get_user_runtime_dir ()), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/no-keyring/sign-in-is-not-kept", test_sign_in_is_not_kept);
  g_test_add_func ("/no-keyring/kept-stays-shut", test_kept_stays_shut);
  g_test_add_func ("/no-keyring/data-is-not-kept", test_data_is_not_kept);

  return g_test_run ();
}
