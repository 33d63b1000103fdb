/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"

G_BEGIN_DECLS

/* How long a conflict may wait: after a day one is reminded, after a week it is an alert. */
typedef enum {
  RFI_CONFLICT_WAIT_FINE,
  RFI_CONFLICT_WAIT_DAY,
  RFI_CONFLICT_WAIT_LONG,
} RfiConflictWait;

#define RFI_CONFLICT_DAY_MS  (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define RFI_CONFLICT_WEEK_MS (7 * RFI_CONFLICT_DAY_MS)

/* @now: ms since 1970 */
RfiConflictWait rfi_conflict_wait_judge    (const RfiConflict *conflict,
                                            gint64             now);
/* When that will change next, G_MAXINT64 if not any more. */
gint64          rfi_conflict_wait_get_next (const RfiConflict *conflict,
                                            gint64             now);

G_END_DECLS
