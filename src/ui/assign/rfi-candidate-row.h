/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-candidate-list.h"

G_BEGIN_DECLS

#define RFI_TYPE_CANDIDATE_ROW (rfi_candidate_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiCandidateRow, rfi_candidate_row, RFI, CANDIDATE_ROW, GtkBox)

/**
 * RfiCandidateRow:
 *
 * A technician of a ranking: the digit that chooses them, their load and their day, and what speaks
 * for and against them; or why they can't. Follows its item.
 */
/* @words: makes what is said of everybody equally wide */
GtkWidget *rfi_candidate_row_new          (RfiCandidateList *list,
                                           RfiJobItem       *job,
                                           GtkSizeGroup     *words);
/* @item: (nullable) */
void       rfi_candidate_row_set_item     (RfiCandidateRow  *self,
                                           RfiCandidateItem *item);
/* Which of those that are shown it is, from 0. */
void       rfi_candidate_row_set_position (RfiCandidateRow  *self,
                                           guint             position);
void       rfi_candidate_row_set_chosen   (RfiCandidateRow  *self,
                                           gboolean          chosen);

G_END_DECLS
