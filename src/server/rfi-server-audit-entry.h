/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* The columns of an entry as all statements here name them; the last two of the table are not in
 * it: its vendor and the job's version. */
#define RFI_AUDIT_COLUMNS \
  "n, at, actor_id, actor_name, device_id, origin, job_id, action, changes, hash"

enum {
  RFI_AUDIT_COLUMN_N,
  RFI_AUDIT_COLUMN_AT,
  RFI_AUDIT_COLUMN_ACTOR_ID,
  RFI_AUDIT_COLUMN_ACTOR_NAME,
  RFI_AUDIT_COLUMN_DEVICE_ID,
  RFI_AUDIT_COLUMN_ORIGIN,
  RFI_AUDIT_COLUMN_JOB_ID,
  RFI_AUDIT_COLUMN_ACTION,
  RFI_AUDIT_COLUMN_CHANGES,
  RFI_AUDIT_COLUMN_HASH,
  RFI_AUDIT_COLUMN_VENDOR_ID,
  RFI_AUDIT_COLUMN_VERSION,
};

/* What the hash of an entry covers, besides the hash before it. Borrows all of its text. */
typedef struct
{
  gint64      n;
  gint64      at;          /* ms since 1970 */
  const char *actor_id;
  const char *actor_name;
  const char *device_id;   /* (nullable) */
  const char *origin;
  const char *job_id;      /* "" for none */
  const char *action;
  const char *changes;     /* a canonical array */
} RfiServerAuditEntry;

/* @row: of a statement that begins with RFI_AUDIT_COLUMNS; the text is good until its next step */
void  rfi_server_audit_entry_read   (RfiServerAuditEntry       *self,
                                     sqlite3_stmt              *row);

/* The canonical form. */
void  rfi_server_audit_entry_append (const RfiServerAuditEntry *self,
                                     GString                   *out);

/* @prev: hexadecimal. Returns: (transfer full) (nullable): %NULL if @prev is no hash */
char *rfi_server_audit_entry_hash   (const RfiServerAuditEntry *self,
                                     const char                *prev);

G_END_DECLS
