/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter-private.h"

G_BEGIN_DECLS

/* Words that are sought, and where in a job they are. */

/* In an id every word of hexadecimal digits is somewhere by chance: shorter ones are not sought in
 * the middle of it. */
#define RFI_ID_WORD_LENGTH 6

/* Folded, without what is between them. Returns: (transfer full) */
char      **_rfi_job_words_split    (const char    *text);

/* Whether what holds every word of @now also holds every word of @before. Growing to the length
 * at which a word is sought all over an id can show more. */
gboolean    _rfi_job_words_narrow   (char         **before,
                                     char         **now);

/* Where the texts of RfiSoughtText are. */
const char *_rfi_job_words_get_text (const RfiJob  *job,
                                     RfiSoughtText  text);

G_END_DECLS
