/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_ITEM (rfi_job_item_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobItem, rfi_job_item, RFI, JOB_ITEM, GObject)

/**
 * RfiJobItem:
 *
 * What a list shows of one job. The table makes one when a row is asked for and keeps it for as
 * long as somebody holds it: the same job is the same item in every view. When the job changes
 * the item notifies `state`; it stays the same object even when the server gives the job its
 * final id.
 *
 * Properties (read only, notify): `state` (RfiJobState), `id`, `gone` (the job left the table).
 * Signal `flash`: the job was just changed by somebody else; emitted once per change, after notify.
 */
RfiJobState  *rfi_job_item_get_state (RfiJobItem *self);

/* Shorthand for the state's job. Returns: (transfer none) */
RfiJob       *rfi_job_item_get_job   (RfiJobItem *self);
const char   *rfi_job_item_get_id    (RfiJobItem *self);

/* Whether the job has left the table: deleted, or out of this person's sight. */
gboolean      rfi_job_item_get_gone  (RfiJobItem *self);

/* RFI_MARK_NEWS while something waits to be shown, RFI_MARK_SYNCING while its operation is in
 * flight, else the state's mark. */
RfiMark       rfi_job_item_get_mark  (RfiJobItem *self);

G_END_DECLS
