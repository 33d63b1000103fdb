/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict-facts.h"
#include "rfi-operation.h"
#include "rfi-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT (rfi_conflict_get_type ())

typedef enum {
  RFI_CONFLICT_FIELDS,        /* both sides changed the same field */
  RFI_CONFLICT_ILLEGAL_STEP,  /* the server's status no longer allows the step */
  RFI_CONFLICT_DELETED,       /* the job is gone from the server, or from one's view */
  /* Only Sync v1 names these: */
  RFI_CONFLICT_OVER_BOOKING,     /* the technician has another open job at that time */
  RFI_CONFLICT_STATE_RACE,       /* cancelled while it was started or completed, or vice versa */
  RFI_CONFLICT_INACTIVE_TARGET,  /* the technician no longer takes assignments */
} RfiConflictReason;

#define RFI_N_CONFLICT_REASONS 6

/**
 * RfiConflict:
 *
 * A change that met another: what the person last saw, what they did, what the server has.
 * Read only, safe to share between threads. It blocks only its own job's operations.
 */
struct _RfiConflict
{
  char              *id;
  RfiOperation      *operation;    /* (owned): the one that waits */
  char              *job_id;
  char              *job_title;    /* for lists, also when the job is gone */
  RfiConflictReason  reason;
  RfiPatch          *base;         /* (owned): every field, as last seen */
  RfiPatch          *theirs;       /* (owned) (nullable): every field, as the server has it;
                                      %NULL when it is gone */
  char              *base_etag;    /* (nullable) */
  char              *theirs_etag;  /* (nullable) */
  char              *theirs_by;    /* (nullable): user id, if an event named them */
  gint64             theirs_at;    /* ms since 1970, the server's updatedAt; 0 = unknown */
  gint64             detected_at;  /* ms since 1970 */
  char              *record_id;    /* (nullable): the server's record of it */
  gint64             version;      /* of theirs, if there is a record; 0 = unknown */
  gboolean           elsewhere;    /* the operation waits at another device, not here */
  RfiConflictFacts  *facts;        /* (owned) (nullable): what the server tells of it */

  gatomicrefcount    ref_count;
};

GType        rfi_conflict_get_type (void) G_GNUC_CONST;
/* Copies @template's strings, shares the rest. Returns: (transfer full) */
RfiConflict *rfi_conflict_new      (const RfiConflict *template);
RfiConflict *rfi_conflict_ref      (RfiConflict       *self);
void         rfi_conflict_unref    (RfiConflict       *self);

const char  *rfi_conflict_reason_to_string   (RfiConflictReason  reason);
gboolean     rfi_conflict_reason_from_string (const char        *text,
                                              RfiConflictReason *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiConflict, rfi_conflict_unref)

G_END_DECLS
