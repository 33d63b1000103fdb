/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_ASSIGN_DIALOG (rfi_assign_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RfiAssignDialog, rfi_assign_dialog, RFI, ASSIGN_DIALOG, AdwWindow)

/**
 * RfiAssignDialog:
 *
 * Asks who should do a job: the technicians of its vendor, ranked, with the reasons in words. It
 * suggests and never assigns by itself. Signal `assigned (string job-id, string technician-id)`.
 */
GtkWidget *rfi_assign_dialog_new (RfiSession *session,
                                  const char *job_id,
                                  GtkWindow  *parent);

G_END_DECLS
