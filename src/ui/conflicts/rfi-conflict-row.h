/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-record-item.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* One conflict in the queue: its job, how old it is, what collides, and whose it is. It follows
 * @item, a RfiRecordItem of RfiConflict. */
GtkWidget *rfi_conflict_row_new (RfiSession    *session,
                                 RfiRecordItem *item);

G_END_DECLS
