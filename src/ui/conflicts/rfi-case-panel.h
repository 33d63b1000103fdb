/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-decision.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CASE_PANEL (rfi_case_panel_get_type ())

G_DECLARE_FINAL_TYPE (RfiCasePanel, rfi_case_panel, RFI, CASE_PANEL, AdwBin)

/**
 * RfiCasePanel:
 *
 * Of a conflict that was handed on, or is somebody else's: who handed it on and why, each answer
 * with what it will cause in words, and what came of looking into it. Empty for others.
 *
 * Signals: `answer` (string): "server", "local" or "merge"; `investigate` (int: RfiCaseStep).
 */

/* @decision: (nullable): stays the caller's */
void       rfi_case_panel_show (RfiCasePanel      *self,
                                RfiSession        *session,
                                const RfiDecision *decision);

G_END_DECLS
