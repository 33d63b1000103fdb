/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-bulk.h"
#include "rfi-undo-stack.h"

G_BEGIN_DECLS

/* What steps of the undo stack and bulks are called. All return (transfer full). */

/* As an entry of a menu: "Assign to Sara Lindqvist", "Set Priority of 12 Jobs to High". */
char *rfi_undo_words_step     (RfiSession       *session,
                               RfiUndoStep      *step);
char *rfi_undo_words_deed     (RfiSession       *session,
                               const RfiDeed    *deed);
char *rfi_undo_words_change   (RfiSession       *session,
                               RfiOperationKind  kind,
                               const RfiPatch   *patch,
                               guint             n_jobs);

/* As what just happened: "Priority of 12 jobs set to High". */
char *rfi_undo_words_done     (RfiSession       *session,
                               RfiUndoStep      *step);

/* What the menu offers, or why it does not. */
char *rfi_undo_words_undo     (RfiSession       *session);
char *rfi_undo_words_redo     (RfiSession       *session);

/* Why an entry was not done; "" if it was. */
char *rfi_undo_words_reason   (RfiBulk          *bulk,
                               RfiBulkEntry     *entry);

G_END_DECLS
