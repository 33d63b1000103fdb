/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-item.h"

G_BEGIN_DECLS

/**
 * RfiJobHold:
 *
 * A job that a person has in hand: dragged, its menu open, a field of it being typed in. What
 * somebody else does to it meanwhile waits: its item reads RFI_MARK_NEWS and stays as it is until
 * the last hold of it is freed. What this person does to it takes effect at once. Main thread.
 */
typedef struct _RfiJobHold RfiJobHold;

/* Returns: (transfer full) */
RfiJobHold   *rfi_job_hold_new      (RfiJobTable *table,
                                     RfiJobItem  *item);
/* What waited takes effect, unless the job is still held elsewhere. */
void          rfi_job_hold_free     (RfiJobHold  *self);

/* Lets what waits take effect now, however it is held. */
void          rfi_job_hold_show     (RfiJobTable *table,
                                     const char  *job_id);

/* How the job will be. (transfer none) (nullable): nothing waits, or it is deleted */
const RfiJob *rfi_job_hold_get_news (RfiJobTable *table,
                                     RfiJobItem  *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiJobHold, rfi_job_hold_free)

G_END_DECLS
