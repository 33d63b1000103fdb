/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-job-groups.h"
#include "rfi-job-selection.h"
#include "rfi-job-table.h"
#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_BOARD_PAGE (rfi_board_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiBoardPage, rfi_board_page, RFI, BOARD_PAGE, GtkWidget)

/**
 * RfiBoardPage:
 *
 * Every job as a card in the lane of its status, or the open ones in that of their technician or
 * vendor. It fits itself to the width it is given: finished lanes fold, and where two lanes do not
 * fit, one is shown at a time.
 *
 * Properties: `session` (nullable), `filter`, `selection` (its own until it is given one);
 * `grouping` and `sort`, for its menu.
 */
GtkWidget  *rfi_board_page_new             (void);
void        rfi_board_page_set_session     (RfiBoardPage *self,
                                            RfiSession   *session);
void        rfi_board_page_set_filter      (RfiBoardPage *self,
                                            RfiJobFilter *filter);

/* The jobs that are set next are how they were then, to be looked at only. @moment: in ms since
 * 1970; 0 = how they are */
void        rfi_board_page_set_moment      (RfiBoardPage *self,
                                            gint64        moment);

/* Shows the jobs of @jobs; a session brings its own. (nullable) */
void        rfi_board_page_set_jobs        (RfiBoardPage *self,
                                            RfiJobTable  *jobs);

void        rfi_board_page_set_selection   (RfiBoardPage *self,
                                            RfiJobSelection *selection);

/* What there is a lane for; remembered for the account. */
RfiGrouping rfi_board_page_get_grouping    (RfiBoardPage *self);
void        rfi_board_page_set_grouping    (RfiBoardPage *self,
                                            RfiGrouping   by);

/* For a screen on the wall: nothing to click, cards with room. */
void        rfi_board_page_set_wall        (RfiBoardPage *self);

/* The selection's cursor. (nullable) */
const char *rfi_board_page_get_selected_id (RfiBoardPage *self);
void        rfi_board_page_set_selected_id (RfiBoardPage *self,
                                            const char   *job_id);

G_END_DECLS
