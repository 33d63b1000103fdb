/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-state.h"

G_BEGIN_DECLS

#define RFI_TYPE_PILL (rfi_pill_get_type ())

G_DECLARE_FINAL_TYPE (RfiPill, rfi_pill, RFI, PILL, GtkWidget)

/**
 * RfiPill:
 *
 * A symbol and its word, never one without the other. Properties: `icon-name`, `label`,
 * `style-class` (the colour: "status-pending", "priority-urgent", "mark-conflict" …), `filled`
 * (a tinted pill; else plain symbol and word). Its accessible name is the word.
 */
void       rfi_pill_set          (RfiPill    *self,
                                  const char *icon_name,
                                  const char *label,
                                  const char *style_class);
void       rfi_pill_set_filled   (RfiPill    *self,
                                  gboolean    filled);
void       rfi_pill_set_priority (RfiPill    *self,
                                  RfiPriority priority);
/* So many letters are always shown, where a layout else gives it room for its dots only. */
void       rfi_pill_set_least_chars (RfiPill *self,
                                     guint    n_chars);

G_END_DECLS
