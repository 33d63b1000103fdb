/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_FILTER_ROW (rfi_filter_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiFilterRow, rfi_filter_row, RFI, FILTER_ROW, GtkWidget)

/**
 * RfiFilterRow:
 *
 * A check box with a symbol or a face, a word and a count. Property: `active`.
 */
/* @style_class: (nullable), the symbol's colour. */
GtkWidget *rfi_filter_row_new           (const char   *icon_name,
                                         const char   *label,
                                         const char   *style_class);
GtkWidget *rfi_filter_row_new_person    (const char   *name);
const char *rfi_filter_row_get_label   (RfiFilterRow *self);
void       rfi_filter_row_set_count     (RfiFilterRow *self,
                                         guint         count);
gboolean   rfi_filter_row_get_active    (RfiFilterRow *self);
void       rfi_filter_row_set_active    (RfiFilterRow *self,
                                         gboolean      active);

G_END_DECLS
