/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-selection.h"
#include "rfi-job-sheet.h"
#include "rfi-session.h"
#include "rfi-table-header.h"

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_VIEW (rfi_table_view_get_type ())

G_DECLARE_FINAL_TYPE (RfiTableView, rfi_table_view, RFI, TABLE_VIEW, GtkWidget)

/**
 * RfiTableView:
 *
 * The rows of a sheet under the heads of their columns, for a scrolled window. There are widgets
 * for the rows that are seen and no others, however many jobs there are. What others change
 * moves neither what is seen nor the focus.
 */
RfiTableLayout *rfi_table_view_get_layout     (RfiTableView    *self);
RfiTableHeader *rfi_table_view_get_header     (RfiTableView    *self);

/* @session, @sheet: (nullable) */
void            rfi_table_view_set_sheet      (RfiTableView    *self,
                                               RfiSession      *session,
                                               RfiJobSheet     *sheet);
void            rfi_table_view_set_selection  (RfiTableView    *self,
                                               RfiJobSelection *selection);

/* 1 = 11 pt at 96 dpi */
double          rfi_table_view_get_text_scale (RfiTableView    *self);

/* Rows of two lines in the place of columns. */
void            rfi_table_view_set_narrow     (RfiTableView    *self,
                                               gboolean         narrow);

/* What is searched for, to be made out in the rows. */
void            rfi_table_view_set_sought     (RfiTableView    *self,
                                               const char      *text);

/* To the job the keyboard is on, or to the top. */
void            rfi_table_view_scroll_home    (RfiTableView    *self);

/* (nullable): the job the keyboard is on */
RfiJobItem     *rfi_table_view_get_cursor     (RfiTableView    *self);

/* The row of this job, if it is seen. (nullable) */
GtkWidget      *rfi_table_view_find_row       (RfiTableView    *self,
                                               const char      *job_id);

G_END_DECLS
