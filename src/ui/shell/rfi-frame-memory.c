/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-frame-memory"

#include "config.h"

#include "rfi-frame-memory.h"

#ifdef GDK_WINDOWING_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>

/* Longer than the pauses of whoever types. */
#define STILL_MS 500

typedef struct
{
  GtkWidget *window;  /* not owned */
  gint64     last;    /* frame, µs */
  guint      source;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self);
}

/* Cairo lets go of such memory when a small picture that shares it goes, if no other is in it and
 * the server has taken them all. */
static void
give_back (GdkSurface *surface)
{
  GdkDisplay *display = gdk_surface_get_display (surface);
  Display *server = gdk_x11_display_get_xdisplay (display);
  cairo_surface_t *window =
    cairo_xlib_surface_create (server, gdk_x11_surface_get_xid (surface),
                               DefaultVisual (server, DefaultScreen (server)), 1, 1);

  gdk_display_sync (display);
  cairo_surface_destroy (
    cairo_surface_create_similar_image (window, CAIRO_FORMAT_ARGB32, 16, 16));
  cairo_surface_destroy (window);
}

static void wait (Watch *self, guint ms);

static gboolean
waited_cb (gpointer user_data)
{
  Watch *self = user_data;
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->window));
  gint64 still = (g_get_monotonic_time () - self->last) / 1000;

  self->source = 0;
  if (surface == NULL)
    return G_SOURCE_REMOVE;

  if (still < STILL_MS)
    wait (self, (guint) (STILL_MS - still));
  else
    give_back (surface);
  return G_SOURCE_REMOVE;
}

static void
wait (Watch *self,
      guint  ms)
{
  self->source = g_timeout_add_full (G_PRIORITY_LOW, ms, waited_cb, self, NULL);
}

static void
painted_cb (Watch *self)
{
  self->last = g_get_monotonic_time ();
  if (self->source == 0)
    wait (self, STILL_MS);
}

static void
realized_cb (GtkWidget *window,
             Watch     *self)
{
  if (GDK_IS_X11_SURFACE (gtk_native_get_surface (GTK_NATIVE (window))))
    g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                              G_CALLBACK (painted_cb), self);
}

static void
unrealized_cb (GtkWidget *window,
               Watch     *self)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), self);
  g_clear_handle_id (&self->source, g_source_remove);
}

void
rfi_frame_memory_watch (GtkWidget *window)
{
  Watch *self;

  if (g_object_get_data (G_OBJECT (window), "rfi-frame-memory") != NULL)
    return;

  self = g_new0 (Watch, 1);
  self->window = window;
  g_object_set_data_full (G_OBJECT (window), "rfi-frame-memory", self, watch_free);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), self);
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), self);
  if (gtk_widget_get_realized (window))
    realized_cb (window, self);
}
#else
void
rfi_frame_memory_watch (GtkWidget *window)
{
}
#endif
