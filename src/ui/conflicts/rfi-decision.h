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
 * what comes of it. Fields that only one side changed are merged. Begins with one's own values.
 */
typedef struct _RfiDecision RfiDecision;

RfiDecision     *rfi_decision_new         (RfiConflict       *conflict);
void             rfi_decision_free        (RfiDecision       *self);
RfiConflict     *rfi_decision_get_conflict (const RfiDecision *self);

/* Whether a person has to see the field: one of both sides changed it. */
gboolean         rfi_decision_is_shown    (const RfiDecision *self,
                                           RfiField           field);
RfiMergeOutcome  rfi_decision_get_outcome (const RfiDecision *self,
                                           RfiField           field);
guint            rfi_decision_count_collisions (const RfiDecision *self);

/* Whether one's own value may win at all; a step that the status machine forbids may not. */
gboolean         rfi_decision_may_be_mine (const RfiDecision *self,
                                           RfiField           field);
gboolean         rfi_decision_is_mine     (const RfiDecision *self,
                                           RfiField           field);
void             rfi_decision_choose      (RfiDecision       *self,
                                           RfiField           field,
                                           gboolean           mine);

/* One's own values wherever they may win. */
void             rfi_decision_choose_all  (RfiDecision       *self,
                                           gboolean           mine);

/* The field as it would stand afterwards. (nullable) when the job is gone */
const char      *rfi_decision_get_result  (const RfiDecision *self,
                                           RfiField           field);

/* The values to set over the server's. Returns: (transfer full) (nullable): %NULL = its version */
RfiPatch        *rfi_decision_to_patch    (const RfiDecision *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDecision, rfi_decision_free)

G_END_DECLS
