/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-priority.h"
#include "rfi-status.h"

G_BEGIN_DECLS

/* What the style sheet and the text settings say, for those who draw by hand. */

/* .caption against the body size. */
#define RFI_STYLE_CAPTION_SCALE 0.82

/* The size of text against 11 points at 96 dpi. */
double                rfi_style_look_scale       (GtkWidget                  *widget);

/* Returns: (transfer full) */
PangoFontDescription *rfi_style_look_derive_font (const PangoFontDescription *base,
                                                  double                      scale,
                                                  PangoWeight                 weight);
/* In pixels. */
int                   rfi_style_look_line_height (PangoContext               *context,
                                                  const PangoFontDescription *font);

/* The widget's colour of text in the place of one that there is not, with a warning. */
void                  rfi_style_look_color       (GtkWidget                  *widget,
                                                  const char                 *name,
                                                  GdkRGBA                    *color);
void                  rfi_style_look_job_colors  (GtkWidget                  *widget,
                                                  GdkRGBA        priorities[RFI_N_PRIORITIES],
                                                  GdkRGBA        statuses[RFI_N_STATUSES]);

G_END_DECLS
