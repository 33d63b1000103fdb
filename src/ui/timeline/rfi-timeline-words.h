/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-schedule-check.h"

G_BEGIN_DECLS

/* What the timeline says, in the person's language and time zone. All return (transfer full). */

/* "13:15–15:00", with the day in front if it is not @day (as rfi-calendar.h counts). */
char *rfi_timeline_words_span    (const RfiSpan          *span,
                                  gint64                  day);
char *rfi_timeline_words_clock   (gint64                  at);
/* "Tue 24 November", "Tue 24", "24" */
char *rfi_timeline_words_day     (gint64                  at);
char *rfi_timeline_words_short_day (gint64                at);
char *rfi_timeline_words_date    (gint64                  at);
/* "1 h 30 min", "45 min" */
char *rfi_timeline_words_length  (gint64                  ms);

/* One line that says whether it fits: "Fits", "Off shift", "Overlaps by 30 min" … */
char *rfi_timeline_words_verdict (const RfiScheduleCheck *check,
                                  const RfiSpan          *span);
/* Whole sentences, one a line; "" if it fits. @name: the technician's */
char *rfi_timeline_words_check   (const RfiScheduleCheck *check,
                                  const char             *name);

/* All that a bar shows, for those who hear it. */
char *rfi_timeline_words_bar     (const RfiJob           *job,
                                  const RfiSpan          *span);
/* The facts of a job, a line each, as markup. @name: (nullable): who has it */
char *rfi_timeline_words_facts   (const RfiJob           *job,
                                  const RfiSpan          *span,
                                  const char             *name);

G_END_DECLS
