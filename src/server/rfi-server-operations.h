/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-push-result.h"
#include "rfi-sync-batch.h"
#include "rfi-db.h"

G_BEGIN_DECLS

/* The operations that have a result, for ever: a repeat is answered and not done again. Of those
 * whose results the device keeps (RfiServerChain.acked) the signed bytes go in time; who repeats
 * one all the same, a copy of a profile maybe, still gets its answer. Errors are RFI_DB_ERROR. */

typedef struct
{
  gint64      seq;
  char       *hash;
  char       *link;         /* what the next one's prevHash must be */
  char       *prev;         /* "": not known, or settled: all before it are here */
  RfiOutcome  outcome;
  char       *conflict_id;  /* (nullable) */
  char       *result;       /* as it was answered */
} RfiServerOperation;

void     rfi_server_operation_clear    (RfiServerOperation        *self);

/* @row: (out): to be cleared if it is found. %FALSE without @error if there is none. */
gboolean rfi_server_operations_find    (RfiDb                     *db,
                                        gint64                     chain,
                                        gint64                     seq,
                                        RfiServerOperation        *row,
                                        GError                   **error);

/* The same act of this person under any number, if it had an effect or is in a conflict. What is
 * done to a job that was made anew is another act than what was done to the one before. */
gboolean rfi_server_operations_find_id (RfiDb                     *db,
                                        const char                *user_id,
                                        const char                *id,
                                        const char                *job_id,
                                        RfiServerOperation        *row,
                                        GError                   **error);

gboolean rfi_server_operations_insert  (RfiDb                     *db,
                                        gint64                     chain,
                                        const char                *user_id,
                                        const RfiSyncItem         *item,
                                        const RfiServerOperation  *row,
                                        gint64                     now,
                                        GError                   **error);

/* The last number of those that follow @watermark without a gap; -1 and @error on failure. */
gint64   rfi_server_operations_advance (RfiDb                     *db,
                                        gint64                     chain,
                                        gint64                     watermark,
                                        GError                   **error);

/* Lets the bytes go of what one device has confirmed, the oldest first. @n: (out): of so many, at
 * most @limit; 0: there are none */
gboolean rfi_server_operations_settle  (RfiDb                     *db,
                                        guint                      limit,
                                        guint                     *n,
                                        GError                   **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiServerOperation, rfi_server_operation_clear)

G_END_DECLS
