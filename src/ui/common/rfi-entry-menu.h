/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* All that can be done with one entry of history, as a menu: its values put back, and ways to look
 * further from there. What is not possible now is there, insensitive, with the reason.
 * Returns: (transfer full) */
GMenu *rfi_entry_menu_new (RfiSession          *session,
                           const RfiAuditEntry *entry);

G_END_DECLS
