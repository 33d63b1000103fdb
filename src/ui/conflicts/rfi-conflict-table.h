/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-decision.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT_TABLE (rfi_conflict_table_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictTable, rfi_conflict_table, RFI, CONFLICT_TABLE, AdwBin)

/**
 * RfiConflictTable:
 *
 * A conflict field by field: as last seen, yours, the server's, and what would come of the
 * choices made, with whether that may be. In narrow windows each field is a card of its own.
 *
 * Signals: `changed` (): something was chosen, or shown again; `merge` (uint: RfiField): the texts
 * of both are to be put together.
 */

/* @decision: (nullable): stays the caller's, must outlive being shown */
void       rfi_conflict_table_set_decision (RfiConflictTable *self,
                                            RfiSession       *session,
                                            RfiDecision      *decision);

/* Shows again what was chosen elsewhere. */
void       rfi_conflict_table_refresh      (RfiConflictTable *self);
/* Whether both wrote a text that can be put together from both. */
gboolean   rfi_conflict_table_can_merge    (const RfiDecision *decision,
                                            RfiField          field);
void       rfi_conflict_table_set_narrow   (RfiConflictTable *self,
                                            gboolean          narrow);

G_END_DECLS
