/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-table-view.h"

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_PAGE (rfi_table_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiTablePage, rfi_table_page, RFI, TABLE_PAGE, GtkWidget)

/**
 * RfiTablePage:
 *
 * All jobs in a table, with the columns and the order a person chose. It costs nothing until it is
 * looked at for the first time.
 *
 * Properties: `session` (nullable), `filter`, `selection` (its own until it is given one).
 */
GtkWidget    *rfi_table_page_new      (void);

/* Shows the jobs of @jobs; a session brings its own. (nullable) */
void          rfi_table_page_set_jobs (RfiTablePage *self,
                                       RfiJobTable  *jobs);

/* Saves what is shown as a CSV file, once it was looked at. */
void          rfi_table_page_save     (RfiTablePage *self,
                                       GFile        *file);

RfiTableView *rfi_table_page_get_view (RfiTablePage *self);

G_END_DECLS
