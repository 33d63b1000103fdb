/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"
#include "rfi-timeline-view.h"

G_BEGIN_DECLS

#define RFI_TYPE_TIMELINE_PAGE (rfi_timeline_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiTimelinePage, rfi_timeline_page, RFI, TIMELINE_PAGE, AdwBin)

/**
 * RfiTimelinePage:
 *
 * Who is where at what time, and below, what has no time yet. Where the server keeps no times it
 * shows what is known of the past, and nothing can be moved.
 *
 * Properties: `session` (nullable), `filter` (nullable), `selection`.
 */
void             rfi_timeline_page_set_session   (RfiTimelinePage *self,
                                                  RfiSession      *session);
void             rfi_timeline_page_set_filter    (RfiTimelinePage *self,
                                                  RfiJobFilter    *filter);
void             rfi_timeline_page_set_selection (RfiTimelinePage *self,
                                                  RfiJobSelection *selection);

G_END_DECLS
