/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-bulk-entry.h"
#include "rfi-session.h"
#include "rfi-undo-step.h"

G_BEGIN_DECLS

#define RFI_TYPE_BULK (rfi_bulk_get_type ())

G_DECLARE_FINAL_TYPE (RfiBulk, rfi_bulk, RFI, BULK, GObject)

/**
 * RfiBulk:
 *
 * One change of many jobs, or of one step of the undo stack: looked at first, then run a few at a
 * time, with a result for each. What it did is one step to undo. For the main thread, which it
 * never blocks.
 *
 * Property (read only, notifies): `running`.
 * Signal: `progress`: an entry's state changed; also after the run, as the server answers.
 */

/* @items: (element-type RfiJobItem); @kind: EDIT, SET_STATUS or ASSIGN; @patch: what it sets */
RfiBulk          *rfi_bulk_new         (RfiSession          *session,
                                        GPtrArray           *items,
                                        RfiOperationKind     kind,
                                        RfiPatch            *patch);

/* Takes the next step of the session's stack, so it has to be run or given up.
 * Returns: (transfer full) (nullable): there is none, or another one is under way */
RfiBulk          *rfi_bulk_new_undo    (RfiSession          *session,
                                        gboolean             redo);

/* (nullable): what is undone or done again */
RfiUndoStep      *rfi_bulk_get_step    (RfiBulk             *self);
gboolean          rfi_bulk_get_redo    (RfiBulk             *self);
/* What a run did, if that is what would be undone next. (nullable) */
RfiUndoStep      *rfi_bulk_get_done_step (RfiBulk           *self);
RfiSession       *rfi_bulk_get_session (RfiBulk             *self);
RfiOperationKind  rfi_bulk_get_kind    (RfiBulk             *self);
RfiPatch         *rfi_bulk_get_patch   (RfiBulk             *self);
gboolean          rfi_bulk_get_running (RfiBulk             *self);

/* A GListModel of RfiBulkEntry. (transfer none) */
GListModel       *rfi_bulk_get_entries (RfiBulk             *self);
guint             rfi_bulk_count       (RfiBulk             *self,
                                        RfiBulkState         state);

/* Looks at all that was not done: what the rules say of it now. */
void              rfi_bulk_check       (RfiBulk             *self);

/* What is READY; @forced: and what is a CLASH. It answers when all of it is on disk, or the rest
 * was left out because of @cancellable, which is no error. */
void              rfi_bulk_run_async   (RfiBulk             *self,
                                        gboolean             forced,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/* The same again, after another look, for what was refused here; what the server refused is sent
 * once more. */
void              rfi_bulk_retry_async (RfiBulk             *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
void              rfi_bulk_run_finish  (RfiBulk             *self,
                                        GAsyncResult        *result);

/* After its cancellable was cancelled: it need not wait for something to happen. */
void              rfi_bulk_stop        (RfiBulk             *self);

/* Does not undo: a CLASH stands from now on, the rest can still be undone. */
void              rfi_bulk_give_up     (RfiBulk             *self);

G_END_DECLS
