/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-counts.h"
#include "rfi-job-filter.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* The views every console has. */
typedef enum {
  RFI_VIEW_ALL,
  RFI_VIEW_OPEN,
  RFI_VIEW_URGENT,
  RFI_VIEW_UNASSIGNED,
  RFI_VIEW_MINE,
  RFI_VIEW_ATTENTION,
  RFI_VIEW_QUEUED,
} RfiBuiltinView;
#define RFI_N_BUILTIN_VIEWS 7

/* By these win.show-view takes them too. */
const char   *rfi_builtin_view_get_id    (RfiBuiltinView      self);
const char   *rfi_builtin_view_get_title (RfiBuiltinView      self);
const char   *rfi_builtin_view_get_icon  (RfiBuiltinView      self);

/* Returns: (transfer full) */
RfiJobFilter *rfi_builtin_view_make_filter (RfiBuiltinView    self,
                                            RfiSession       *session);

/* How many jobs it shows, by what is counted anyway; %FALSE where that does not tell. */
gboolean      rfi_builtin_view_count     (RfiBuiltinView      self,
                                          const RfiJobCounts *counts,
                                          guint              *n_jobs);

G_END_DECLS
