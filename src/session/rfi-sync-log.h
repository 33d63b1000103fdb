/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-event-post.h"
#include "rfi-pulse.h"
#include "rfi-session-types.h"
#include "rfi-store.h"
#include "rfi-sync-thread.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_LOG (rfi_sync_log_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncLog, rfi_sync_log, RFI, SYNC_LOG, GObject)

/* By the rule, events leave the store for a sealed archive once they are older than this, in ms,
 * or not among so many of the newest. */
#define RFI_SYNC_LOG_KEEP_MS (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)
#define RFI_SYNC_LOG_KEEP_N  20000

/**
 * RfiSyncLog:
 *
 * Remembers how syncing went: figures by the minute, and events when something turned. It looks
 * whenever the engine has something to say, writes a minute once it is over, gives the server the
 * events while nothing else waits, and archives them by the rule. For the main thread.
 */
/* @account_dir: below which archives are kept. @clock: (nullable): the main thread's */
RfiSyncLog   *rfi_sync_log_new            (RfiStore      *store,
                                           const char    *account_dir,
                                           RfiClock      *clock);
/* The engine's state or figures are other ones. */
void          rfi_sync_log_look           (RfiSyncLog    *self,
                                           RfiSyncThread *sync);
/* The same with the time and what is seen from outside. */
void          rfi_sync_log_look_at        (RfiSyncLog    *self,
                                           gint64         now,
                                           const RfiSyncState *state,
                                           const RfiSyncMetrics *metrics);
/* Writes what is not written yet; nothing is looked at after it. */
void          rfi_sync_log_stop           (RfiSyncLog    *self);

/* An event of its own. @aggregate: RFI_EVENT_OF_…  @payload: JSON text of an object */
void          rfi_sync_log_note           (RfiSyncLog    *self,
                                           gint64         now,
                                           const char    *aggregate,
                                           const char    *type,
                                           const char    *payload);

/* What was written before comes a moment after the first time it is asked for.
 * Returns: (transfer none) */
RfiPulse     *rfi_sync_log_get_pulse      (RfiSyncLog    *self);
/* Returns: (transfer none): who sends and archives events */
RfiEventPost *rfi_sync_log_get_post       (RfiSyncLog    *self);
/* Cycles that failed in a row, up to now. */
guint         rfi_sync_log_get_n_failures (RfiSyncLog    *self);

G_END_DECLS
