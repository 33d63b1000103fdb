/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-drag-picture"

#include "config.h"

#include "rfi-drag-picture.h"

/* The cards below the first one look out by this much. */
#define SHIFT  5
#define SHEETS 2
#define RADIUS 10

static GdkRGBA
get_color (GtkWidget  *widget,
           const char *name)
{
  GdkRGBA color = { 0.5f, 0.5f, 0.5f, 1.0f };

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color);
  return color;
}

static void
append_box (GtkSnapshot   *snapshot,
            float          x,
            float          y,
            float          width,
            float          height,
            float          radius,
            const GdkRGBA *color)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
  gtk_snapshot_pop (snapshot);
}

/* The edges of cards that lie below. */
static void
append_sheets (GtkSnapshot *snapshot,
               GtkWidget   *card,
               guint        n_sheets)
{
  GdkRGBA sheet = get_color (card, "card_bg_color");
  GdkRGBA edge = get_color (card, "borders");
  float width = (float) gtk_widget_get_width (card);
  float height = (float) gtk_widget_get_height (card);

  sheet.alpha = 1;
  for (guint i = n_sheets; i > 0; i--)
    {
      float at = (float) (SHIFT * i);

      append_box (snapshot, at - 1, at - 1, width + 2, height + 2, RADIUS, &edge);
      append_box (snapshot, at, at, width, height, RADIUS, &sheet);
    }
}

static void
append_count (GtkSnapshot *snapshot,
              GtkWidget   *card,
              guint        n_jobs)
{
  g_autofree char *text = g_strdup_printf ("%u", n_jobs);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (card, text);
  g_autoptr(PangoAttrList) bold = pango_attr_list_new ();
  GdkRGBA background = get_color (card, "accent_bg_color");
  GdkRGBA color = get_color (card, "accent_fg_color");
  int text_width, text_height;
  float width, height, x;

  pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, bold);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  height = (float) text_height + 8;
  width = MAX (height, (float) text_width + 16);
  x = (float) gtk_widget_get_width (card) - width - 8;
  append_box (snapshot, x, 8, width, height, height / 2, &background);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (x + (width - (float) text_width) / 2, 12));
  gtk_snapshot_append_layout (snapshot, layout, &color);
}

GdkPaintable *
rfi_drag_picture_new (GtkWidget *card,
                      guint      n_jobs)
{
  g_autoptr(GdkPaintable) live = gtk_widget_paintable_new (card);
  g_autoptr(GdkPaintable) still = gdk_paintable_get_current_image (live);
  g_autoptr(GtkSnapshot) snapshot = NULL;
  int width = gtk_widget_get_width (card);
  int height = gtk_widget_get_height (card);
  guint n_sheets = MIN (n_jobs - 1, SHEETS);

  if (n_jobs < 2)
    return g_steal_pointer (&live);

  snapshot = gtk_snapshot_new ();
  append_sheets (snapshot, card, n_sheets);
  gdk_paintable_snapshot (still, snapshot, width, height);
  append_count (snapshot, card, n_jobs);
  return gtk_snapshot_to_paintable (snapshot,
                                    &GRAPHENE_SIZE_INIT ((float) width + SHIFT * (float) n_sheets,
                                                         (float) height
                                                         + SHIFT * (float) n_sheets));
}
