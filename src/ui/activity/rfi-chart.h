/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-pulse.h"

G_BEGIN_DECLS

#define RFI_TYPE_CHART (rfi_chart_get_type ())

G_DECLARE_FINAL_TYPE (RfiChart, rfi_chart, RFI, CHART, GtkWidget)

/**
 * RfiChart:
 *
 * Draws one series over time: means as a line, counts and shares as bars. Where nothing is known
 * there is nothing. The tooltip tells the value below the pointer; the widget's description tells
 * all of it in a sentence.
 */
GtkWidget *rfi_chart_new (RfiPulseSeries       series);
/* Copied; nothing is drawn anew if it is the same. */
void       rfi_chart_set (RfiChart            *self,
                          const RfiPulsePoint *points,
                          guint                n);

G_END_DECLS
