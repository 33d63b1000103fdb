/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"

G_BEGIN_DECLS

/* What an entry says by itself; from any thread. */

/* "Changed priority". Returns: (transfer full) */
char       *rfi_history_words_action (const RfiAuditEntry *entry);

/* "This device", "Server", … */
const char *rfi_history_words_origin (const RfiAuditEntry *entry);

G_END_DECLS
