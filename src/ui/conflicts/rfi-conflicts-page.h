/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-conflict-desk.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICTS_PAGE (rfi_conflicts_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictsPage, rfi_conflicts_page, RFI, CONFLICTS_PAGE, AdwBin)

/**
 * RfiConflictsPage:
 *
 * The conflict desk: what waits for a decision, and one of them side by side. J and K walk the
 * list, 1 takes the server's version, 2 one's own, M puts texts together, E hands the conflict on,
 * Ctrl+Enter applies the result as shown.
 */
/* @session: (nullable) */
void       rfi_conflicts_page_set_session (RfiConflictsPage *self,
                                           RfiSession       *session);
/* "" leaves the choice as it is. */
void       rfi_conflicts_page_show        (RfiConflictsPage *self,
                                           const char       *conflict_id);
/* Takes the last decision back, if it was not sent yet; says which. */
void       rfi_conflicts_page_undo        (RfiConflictsPage *self);

G_END_DECLS
