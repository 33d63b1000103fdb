/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_NEW_JOB_DIALOG (rfi_new_job_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RfiNewJobDialog, rfi_new_job_dialog, RFI, NEW_JOB_DIALOG, AdwWindow)

/**
 * RfiNewJobDialog:
 *
 * Asks for a job's facts and creates it, online or not. What was typed stays until the job is
 * safe on this computer. Signal `created (string id)`.
 */
GtkWidget *rfi_new_job_dialog_new (RfiSession *session,
                                   GtkWindow  *parent);

G_END_DECLS
