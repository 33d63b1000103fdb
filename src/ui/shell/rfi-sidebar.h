/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_SIDEBAR (rfi_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (RfiSidebar, rfi_sidebar, RFI, SIDEBAR, AdwBin)

/**
 * RfiSidebar:
 *
 * Views, which are filters ready to use, and the filters themselves: both sides of one
 * RfiJobFilter, with counts.
 */
void rfi_sidebar_set_filter  (RfiSidebar   *self,
                              RfiJobFilter *filter);
/* (nullable) */
void rfi_sidebar_set_session (RfiSidebar   *self,
                              RfiSession   *session);

G_END_DECLS
