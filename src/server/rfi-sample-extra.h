/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-random.h"
#include "rfi-sample-people.h"

G_BEGIN_DECLS

/**
 * RfiSampleExtra:
 *
 * What jobs have beyond the contract: who is where at what time, what was used, how long it took
 * and what was said about it. Has its own randomness, so that the rest stays as it was.
 */
typedef struct _RfiSampleExtra RfiSampleExtra;

RfiSampleExtra    *rfi_sample_extra_new  (guint64          seed,
                                          gint64           now);
void               rfi_sample_extra_free (RfiSampleExtra  *self);

/* @job: complete but for this. @technician: (nullable): whom it is assigned to
 * Returns: (transfer full) (nullable): most old jobs have none */
const RfiJobExtra *rfi_sample_extra_make (RfiSampleExtra  *self,
                                          const RfiJob    *job,
                                          RfiTrade         trade,
                                          const RfiUser   *technician);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSampleExtra, rfi_sample_extra_free)

G_END_DECLS
