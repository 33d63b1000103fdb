/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-field.h"
#include "rfi-job-state.h"
#include "rfi-rules.h"
#include "rfi-sync-state.h"

G_BEGIN_DECLS

/* What the model's values are called before people, in their language, and the symbol and
 * style class that go with the word. Nothing here is to be freed. */
const char *rfi_words_status          (RfiStatus    status);
const char *rfi_words_status_icon     (RfiStatus    status);
const char *rfi_words_status_class    (RfiStatus    status);

/* The button that takes a job there: "Mark Completed". */
const char *rfi_words_status_step     (RfiStatus    status);

const char *rfi_words_priority        (RfiPriority  priority);
const char *rfi_words_priority_icon   (RfiPriority  priority);
const char *rfi_words_priority_class  (RfiPriority  priority);

/* %NULL for RFI_MARK_CONFIRMED, which needs no emblem. */
const char *rfi_words_mark            (RfiMark      mark);
const char *rfi_words_mark_icon       (RfiMark      mark);

const char *rfi_words_role            (RfiRole      role);

/* A field as a label or the first word of a sentence, "Title"; within a heading or a list,
 * "title"; and as what is changed, "the title". */
const char *rfi_words_field           (RfiField     field);
const char *rfi_words_bare_field      (RfiField     field);
const char *rfi_words_the_field       (RfiField     field);

/* One sentence why something may not happen; "" for RFI_VERDICT_OK. */
const char *rfi_words_verdict         (RfiVerdict   verdict);

/* One sentence what is wrong with what was typed and how to mend it; "" if nothing is.
 * Returns: (transfer full) */
char       *rfi_words_field_problem   (RfiField     field,
                                       RfiFieldProblem problem);

/* A field's value as a person reads it: a status as its word. People are named by the caller. */
const char *rfi_words_value           (RfiField     field,
                                       const char  *value);

G_END_DECLS
