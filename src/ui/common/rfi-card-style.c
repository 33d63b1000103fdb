/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-card-style"

#include "config.h"

#include "rfi-card-style.h"

#include <adwaita.h>

#define CARD_WIDTH 252

/* Of .caption and .heading against the body size of 11 points. */
#define CAPTION_SCALE 0.82
#define BODY_POINTS   11.0

static void
look_up (RfiCardStyle *self,
         const char   *name,
         GdkRGBA      *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->widget);

  if (!gtk_style_context_lookup_color (context, name, color))
    {
      g_warning ("The style sheet has no colour “%s”", name);
      *color = self->text;
    }
}

static int
get_line_height (PangoContext               *context,
                 const PangoFontDescription *font)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, font, NULL);
  int height = pango_font_metrics_get_height (metrics);

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (height);
}

static PangoFontDescription *
derive_font (const PangoFontDescription *base,
             double                      scale,
             PangoWeight                 weight)
{
  PangoFontDescription *font = pango_font_description_copy (base);
  int size = (int) (pango_font_description_get_size (base) * scale);

  if (pango_font_description_get_size_is_absolute (base))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, size);
  pango_font_description_set_weight (font, weight);
  return font;
}

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
  double pixels = pango_font_description_get_size (base) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (base))
    pixels *= pango_cairo_context_get_resolution (context) / 72;

  clear_fonts (self);
  rfi_card_texts_clear (self->texts);
  self->scale = pixels / (BODY_POINTS * 96 / 72);
  self->caption = derive_font (base, CAPTION_SCALE, PANGO_WEIGHT_NORMAL);
  self->caption_heading = derive_font (base, CAPTION_SCALE, PANGO_WEIGHT_BOLD);
  self->heading = derive_font (base, 1, PANGO_WEIGHT_BOLD);
  self->caption_height = get_line_height (context, self->caption);
  self->heading_height = get_line_height (context, self->heading);
}

static void
look_up_colors (RfiCardStyle *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (
    gtk_widget_get_display (self->widget));

  gtk_style_context_get_color (gtk_widget_get_style_context (self->widget), &self->text);
  self->high_contrast = adw_style_manager_get_high_contrast (manager);
  rfi_card_frames_clear (self->frames);
  look_up (self, "card_bg_color", &self->ground);
  look_up (self, "rfi_dim", &self->dim);
  look_up (self, "rfi_low", &self->priorities[RFI_PRIORITY_LOW]);
  look_up (self, "rfi_medium", &self->priorities[RFI_PRIORITY_MEDIUM]);
  look_up (self, "rfi_high", &self->priorities[RFI_PRIORITY_HIGH]);
  look_up (self, "rfi_urgent", &self->priorities[RFI_PRIORITY_URGENT]);
  look_up (self, "rfi_pending", &self->statuses[RFI_STATUS_PENDING]);
  look_up (self, "rfi_assigned", &self->statuses[RFI_STATUS_ASSIGNED]);
  look_up (self, "rfi_in_progress", &self->statuses[RFI_STATUS_IN_PROGRESS]);
  look_up (self, "rfi_completed", &self->statuses[RFI_STATUS_COMPLETED]);
  look_up (self, "rfi_cancelled", &self->statuses[RFI_STATUS_CANCELLED]);
  look_up (self, "accent_color", &self->accent);
  look_up (self, "rfi_filled", &self->filled);
  look_up (self, "rfi_filled_fg", &self->filled_text);
}

static void
clear (gpointer data)
{
  RfiCardStyle *self = data;

  clear_fonts (self);
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
      self->valid = TRUE;
    }
  return self;
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
