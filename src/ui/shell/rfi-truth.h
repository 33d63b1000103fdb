/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sync-state.h"

#include <glib.h>

G_BEGIN_DECLS

/* What a person may believe of what they see, in words. Strings are (transfer full) unless
 * const. @state: (nullable): nothing is known yet. */

const char *rfi_truth_icon        (const RfiSyncState *state);
const char *rfi_truth_style_class (const RfiSyncState *state);

/* Two or three words for the pill: "Live", "Offline — 3 queued", "Syncing 3 of 10". */
char       *rfi_truth_words       (const RfiSyncState *state);

/* Whether something stands in the way that a person should know of. */
gboolean    rfi_truth_is_trouble  (const RfiSyncState *state);

/* What stands in the way, and what becomes of one's changes. */
char       *rfi_truth_headline    (const RfiSyncState *state,
                                   gboolean            forced_offline);
char       *rfi_truth_advice      (const RfiSyncState *state,
                                   gboolean            forced_offline);

/* "in 12 s", "now", "" if none is planned. */
char       *rfi_truth_next_try    (const RfiSyncState *state);

G_END_DECLS
