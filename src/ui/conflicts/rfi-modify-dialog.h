/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-decision.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_MODIFY_DIALOG (rfi_modify_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RfiModifyDialog, rfi_modify_dialog, RFI, MODIFY_DIALOG, AdwWindow)

/**
 * RfiModifyDialog:
 *
 * Values of one's own for the fields of a conflict, where neither side's will do. What may not be
 * can't be used, and it says why.
 *
 * Signal `modified` (RfiPatch): what differs from the result as it was.
 */
GtkWidget *rfi_modify_dialog_new (GtkWindow         *parent,
                                  RfiSession        *session,
                                  const RfiDecision *decision);

/* Whether a field can be typed there. */
gboolean   rfi_modify_dialog_has (RfiField           field);

G_END_DECLS
