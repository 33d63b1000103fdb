/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include <string.h>

/* Stands in for libFuzzer: gives the target each file of a folder once, and every
 * beginning of it, because most broken messages are cut ones.
 */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
test_file (gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  for (gsize size = 0; size <= length; size++)
    {
      /* A buffer of exactly this size lets the sanitizer see one byte too far. */
      g_autofree guint8 *data = g_malloc (MAX (size, 1));

      memcpy (data, contents, size);
      g_assert_cmpint (LLVMFuzzerTestOneInput (data, size), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);

  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_strconcat ("/replay/", name, NULL);

      g_test_add_data_func_full (path,
                                 g_build_filename (argv[1], name, NULL),
                                 test_file,
                                 g_free);
    }

  return g_test_run ();
}
