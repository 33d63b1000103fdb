/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"
#include "rfi-operation.h"
#include "rfi-store-change.h"

G_BEGIN_DECLS

/* The table of what waits; as rfi-store-rows.h. */

/* @job_id: (nullable): all */
GPtrArray    *rfi_outbox_rows_list   (RfiDb *db, const char *job_id, GError **error);
/* %NULL with RFI_STORE_ERROR_GONE if it is not there, or not legible */
RfiOperation *rfi_outbox_rows_get    (RfiDb *db, const char *operation_id, GError **error);
/* @seq: (out) (optional) */
gboolean      rfi_outbox_rows_put    (RfiDb *db, RfiOperation *operation, gint64 *seq,
                                      GError **error);
/* One that cannot be read any more gets back what it says, or a person can only discard it.
 * @patch, @before: (nullable) */
gboolean      rfi_outbox_rows_mend   (RfiDb *db, const char *operation_id, const RfiPatch *patch,
                                      const RfiPatch *before, GError **error);
gboolean      rfi_outbox_rows_set_lost (RfiDb *db, const char *operation_id, GError **error);
/* Of the operation that was answered: its try is over, what is sealed of it stays as it is. @code:
 * (nullable) */
gboolean      rfi_outbox_rows_set_state (RfiDb *db, const char *operation_id,
                                         RfiOperationState state, const char *code,
                                         GError **error);
/* And its letter. */
gboolean      rfi_outbox_rows_remove (RfiDb *db, const char *operation_id, GError **error);
/* The server may have it from now on. */
gboolean      rfi_outbox_rows_mark_sent (RfiDb *db, const char *operation_id, GError **error);
/* What was accepted waits again. */
gboolean      rfi_outbox_rows_reopen (RfiDb *db, GError **error);
gboolean      rfi_outbox_rows_rename_job (RfiDb *db, const char *from, const char *to,
                                          GError **error);
/* @any: (out): whether there is a row at all; where there is none, there is no conflict either */
gboolean      rfi_outbox_rows_any    (RfiDb *db, gboolean *any, GError **error);
gboolean      rfi_outbox_rows_count  (RfiDb *db, RfiStoreChange *change, GError **error);
/* Copies what can still be read of a damaged file. Returns: how many */
int           rfi_outbox_rows_salvage (RfiDb *from, RfiDb *to);

G_END_DECLS
