/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-job-table.h"

G_BEGIN_DECLS

/* Somebody deletes a job, or gives it away, while @dialog asks about it: from then on the dialog
 * says so in the place of its text, and none of @deeds can be answered; what was chosen in it
 * stays. @job_id is there now, and the only one that @dialog asks about.
 * @deeds: (array zero-terminated=1): responses it may have; not copied */
void rfi_gone_follow (AdwMessageDialog   *dialog,
                      RfiJobTable        *jobs,
                      const char         *job_id,
                      const char * const *deeds);

G_END_DECLS
