/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-frame-memory.h"
#include "rfi-test-ui.h"

#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>
#include <string.h>

/* What frames go to the X server through is not kept when there are none. */

#define WIDTH  800
#define HEIGHT 600

/* Whether memory of a frame of that size is shared with anybody. */
static gboolean
is_shared (void)
{
  g_autofree char *maps = NULL;
  g_auto(GStrv) lines = NULL;
  gboolean shared = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *end;
      guint64 from = g_ascii_strtoull (lines[i], &end, 16);
      guint64 to = *end == '-' ? g_ascii_strtoull (end + 1, NULL, 16) : from;

      shared = shared || (strstr (lines[i], "/SYSV") != NULL && to - from >= WIDTH * HEIGHT * 4);
    }
  return shared;
}

/* Sends a picture as GTK sends a frame. Whether the server has it before the picture goes is chance
 * there, and what decides; here it never has. */
static void
send_picture (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  Display *server = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  cairo_surface_t *screen =
    cairo_xlib_surface_create (server, gdk_x11_surface_get_xid (surface),
                               DefaultVisual (server, DefaultScreen (server)), 1, 1);
  cairo_surface_t *target =
    cairo_surface_create_similar (screen, CAIRO_CONTENT_COLOR, WIDTH, HEIGHT);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (target);

  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (target);
  cairo_surface_destroy (screen);
}

static GtkWidget *
show_window (void)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  return window;
}

static void
test_still (void)
{
  GtkWidget *window = show_window ();

  rfi_frame_memory_watch (window);
  rfi_test_ui_show (GTK_WINDOW (window));
  send_picture (window);
  g_assert_true (is_shared ());
  gtk_widget_queue_draw (window);
  rfi_test_wait (!is_shared ());

  /* Not only once. */
  send_picture (window);
  g_assert_true (is_shared ());
  gtk_widget_queue_draw (window);
  rfi_test_wait (!is_shared ());
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A window that is there already, and asked for twice; one that goes before its time. */
static void
test_late (void)
{
  GtkWidget *window = show_window ();
  GtkWidget *brief = show_window ();

  rfi_test_ui_show (GTK_WINDOW (window));
  rfi_frame_memory_watch (window);
  rfi_frame_memory_watch (window);
  rfi_frame_memory_watch (brief);
  rfi_test_ui_show (GTK_WINDOW (brief));
  gtk_window_destroy (GTK_WINDOW (brief));
  send_picture (window);
  g_assert_true (is_shared ());
  gtk_widget_queue_draw (window);
  rfi_test_wait (!is_shared ());
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What the next frame needs is there before it, and goes like what a frame needed. */
static void
test_prepared (void)
{
  GtkWidget *window = show_window ();

  rfi_frame_memory_prepare (window);
  rfi_frame_memory_watch (window);
  rfi_frame_memory_prepare (window);
  rfi_test_ui_show (GTK_WINDOW (window));
  rfi_test_wait (!is_shared ());

  for (guint i = 0; i < 2; i++)
    {
      rfi_frame_memory_prepare (window);
      g_assert_true (is_shared ());
      rfi_frame_memory_prepare (window);
      gtk_widget_queue_resize (window);
      rfi_test_wait (!is_shared ());
    }
  rfi_frame_memory_prepare (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  rfi_test_ui_init (&argc, &argv);

  g_test_add_func ("/frame-memory/still", test_still);
  g_test_add_func ("/frame-memory/late", test_late);
  g_test_add_func ("/frame-memory/prepared", test_prepared);
  return g_test_run ();
}
