/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_HIDDEN_HINT (rfi_hidden_hint_get_type ())

G_DECLARE_FINAL_TYPE (RfiHiddenHint, rfi_hidden_hint, RFI, HIDDEN_HINT, AdwBin)

/**
 * RfiHiddenHint:
 *
 * Answers "why is it not shown?": while what is searched for is hidden by other filters, one
 * line says by which, and a button takes just those off. On every page, as the filter is.
 */
void rfi_hidden_hint_set (RfiHiddenHint *self,
                          RfiSession    *session,
                          RfiJobFilter  *filter);

G_END_DECLS
