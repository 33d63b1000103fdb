/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-state.h"
#include "rfi-session-types.h"

G_BEGIN_DECLS

#define RFI_TYPE_JOB_SEARCH (rfi_job_search_get_type ())

G_DECLARE_FINAL_TYPE (RfiJobSearch, rfi_job_search, RFI, JOB_SEARCH, GObject)

/**
 * RfiJobSearch:
 *
 * The few jobs that some words mean best, of all in a table, whatever a window's filter hides:
 * first those whose id the words begin, then those whose title they begin, then what is open by
 * urgency, then what is over. It goes through the table in turns of the loop, none of them long;
 * what it found does not follow later changes. For the main thread.
 *
 * Signal `done`: the words given last have been looked for everywhere.
 */
RfiJobSearch *rfi_job_search_new         (RfiJobTable  *table,
                                          guint         limit);

/* One letter is in nearly every job. */
#define RFI_JOB_SEARCH_LENGTH 2

/* @text: as RfiJobFilter takes it; fewer letters than that find nothing. Where there are only some
 * thousand jobs, or the words only say more than those before, `done` may be emitted before this
 * returns. */
void          rfi_job_search_set_text    (RfiJobSearch *self,
                                          const char   *text);
gboolean      rfi_job_search_is_done     (RfiJobSearch *self);

/* Best first, at most the limit. Returns: (transfer none) (element-type RfiJobState) */
GPtrArray    *rfi_job_search_get_best    (RfiJobSearch *self);
/* All of them. */
guint         rfi_job_search_get_n_found (RfiJobSearch *self);

G_END_DECLS
