/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-decision.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_KIND_PANEL (rfi_kind_panel_get_type ())

G_DECLARE_FINAL_TYPE (RfiKindPanel, rfi_kind_panel, RFI, KIND_PANEL, AdwBin)

/**
 * RfiKindPanel:
 *
 * What a conflict of a special kind can be answered with besides one side or the other: a double
 * booking stands on a small timeline, and can be shortened, moved to the next free slot, or given
 * to somebody else; in the place of a technician who takes no jobs another is chosen. Empty for
 * others.
 *
 * Signal `values` (RfiPatch): these are to be the result.
 */

/* @decision: (nullable): stays the caller's */
void       rfi_kind_panel_show (RfiKindPanel      *self,
                                RfiSession        *session,
                                const RfiDecision *decision);

G_END_DECLS
