/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-table.h"
#include "rfi-store-change.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_FEED (rfi_job_feed_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobFeed, rfi_job_feed, RFI, JOB_FEED, GObject)

/**
 * RfiJobFeed:
 *
 * Brings what the store changed into the table, in the order it came, on the main thread: small
 * changes at the next turn of the loop, floods in slices that leave frames in between. No change
 * goes in before the first load.
 *
 * Signal `loaded`: the first load is in the table and its views.
 */
RfiJobFeed *rfi_job_feed_new         (RfiJobTable    *table);

/* What a person sees first, ahead of the first load, which has it too.
 * @states: (element-type RfiJobState) */
void        rfi_job_feed_push_first  (RfiJobFeed     *self,
                                      GPtrArray      *states);
/* @states: (element-type RfiJobState): the first load, all of it */
void        rfi_job_feed_push_states (RfiJobFeed     *self,
                                      GPtrArray      *states);
void        rfi_job_feed_push_change (RfiJobFeed     *self,
                                      RfiStoreChange *change);

/* Brings in what is left right now, unless it is a flood: so that a person's own change is seen
 * once it is done. */
void        rfi_job_feed_flush       (RfiJobFeed     *self);

/* Nothing comes any more. */
void        rfi_job_feed_stop        (RfiJobFeed     *self);

G_END_DECLS
