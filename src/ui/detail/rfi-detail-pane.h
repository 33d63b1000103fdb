/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_DETAIL_PANE (rfi_detail_pane_get_type ())

G_DECLARE_FINAL_TYPE (RfiDetailPane, rfi_detail_pane, RFI, DETAIL_PANE, AdwBin)

/**
 * RfiDetailPane:
 *
 * Everything about one job. Properties: `session` (nullable), `job-id` (nullable). It follows the
 * job, also when the server gives it another id; when the job goes away it says so.
 */
void        rfi_detail_pane_set_session (RfiDetailPane *self,
                                         RfiSession    *session);
void        rfi_detail_pane_set_job_id  (RfiDetailPane *self,
                                         const char    *job_id);
const char *rfi_detail_pane_get_job_id  (RfiDetailPane *self);

G_END_DECLS
