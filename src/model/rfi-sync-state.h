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

/* How console and server talk. */
typedef enum {
  RFI_DIALECT_UNKNOWN,     /* the server did not answer yet */
  RFI_DIALECT_COMPATIBLE,  /* the contract as it stands */
  RFI_DIALECT_SYNC_V1,
} RfiDialect;

/* Why it is the compatible one. */
typedef enum {
  RFI_DIALECT_BY_CHOICE,      /* of the two, the better one that both know */
  RFI_DIALECT_BY_SERVER,      /* the server knows no other */
  RFI_DIALECT_BY_KEY,         /* there is no key to sign with: no keyring, or it is locked */
  RFI_DIALECT_BY_REFUSAL,     /* the server does not take this device */
} RfiDialectReason;

/* What became of this device's numbers when they led nowhere. */
typedef enum {
  RFI_REISSUE_NONE,
  RFI_REISSUE_STRANGER,  /* the server had not seen all of them: it was brought back, or is new */
  RFI_REISSUE_TWIN,      /* another copy of this profile had used them */
} RfiReissue;

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
  RfiDialect       dialect;
  RfiDialectReason dialect_reason;
  gint64           clock_offset;     /* ms: the server's clock less ours */
  gboolean         device_revoked;   /* what this device sends is set aside */
  RfiReissue       reissue;          /* of the last time numbers had to be given anew */
  guint            n_reissued;       /* operations */
  gint64           reissued_at;      /* ms since 1970; 0 = never */
  gint64           restored_at;      /* likewise: the server was met with another history */
  gint64           restored_before;  /* the same, in an earlier run, and no person saw it then */

  gatomicrefcount  ref_count;
};

GType         rfi_sync_state_get_type (void) G_GNUC_CONST;
/* Copies @template's strings. Returns: (transfer full) */
RfiSyncState *rfi_sync_state_new      (const RfiSyncState *template);
RfiSyncState *rfi_sync_state_ref      (RfiSyncState       *self);
void          rfi_sync_state_unref    (RfiSyncState       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSyncState, rfi_sync_state_unref)

G_END_DECLS
