/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-paint"

#include "config.h"

#include "rfi-paint.h"

#include "rfi-format.h"
#include "rfi-paint-store.h"

void
rfi_paint_icon (GtkSnapshot   *snapshot,
                GtkWidget     *widget,
                const char    *name,
                int            size,
                float          x,
                float          y,
                const GdkRGBA *color)
{
  if (size > 0)
    gtk_snapshot_append_texture (snapshot, rfi_paint_store_get (widget, name, size, color),
                                 &GRAPHENE_RECT_INIT (x, y, (float) size, (float) size));
}

void
rfi_paint_round (GtkSnapshot           *snapshot,
                 const graphene_rect_t *bounds,
                 float                  radius,
                 const GdkRGBA         *color)
{
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, color, bounds);
  gtk_snapshot_pop (snapshot);
}

void
rfi_paint_outline (GtkSnapshot           *snapshot,
                   const graphene_rect_t *bounds,
                   float                  radius,
                   float                  width,
                   const GdkRGBA         *color)
{
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, bounds, radius);
  gtk_snapshot_append_border (snapshot, &round, widths, colors);
}

int
rfi_paint_text (GtkSnapshot                *snapshot,
                const RfiCardStyle         *style,
                PangoContext               *context,
                const PangoFontDescription *font,
                const char                 *text,
                int                         width,
                float                       x,
                float                       y,
                const GdkRGBA              *color)
{
  PangoLayout *layout = rfi_card_texts_get (style->texts, context, font, text, NULL, width, 1);
  int taken, height;

  pango_layout_get_pixel_size (layout, &taken, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
  return taken;
}

static const GdkRGBA *
get_avatar_color (const char *name)
{
  /* The colours of AdwAvatar, so that a person looks the same everywhere. */
  static const GdkRGBA colors[] = {
    { 0x33 / 255.f, 0x7f / 255.f, 0xdc / 255.f, 1 },
    { 0x0f / 255.f, 0x9a / 255.f, 0xc8 / 255.f, 1 },
    { 0x29 / 255.f, 0xae / 255.f, 0x74 / 255.f, 1 },
    { 0x6a / 255.f, 0xb8 / 255.f, 0x5b / 255.f, 1 },
    { 0xd2 / 255.f, 0x9d / 255.f, 0x09 / 255.f, 1 },
    { 0xd6 / 255.f, 0x84 / 255.f, 0x00 / 255.f, 1 },
    { 0xed / 255.f, 0x5b / 255.f, 0x00 / 255.f, 1 },
    { 0xe6 / 255.f, 0x2d / 255.f, 0x42 / 255.f, 1 },
    { 0xe3 / 255.f, 0x3b / 255.f, 0x6a / 255.f, 1 },
    { 0x99 / 255.f, 0x45 / 255.f, 0xb5 / 255.f, 1 },
    { 0x7a / 255.f, 0x59 / 255.f, 0xca / 255.f, 1 },
    { 0xb0 / 255.f, 0x89 / 255.f, 0x52 / 255.f, 1 },
    { 0x78 / 255.f, 0x53 / 255.f, 0x36 / 255.f, 1 },
    { 0x6e / 255.f, 0x6d / 255.f, 0x71 / 255.f, 1 },
  };
  g_autofree char *text = rfi_format_avatar_text (name);

  return &colors[g_str_hash (text) % G_N_ELEMENTS (colors)];
}

void
rfi_paint_avatar (GtkSnapshot        *snapshot,
                  GtkWidget          *widget,
                  const RfiCardStyle *style,
                  PangoContext       *context,
                  const char         *name,
                  int                 size,
                  float               x,
                  float               y)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  g_autofree char *initials = rfi_format_initials (name);
  PangoFontDescription *font = pango_font_description_copy (style->caption_heading);
  PangoLayout *layout;
  int width, height;

  pango_font_description_set_absolute_size (font, size * 0.42 * PANGO_SCALE);
  if (size > 0)
    gtk_snapshot_append_texture (snapshot,
                                 rfi_paint_store_get (widget, NULL, size, get_avatar_color (name)),
                                 &GRAPHENE_RECT_INIT (x, y, (float) size, (float) size));
  layout = rfi_card_texts_get (style->texts, context, font, initials, NULL, -1, 1);
  pango_layout_get_pixel_size (layout, &width, &height);
  rfi_paint_text (snapshot, style, context, font, initials, -1, x + (size - width) / 2,
                  y + (size - height) / 2, &white);
  pango_font_description_free (font);
}
