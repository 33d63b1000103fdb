/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_BULK_ASSIGN_DIALOG (rfi_bulk_assign_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RfiBulkAssignDialog, rfi_bulk_assign_dialog, RFI, BULK_ASSIGN_DIALOG,
                      AdwWindow)

/**
 * RfiBulkAssignDialog:
 *
 * Asks who should do several jobs: each technician with how many of them they can take and how
 * many they have, or nobody. It only asks. Signal `chosen (string technician-id)`: "" is nobody.
 */

/* @items: (element-type RfiJobItem) */
GtkWidget *rfi_bulk_assign_dialog_new       (RfiSession          *session,
                                             GPtrArray           *items,
                                             GtkWindow           *parent);

/* Those it asks about, gone or not. (transfer none) */
GPtrArray *rfi_bulk_assign_dialog_get_items (RfiBulkAssignDialog *self);

G_END_DECLS
