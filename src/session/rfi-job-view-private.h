/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-table-private.h"
#include "rfi-job-view.h"

G_BEGIN_DECLS

/* From the match of a view's table and filter, which has already taken the change in. */
void _rfi_job_view_one_changed    (RfiJobView         *self,
                                   const RfiJobChange *change);
void _rfi_job_view_many_changed   (RfiJobView         *self,
                                   const RfiJobChange *changes,
                                   guint               n_changes,
                                   const guint8       *touched);
void _rfi_job_view_filter_changed (RfiJobView         *self);
/* There are rows that it was not told of: with the next word of the filter it looks at all. */
void _rfi_job_view_lacks_rows     (RfiJobView         *self);

G_END_DECLS
