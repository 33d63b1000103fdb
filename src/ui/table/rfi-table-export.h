/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-sheet.h"

G_BEGIN_DECLS

/* How far it is; from the main thread. */
typedef void (*RfiTableExportFunc) (guint    n_done,
                                    guint    n_rows,
                                    gpointer user_data);

/* Writes a table as it stands into @file, in the place of what is there: a CSV file as RFC 4180
 * describes it, in UTF-8 with the mark that makes spreadsheets read it so. A head, then the rows
 * of @sheet in their order, each with @columns; moments as "2026-11-27 10:42", so that
 * spreadsheets know them in any language; text whole, with its lines.
 *
 * Rows are collected in slices of the main loop and written by a thread. If it fails or is
 * cancelled, what was there before is there still.
 * @progress: (nullable), called until the end.
 * finish: how many rows were written; errors are G_IO_ERROR */
void     rfi_table_export_async  (RfiJobSheet         *sheet,
                                  const RfiJobColumn  *columns,
                                  guint                n_columns,
                                  GFile               *file,
                                  RfiTableExportFunc   progress,
                                  gpointer             progress_data,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
gboolean rfi_table_export_finish (GAsyncResult        *result,
                                  guint               *n_rows,
                                  GError             **error);

G_END_DECLS
