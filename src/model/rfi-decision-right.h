/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-rules.h"

G_BEGIN_DECLS

/* Whether this person may settle @conflict so, by their role and by where it waits: one rule for
 * the desk and for who decides there. @result: (nullable): the values to set over the server's;
 * %NULL = its version, which whoever may decide at all may choose. A decision waits like any change
 * does, so that nothing of it needs a connection. */
RfiVerdict rfi_decision_right_check (const RfiUser     *user,
                                     const RfiConflict *conflict,
                                     const RfiPatch    *result);

G_END_DECLS
