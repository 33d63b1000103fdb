/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session.h"
#include "rfi-window.h"

G_BEGIN_DECLS

#define RFI_TYPE_UNDO_ACTIONS (rfi_undo_actions_get_type ())

G_DECLARE_FINAL_TYPE (RfiUndoActions, rfi_undo_actions, RFI, UNDO_ACTIONS, GObject)

/**
 * RfiUndoActions:
 *
 * Undo and redo in one window: the actions win.undo and win.redo, their keys, their words in the
 * menu, the toast after what can be undone, and the question when somebody changed it since.
 */

/* @menu: the part of the main menu that is theirs */
RfiUndoActions *rfi_undo_actions_new         (RfiWindow      *window,
                                              GMenu          *menu);
/* @session: (nullable) */
void            rfi_undo_actions_set_session (RfiUndoActions *self,
                                              RfiSession     *session);

G_END_DECLS
