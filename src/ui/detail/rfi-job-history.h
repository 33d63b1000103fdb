/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_HISTORY (rfi_job_history_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobHistory, rfi_job_history, RFI, JOB_HISTORY, AdwBin)

/**
 * RfiJobHistory:
 *
 * The last lines of one job's history, as far as this console knows it. Signal
 * `loaded (GPtrArray of RfiAuditEntry)`: for others who show moments of it.
 */
/* @job_id: (nullable) */
void rfi_job_history_set_job (RfiJobHistory *self,
                              RfiSession    *session,
                              const char    *job_id);
void rfi_job_history_reload  (RfiJobHistory *self);

G_END_DECLS
