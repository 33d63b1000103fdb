/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-json.h"

G_BEGIN_DECLS

/* What became of an operation that was pushed. */
typedef enum {
  RFI_OUTCOME_APPLIED,
  RFI_OUTCOME_MERGED,       /* applied beside what others changed meanwhile */
  RFI_OUTCOME_CONFLICT,     /* not applied, a person decides */
  RFI_OUTCOME_REJECTED,     /* not applied: not allowed, or makes no sense */
  RFI_OUTCOME_QUARANTINED,  /* not applied: not to be trusted */
  /* The ones above are stored; the ones below are not, and the operation is sent again: */
  RFI_OUTCOME_BLOCKED,      /* another has to be settled first */
  RFI_OUTCOME_RETRY_LATER,
  RFI_OUTCOME_FORK,         /* the number is taken by other bytes: nothing happened */
} RfiOutcome;

#define RFI_N_OUTCOMES 8

/* "applied", "merged", … as on the wire */
const char    *rfi_outcome_to_string    (RfiOutcome           outcome);
gboolean       rfi_outcome_from_string  (const char          *text,
                                         RfiOutcome          *outcome);
gboolean       rfi_outcome_is_stored    (RfiOutcome           outcome);

/**
 * RfiPushResult:
 *
 * A server's answer to one operation. Which members mean something depends on the outcome. Owns
 * its text; made on the stack or by parsing.
 */
typedef struct
{
  gint64             seq;
  RfiOutcome         outcome;

  gint64             version;         /* applied, merged: the job's; conflict: theirs */
  gint64             change_seq;      /* applied, merged: where the effect stands in the feed */
  guint32            merged;          /* merged: 1u << field for what others changed */
  guint32            overruled;       /* merged: 1u << field where theirs stands against mine */

  char              *conflict_id;     /* conflict */
  RfiConflictReason  reason;
  RfiPatch          *theirs;          /* (owned) (nullable): %NULL when the job is gone */
  char              *theirs_by;       /* (nullable): user id */
  char              *theirs_by_name;  /* (nullable) */
  gint64             theirs_at;       /* ms since 1970; 0 = not known */

  char              *code;            /* (nullable): rejected, quarantined, retry_later, fork */
  char              *message;         /* (nullable): the server's words */
  gboolean           correctable;     /* rejected: a person can change it and try again */
  gint64             blocked_by;      /* blocked: number of the other */
  gint64             retry_after;     /* retry_later: ms */
} RfiPushResult;

void           rfi_push_result_clear     (RfiPushResult        *self);
void           rfi_push_result_free      (RfiPushResult        *self);

/* One object. The same result gives the same bytes. */
void           rfi_push_result_append    (const RfiPushResult  *self,
                                          GString              *out);

/* Returns: (transfer full) */
RfiPushResult *rfi_push_result_from_json (const RfiJson        *value,
                                          GError              **error);
RfiPushResult *rfi_push_result_parse     (const char           *data,
                                          gssize                length,
                                          GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RfiPushResult, rfi_push_result_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPushResult, rfi_push_result_free)

G_END_DECLS
