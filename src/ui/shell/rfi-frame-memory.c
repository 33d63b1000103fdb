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
  GtkWidget *window;   /* not owned */
  gint64     last;     /* frame, µs */
  guint      source;
  gboolean   is_held;  /* until the window is still */
  gpointer   picture;  /* (owned) (nullable): as large as one of the window, between two frames */
} Watch;

static void
watch_free (gpointer data)
{
  Watch *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->picture);
  g_free (self);
}

static Watch *
get_watch (GtkWidget *window)
{
  return g_object_get_data (G_OBJECT (window), "rfi-frame-memory");
}

static cairo_surface_t *
make_window_surface (GdkSurface *surface,
                     int         width,
                     int         height)
{
  Display *server = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));

  return cairo_xlib_surface_create (server, gdk_x11_surface_get_xid (surface),
                                    DefaultVisual (server, DefaultScreen (server)), width, height);
}

/* Cairo lets go of such memory when a small picture that shares it goes, if no other is in it and
 * the server has taken them all. */
static void
give_back (GdkSurface *surface)
{
  cairo_surface_t *window = make_window_surface (surface, 1, 1);

  gdk_display_sync (gdk_surface_get_display (surface));
  cairo_surface_destroy (
    cairo_surface_create_similar_image (window, CAIRO_FORMAT_ARGB32, 16, 16));
  cairo_surface_destroy (window);
}

/* What is made here and let go is what cairo sends the next frames through: two of them, as the
 * server may still read the one before. */
static void
touch_shared (GdkSurface *surface,
              int         width,
              int         height)
{
  cairo_surface_t *window = make_window_surface (surface, width, height);
  cairo_surface_t *shared[2];

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      guchar *pixels;

      shared[i] = cairo_surface_create_similar_image (window, CAIRO_FORMAT_ARGB32, width, height);
      pixels = cairo_image_surface_get_data (shared[i]);
      if (pixels != NULL)
        memset (pixels, 0,
                (gsize) cairo_image_surface_get_stride (shared[i]) * (gsize) height);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    cairo_surface_destroy (shared[i]);
  cairo_surface_destroy (window);
}

static gsize
get_picture_size (GdkSurface *surface)
{
  gsize scale = (gsize) gdk_surface_get_scale_factor (surface);

  return (gsize) gdk_surface_get_width (surface) * (gsize) gdk_surface_get_height (surface)
         * scale * scale * 4;
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
    {
      wait (self, (guint) (STILL_MS - still));
      return G_SOURCE_REMOVE;
    }

  self->is_held = FALSE;
  g_clear_pointer (&self->picture, g_free);
  give_back (surface);
  return G_SOURCE_REMOVE;
}

static void
wait (Watch *self,
      guint  ms)
{
  self->source = g_timeout_add_full (G_PRIORITY_LOW, ms, waited_cb, self, NULL);
}

/* The picture that GTK asks for now is found where this one was. */
static void
laid_out_cb (Watch *self)
{
  g_clear_pointer (&self->picture, g_free);
}

static void
stay (Watch *self)
{
  self->last = g_get_monotonic_time ();
  if (self->source == 0)
    wait (self, STILL_MS);
}

static void
painted_cb (Watch *self)
{
  if (self->is_held && self->picture == NULL)
    self->picture =
      g_try_malloc (get_picture_size (gtk_native_get_surface (GTK_NATIVE (self->window))));
  stay (self);
}

static void
realized_cb (GtkWidget *window,
             Watch     *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  if (!GDK_IS_X11_SURFACE (gtk_native_get_surface (GTK_NATIVE (window))))
    return;

  g_signal_connect_swapped (clock, "layout", G_CALLBACK (laid_out_cb), self);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), self);
}

static void
unrealized_cb (GtkWidget *window,
               Watch     *self)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), self);
  g_clear_handle_id (&self->source, g_source_remove);
  self->is_held = FALSE;
  g_clear_pointer (&self->picture, g_free);
}

void
rfi_frame_memory_watch (GtkWidget *window)
{
  Watch *self;

  if (get_watch (window) != NULL)
    return;

  self = g_new0 (Watch, 1);
  self->window = window;
  g_object_set_data_full (G_OBJECT (window), "rfi-frame-memory", self, watch_free);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), self);
  g_signal_connect (window, "unrealize", G_CALLBACK (unrealized_cb), self);
  if (gtk_widget_get_realized (window))
    realized_cb (window, self);
}

void
rfi_frame_memory_prepare (GtkWidget *window)
{
  Watch *self = get_watch (window);
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  int scale;

  if (self == NULL || surface == NULL || !GDK_IS_X11_SURFACE (surface) || self->is_held ||
      !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (GTK_NATIVE (window))))
    return;

  scale = gdk_surface_get_scale_factor (surface);
  touch_shared (surface, gdk_surface_get_width (surface) * scale,
                gdk_surface_get_height (surface) * scale);
  self->picture = g_try_malloc (get_picture_size (surface));
  if (self->picture != NULL)
    memset (self->picture, 0, get_picture_size (surface));
  self->is_held = TRUE;
  stay (self);
}
#else
void
rfi_frame_memory_watch (GtkWidget *window)
{
}

void
rfi_frame_memory_prepare (GtkWidget *window)
{
}
#endif
