/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job.h"
#include "rfi-sync-parts.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_EVENTS (rfi_sync_events_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncEvents, rfi_sync_events, RFI, SYNC_EVENTS, GObject)

/**
 * RfiSyncEvents:
 *
 * Puts what real time says into the store at once, and remembers who did it. While a pull runs
 * events wait: its rows were read earlier, and what is newer must go in after them. @parts is
 * borrowed.
 *
 * Signal `lost`: a job that is in the store was given to somebody else, out of this person's
 * sight; a complete listing will tell for sure.
 */
RfiSyncEvents *rfi_sync_events_new  (RfiSyncParts  *parts);

/* @by: (nullable): user id. Answers whether it was for this person: of jobs they may not see
 * servers tell as well. */
gboolean       rfi_sync_events_take (RfiSyncEvents *self,
                                     gboolean       deleted,
                                     RfiJob        *job,
                                     const char    *by);

/* In how many ms the pull that follows an event shall be: soon after the first one, and a few in
 * a second of those that follow each other. */
gint64         rfi_sync_events_pace (RfiSyncEvents *self);

/* %TRUE while a pull runs; %FALSE lets go of what waited. */
void           rfi_sync_events_hold (RfiSyncEvents *self,
                                     gboolean       hold);

G_END_DECLS
