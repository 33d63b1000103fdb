/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_SYNC_STATE (rfi_sync_state_get_type ())

/* The truth state: what a person may believe of what they see. */
typedef enum {
  RFI_PHASE_STARTING,       /* nothing known yet */
  RFI_PHASE_OFFLINE,        /* no answer, or told to stay offline */
  RFI_PHASE_SYNCING,        /* sending or pulling; n_done of n_total where known */
  RFI_PHASE_CATCHING_UP,    /* after a gap: shown data may be behind */
  RFI_PHASE_ONLINE,         /* current as of last_sync_at, by polling */
  RFI_PHASE_LIVE,           /* real time connected, and pulled since it connected */
  RFI_PHASE_FAILED,         /* last cycle failed for another reason than the network */
  RFI_PHASE_NEEDS_SIGN_IN,  /* the server no longer takes the token; the queue is kept */
} RfiPhase;

/**
 * RfiSyncState:
 *
 * One look at the engine, handed from the sync thread to the main thread. Read only.
 */
struct _RfiSyncState
{
  RfiPhase         phase;
  gboolean         online;           /* the server answered the last probe */
  gboolean         real_time;        /* the hub is connected */
  gboolean         first_pull;       /* the first download of this account still runs */
  guint            n_done;
  guint            n_total;          /* 0 = not known */
  guint            n_queued;         /* outbox rows waiting to be sent */
  guint            n_failed;         /* refused by the server, for a person */
  guint            n_conflicts;
  gint64           oldest_queued_at; /* ms since 1970; 0 = none */
  gint64           offline_since;    /* ms since 1970; 0 = not offline */
  gint64           last_sync_at;     /* ms since 1970; 0 = never */
  gint64           next_try_at;      /* ms since 1970; 0 = none planned */
  gint64           real_time_since;  /* ms since 1970; 0 = not connected */
  guint            latency;          /* ms, of the last probe */
  guint            last_duration;    /* ms, of the last whole cycle */
  char            *sending_id;       /* (nullable): operation in flight */
  char            *sending_job_id;   /* (nullable) */
  double           sending_fraction; /* of an upload, 0 … 1 */
  char            *error_code;       /* (nullable): of the last failure, see remote's and sync's */
  char            *error_message;    /* (nullable): in full, not translated */
  gint64           error_at;         /* ms since 1970 */

  gatomicrefcount  ref_count;
};

GType         rfi_sync_state_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiSyncState *rfi_sync_state_new      (const RfiSyncState *template);
RfiSyncState *rfi_sync_state_ref      (RfiSyncState       *self);
void          rfi_sync_state_unref    (RfiSyncState       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSyncState, rfi_sync_state_unref)

G_END_DECLS
