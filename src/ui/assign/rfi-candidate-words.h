/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-ranking.h"

G_BEGIN_DECLS

/* The factors of a ranking in words. All return (transfer full). */

/* "4 open jobs · working on Freezer defrost cycle" */
char *rfi_candidate_words_load    (const RfiCandidate *candidate);

/* "in this store already · did 3 jobs here", "" if nothing speaks for them */
char *rfi_candidate_words_reasons (const RfiCandidate *candidate,
                                   const RfiJob       *job);

/* Why the first of @candidates fits best, compared with the others: one or two sentences. */
char *rfi_candidate_words_best    (GPtrArray          *candidates,
                                   const RfiJob       *job);

G_END_DECLS
