/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-ranking.h"

G_BEGIN_DECLS

#define RFI_TYPE_CANDIDATE_ITEM (rfi_candidate_item_get_type ())

G_DECLARE_FINAL_TYPE (RfiCandidateItem, rfi_candidate_item, RFI, CANDIDATE_ITEM, GObject)

/**
 * RfiCandidateItem:
 *
 * A technician as the assignment dialog lists them. It keeps its place while what is known of them
 * changes, and while they go.
 *
 * Signal `changed`.
 */
/* @ranked: (element-type RfiCandidate): shared; @candidate is one of it */
RfiCandidateItem   *rfi_candidate_item_new          (GPtrArray        *ranked,
                                                     RfiCandidate     *candidate);
void                rfi_candidate_item_set          (RfiCandidateItem *self,
                                                     GPtrArray        *ranked,
                                                     RfiCandidate     *candidate);
const RfiCandidate *rfi_candidate_item_get          (RfiCandidateItem *self);

/* Is not among the technicians any more. */
void                rfi_candidate_item_set_vanished (RfiCandidateItem *self);

/* Why they can't take the job. Returns: (nullable): %NULL if they can */
const char         *rfi_candidate_item_get_reason   (RfiCandidateItem *self);

/* Whether they were listed as one who can, and stay in sight now that they can't. */
gboolean            rfi_candidate_item_get_could    (RfiCandidateItem *self);

G_END_DECLS
