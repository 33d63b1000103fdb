/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-conflict-desk.h"

G_BEGIN_DECLS

/* What the desk asks before it does something about a conflict besides deciding it, and then does.
 * @parent: a widget of the window, which hears of the outcome by `win.toast`. */

/* A note, and to whom it goes. */
void rfi_conflict_ask_escalate    (GtkWidget       *parent,
                                   RfiConflictDesk *desk,
                                   RfiConflict     *conflict);
/* A note that begins, adds to or ends looking into it. */
void rfi_conflict_ask_investigate (GtkWidget       *parent,
                                   RfiConflictDesk *desk,
                                   RfiConflict     *conflict,
                                   RfiCaseStep      step);
/* One answer for all of @conflicts (element-type RfiConflict), with what it does to each. */
void rfi_conflict_ask_together    (GtkWidget       *parent,
                                   RfiSession      *session,
                                   GPtrArray       *conflicts);

G_END_DECLS
