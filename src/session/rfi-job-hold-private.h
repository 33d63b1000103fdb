/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-hold.h"

G_BEGIN_DECLS

/* For who brings changes into a table: takes out of @upserted (element-type RfiJobState) what is to
 * wait. @foreign: somebody else made the changes. @removed: (nullable) (element-type utf8).
 * Returns: (transfer full) (nullable): what is left of @removed */
GPtrArray *_rfi_job_hold_sift (RfiJobTable *table,
                               GPtrArray   *upserted,
                               GPtrArray   *removed,
                               gboolean     foreign);

G_END_DECLS
