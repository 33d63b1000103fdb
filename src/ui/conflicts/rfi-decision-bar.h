/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-decision.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_DECISION_BAR (rfi_decision_bar_get_type ())

G_DECLARE_FINAL_TYPE (RfiDecisionBar, rfi_decision_bar, RFI, DECISION_BAR, AdwBin)

typedef enum {
  RFI_DESK_SERVER,    /* the server's version */
  RFI_DESK_LOCAL,     /* the change as it was made, on top of it */
  RFI_DESK_RESULT,    /* what was chosen */
  RFI_DESK_MERGE,     /* put the texts together first */
  RFI_DESK_MODIFY,    /* type values first */
  RFI_DESK_ESCALATE,  /* somebody else is to decide */
} RfiDeskAnswer;

/**
 * RfiDecisionBar:
 *
 * The answers to a conflict, as buttons, and carried out; a result that may not be is refused with
 * the reason. Whose value of a field is to win ever after can be ticked.
 *
 * Signals: `values` (RfiPatch): these are to be the result; `chosen` (): one's own were chosen
 * wherever they may win.
 */

/* @decision: (nullable): stays the caller's, until the next call */
void       rfi_decision_bar_show    (RfiDecisionBar *self,
                                     RfiSession     *session,
                                     RfiDecision    *decision);
/* Something else was chosen. */
void       rfi_decision_bar_update  (RfiDecisionBar *self);
/* As its button does. */
void       rfi_decision_bar_answer  (RfiDecisionBar *self,
                                     RfiDeskAnswer   answer);
/* Puts the texts of @field together. */
void       rfi_decision_bar_merge   (RfiDecisionBar *self,
                                     RfiField        field);
void       rfi_decision_bar_set_narrow (RfiDecisionBar *self,
                                        gboolean        narrow);

G_END_DECLS
