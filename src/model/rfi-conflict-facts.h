/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-patch.h"

G_BEGIN_DECLS

/* What can be done about a conflict that has to be looked into. */
typedef enum {
  RFI_CASE_BEGIN,
  RFI_CASE_NOTE,
  RFI_CASE_END,
} RfiCaseStep;

#define RFI_N_CASE_STEPS 3

/* What somebody wrote about a conflict while it was looked into. */
typedef struct
{
  char   *by;       /* user id */
  char   *by_name;
  gint64  at;       /* ms since 1970 */
  char   *text;
} RfiCaseNote;

RfiCaseNote *rfi_case_note_new  (const char *by,
                                 const char *by_name,
                                 gint64      at,
                                 const char *text);
void         rfi_case_note_free (RfiCaseNote *self);

/**
 * RfiConflictFacts:
 *
 * What the server knows of a conflict besides its values, and tells everybody who may decide it.
 * Read only once it is shared. Strings are (nullable), times are ms since 1970 with 0 for unknown
 * or not yet.
 */
typedef struct
{
  char      *user_name;         /* whose change it is */
  gint64     typed_at;          /* by their clock */
  gint64     received_at;       /* by the server's */
  gint64     base_version;      /* of the job that they saw; 0 = unknown */
  char      *theirs_name;       /* who made the job what it is */
  gint64     theirs_typed_at;
  char      *escalated_to;      /* user id; %NULL with a note: to whoever may decide */
  char      *escalated_to_name;
  char      *escalated_by;
  char      *escalated_by_name;
  char      *escalation_note;
  gint64     escalated_at;
  char      *owner;             /* of the investigation: user id */
  char      *owner_name;
  gint64     begun_at;          /* the investigation */
  gint64     ended_at;
  GPtrArray *notes;             /* (element-type RfiCaseNote): the oldest first */
  char      *resolved_by;
  char      *resolved_by_name;
  gint64     resolved_at;
  RfiPatch  *resolution;        /* (owned) (nullable): what was set over theirs */

  gatomicrefcount ref_count;
} RfiConflictFacts;

RfiConflictFacts *rfi_conflict_facts_new   (void);
RfiConflictFacts *rfi_conflict_facts_ref   (RfiConflictFacts *self);
void              rfi_conflict_facts_unref (RfiConflictFacts *self);

gboolean          rfi_conflict_facts_is_settled       (const RfiConflictFacts *self);
gboolean          rfi_conflict_facts_is_escalated     (const RfiConflictFacts *self);
gboolean          rfi_conflict_facts_is_investigated  (const RfiConflictFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiConflictFacts, rfi_conflict_facts_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiCaseNote, rfi_case_note_free)

G_END_DECLS
