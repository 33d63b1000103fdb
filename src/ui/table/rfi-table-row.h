/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-table-style.h"

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_ROW (rfi_table_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiTableRow, rfi_table_row, RFI, TABLE_ROW, GtkWidget)

/**
 * RfiTableRow:
 *
 * One row of the table: it draws its cells itself. Those who hear it get its columns with their
 * heads as its name; while a person walks along a row its cells are widgets too, which can have
 * the focus.
 */
GtkWidget  *rfi_table_row_new         (RfiTableStyle  *style,
                                       RfiTableLayout *layout);

/* @jobs: whose item it is. (nullable) together */
void        rfi_table_row_set_item    (RfiTableRow    *self,
                                       RfiJobTable    *jobs,
                                       RfiJobItem     *item);
RfiJobItem *rfi_table_row_get_item    (RfiTableRow    *self);

/* Where in the list it stands. */
void        rfi_table_row_set_place   (RfiTableRow    *self,
                                       guint           place);
guint       rfi_table_row_get_place   (RfiTableRow    *self);
void        rfi_table_row_set_selected (RfiTableRow   *self,
                                        gboolean       selected);

/* The columns or the style changed. */
void        rfi_table_row_refresh     (RfiTableRow    *self);

/* Which cell has the focus; -1 if it is none of them. */
int         rfi_table_row_get_cell    (RfiTableRow    *self);
/* @cell: of the shown columns; -1: the row itself */
void        rfi_table_row_focus_cell  (RfiTableRow    *self,
                                       int             cell);

/* Which shown column is at @x, in the row. -1 if none is */
int         rfi_table_row_find_cell   (RfiTableRow    *self,
                                       double          x);

G_END_DECLS
