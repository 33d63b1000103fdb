/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-profile.h"

#include <glib/gstdio.h>

static void
assert_pin_kept (const char *server_url)
{
  g_autofree char *path = g_dir_make_tmp ("rfi-profile-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (path, "profile.ini", NULL);
  RfiProfile *profile = rfi_profile_new (path);
  g_autoptr(GError) error = NULL;

  g_assert_null (rfi_profile_get_pin (profile, server_url));
  rfi_profile_set_pin (profile, server_url, "c0ffee", &error);
  g_assert_no_error (error);
  rfi_profile_free (profile);

  profile = rfi_profile_new (path);
  g_assert_cmpstr (rfi_profile_get_pin (profile, server_url), ==, "c0ffee");
  g_assert_null (rfi_profile_get_pin (profile, "https://elsewhere.example.com"));
  rfi_profile_free (profile);
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
test_pins (void)
{
  assert_pin_kept ("https://dispatch.example.com");
  assert_pin_kept ("https://dispatch.example.com:8443/sub");
  assert_pin_kept ("https://[::1]:8443");
  assert_pin_kept ("https://dispatch.example.com/a=b#c d%20");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/profile/pins", test_pins);

  return g_test_run ();
}
