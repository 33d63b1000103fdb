/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-table-style.h"

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_HEADER (rfi_table_header_get_type ())

G_DECLARE_FINAL_TYPE (RfiTableHeader, rfi_table_header, RFI, TABLE_HEADER, GtkWidget)

/**
 * RfiTableHeader:
 *
 * The heads of the columns. A click sorts, with Shift after what is sorted by already; edges are
 * dragged to resize, heads to reorder; a menu and keys do all of it: Left and Right walk, Return
 * and Shift+Return sort, Control+Left and Right reorder, Shift+Left and Right resize.
 *
 * Signal `focused` (int x, int width): this part of it should be seen.
 */
GtkWidget *rfi_table_header_new     (RfiTableStyle  *style,
                                     RfiTableLayout *layout);

/* The style changed. */
void       rfi_table_header_refresh (RfiTableHeader *self);

RfiTableLayout *rfi_table_header_get_layout (RfiTableHeader *self);

/* (nullable): the head of a column that is shown */
GtkWidget *rfi_table_header_get_head (RfiTableHeader *self,
                                      RfiJobColumn    column);

G_END_DECLS
