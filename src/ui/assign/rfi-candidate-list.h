/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-candidate-item.h"
#include "rfi-job-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CANDIDATE_LIST (rfi_candidate_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiCandidateList, rfi_candidate_list, RFI, CANDIDATE_LIST, GObject)

/**
 * RfiCandidateList:
 *
 * Everybody who might take one job, ranked once. When the job or the technicians change, each keeps
 * the place a person saw them in: who can't any more says so, who is new comes last. Main thread.
 *
 * Signal `refreshed`: they were judged anew.
 */
RfiCandidateList   *rfi_candidate_list_new        (RfiSession       *session,
                                                   RfiJobItem       *item);

/* (transfer none): of RfiCandidateItem, those who can first */
GListModel         *rfi_candidate_list_get_model  (RfiCandidateList *self);

/* As they rank now. (transfer none) (element-type RfiCandidate) */
GPtrArray          *rfi_candidate_list_get_ranked (RfiCandidateList *self);
guint               rfi_candidate_list_count_can  (RfiCandidateList *self);
guint               rfi_candidate_list_get_most_open (RfiCandidateList *self);

/* What of today their bars show, so that they can be compared. %FALSE if nothing is known of
 * anybody's day. */
gboolean            rfi_candidate_list_get_day    (RfiCandidateList *self,
                                                   RfiSpan          *day);

G_END_DECLS
