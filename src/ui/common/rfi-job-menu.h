/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* All that can be done with one job, as a menu. Steps the status machine does not have, and what
 * the person's role never allows, are absent; what is not possible now is there, insensitive,
 * with the reason.
 * Returns: (transfer full) */
GMenuModel *rfi_job_menu_new      (RfiSession *session,
                                   RfiJobItem *item);

/* Only the steps. Returns: (transfer full) */
GMenuModel *rfi_job_menu_new_move (RfiSession *session,
                                   RfiJobItem *item);

/* All that can be done with all that is selected. Returns: (transfer full) */
GMenuModel *rfi_job_menu_new_many (RfiSession *session);

/* Whether the job may go to @status now; becoming assigned without a technician asks for one,
 * so it may. */
RfiVerdict  rfi_job_menu_check    (RfiSession *session,
                                   RfiJobItem *item,
                                   RfiStatus   status);

/* The window action that takes the job to @status. @target: (out) (transfer floating).
 * Returns: (transfer none) */
const char *rfi_job_menu_get_step (RfiJobItem *item,
                                   RfiStatus   status,
                                   GVariant  **target);
/* The same for all that is selected. @target: (out) (nullable) (transfer floating) */
const char *rfi_job_menu_get_bulk_step (RfiStatus   status,
                                        GVariant  **target);

G_END_DECLS
