/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-db.h"

G_BEGIN_DECLS

/* Reading rows of `audit`, in the store's thread. */

#define RFI_AUDIT_ROW_COLUMNS "id, at, job_id, user_id, action, origin, field, operation_id, sealed"

/* Lines of the job that is the statement's number @n. The index has only how ids begin, and the
 * sign keeps SQLite from putting one condition into the other. */
#define RFI_AUDIT_ROW_OF_JOB(n) \
  "substr (job_id, 1, 6) = substr (?" #n ", 1, 6) AND +job_id = ?" #n

/* What is not sealed. @entry: (out): its strings are the row's. %FALSE: it is of a later version */
gboolean       rfi_audit_rows_read_plain (sqlite3_stmt  *row,
                                          RfiAuditEntry *entry);
/* All of it. Returns: (transfer full) (nullable) */
RfiAuditEntry *rfi_audit_rows_read       (RfiDb         *db,
                                          sqlite3_stmt  *row);

/* Who did it is known by now: @entry has all of the row and that. */
gboolean       rfi_audit_rows_credit     (RfiDb               *db,
                                          const RfiAuditEntry *entry,
                                          GError             **error);

G_END_DECLS
