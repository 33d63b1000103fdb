/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-random.h"
#include "rfi-sync-metrics.h"
#include "rfi-sync-state.h"
#include "rfi-user.h"

G_BEGIN_DECLS

typedef struct _RfiRemote RfiRemote;
typedef struct _RfiStore  RfiStore;

/* Why a cycle is wanted now. */
typedef enum {
  RFI_SYNC_KICK_MANUAL,     /* a person asked: at once, waits between tries are forgotten */
  RFI_SYNC_KICK_OPERATION,  /* the outbox has something new: at once */
  RFI_SYNC_KICK_FOCUS,      /* a window was focused after five minutes or more away */
  RFI_SYNC_KICK_NETWORK,    /* the system says that the network came or went: a hint, only the
                               server's answer counts; within two seconds */
} RfiSyncKick;

/* What the engine waits for. There is always one of them: it never gets stuck silently. */
typedef enum {
  RFI_SYNC_WAIT_WORK,     /* something is in flight */
  RFI_SYNC_WAIT_TIMER,    /* the next cycle is planned */
  RFI_SYNC_WAIT_SIGN_IN,  /* a person has to sign in again */
  RFI_SYNC_WAIT_FORCED,   /* a person asked to stay offline */
  RFI_SYNC_WAIT_STOPPED,  /* not started, or stopped */
} RfiSyncWait;

#define RFI_TYPE_SYNC_ENGINE (rfi_sync_engine_get_type ())

G_DECLARE_FINAL_TYPE (RfiSyncEngine, rfi_sync_engine, RFI, SYNC_ENGINE, GObject)

/**
 * RfiSyncEngine:
 *
 * Brings the store of one signed-in person and a server to agreement. A state machine in the
 * thread-default context it was made in; all it knows of the world is what it is made with.
 *
 * Signal `state-changed`: what rfi_sync_engine_get_state() answers is new.
 */
RfiSyncEngine *rfi_sync_engine_new                (RfiStore      *store,
                                                   RfiRemote     *remote,
                                                   RfiClock      *clock,
                                                   RfiRandom     *random,
                                                   RfiUser       *user);

void           rfi_sync_engine_start              (RfiSyncEngine *self);

/* Ends what is in flight. finish: nothing of the engine runs any more. */
void           rfi_sync_engine_stop_async         (RfiSyncEngine *self,
                                                   GAsyncReadyCallback callback,
                                                   gpointer       user_data);
gboolean       rfi_sync_engine_stop_finish        (RfiSyncEngine *self,
                                                   GAsyncResult  *result,
                                                   GError       **error);

void           rfi_sync_engine_kick               (RfiSyncEngine *self,
                                                   RfiSyncKick    why);

/* After a person signed in again; ends RFI_SYNC_WAIT_SIGN_IN. */
void           rfi_sync_engine_set_token          (RfiSyncEngine *self,
                                                   const char    *token);
void           rfi_sync_engine_set_forced_offline (RfiSyncEngine *self,
                                                   gboolean       offline);

/* Seconds between cycles without real time; 0 = as usual. */
void           rfi_sync_engine_set_interval       (RfiSyncEngine *self,
                                                   guint          seconds);

/* Returns: (transfer none) */
RfiSyncState  *rfi_sync_engine_get_state          (RfiSyncEngine *self);
RfiSyncWait    rfi_sync_engine_get_wait           (RfiSyncEngine *self);

/* A copy for any thread. Returns: (transfer full) */
RfiSyncMetrics *rfi_sync_engine_dup_metrics       (RfiSyncEngine *self);

G_END_DECLS
