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
  gint64             typed_at;         /* ms since 1970, as the device said; 0 = not known */
  gint64             base_version;     /* of the job that the person saw; 0 = not known */
  gint64             theirs_typed_at;  /* ms since 1970; 0 = not known */
  char              *escalated_to_name; /* (nullable) */
  char              *escalated_by;     /* (nullable): user id */
  char              *escalated_by_name; /* (nullable) */
  gint64             escalated_at;     /* ms since 1970; 0 = never */
  char              *resolved_by_name; /* (nullable) */
  char              *owner;            /* (nullable): user id: who looks into it */
  char              *owner_name;       /* (nullable) */
  gint64             begun_at;         /* the investigation, ms since 1970; 0 = there is none */
  gint64             ended_at;         /* 0 = it goes on */
  GPtrArray         *notes;            /* (owned) (nullable) (element-type RfiCaseNote) */
} RfiConflictRecord;

/* As it is decided about where the operation does not wait; of @here, which does, with its facts.
 * Returns: (transfer full) */
RfiConflict       *rfi_conflict_record_to_conflict      (const RfiConflictRecord   *self,
                                                         const RfiConflict         *here);

void               rfi_conflict_record_append           (const RfiConflictRecord   *self,
                                                         GString                   *out);
/* Returns: (transfer full) (nullable) */
RfiConflictRecord *rfi_conflict_record_parse (const char *data, gssize length, GError **error);
/* {"data":[…]}. Returns: (transfer full) (element-type RfiConflictRecord) */
GPtrArray         *rfi_conflict_record_parse_list       (const char                *data,
                                                         gssize                     length,
                                                         GError                   **error);
void               rfi_conflict_record_append_list (GPtrArray *records, GString *out);
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

/* What became of one field that was fought over. */
typedef struct
{
  const char *result;
  const char *lost;
  const char *winner;  /* "mine", "theirs" or "other" */
} RfiFieldOutcome;

/* %FALSE: it was not fought over. @self: resolved */
gboolean           rfi_conflict_record_get_outcome      (const RfiConflictRecord   *self,
                                                         RfiField                   field,
                                                         RfiFieldOutcome           *outcome);

/* The body of …/{id}/investigation.
 * @owner: (nullable): whoever asks. read: (out) (transfer full), @owner (nullable) */
void               rfi_wire_append_investigation        (GString                   *out,
                                                         RfiCaseStep                step,
                                                         const char                *owner,
                                                         const char                *text);
gboolean           rfi_wire_read_investigation          (const RfiJson             *body,
                                                         RfiCaseStep               *step,
                                                         char                     **owner,
                                                         char                     **text,
                                                         GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiConflictRecord, rfi_conflict_record_free)

G_END_DECLS
