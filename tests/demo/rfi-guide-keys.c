/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-guide.h"

#include "rfi-test-wait.h"

#include <gdk/x11/gdkx.h>

/* More presses of Tab than there are places in a window. */
#define N_PLACES 60

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error))
    g_error ("%s", error->message);
  *(gboolean *) user_data = TRUE;
}

static GtkWindow *
get_front (RfiGuide *self)
{
  GtkWindow *dialog = rfi_guide_dialog (self);

  return dialog != NULL ? dialog : rfi_guide_window (self);
}

/* There is no window manager to give the focus to what opens. */
static void
run (RfiGuide   *self,
     const char *how,
     const char *what)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (get_front (self)));
  g_autofree char *xid = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ended = FALSE;

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  xid = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
G_GNUC_END_IGNORE_DEPRECATIONS
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "windowfocus", "--sync",
                              xid, how, "--delay", "4", what, NULL);
  if (process == NULL)
    g_error ("%s", error->message);
  g_subprocess_wait_check_async (process, NULL, ended_cb, &ended);
  rfi_test_wait (ended);
  rfi_test_settle ();
}

void
rfi_guide_key (RfiGuide   *self,
               const char *key)
{
  run (self, "key", key);
}

void
rfi_guide_write (RfiGuide   *self,
                 const char *text)
{
  run (self, "type", text);
}

void
rfi_guide_walk_into (RfiGuide  *self,
                     GtkWidget *place)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (get_front (self));

      if (focus != NULL && (focus == place || gtk_widget_is_ancestor (focus, place)))
        return;
      rfi_guide_key (self, "Tab");
    }
  g_error ("No key leads to %s", gtk_widget_get_name (place));
}
