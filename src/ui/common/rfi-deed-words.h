/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-audit-entry.h"
#include "rfi-item-list.h"
#include "rfi-operation.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What a pending operation will do, in words: "Assign Ice machine leaking to Sara Lindqvist".
 * Returns: (transfer full) */
char *rfi_deed_words_operation (RfiSession          *session,
                                const RfiOperation  *operation);

/* One line of history: @title "Nora set priority", @detail "High → Urgent" ("" if there is none).
 * @detail: (out) (transfer full). Returns: (transfer full) */
char *rfi_deed_words_audit     (RfiSession          *session,
                                const RfiAuditEntry *entry,
                                char               **detail);

/* Whether it is known by name who did it. */
gboolean
      rfi_deed_words_knows     (RfiSession          *session,
                                const RfiAuditEntry *entry);
/* Who did it, as the entry has it or else the session. Returns: (transfer none) */
const char *
      rfi_deed_words_person    (RfiSession          *session,
                                const RfiAuditEntry *entry);

/* One part, entry of labour or note. Returns: (transfer full) */
char *rfi_deed_words_item      (RfiSession          *session,
                                RfiField             field,
                                const RfiItem       *item);

/* A field's value as people read it, people by their names. Returns: (transfer full) */
char *rfi_deed_words_value     (RfiSession          *session,
                                RfiField             field,
                                const char          *value);

G_END_DECLS
