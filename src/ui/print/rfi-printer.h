/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-print-document.h"

G_BEGIN_DECLS

#define RFI_TYPE_PRINTER (rfi_printer_get_type ())

G_DECLARE_FINAL_TYPE (RfiPrinter, rfi_printer, RFI, PRINTER, GObject)

/**
 * RfiPrinter:
 *
 * Brings a document to paper or into a PDF. It keeps itself for as long as that takes, and
 * remembers the paper chosen last.
 *
 * Signals: `finished`: it is printed or saved; `failed` (words): it could not be done, and why.
 */
RfiPrinter *rfi_printer_new    (RfiPrintDocument *document);

/* Asks for printer and paper, with a preview. */
void        rfi_printer_print  (RfiPrinter       *self,
                                GtkWindow        *parent);

/* Writes @path without asking. */
void        rfi_printer_export (RfiPrinter       *self,
                                const char       *path);

G_END_DECLS
