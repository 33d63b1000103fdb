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

/**
 * RfiSyncParts:
 *
 * What the pieces of the engine share, in the engine's context. Owned by the engine, which
 * outlives every piece; pieces borrow it.
 */
typedef struct
{
  RfiStore       *store;       /* (owned) */
  RfiRemote      *remote;      /* (owned) */
  RfiClock       *clock;       /* (owned) */
  RfiRandom      *random;      /* (owned) */
  RfiUser        *user;        /* (owned) */
  RfiSyncMetrics *metrics;     /* (owned) */

  /* Who changed a job last, as far as events told: job id → user id. */
  GHashTable     *actors;
  /* Attachments that answers of this run named as ours, so that two photos that look alike are
   * not taken for one. A set of photo ids. */
  GHashTable     *own_photos;
  /* The server's clock less ours, in ms, as of the last probe. */
  gint64          clock_offset;
  /* What arrived since the queue was last looked at may have made something to be sent. */
  gboolean        look_again;
  /* The server says that it recognises repeated writes by their Idempotency-Key. */
  gboolean        server_idempotent;
  /* It speaks Sync v1 too. */
  gboolean        server_v1;

  /* Of Sync v1: as rfi-sync-state.h. */
  RfiDialect       dialect;
  RfiDialectReason dialect_reason;
  /* The server has to be asked how far it is with this device's numbers. */
  gboolean         hello_needed;
  gboolean         older_taken;   /* a number of an epoch before was taken by another there */
  gboolean         device_revoked;
  char            *epoch;         /* (nullable): the device's, as of the last hello */
  gint64           next;          /* all numbers below it were given when this run began */
  char            *server_epoch;  /* (nullable): likewise */
  guint            n_histories;   /* how often another history of the server was met */
  gint64           position;      /* the change_seq that the feed was taken up to in it */
  gint64           head;          /* the latest change_seq that a hello or a push told of in it */
  RfiReissue       reissue;
  guint            n_reissued;
  gint64           reissued_at;
  gint64           restored_at;
  gint64           restored_before;
} RfiSyncParts;

void rfi_sync_parts_init  (RfiSyncParts *self,
                           RfiStore     *store,
                           RfiRemote    *remote,
                           RfiClock     *clock,
                           RfiRandom    *random,
                           RfiUser      *user);
void rfi_sync_parts_clear (RfiSyncParts *self);

/* What earlier runs left to be seen is read. @owner: keeps @self until then */
void rfi_sync_parts_recall (RfiSyncParts *self,
                            GObject      *owner);

G_END_DECLS
