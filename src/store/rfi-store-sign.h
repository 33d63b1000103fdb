/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-letter-rows.h"
#include "rfi-store-private.h"

G_BEGIN_DECLS

/* Numbering and signing, as parts of a transaction. Without a key, or before the store knows who
 * signs here, operations stay without a letter. */

/* Writes the letter of an operation that is in the outbox, unless it is one of a photo.
 * @known: (nullable): the job's row, for whoever has it */
gboolean rfi_store_sign_operation (RfiDb *db, RfiStoreCall *call, RfiOperation *operation,
                                   RfiJob *known, GError **error);

/* Writes the decision about a conflict that the server keeps a record of.
 * @patch: what to set over theirs; empty: theirs stands
 * @before: (nullable): what stood there, as the person saw it
 * @version: of the job they saw
 * @position: its place among the outbox's */
gboolean rfi_store_sign_decision  (RfiDb *db, RfiStoreCall *call, RfiOperation *operation,
                                   const char *conflict_id, RfiPatch *patch, RfiPatch *before,
                                   gint64 version, GError **error);

/* What the operation decides about, if it is a decision: left alone otherwise.
 * @conflict_id: (inout) (transfer full) @version: (inout): of the job that was seen */
gboolean rfi_store_find_decided   (RfiDb *db, const char *operation_id, char **conflict_id,
                                   gint64 *version, GError **error);

/* The same for one that lets theirs stand: no operation of the outbox is needed for that.
 * @operation: the one that is in conflict */
gboolean rfi_store_concede        (RfiDb *db, RfiStoreCall *call, RfiOperation *operation,
                                   const char *conflict_id, gint64 version, gint64 now,
                                   GError **error);

/* The operation is withdrawn. If the server may still get it, or has it without our knowing, its
 * number is taken by a letter that says so; otherwise the letter just goes. */
gboolean rfi_store_sign_withdrawal (RfiDb *db, RfiStoreCall *call, const char *operation_id,
                                    gint64 now, GError **error);

/* Gives the letter a number of the present epoch, as if it had been typed now, after those that
 * have one already. What the bytes say of the deed itself stays. */
gboolean rfi_store_sign_again     (RfiDb *db, RfiStoreCall *call, const char *operation_id,
                                   GError **error);

/* A UUID that @id and @word always lead to: what is done twice has one name.
 * Returns: (transfer full) */
char    *rfi_store_derive_id      (const char *id, const char *word);

G_END_DECLS
