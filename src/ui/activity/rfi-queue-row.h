/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-record-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_QUEUE_ROW (rfi_queue_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiQueueRow, rfi_queue_row, RFI, QUEUE_ROW, GtkListBoxRow)

/**
 * RfiQueueRow:
 *
 * One change that waits to be sent: what it will do, where it stands and why, and what a person
 * can do about it.
 *
 * Actions: `change.retry`, `change.discard` (asks), `change.show-job`, `change.resolve`.
 */
/* @item: of an RfiOperation */
GtkWidget *rfi_queue_row_new    (RfiSession    *session,
                                 RfiRecordItem *item);

/* Says again where it stands; time passes without anybody telling. */
void       rfi_queue_row_update (RfiQueueRow   *self);

G_END_DECLS
