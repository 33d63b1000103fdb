/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sync-drain.h"
#include "rfi-sync-live.h"
#include "rfi-sync-pull.h"
#include "rfi-sync-reach.h"
#include "rfi-sync-state.h"

G_BEGIN_DECLS

/* What the engine knows of itself, and the one place that says what a person may believe of it. */
typedef struct
{
  const RfiSyncParts *parts;
  RfiSyncReach *reach;
  RfiSyncDrain *drain;
  RfiSyncPull  *pull;
  RfiSyncLive  *live;
  const GError *error;           /* (nullable): of the last cycle */
  gint64        error_at;        /* ms since 1970 */
  gint64        last_sync_at;    /* ms since 1970; 0 = never */
  gint64        next_try_at;     /* ms since 1970; 0 = none planned */
  gint64        forced_offline_since; /* ms since 1970; 0 = is not */
  guint         last_duration;   /* ms */
  gboolean      needs_sign_in;
  gboolean      working;         /* a cycle runs */
  gboolean      pulling;         /* and pulls */
  gboolean      gap;             /* what is shown may be behind */
  gboolean      live_current;    /* a pull has ended well since real time connected */
} RfiSyncTruth;

/* Returns: (transfer full) */
RfiSyncState *rfi_sync_truth_tell (const RfiSyncTruth *self);

G_END_DECLS
