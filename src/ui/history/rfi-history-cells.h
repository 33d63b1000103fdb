/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of history, of RfiHistoryItem; the last is a menu button. */
void rfi_history_cells_add_columns (GtkColumnView *view);

/* In little room each entry is one cell of two lines. */
void rfi_history_cells_set_narrow  (GtkColumnView *view,
                                    gboolean       narrow);

G_END_DECLS
