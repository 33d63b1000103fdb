/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_DUE_LABEL (rfi_due_label_get_type ())

G_DECLARE_FINAL_TYPE (RfiDueLabel, rfi_due_label, RFI, DUE_LABEL, GtkWidget)

/**
 * RfiDueLabel:
 *
 * Until when a job is to be done and all reasons why it wants attention, in words that follow the
 * clock while they are seen. Nothing if there is nothing to say.
 */
/* @job: (nullable) */
void rfi_due_label_set_job (RfiDueLabel *self,
                            RfiJob      *job);

G_END_DECLS
