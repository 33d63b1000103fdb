/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-store.h"
#include "rfi-sync-thread.h"

G_BEGIN_DECLS

/**
 * RfiRealDesk:
 *
 * What a person at a console without a screen can do, told by numbers what to pick. What was
 * meant is written to a ledger that outlives the process: "trying ID KIND JOB" before the store is
 * told, "intent ID KIND JOB" once it has said that it is safe, "giving-up ID" before it is told to
 * let it go.
 */
typedef struct
{
  RfiStore      *store;          /* (owned) */
  RfiSyncThread *sync;           /* (owned) */
  RfiUser       *user;           /* (owned) */
  char          *path;           /* (owned): of the store's file */
  char          *technician_id;  /* (owned): who gets work assigned */
  int            ledger;         /* a file descriptor */
} RfiRealDesk;

/* @key_seed: as many hex digits as a device's key needs. Everything that fails ends the process. */
RfiRealDesk *rfi_real_desk_new    (const char  *dir,
                                   const char  *server_url,
                                   RfiUser     *user,
                                   const char  *technician_id,
                                   const char  *key_seed);
void         rfi_real_desk_free   (RfiRealDesk *self);

/* @verb: an operation's kind, "resolve", "discard" or "clear" (discards one that was
 * refused). @pick: chooses what it is done to.
 * Returns: %FALSE if there was nothing to do it to, or the store refused */
gboolean     rfi_real_desk_do     (RfiRealDesk *self,
                                   const char  *verb,
                                   guint        pick);

/* Whether nothing waits for the server any more, and the rows have all that it accepted. */
gboolean     rfi_real_desk_is_quiet (RfiRealDesk *self);

/* Of every row of the server's that is here, all its fields.
 * Returns: (transfer full) */
char        *rfi_real_desk_hash   (RfiRealDesk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiRealDesk, rfi_real_desk_free)

G_END_DECLS
