/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_MORE_FILTERS (rfi_more_filters_get_type ())

G_DECLARE_FINAL_TYPE (RfiMoreFilters, rfi_more_filters, RFI, MORE_FILTERS, AdwBin)

/**
 * RfiMoreFilters:
 *
 * The filters that are chosen or typed instead of ticked: place, age, photos, schedule, and vendor
 * where there are several. One more side of an RfiJobFilter.
 */
void rfi_more_filters_set_filter  (RfiMoreFilters *self,
                                   RfiJobFilter   *filter);
/* (nullable) */
void rfi_more_filters_set_session (RfiMoreFilters *self,
                                   RfiSession     *session);

G_END_DECLS
