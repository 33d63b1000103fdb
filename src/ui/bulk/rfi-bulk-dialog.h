/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-bulk.h"

G_BEGIN_DECLS

#define RFI_TYPE_BULK_DIALOG (rfi_bulk_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RfiBulkDialog, rfi_bulk_dialog, RFI, BULK_DIALOG, AdwWindow)

/**
 * RfiBulkDialog:
 *
 * A bulk from beginning to end: what will change and what can't, for which reason, before anything
 * is done; how far it is, with a way to stop; then what was done and what was refused, which can
 * be tried again. The lists follow what the server answers for as long as it is open.
 */

/* @bulk: not run yet */
GtkWidget *rfi_bulk_dialog_new (RfiBulk   *bulk,
                                GtkWindow *parent);

G_END_DECLS
