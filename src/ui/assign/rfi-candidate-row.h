/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-ranking.h"

G_BEGIN_DECLS

#define RFI_TYPE_CANDIDATE_ROW (rfi_candidate_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiCandidateRow, rfi_candidate_row, RFI, CANDIDATE_ROW, GtkListBoxRow)

/* A technician who can take the job, with their load and what speaks for them. */
/* @most_open: the highest number of open jobs of any technician, for the bar
 * @group: (nullable): a check button of another row, to choose one of */
GtkWidget      *rfi_candidate_row_new        (const RfiCandidate *candidate,
                                              const RfiJob       *job,
                                              guint               most_open,
                                              gboolean            is_best,
                                              GtkCheckButton     *group);
GtkCheckButton *rfi_candidate_row_get_choice (RfiCandidateRow    *self);
RfiUser        *rfi_candidate_row_get_technician (RfiCandidateRow *self);

G_END_DECLS
