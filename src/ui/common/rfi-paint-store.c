/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-paint-store"

#include "config.h"

#include "rfi-paint-store.h"

/* More than there are symbols times colours in all styles of a day. */
#define N_PICTURES 256

typedef struct
{
  const char       *icon;       /* (nullable): interned, so that it is compared by its place */
  GdkRGBA           color;
  int               size;
  int               scale;
  GtkTextDirection  direction;
  GdkTexture       *texture;    /* (owned) (nullable): %NULL of what is looked for */
} Picture;

static GHashTable *pictures;    /* (element-type Picture Picture), owned keys */

static guint
hash_picture (gconstpointer data)
{
  const Picture *self = data;

  return g_direct_hash (self->icon) ^ gdk_rgba_hash (&self->color) ^ (guint) self->size << 8;
}

static gboolean
equal_picture (gconstpointer a,
               gconstpointer b)
{
  const Picture *one = a;
  const Picture *other = b;

  return one->icon == other->icon && one->size == other->size && one->scale == other->scale &&
         one->direction == other->direction && gdk_rgba_equal (&one->color, &other->color);
}

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_object_unref (self->texture);
  g_free (self);
}

GdkRGBA
rfi_paint_store_read_pixel (cairo_surface_t *surface,
                            int              x,
                            int              y)
{
  const guchar *row = cairo_image_surface_get_data (surface)
                      + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);
  guint32 pixel = ((const guint32 *) (gconstpointer) row)[x];
  float alpha = (float) (pixel >> 24);

  if (alpha <= 0)
    return (GdkRGBA) { 0, 0, 0, 0 };

  return (GdkRGBA) {
    (float) (pixel >> 16 & 0xff) / alpha, (float) (pixel >> 8 & 0xff) / alpha,
    (float) (pixel & 0xff) / alpha, alpha / 255,
  };
}

GdkTexture *
rfi_paint_store_read (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gsize size = (gsize) width * (gsize) height * 4;
  guchar *pixels = g_malloc (size);
  g_autoptr(GBytes) bytes = g_bytes_new_take (pixels, size);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        GdkRGBA color = rfi_paint_store_read_pixel (surface, x, y);

        *pixels++ = (guchar) (color.red * 255 + 0.5f);
        *pixels++ = (guchar) (color.green * 255 + 0.5f);
        *pixels++ = (guchar) (color.blue * 255 + 0.5f);
        *pixels++ = (guchar) (color.alpha * 255 + 0.5f);
      }
  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
}

static void
forget_cb (GtkIconTheme *theme)
{
  g_hash_table_remove_all (pictures);
}

static void
snapshot_disc (const Picture *self,
               GtkSnapshot   *snapshot)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) self->size, (float) self->size);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &bounds, (float) self->size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &self->color, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* The theme keeps those that are looked up in the same way. Returns: (transfer full) */
static GtkIconPaintable *
look_up (GtkIconTheme     *theme,
         const char       *icon,
         int               size,
         int               scale,
         GtkTextDirection  direction)
{
  return gtk_icon_theme_lookup_icon (theme, icon, NULL, size, scale, direction,
                                     GTK_ICON_LOOKUP_FORCE_SYMBOLIC | GTK_ICON_LOOKUP_PRELOAD);
}

static void
snapshot_icon (const Picture *self,
               GtkIconTheme  *theme,
               GtkSnapshot   *snapshot)
{
  g_autoptr(GtkIconPaintable) icon = look_up (theme, self->icon, self->size, self->scale,
                                              self->direction);
  GdkRGBA colors[4] = { self->color, self->color, self->color, self->color };

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, self->size,
                                            self->size, colors, G_N_ELEMENTS (colors));
}

/* Returns: (transfer full) */
static GdkTexture *
make_texture (const Picture *self,
              GtkSnapshot   *snapshot)
{
  int size = self->size * self->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  GdkTexture *texture;

  cairo_scale (cr, self->scale, self->scale);
  /* A symbol may be empty. */
  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  texture = rfi_paint_store_read (surface);
  cairo_surface_destroy (surface);
  return texture;
}

static Picture *
paint (const Picture *wanted,
       GtkIconTheme  *theme)
{
  Picture *self = g_memdup2 (wanted, sizeof *wanted);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  if (self->icon != NULL)
    snapshot_icon (self, theme, snapshot);
  else
    snapshot_disc (self, snapshot);
  self->texture = make_texture (self, snapshot);
  return self;
}

GdkTexture *
rfi_paint_store_get (GtkWidget     *widget,
                     const char    *icon,
                     int            size,
                     const GdkRGBA *color)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  const Picture wanted = {
    g_intern_string (icon), *color, size, gtk_widget_get_scale_factor (widget),
    gtk_widget_get_direction (widget), NULL,
  };
  Picture *found;

  g_return_val_if_fail (size > 0, NULL);

  if (pictures == NULL)
    {
      pictures = g_hash_table_new_full (hash_picture, equal_picture, picture_free, NULL);
      g_signal_connect (theme, "changed", G_CALLBACK (forget_cb), NULL);
    }
  found = g_hash_table_lookup (pictures, &wanted);
  if (found != NULL)
    return found->texture;

  if (g_hash_table_size (pictures) >= N_PICTURES)
    g_hash_table_remove_all (pictures);
  found = paint (&wanted, theme);
  g_hash_table_add (pictures, found);
  return found->texture;
}

void
rfi_paint_store_preload (GtkWidget  *widget,
                         const char *icon,
                         int         size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  g_object_unref (look_up (theme, icon, size, gtk_widget_get_scale_factor (widget),
                           gtk_widget_get_direction (widget)));
}
