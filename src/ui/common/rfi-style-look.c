/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-style-look"

#include "config.h"

#include "rfi-style-look.h"

#define BODY_POINTS 11.0

double
rfi_style_look_scale (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double pixels = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    pixels *= pango_cairo_context_get_resolution (context) / 72;
  return pixels / (BODY_POINTS * 96 / 72);
}

PangoFontDescription *
rfi_style_look_derive_font (const PangoFontDescription *base,
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

int
rfi_style_look_line_height (PangoContext               *context,
                            const PangoFontDescription *font)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, font, NULL);
  int height = pango_font_metrics_get_height (metrics);

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (height);
}

void
rfi_style_look_color (GtkWidget  *widget,
                      const char *name,
                      GdkRGBA    *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (gtk_style_context_lookup_color (context, name, color))
    return;

  g_warning ("The style sheet has no colour “%s”", name);
  gtk_style_context_get_color (context, color);
}

void
rfi_style_look_job_colors (GtkWidget *widget,
                           GdkRGBA    priorities[RFI_N_PRIORITIES],
                           GdkRGBA    statuses[RFI_N_STATUSES])
{
  static const char * const of_priorities[RFI_N_PRIORITIES] = {
    [RFI_PRIORITY_LOW] = "rfi_low",
    [RFI_PRIORITY_MEDIUM] = "rfi_medium",
    [RFI_PRIORITY_HIGH] = "rfi_high",
    [RFI_PRIORITY_URGENT] = "rfi_urgent",
  };
  static const char * const of_statuses[RFI_N_STATUSES] = {
    [RFI_STATUS_PENDING] = "rfi_pending",
    [RFI_STATUS_ASSIGNED] = "rfi_assigned",
    [RFI_STATUS_IN_PROGRESS] = "rfi_in_progress",
    [RFI_STATUS_COMPLETED] = "rfi_completed",
    [RFI_STATUS_CANCELLED] = "rfi_cancelled",
  };

  for (guint i = 0; i < RFI_N_PRIORITIES; i++)
    rfi_style_look_color (widget, of_priorities[i], &priorities[i]);
  for (guint i = 0; i < RFI_N_STATUSES; i++)
    rfi_style_look_color (widget, of_statuses[i], &statuses[i]);
}
