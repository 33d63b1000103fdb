/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include <string.h>

/* Stands in for libFuzzer: gives the target each file of a folder once, and every
 * beginning of it, because most broken messages are cut ones; and what becomes of it by
 * a few accidents, other ones each time. --seed, as printed, repeats those of a run.
 */

#define N_SPOILT      5000
#define MAX_ACCIDENTS 8

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
give (const char *contents,
      gsize       size)
{
  /* A buffer of exactly this size lets the sanitizer see one byte too far. */
  g_autofree guint8 *data = g_malloc (MAX (size, 1));

  if (size > 0)
    memcpy (data, contents, size);
  g_assert_cmpint (LLVMFuzzerTestOneInput (data, size), ==, 0);
}

static gsize
draw (gsize end)
{
  return (gsize) g_test_rand_int_range (0, (gint32) MAX (end, 1));
}

/* One bit, one byte, a part that is missing, or there twice, or somewhere else. */
static void
spoil (GString *text)
{
  static const char marks[] = "\"\\{}[]:,-.eE019\r\n\036\377\200";
  gsize at = draw (text->len);
  gsize wanted = draw (16) + 1;
  gsize length = MIN (wanted, text->len - at);
  g_autofree char *part = g_strndup (text->str + at, length);

  switch (text->len > 0 ? draw (5) : 5)
    {
    case 0:
      text->str[at] ^= (char) (1 << draw (8));
      break;
    case 1:
      text->str[at] = (char) draw (256);
      break;
    case 2:
      g_string_erase (text, (gssize) at, (gssize) length);
      break;
    case 3:
      g_string_insert (text, (gssize) draw (text->len + 1), part);
      break;
    default:
      g_string_insert_c (text, (gssize) at, marks[draw (sizeof marks)]);
      break;
    }
}

static void
test_file (gconstpointer path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  for (gsize size = 0; size <= length; size++)
    give (contents, size);

  for (guint i = 0; i < N_SPOILT; i++)
    {
      g_autoptr(GString) text = g_string_new_len (contents, (gssize) length);

      for (gsize n = draw (MAX_ACCIDENTS) + 1; n > 0; n--)
        spoil (text);
      give (text->str, text->len);
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
