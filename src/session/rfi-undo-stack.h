/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-undo-step.h"

G_BEGIN_DECLS

#define RFI_TYPE_UNDO_STACK (rfi_undo_stack_get_type ())

G_DECLARE_FINAL_TYPE (RfiUndoStack, rfi_undo_stack, RFI, UNDO_STACK, GObject)

/* The oldest is forgotten for the next. */
#define RFI_UNDO_LIMIT 100

/**
 * RfiUndoStack:
 *
 * What was done in a session and can be undone, and what was undone and can be done again; one
 * for all windows. The commands of the session fill it. What cannot be undone is a barrier for
 * its own job: nothing that was done to that job before is offered any more, what was done to
 * others is. A step of status that waits to be sent can be taken back until it is.
 *
 * Undoing itself is a bulk: rfi_bulk_new_undo().
 *
 * Signals: `changed`; `recorded (RfiUndoStep)`: somebody just did this, and it can be undone;
 * `ready`: it is not busy any more.
 */

/* @outbox: (nullable): tells when something was sent */
RfiUndoStack *rfi_undo_stack_new         (GListModel   *outbox);

/* What is undone next, and done again next. Returns: (transfer none) (nullable) */
RfiUndoStep  *rfi_undo_stack_get_undo    (RfiUndoStack *self);
RfiUndoStep  *rfi_undo_stack_get_redo    (RfiUndoStack *self);
guint         rfi_undo_stack_get_n_undo  (RfiUndoStack *self);
guint         rfi_undo_stack_get_n_redo  (RfiUndoStack *self);

/* What was done last, if that is what cannot be undone. Returns: (transfer none) (nullable) */
RfiDeed      *rfi_undo_stack_get_barrier (RfiUndoStack *self);

/* While a step is on its way from one side to the other nothing else can be; nor while a command
 * is on its way to the disk: what came before it is not what was done last. */
gboolean      rfi_undo_stack_get_busy    (RfiUndoStack *self);

/* A command begins, and has ended: what it did is recorded. */
void          rfi_undo_stack_expect      (RfiUndoStack *self);
void          rfi_undo_stack_arrived     (RfiUndoStack *self);

/* Something new was done, all at once. @waiting: nothing of it can have been sent yet.
 * @deeds: (element-type RfiDeed): not empty
 * Returns: (transfer none) (nullable): %NULL if none of it can be undone */
RfiUndoStep  *rfi_undo_stack_record      (RfiUndoStack *self,
                                          GPtrArray    *deeds,
                                          gboolean      waiting);

/* A later part of what @step (nullable) did, if that is still what is undone next; else like
 * record. */
RfiUndoStep  *rfi_undo_stack_record_more (RfiUndoStack *self,
                                          RfiUndoStep  *step,
                                          GPtrArray    *deeds,
                                          gboolean      waiting);

/* Begins to undo, or to do again. Returns: (transfer full) (nullable): there is nothing, or one
 * is under way */
RfiUndoStep  *rfi_undo_stack_take        (RfiUndoStack *self,
                                          gboolean      redo);
/* Ends it. @moved: what is on the other side now; @left: what stays where it was. */
void          rfi_undo_stack_settle      (RfiUndoStack *self,
                                          gboolean      redo,
                                          RfiUndoStep  *moved,
                                          RfiUndoStep  *left);

G_END_DECLS
