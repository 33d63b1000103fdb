/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_SIDE_LABEL (rfi_side_label_get_type ())

G_DECLARE_FINAL_TYPE (RfiSideLabel, rfi_side_label, RFI, SIDE_LABEL, GtkWidget)

/* One line of text that runs downwards. Property: `label`. */
void rfi_side_label_set_label (RfiSideLabel *self,
                               const char   *label);

G_END_DECLS
