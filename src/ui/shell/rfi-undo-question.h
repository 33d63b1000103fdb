/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-bulk.h"

G_BEGIN_DECLS

typedef enum {
  RFI_UNDO_KEEP,    /* what somebody changed since stands */
  RFI_UNDO_OTHERS,  /* it stands, the rest is undone */
  RFI_UNDO_ANYWAY,
} RfiUndoChoice;

/* Shows what somebody changed since, who and when as far as the history knows, and asks.
 * @bulk: undoes, and has entries that clash. finish: @bulk: (out) (transfer full) */
void          rfi_undo_question_ask_async  (GtkWindow           *parent,
                                            RfiBulk             *bulk,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
RfiUndoChoice rfi_undo_question_ask_finish (GAsyncResult        *result,
                                            RfiBulk            **bulk);

G_END_DECLS
