/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

/* Nothing here calls the bundle: a program only has to link it. */
static void
test_found_by_path (gconstpointer data)
{
  const char *path = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;

  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/resources/style",
                        "/com/retailfixit/Dispatch/style.css",
                        test_found_by_path);
  g_test_add_data_func ("/resources/status-icon",
                        "/com/retailfixit/Dispatch/icons/scalable/actions/"
                        "status-pending-symbolic.svg",
                        test_found_by_path);
  g_test_add_data_func ("/resources/application-icon",
                        "/com/retailfixit/Dispatch/icons/scalable/apps/" RFI_APP_ID ".svg",
                        test_found_by_path);

  return g_test_run ();
}
