/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-hub-frame.h"
#include "rfi-json.h"
#include "rfi-random.h"
#include "rfi-sync-batch.h"
#include "rfi-user.h"

G_BEGIN_DECLS

/* What to tell the hub, once what was done is committed. */
typedef struct
{
  RfiHubEvent  event;
  RfiJob      *job;           /* as it is now; as last read, with its photos, when deleted */
  RfiJob      *previous;      /* (nullable) */
  gint64       seq;           /* of the change */
  char        *triggered_by;  /* user id */
} RfiSyncNews;

typedef struct
{
  const RfiUser *user;     /* who asks, as their token says */
  const char    *method;
  const char    *path;     /* as sent, escaped, without the query */
  const char    *query;    /* (nullable): as sent */
  const char    *body;     /* (nullable): UTF-8 */
  gsize          n_body;
  gint64         now;      /* ms since 1970; in a writing one later than any before it */
  gboolean       writing;  /* inside a transaction that may write, which the caller ends */
  RfiSyncBatch  *batch;    /* (nullable): operations that were looked at before */
} RfiSyncRequest;

typedef struct
{
  guint       status;
  const char *type;   /* of the body */
  GString    *body;   /* (owned): empty for 204 */
  GPtrArray  *news;   /* (owned) (element-type RfiSyncNews) */
  gboolean    keep;   /* whether to commit */
  gboolean    again;  /* nothing was answered: this once it takes a transaction that may write */
  GError     *error;  /* (owned) (nullable): the database failed, the status says how far */
} RfiSyncReply;

void            rfi_sync_reply_clear     (RfiSyncReply          *self);

/**
 * RfiSyncService:
 *
 * Everything below /api/v1, and /api/events: bytes in, bytes out. Knows no connection, no clock and
 * no thread. Holds nothing that changes but the randomness it was given, which only writing
 * requests use; so one writing request at a time, and as many others, each with a database of
 * its own.
 */
typedef struct _RfiSyncService RfiSyncService;

/* @secret: what cursors are sealed with */
RfiSyncService *rfi_sync_service_new     (GBytes                *secret,
                                          RfiRandom             *random);
void            rfi_sync_service_free    (RfiSyncService        *self);

/* Once for each database, before anything else: gives it an epoch and sums. Inside a
 * transaction. */
gboolean        rfi_sync_service_begin   (RfiSyncService        *self,
                                          RfiDb                 *db,
                                          GError               **error);
/* Tells every client that this is another history. Inside a transaction. */
gboolean        rfi_sync_service_renew   (RfiSyncService        *self,
                                          RfiDb                 *db,
                                          GError               **error);

/* Whether it takes a transaction that may write. */
gboolean        rfi_sync_service_writes  (const char            *method,
                                          const char            *path);

/* The part of a push that needs no transaction and takes the longest: reads its operations and
 * checks their signatures. In any thread.
 * @public_key: (nullable): of the device, see rfi_sync_service_find_key()
 * Returns: (transfer full) (nullable): for RfiSyncRequest.batch; %NULL for any other call */
RfiSyncBatch   *rfi_sync_service_verify  (const RfiSyncRequest  *request,
                                          const guint8          *public_key);

/* The key of the device that a push names. @root: (nullable): of its body, which was checked
 * @public_key: room for RFI_SYNC_KEY_BYTES */
gboolean        rfi_sync_service_find_key (RfiDb                *db,
                                           const RfiSyncRequest *request,
                                           const RfiJson        *root,
                                           guint8               *public_key);

/* @reply: (out): to be cleared. A writing call is committed if it says keep, and rolled back if
 * not; a reading one begins and ends its own transaction. */
void            rfi_sync_service_handle  (RfiSyncService        *self,
                                          RfiDb                 *db,
                                          const RfiSyncRequest  *request,
                                          RfiSyncReply          *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiSyncReply, rfi_sync_reply_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSyncService, rfi_sync_service_free)

G_END_DECLS
