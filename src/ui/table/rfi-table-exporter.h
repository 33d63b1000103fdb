/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-sheet.h"
#include "rfi-table-layout.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_EXPORTER (rfi_table_exporter_get_type ())

G_DECLARE_FINAL_TYPE (RfiTableExporter, rfi_table_exporter, RFI, TABLE_EXPORTER, AdwBin)

/**
 * RfiTableExporter:
 *
 * Saves what a table shows as a CSV file: asks where, and is a bar that says how far it is, lets
 * it be cancelled, and says what went wrong. Hidden while there is nothing to say.
 */

/* Asks for a file first. */
void rfi_table_exporter_choose (RfiTableExporter *self,
                                RfiJobSheet      *sheet,
                                RfiTableLayout   *layout);

void rfi_table_exporter_save   (RfiTableExporter *self,
                                RfiJobSheet      *sheet,
                                RfiTableLayout   *layout,
                                GFile            *file);

/* Ends saving, or only what is said of its failure. */
void rfi_table_exporter_stop   (RfiTableExporter *self);

/* Whether it is saving. */
gboolean rfi_table_exporter_is_busy (RfiTableExporter *self);

G_END_DECLS
