/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-card-style"

#include "config.h"

#include "rfi-card-style.h"

#include "rfi-style-look.h"

#include <adwaita.h>

#define CARD_WIDTH 252

static void
clear_fonts (RfiCardStyle *self)
{
  g_clear_pointer (&self->caption, pango_font_description_free);
  g_clear_pointer (&self->caption_heading, pango_font_description_free);
  g_clear_pointer (&self->heading, pango_font_description_free);
}

static void
look_up_fonts (RfiCardStyle *self)
{
  PangoContext *context = gtk_widget_get_pango_context (self->widget);
  const PangoFontDescription *base = pango_context_get_font_description (context);

  clear_fonts (self);
  self->scale = rfi_style_look_scale (self->widget);
  self->caption = rfi_style_look_derive_font (base, RFI_STYLE_CAPTION_SCALE, PANGO_WEIGHT_NORMAL);
  self->caption_heading =
    rfi_style_look_derive_font (base, RFI_STYLE_CAPTION_SCALE, PANGO_WEIGHT_BOLD);
  self->heading = rfi_style_look_derive_font (base, 1, PANGO_WEIGHT_BOLD);
  self->caption_height = rfi_style_look_line_height (context, self->caption);
  self->heading_height = rfi_style_look_line_height (context, self->heading);
}

static void
look_up_colors (RfiCardStyle *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (
    gtk_widget_get_display (self->widget));

  gtk_style_context_get_color (gtk_widget_get_style_context (self->widget), &self->text);
  self->high_contrast = adw_style_manager_get_high_contrast (manager);
  rfi_style_look_color (self->widget, "card_bg_color", &self->ground);
  rfi_style_look_color (self->widget, "rfi_dim", &self->dim);
  rfi_style_look_job_colors (self->widget, self->priorities, self->statuses);
  rfi_style_look_color (self->widget, "accent_color", &self->accent);
  rfi_style_look_color (self->widget, "rfi_filled", &self->filled);
  rfi_style_look_color (self->widget, "rfi_filled_fg", &self->filled_text);
}

static void
clear (gpointer data)
{
  RfiCardStyle *self = data;

  clear_fonts (self);
  g_clear_pointer (&self->emphasis, rfi_emphasis_free);
  g_clear_pointer (&self->texts, rfi_card_texts_free);
  g_clear_pointer (&self->frames, rfi_card_frames_free);
}

RfiCardStyle *
rfi_card_style_new (GtkWidget *widget,
                    guint      n_texts)
{
  RfiCardStyle *self = g_rc_box_new0 (RfiCardStyle);

  self->widget = widget;
  self->scale = 1;
  self->density = RFI_DENSITY_STANDARD;
  self->emphasis = rfi_emphasis_new ();
  self->texts = rfi_card_texts_new (n_texts);
  self->frames = rfi_card_frames_new ();
  return self;
}

RfiCardStyle *
rfi_card_style_ref (RfiCardStyle *self)
{
  return g_rc_box_acquire (self);
}

void
rfi_card_style_unref (RfiCardStyle *self)
{
  g_rc_box_release_full (self, clear);
}

void
rfi_card_style_invalidate (RfiCardStyle *self)
{
  self->valid = FALSE;
}

void
rfi_card_style_set_density (RfiCardStyle *self,
                            RfiDensity    density)
{
  self->density = density;
}

void
rfi_card_style_set_rules (RfiCardStyle        *self,
                          const RfiAlertRules *rules)
{
  self->rules = *rules;
}

void
rfi_card_style_detach (RfiCardStyle *self)
{
  self->widget = NULL;
}

const RfiCardStyle *
rfi_card_style_get (RfiCardStyle *self)
{
  if (!self->valid && self->widget != NULL)
    {
      look_up_fonts (self);
      look_up_colors (self);
      rfi_card_texts_clear (self->texts);
      rfi_card_frames_clear (self->frames);
      rfi_emphasis_set_tint (self->emphasis, self->high_contrast ? NULL : &self->accent);
      self->valid = TRUE;
    }
  return self;
}

static gboolean
same_colors (const GdkRGBA *a,
             const GdkRGBA *b,
             guint          n_colors)
{
  for (guint i = 0; i < n_colors; i++)
    if (!gdk_rgba_equal (&a[i], &b[i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_fonts (const RfiCardStyle *a,
            const RfiCardStyle *b)
{
  return a->scale == b->scale && a->caption_height == b->caption_height &&
         a->heading_height == b->heading_height &&
         pango_font_description_equal (a->caption, b->caption) &&
         pango_font_description_equal (a->caption_heading, b->caption_heading) &&
         pango_font_description_equal (a->heading, b->heading);
}

gboolean
rfi_card_style_is_current (RfiCardStyle *self)
{
  RfiCardStyle now = { .widget = self->widget };
  gboolean same;

  if (!self->valid || self->widget == NULL)
    return FALSE;

  look_up_fonts (&now);
  look_up_colors (&now);
  same = now.high_contrast == self->high_contrast && same_fonts (&now, self) &&
         same_colors (&now.ground, &self->ground, 1) && same_colors (&now.text, &self->text, 1) &&
         same_colors (&now.dim, &self->dim, 1) && same_colors (&now.accent, &self->accent, 1) &&
         same_colors (&now.filled, &self->filled, 1) &&
         same_colors (&now.filled_text, &self->filled_text, 1) &&
         same_colors (now.priorities, self->priorities, RFI_N_PRIORITIES) &&
         same_colors (now.statuses, self->statuses, RFI_N_STATUSES);
  clear_fonts (&now);
  return same;
}

gint64
rfi_card_style_get_now (const RfiCardStyle *self)
{
  return self->moment != 0 ? self->moment : g_get_real_time () / 1000;
}

int
rfi_card_style_get_padding (const RfiCardStyle *self)
{
  return self->density == RFI_DENSITY_ROOMY ? 14 : 9;
}

int
rfi_card_style_get_gap (const RfiCardStyle *self)
{
  return self->density == RFI_DENSITY_ROOMY ? 3 : 1;
}

int
rfi_card_style_get_title_lines (const RfiCardStyle *self)
{
  return self->scale >= 1.5 ? 2 : 1;
}

int
rfi_card_style_get_height (RfiCardStyle *self)
{
  static const int least[] = {
    [RFI_DENSITY_ROOMY] = 116,
    [RFI_DENSITY_STANDARD] = 100,
    [RFI_DENSITY_COMPACT] = 64,
  };
  const RfiCardStyle *style = rfi_card_style_get (self);
  int height = 2 * rfi_card_style_get_padding (style) + style->caption_height +
               rfi_card_style_get_title_lines (style) * style->heading_height +
               2 * rfi_card_style_get_gap (style);

  if (style->density != RFI_DENSITY_COMPACT)
    height += style->caption_height + 3 + MAX (22, style->caption_height + 4);
  return MAX (least[style->density], height);
}

int
rfi_card_style_get_width (RfiCardStyle *self)
{
  return (int) (CARD_WIDTH * MAX (1, rfi_card_style_get (self)->scale));
}
