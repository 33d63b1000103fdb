/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-conflict-desk.h"

G_BEGIN_DECLS

#define RFI_TYPE_CONFLICT_QUEUE (rfi_conflict_queue_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictQueue, rfi_conflict_queue, RFI, CONFLICT_QUEUE, AdwBin)

/**
 * RfiConflictQueue:
 *
 * What waits at the desk: one's own conflicts, what was handed on, those of others, in sections;
 * with age, fields, job and people. Below that, what was settled today. A filter leaves one's own
 * or what was handed on. Where several ask the same it offers to decide them together.
 *
 * Signals: `selected` (RfiConflict, nullable), also when what is known of the selected one changes;
 * `together` (): the selected one and those like it are to be decided at once.
 */

/* @session: (nullable) */
void         rfi_conflict_queue_set_session  (RfiConflictQueue *self,
                                              RfiSession       *session);
/* (transfer none) (nullable) */
RfiConflict *rfi_conflict_queue_get_selected (RfiConflictQueue *self);
/* %FALSE if it is not there */
gboolean     rfi_conflict_queue_select       (RfiConflictQueue *self,
                                              const char       *conflict_id);
/* To the next one, or back with -1. */
void         rfi_conflict_queue_walk         (RfiConflictQueue *self,
                                              int               step);
/* All that ask the same as the selected one, that included.
 * Returns: (transfer full) (element-type RfiConflict) */
GPtrArray   *rfi_conflict_queue_list_like    (RfiConflictQueue *self);
void         rfi_conflict_queue_focus        (RfiConflictQueue *self);

G_END_DECLS
