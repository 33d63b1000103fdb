/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job.h"

G_BEGIN_DECLS

#define RFI_TYPE_STEPPER (rfi_stepper_get_type ())

G_DECLARE_FINAL_TYPE (RfiStepper, rfi_stepper, RFI, STEPPER, GtkWidget)

/* A job's way from pending to completed, as four circles in a row; a cancelled job's way ends
 * where it was cancelled. */
void       rfi_stepper_set_job  (RfiStepper *self,
                                 RfiJob     *job);

/* When the job came to @status, in words; "" if that is not known. */
void       rfi_stepper_set_time (RfiStepper *self,
                                 RfiStatus   status,
                                 const char *time);

/* When the job came to each further step. @entries: (element-type RfiAuditEntry): newest first */
void       rfi_stepper_set_history (RfiStepper *self,
                                    GPtrArray  *entries);

G_END_DECLS
