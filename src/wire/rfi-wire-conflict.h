/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-json.h"

G_BEGIN_DECLS

/* "fields", "illegal_step", … as Sync v1 spells them */
const char        *rfi_wire_conflict_reason_to_string   (RfiConflictReason          reason);
gboolean           rfi_wire_conflict_reason_from_string (const char                *text,
                                                         RfiConflictReason         *reason);

/* {field: text}, as an object of JSON; fields that are not known are passed over in reading.
 * append: @self is (nullable), %NULL writes null
 * from_json: (transfer full) (nullable): %NULL if it is no object */
void               rfi_wire_patch_append                (const RfiPatch            *self,
                                                         GString                   *out);
RfiPatch          *rfi_wire_patch_from_json             (const RfiJson             *value);

/**
 * RfiConflictRecord:
 *
 * A conflict as the server keeps it for everybody who may see the job.
 */
typedef struct
{
  char              *id;
  char              *job_id;
  char              *job_title;
  char              *device_id;
  char              *user_id;          /* whose operation it is */
  char              *user_name;        /* (nullable) */
  gint64             seq;              /* of the operation */
  RfiOperationKind   kind;
  RfiConflictReason  reason;
  RfiPatch          *base;             /* (owned) (nullable): what stood in the touched fields */
  RfiPatch          *mine;             /* (owned) (nullable): what the operation sets */
  RfiPatch          *theirs;           /* (owned) (nullable): every field; %NULL = gone */
  gint64             version;          /* of theirs */
  char              *theirs_by;        /* (nullable) */
  char              *theirs_by_name;   /* (nullable) */
  gint64             theirs_at;        /* ms since 1970; 0 = not known */
  gint64             detected_at;      /* ms since 1970 */
  gboolean           resolved;         /* state: "open" or "resolved" */
  char              *resolved_by;      /* (nullable): user id */
  gint64             resolved_at;      /* ms since 1970; 0 = open */
  RfiPatch          *resolution;       /* (owned) (nullable): what was decided */
  char              *escalated_to;     /* (nullable): user id */
  char              *escalation_note;  /* (nullable) */
} RfiConflictRecord;

/* One object. */
void               rfi_conflict_record_append           (const RfiConflictRecord   *self,
                                                         GString                   *out);
/* {"data":[…]}. Returns: (transfer full) (element-type RfiConflictRecord) */
GPtrArray         *rfi_conflict_record_parse_list       (const char                *data,
                                                         gssize                     length,
                                                         GError                   **error);
void               rfi_conflict_record_append_list      (GPtrArray                 *records,
                                                         GString                   *out);
void               rfi_conflict_record_free             (RfiConflictRecord         *self);

/* The body of …/{id}/escalate. @to: (nullable): to whoever may decide.
 * read: @to and @note: (out) (transfer full), the former (nullable) */
void               rfi_wire_append_escalation           (GString                   *out,
                                                         const char                *to,
                                                         const char                *note);
gboolean           rfi_wire_read_escalation             (const RfiJson             *body,
                                                         char                     **to,
                                                         char                     **note,
                                                         GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiConflictRecord, rfi_conflict_record_free)

G_END_DECLS
