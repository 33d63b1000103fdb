/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-merge.h"
#include "rfi-rules.h"

G_BEGIN_DECLS

/**
 * RfiDecision:
 *
 * How a person is about to settle one conflict: their choice for each field that collides, and
 * what comes of it. Fields that only one side changed are merged. It begins with what the field's
 * rule proposes: one's own value where a person may choose freely, the server's where the status
 * machine leaves nothing else, nothing where no rule may decide.
 */
typedef struct _RfiDecision RfiDecision;

typedef enum {
  RFI_CHOICE_OPEN,    /* nobody decided yet */
  RFI_CHOICE_MINE,
  RFI_CHOICE_THEIRS,
  RFI_CHOICE_OTHER,   /* a value that neither side has */
} RfiChoice;

typedef enum {
  RFI_FAULT_NONE,
  RFI_FAULT_OPEN,              /* of `field`: nothing is chosen */
  RFI_FAULT_VALUE,             /* of `field`: `problem` */
  RFI_FAULT_STEP,              /* the status machine has no such step */
  RFI_FAULT_NEEDS_TECHNICIAN,  /* an assigned job without one */
  RFI_FAULT_SCHEDULE,          /* it ends before it begins */
  RFI_FAULT_INACTIVE,          /* the technician takes no jobs any more */
} RfiFaultKind;

/* Why the result may not be. */
typedef struct
{
  RfiFaultKind    kind;
  RfiField        field;
  RfiFieldProblem problem;
} RfiFault;

RfiDecision     *rfi_decision_new         (RfiConflict       *conflict);
void             rfi_decision_free        (RfiDecision       *self);
RfiConflict     *rfi_decision_get_conflict (const RfiDecision *self);
/* More is known of the same conflict by now; what was chosen stays. */
void             rfi_decision_set_conflict (RfiDecision       *self,
                                            RfiConflict       *conflict);

/* Whether a person has to see the field: one of both sides changed it, or the person does now. */
gboolean         rfi_decision_is_shown    (const RfiDecision *self,
                                           RfiField           field);
RfiMergeOutcome  rfi_decision_get_outcome (const RfiDecision *self,
                                           RfiField           field);
guint            rfi_decision_count_collisions (const RfiDecision *self);

/* Whether one's own value may win at all; a step that the status machine forbids may not, nor a
 * technician who takes no jobs. */
gboolean         rfi_decision_may_be_mine (const RfiDecision *self,
                                           RfiField           field);

/* Of a field that collides; of others what comes of them by themselves. */
RfiChoice        rfi_decision_get_choice  (const RfiDecision *self,
                                           RfiField           field);
void             rfi_decision_choose      (RfiDecision       *self,
                                           RfiField           field,
                                           gboolean           mine);

/* One's own values wherever they may win. */
void             rfi_decision_choose_all  (RfiDecision       *self,
                                           gboolean           mine);

/* Any field, whether it collides or not. @value: (nullable): %NULL takes that back */
void             rfi_decision_set_value   (RfiDecision       *self,
                                           RfiField           field,
                                           const char        *value);

/* The field as it would stand afterwards. (nullable) when the job is gone */
const char      *rfi_decision_get_result  (const RfiDecision *self,
                                           RfiField           field);

/* The values to set over the server's. Returns: (transfer full) (nullable): %NULL = its version */
RfiPatch        *rfi_decision_to_patch    (const RfiDecision *self);

/* Whether the result may be sent. @fault: (out): the first reason why not */
gboolean         rfi_decision_check       (const RfiDecision *self,
                                           RfiFault          *fault);

/* Whether one's own change may win at all: at least one value of it where it has any.
 * @fault: (out): why not */
gboolean         rfi_decision_may_insist  (const RfiDecision *self,
                                           RfiFault          *fault);
/* The change as it was wanted, whatever is chosen: also of a job that is gone, which is made anew
 * as it was last seen, and of a deletion, which sets nothing. Returns: (transfer full) (nullable):
 * %NULL where nothing of it may win */
RfiPatch        *rfi_decision_insist      (const RfiDecision *self);

/* Whether two conflicts ask the same: the same fields collide, for the same reason, with the same
 * person, so that one answer fits both. */
gboolean         rfi_decision_is_like     (const RfiDecision *self,
                                           const RfiDecision *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDecision, rfi_decision_free)

G_END_DECLS
