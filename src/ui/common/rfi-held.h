/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-hold.h"
#include "rfi-job-selection.h"
#include "rfi-job-table.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What a person has in hand stays as it is: see RfiJobHold. */

/* @jobs: (nullable). @also: (nullable): more that are meant, if @item is one of them.
 * Returns: (transfer full) (nullable) (element-type RfiJobHold): unref it to let go */
GPtrArray *rfi_held_new          (RfiJobTable     *jobs,
                                  RfiJobItem      *item,
                                  RfiJobSelection *also);

/* Holds them for as long as @popover is open. */
void       rfi_held_while_open   (GtkPopover      *popover,
                                  RfiJobTable     *jobs,
                                  RfiJobItem      *item,
                                  RfiJobSelection *also);

/* What waits for @item: "Changed elsewhere: priority". Returns: (transfer full) (nullable): %NULL
 * if nothing does */
char      *rfi_held_words        (RfiJobTable     *jobs,
                                  RfiJobItem      *item);

/* Says in @label, which says just that, who changed what of it: "Dana changed the status". It is
 * looked up in the history that is kept here, then in the server's; what neither tells stays as it
 * is. */
void       rfi_held_tell_who     (GtkLabel        *label,
                                  RfiSession      *session,
                                  RfiJobItem      *item);

/* Before @item is dropped: shows what waited for that. If it changed where or whose it is, or what
 * is to be done with it, says so by `win.toast` of @widget and returns %FALSE: nobody drops what
 * they have not seen. @jobs: (nullable) */
gboolean   rfi_held_may_drop     (GtkWidget       *widget,
                                  RfiJobTable     *jobs,
                                  RfiJobItem      *item);

G_END_DECLS
