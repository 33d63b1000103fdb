/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-deed.h"

G_BEGIN_DECLS

#define RFI_TYPE_UNDO_STEP (rfi_undo_step_get_type ())

G_DECLARE_FINAL_TYPE (RfiUndoStep, rfi_undo_step, RFI, UNDO_STEP, GObject)

/**
 * RfiUndoStep:
 *
 * What is undone at once: one deed, or all those of a bulk. It has at least one deed for as long
 * as a stack has it.
 */
RfiUndoStep *rfi_undo_step_new         (void);

/* @deed: (transfer none) */
void         rfi_undo_step_add         (RfiUndoStep *self,
                                        RfiDeed     *deed);
guint        rfi_undo_step_get_n_deeds (RfiUndoStep *self);
RfiDeed     *rfi_undo_step_get_deed    (RfiUndoStep *self,
                                        guint        position);

/* Steps of one group are undone together: one wish that took several. 0 = none */
void         rfi_undo_step_set_group   (RfiUndoStep *self,
                                        guint        group);
guint        rfi_undo_step_get_group   (RfiUndoStep *self);

/* Forgets what it did to a job. Returns: whether it did anything to it */
gboolean     rfi_undo_step_drop        (RfiUndoStep *self,
                                        RfiJobItem  *item);

G_END_DECLS
