/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-graphics.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

typedef struct
{
  char *devices;  /* (owned): a folder as the system's */
  char *cards;    /* (owned): the folder of cards in it */
} Machine;

static void
set_up (Machine       *machine,
        gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  machine->devices = g_dir_make_tmp ("rfi-devices-XXXXXX", &error);
  g_assert_no_error (error);
  machine->cards = g_build_filename (machine->devices, "dri", NULL);
}

static void
tear_down (Machine       *machine,
           gconstpointer  unused)
{
  g_rmdir (machine->cards);
  g_assert_cmpint (g_rmdir (machine->devices), ==, 0);
  g_free (machine->cards);
  g_free (machine->devices);
}

static void
assert_flags (Machine    *machine,
              const char *renderer,
              const char *flags,
              const char *expected)
{
  g_autofree char *found = rfi_graphics_get_flags (machine->devices, renderer, flags);

  g_assert_cmpstr (found, ==, expected);
}

/* Beside @folder there is nothing, in it this one device. */
static void
assert_with (Machine    *machine,
             const char *folder,
             const char *name,
             const char *expected)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  assert_flags (machine, NULL, NULL, expected);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_none (Machine       *machine,
           gconstpointer  unused)
{
  assert_flags (machine, NULL, NULL, "gl-disable");
  assert_flags (machine, "", "", "gl-disable");
  assert_flags (machine, NULL, "misc", "misc,gl-disable");
  g_assert_cmpint (g_mkdir (machine->cards, 0700), ==, 0);
  assert_flags (machine, NULL, NULL, "gl-disable");
}

static void
test_cards (Machine       *machine,
            gconstpointer  unused)
{
  g_assert_cmpint (g_mkdir (machine->cards, 0700), ==, 0);
  assert_with (machine, machine->cards, "renderD128", NULL);
  assert_with (machine, machine->devices, "nvidiactl", NULL);
  /* A card that only shows. */
  assert_with (machine, machine->cards, "card0", "gl-disable");
}

static void
test_asked (Machine       *machine,
            gconstpointer  unused)
{
  assert_flags (machine, "gl", NULL, NULL);
  assert_flags (machine, "cairo", NULL, "gl-disable");
  assert_flags (machine, NULL, "gl-gles", NULL);
  assert_flags (machine, "cairo", "gl-disable", NULL);
}

static void
assert_settled (const char *renderer,
                const char *flags)
{
  rfi_graphics_prepare ();
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, renderer);
  g_assert_cmpstr (g_getenv ("GDK_DEBUG"), ==, flags);
}

/* Once for the whole process; a second look finds it settled. */
static void
test_settled (void)
{
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  g_unsetenv ("GDK_DEBUG");
  assert_settled ("gl", NULL);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  assert_settled ("cairo", "gl-disable");
  assert_settled ("cairo", "gl-disable");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/graphics/none", Machine, NULL, set_up, test_none, tear_down);
  g_test_add ("/graphics/cards", Machine, NULL, set_up, test_cards, tear_down);
  g_test_add ("/graphics/asked", Machine, NULL, set_up, test_asked, tear_down);
  g_test_add_func ("/graphics/settled", test_settled);
  return g_test_run ();
}
