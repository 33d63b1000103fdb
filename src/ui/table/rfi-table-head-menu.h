/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-table-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All that can be done with a column, as a menu over its head. Its actions are those of
 * RfiTableHeader, "head.…" with the column's name. */

/* Returns: (transfer full) */
GMenuModel *rfi_table_head_menu_new     (RfiTableLayout *layout,
                                         RfiJobColumn    column);

/* For the class of RfiTableHeader. */
void        rfi_table_head_menu_install (GtkWidgetClass *header_class);

G_END_DECLS
