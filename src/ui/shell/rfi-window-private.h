/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"
#include "rfi-window.h"

G_BEGIN_DECLS

/* What the files of RfiWindow ask of each other. */

/* (nullable) while nobody is signed in */
RfiSession        *rfi_window_get_session  (RfiWindow   *self);
RfiSessionManager *rfi_window_get_manager  (RfiWindow   *self);
RfiJobFilter      *rfi_window_get_filter   (RfiWindow   *self);
RfiJobSelection   *rfi_window_get_selection (RfiWindow  *self);

void               rfi_window_show_page    (RfiWindow   *self,
                                            const char  *name);
void               rfi_window_show_job     (RfiWindow   *self,
                                            const char  *job_id);
void               rfi_window_close_detail (RfiWindow   *self);
void               rfi_window_show_photos  (RfiWindow   *self,
                                            const char  *job_id);
void               rfi_window_show_conflict (RfiWindow  *self,
                                             const char *conflict_id);
void               rfi_window_search       (RfiWindow   *self);

/* @label, @action: (nullable): a button. Returns: (transfer none) */
AdwToast          *rfi_window_toast        (RfiWindow   *self,
                                            const char  *text,
                                            const char  *label,
                                            const char  *action);
void               rfi_window_toast_error  (RfiWindow   *self,
                                            const GError *error);

/* rfi-window-actions.c: the actions that change jobs and the account */
void               rfi_window_add_actions    (RfiWindow *self);

/* … which may be used now, by role and connection */
void               rfi_window_update_actions (RfiWindow *self);

/* rfi-window-bulk.c: what is done to all that is selected */
void               rfi_window_add_bulk_actions (RfiWindow *self);

/* rfi-window-notes.c: what a session that begins has to tell */
void               rfi_window_note_keyring  (RfiWindow *self);
void               rfi_window_note_recovery (RfiWindow *self);

/* rfi-window-questions.c: what is asked before something that cannot be taken back */
void               rfi_window_ask_cancel   (RfiWindow   *self,
                                            const char  *job_id);
void               rfi_window_ask_delete   (RfiWindow   *self,
                                            const char  *job_id);
void               rfi_window_ask_sign_out (RfiWindow   *self);
void               rfi_window_ask_quit     (RfiWindow   *self,
                                            guint        n_queued);
void               rfi_window_ask_password (RfiWindow   *self);

G_END_DECLS
