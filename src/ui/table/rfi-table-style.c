/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-table-style"

#include "config.h"

#include "rfi-table-style.h"

#include "rfi-style-look.h"

#include <adwaita.h>

static void
clear_fonts (RfiTableStyle *self)
{
  g_clear_pointer (&self->body, pango_font_description_free);
  g_clear_pointer (&self->caption, pango_font_description_free);
  g_clear_pointer (&self->heading, pango_font_description_free);
  g_clear_pointer (&self->monospace, pango_font_description_free);
  g_clear_pointer (&self->tabular, pango_attr_list_unref);
  g_clear_object (&self->layout);
}

static void
look_up_fonts (RfiTableStyle *self)
{
  PangoContext *context = gtk_widget_get_pango_context (self->widget);
  const PangoFontDescription *base = pango_context_get_font_description (context);

  clear_fonts (self);
  self->scale = rfi_style_look_scale (self->widget);
  self->body = rfi_style_look_derive_font (base, 1, PANGO_WEIGHT_NORMAL);
  self->heading = rfi_style_look_derive_font (base, 1, PANGO_WEIGHT_BOLD);
  self->caption = rfi_style_look_derive_font (base, RFI_STYLE_CAPTION_SCALE, PANGO_WEIGHT_NORMAL);
  self->monospace = rfi_style_look_derive_font (base, 0.9, PANGO_WEIGHT_NORMAL);
  pango_font_description_set_family (self->monospace, "Monospace");
  self->tabular = pango_attr_list_new ();
  pango_attr_list_insert (self->tabular, pango_attr_font_features_new ("tnum=1"));
  self->layout = pango_layout_new (context);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  self->body_height = rfi_style_look_line_height (context, self->body);
  self->caption_height = rfi_style_look_line_height (context, self->caption);
}

static void
look_up_colors (RfiTableStyle *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (
    gtk_widget_get_display (self->widget));
  gboolean high_contrast = adw_style_manager_get_high_contrast (manager);

  gtk_style_context_get_color (gtk_widget_get_style_context (self->widget), &self->text);
  self->line = self->text;
  self->line.alpha *= high_contrast ? 0.5f : 0.08f;
  rfi_style_look_color (self->widget, "rfi_dim", &self->dim);
  rfi_style_look_color (self->widget, "accent_color", &self->accent);
  rfi_emphasis_set_tint (self->emphasis, high_contrast ? NULL : &self->accent);
  rfi_style_look_color (self->widget, "rfi_error", &self->error);
  rfi_style_look_job_colors (self->widget, self->priorities, self->statuses);
}

RfiTableStyle *
rfi_table_style_new (GtkWidget *widget)
{
  RfiTableStyle *self = g_rc_box_new0 (RfiTableStyle);

  self->widget = widget;
  self->emphasis = rfi_emphasis_new ();
  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->density = RFI_TABLE_STANDARD;
  self->scale = 1;
  return self;
}

RfiTableStyle *
rfi_table_style_ref (RfiTableStyle *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RfiTableStyle *self = data;

  clear_fonts (self);
  g_clear_pointer (&self->emphasis, rfi_emphasis_free);
  g_hash_table_unref (self->icons);
}

void
rfi_table_style_unref (RfiTableStyle *self)
{
  g_rc_box_release_full (self, clear);
}

void
rfi_table_style_invalidate (RfiTableStyle *self)
{
  self->valid = FALSE;
  g_hash_table_remove_all (self->icons);
}

void
rfi_table_style_detach (RfiTableStyle *self)
{
  self->widget = NULL;
}

const RfiTableStyle *
rfi_table_style_get (RfiTableStyle *self)
{
  if (!self->valid && self->widget != NULL)
    {
      look_up_fonts (self);
      look_up_colors (self);
      self->valid = TRUE;
    }
  return self;
}

static GdkTexture *
paint_icon (RfiTableStyle *self,
            const char    *name,
            int            size,
            const GdkRGBA *color)
{
  int scale = gtk_widget_get_scale_factor (self->widget);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  g_autoptr(GtkIconPaintable) icon = NULL;
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, size, scale,
                                     gtk_widget_get_direction (self->widget),
                                     GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size,
                                            colors, G_N_ELEMENTS (colors));
  node = gtk_snapshot_free_to_node (snapshot);
  return gsk_renderer_render_texture (
    gtk_native_get_renderer (gtk_widget_get_native (self->widget)), node,
    &GRAPHENE_RECT_INIT (0, 0, (float) (size * scale), (float) (size * scale)));
}

GdkTexture *
rfi_table_style_get_icon (RfiTableStyle *self,
                          const char    *name,
                          int            size,
                          const GdkRGBA *color)
{
  g_autofree char *words = gdk_rgba_to_string (color);
  g_autofree char *key = g_strdup_printf ("%s %d×%d %s", name, size,
                                          gtk_widget_get_scale_factor (self->widget), words);
  GdkTexture *texture = g_hash_table_lookup (self->icons, key);

  if (texture != NULL)
    return texture;

  texture = paint_icon (self, name, size, color);
  g_hash_table_insert (self->icons, g_steal_pointer (&key), texture);
  return texture;
}

int
rfi_table_style_get_row_height (RfiTableStyle *self)
{
  static const struct {
    int least;
    int padding;
  } rows[] = {
    [RFI_TABLE_ROOMY] = { 48, 14 },
    [RFI_TABLE_STANDARD] = { 40, 10 },
    [RFI_TABLE_COMPACT] = { 28, 4 },
  };
  const RfiTableStyle *style = rfi_table_style_get (self);
  int lines = style->body_height + (style->narrow ? style->caption_height + 3 : 0);

  return MAX (rows[style->density].least, lines + 2 * rows[style->density].padding);
}

int
rfi_table_style_get_width (RfiTableStyle  *self,
                           RfiTableLayout *layout,
                           RfiJobColumn    column)
{
  return (int) (rfi_table_layout_get_width (layout, column) *
                MAX (1, rfi_table_style_get (self)->scale));
}

int
rfi_table_style_get_x (RfiTableStyle  *self,
                       RfiTableLayout *layout,
                       guint           index)
{
  const RfiJobColumn *shown = rfi_table_layout_get_shown (layout);
  int x = 0;

  for (guint i = 0; i < index; i++)
    x += rfi_table_style_get_width (self, layout, shown[i]);
  return x;
}
