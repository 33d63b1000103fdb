/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-graphics"

#include "config.h"

#include "rfi-graphics.h"

#include <gtk/gtk.h>
#include <string.h>

/* The kernel's name of a card that can draw, not only show; those of drivers that go other ways. */
#define CARD_PREFIX "renderD"
static const char * const other_cards[] = { "nvidiactl", "dxg" };

static gboolean
has_card (const char *devices)
{
  g_autofree char *path = g_build_filename (devices, "dri", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, CARD_PREFIX))
      return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (other_cards); i++)
    {
      g_autofree char *other = g_build_filename (devices, other_cards[i], NULL);

      if (g_file_test (other, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

char *
rfi_graphics_get_flags (const char *devices,
                        const char *renderer,
                        const char *flags)
{
  gboolean wanted;

  g_return_val_if_fail (devices != NULL, NULL);

  if (flags != NULL && strstr (flags, "gl-") != NULL)
    return NULL;

  wanted = renderer != NULL && renderer[0] != '\0' ? strcmp (renderer, "cairo") != 0
                                                   : has_card (devices);
  if (wanted)
    return NULL;

  return flags != NULL && flags[0] != '\0' ? g_strconcat (flags, ",gl-disable", NULL)
                                           : g_strdup ("gl-disable");
}

/* Whom the console starts inherits it: another program of GTK on the same machine is as well
 * off. */
void
rfi_graphics_prepare (void)
{
  g_autofree char *flags = NULL;

  if (gtk_is_initialized ())
    return;

  flags = rfi_graphics_get_flags ("/dev", g_getenv ("GSK_RENDERER"), g_getenv ("GDK_DEBUG"));
  if (flags == NULL)
    return;

  g_setenv ("GDK_DEBUG", flags, TRUE);
  /* Otherwise the one by OpenGL is tried for each window, and complains. */
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
}
