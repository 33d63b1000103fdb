/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What CSV files begin with, so that spreadsheets read them as UTF-8. */
#define RFI_CSV_MARK "\xef\xbb\xbf"

/* One field as RFC 4180 writes it. @is_text: somebody typed it, and a spreadsheet is not to take it
 * for a formula */
void rfi_csv_append_field (GString    *line,
                           const char *text,
                           gboolean    is_text);

G_END_DECLS
