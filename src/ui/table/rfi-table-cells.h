/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-column.h"

G_BEGIN_DECLS

/* What stands in the table, in words. */

/* The head of a column. Not to be freed. */
const char *rfi_table_cells_title    (RfiJobColumn column);

/* What a person reads there; "" where nothing is. Lines are joined.
 * @mark: of the job's item, which knows what is being sent. Returns: (transfer full) */
char       *rfi_table_cells_text     (RfiJobColumn column,
                                      RfiJobTable *jobs,
                                      RfiJobState *state,
                                      RfiMark      mark);

/* The symbol that goes with a word. (nullable) */
const char *rfi_table_cells_icon     (RfiJobColumn column,
                                      RfiJobState *state,
                                      RfiMark      mark);

/* Numbers stand at the end of their column. */
gboolean    rfi_table_cells_is_right (RfiJobColumn column);

/* In pixels at 100 % text. */
int         rfi_table_cells_width    (RfiJobColumn column);

/* Whether a table that nobody arranged yet has it. */
gboolean    rfi_table_cells_is_shown (RfiJobColumn column);

/* The whole row for those who hear it: the columns in their order, what is empty left out.
 * Returns: (transfer full) */
char       *rfi_table_cells_describe (const RfiJobColumn *columns,
                                      guint               n_columns,
                                      RfiJobTable        *jobs,
                                      RfiJobState        *state,
                                      RfiMark             mark);

G_END_DECLS
