/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-item.h"
#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_VENDOR_MOVE (rfi_vendor_move_get_type ())

G_DECLARE_FINAL_TYPE (RfiVendorMove, rfi_vendor_move, RFI, VENDOR_MOVE, GtkBox)

/**
 * RfiVendorMove:
 *
 * The vendor of a job, for admins, who may give it to another one: who loses it is said before, and
 * why it may not be. Nobody else sees it.
 *
 * Signals: `moved`: it is done; `failed (string)`: why it was not.
 */
void rfi_vendor_move_set_job (RfiVendorMove *self,
                              RfiSession    *session,
                              RfiJobItem    *item);

G_END_DECLS
