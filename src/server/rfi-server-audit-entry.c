/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-audit-entry"

#include "config.h"

#include "rfi-server-audit-entry.h"

#include "rfi-canonical.h"

void
rfi_server_audit_entry_read (RfiServerAuditEntry *self,
                             sqlite3_stmt        *row)
{
  *self = (RfiServerAuditEntry) {
    .n = sqlite3_column_int64 (row, RFI_AUDIT_COLUMN_N),
    .at = sqlite3_column_int64 (row, RFI_AUDIT_COLUMN_AT),
    .actor_id = rfi_db_text (row, RFI_AUDIT_COLUMN_ACTOR_ID),
    .actor_name = rfi_db_text (row, RFI_AUDIT_COLUMN_ACTOR_NAME),
    .device_id = rfi_db_text (row, RFI_AUDIT_COLUMN_DEVICE_ID),
    .origin = rfi_db_text (row, RFI_AUDIT_COLUMN_ORIGIN),
    .job_id = rfi_db_text (row, RFI_AUDIT_COLUMN_JOB_ID),
    .action = rfi_db_text (row, RFI_AUDIT_COLUMN_ACTION),
    .changes = rfi_db_text (row, RFI_AUDIT_COLUMN_CHANGES),
  };
}

void
rfi_server_audit_entry_append (const RfiServerAuditEntry *self,
                               GString                   *out)
{
  g_string_append_c (out, '{');
  rfi_canonical_append_text_member (out, "action", self->action);
  rfi_canonical_append_text_member (out, "actorId", self->actor_id);
  rfi_canonical_append_text_member (out, "actorName", self->actor_name);
  rfi_canonical_append_int_member (out, "at", self->at);
  rfi_canonical_append_name (out, "changes");
  g_string_append (out, self->changes);
  rfi_canonical_append_text_member (out, "deviceId", self->device_id);
  rfi_canonical_append_text_member (out, "jobId", self->job_id);
  rfi_canonical_append_int_member (out, "n", self->n);
  rfi_canonical_append_text_member (out, "origin", self->origin);
  g_string_append_c (out, '}');
}

char *
rfi_server_audit_entry_hash (const RfiServerAuditEntry *self,
                             const char                *prev)
{
  g_autoptr(GString) bytes = g_string_sized_new (512);

  if (!rfi_canonical_is_hex (prev, RFI_HASH_LENGTH))
    return NULL;

  for (guint i = 0; i < RFI_HASH_LENGTH; i += 2)
    g_string_append_c (bytes, (char) (g_ascii_xdigit_value (prev[i]) << 4 |
                                      g_ascii_xdigit_value (prev[i + 1])));
  rfi_server_audit_entry_append (self, bytes);
  return rfi_canonical_hash (bytes->str, (gssize) bytes->len);
}
