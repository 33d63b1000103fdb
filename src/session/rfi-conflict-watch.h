/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-conflict-wait.h"
#include "rfi-user.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT_WATCH (rfi_conflict_watch_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictWatch, rfi_conflict_watch, RFI, CONFLICT_WATCH, GObject)

/**
 * RfiConflictWatch:
 *
 * Looks after conflicts that wait: one is reminded of after a day and warned of after a week, each
 * once, and told of what was handed on to oneself. What is late already when it begins is told
 * then.
 *
 * Signals: `waits` (RfiConflict, int: RfiConflictWait); `handed-on` (RfiConflict).
 */

/* @conflicts: RfiRecordItem of RfiConflict. @user: who looks */
RfiConflictWatch *rfi_conflict_watch_new   (RfiClock         *clock,
                                            GListModel       *conflicts,
                                            RfiUser          *user);
/* Begins; tells what is there at once. */
void              rfi_conflict_watch_start (RfiConflictWatch *self);

/* Whether a conflict was handed on to @user, or to whoever may decide and that is they, or is
 * theirs to look into. */
gboolean          rfi_conflict_watch_is_for (const RfiConflict *conflict,
                                             const RfiUser     *user);

G_END_DECLS
