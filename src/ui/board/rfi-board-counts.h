/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-job-table.h"
#include "rfi-job-view.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* How many jobs a board shows and hides, in words. All words are (transfer full). */
typedef struct
{
  guint n_shown;
  guint n_hidden;
  guint n_criteria;  /* that hide them */
  guint n_found;     /* jobs the search alone would find, though a filter hides them */
} RfiBoardCounts;

/* @view: (nullable) */
void  rfi_board_counts_add             (RfiBoardCounts       *self,
                                        RfiJobView           *view);

/* While the cache is read, or the first jobs of an account are on their way, nobody knows yet how
 * many there are of anything. @session: (nullable) */
gboolean rfi_board_counts_is_loading   (RfiSession           *session);

/* Nothing is shown: how many would be if only the text were searched for? */
void  rfi_board_counts_search          (RfiBoardCounts       *self,
                                        RfiJobTable          *jobs,
                                        RfiJobFilter         *filter);
char *rfi_board_counts_describe_hidden (const RfiBoardCounts *self);
char *rfi_board_counts_describe_empty  (const RfiBoardCounts *self);

/* @session: (nullable) */
char *rfi_board_counts_describe_total  (const RfiBoardCounts *self,
                                        RfiSession           *session);

G_END_DECLS
