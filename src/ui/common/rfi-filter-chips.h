/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_FILTER_CHIPS (rfi_filter_chips_get_type ())

G_DECLARE_FINAL_TYPE (RfiFilterChips, rfi_filter_chips, RFI, FILTER_CHIPS, AdwBin)

/**
 * RfiFilterChips:
 *
 * What is filtered for, one button each that takes it off.
 */
void rfi_filter_chips_set (RfiFilterChips *self,
                           RfiSession     *session,
                           RfiJobFilter   *filter);

G_END_DECLS
