/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-ranking.h"

G_BEGIN_DECLS

/* What a ranking says, in words. All return (transfer full) but excluded(). */

/* Why they can't take the job at all. (nullable): %NULL if they can */
const char *rfi_candidate_words_excluded (const RfiCandidate *candidate);

/* "2 open jobs · working on Freezer defrost cycle" */
char *rfi_candidate_words_load    (const RfiCandidate *candidate);

/* "Today 3 jobs, 4 h 30 min of 8 h" */
char *rfi_candidate_words_day     (const RfiCandidate *candidate);

/* What else speaks for them: "has a job in Arlington · did 2 jobs in this store". */
char *rfi_candidate_words_reasons (const RfiCandidate *candidate,
                                   const RfiJob       *job);

/* What speaks against them, and does not keep them from it: "off shift then · no welding". */
char *rfi_candidate_words_problems (const RfiCandidate *candidate);

/* One sentence for the first of @candidates against the others. */
char *rfi_candidate_words_best    (GPtrArray          *candidates,
                                   const RfiJob       *job);

G_END_DECLS
