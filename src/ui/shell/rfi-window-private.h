/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-list.h"
#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"
#include "rfi-window-pages.h"
#include "rfi-window-split.h"
#include "rfi-window-views.h"
#include "rfi-window.h"

G_BEGIN_DECLS

/* What the files of RfiWindow ask of each other. */

/* (nullable) while nobody is signed in */
RfiSession        *rfi_window_get_session  (RfiWindow   *self);
RfiSessionManager *rfi_window_get_manager  (RfiWindow   *self);
RfiJobFilter      *rfi_window_get_filter   (RfiWindow   *self);
RfiJobSelection   *rfi_window_get_selection (RfiWindow  *self);
RfiAlertList      *rfi_window_get_alerts   (RfiWindow   *self);

void               rfi_window_show_page    (RfiWindow   *self,
                                            const char  *name);
/* The page in the window's own stack, made if need be. (transfer none) */
GtkWidget         *rfi_window_get_page     (RfiWindow   *self,
                                            const char  *name);
/* Another page of that kind, on this window's session, filter and selection. (transfer floating) */
GtkWidget         *rfi_window_make_page    (RfiWindow   *self,
                                            const char  *name);
/* Whether two things fit side by side. */
gboolean           rfi_window_has_room     (RfiWindow   *self);

/* A page that shows what the filter lets pass: the one there is, or the board. */
void               rfi_window_show_filtered (RfiWindow  *self);
void               rfi_window_show_job     (RfiWindow   *self,
                                            const char  *job_id);
void               rfi_window_close_detail (RfiWindow   *self);
/* All of a job's; @photo_id: (nullable): the one to begin with */
void               rfi_window_show_photos  (RfiWindow   *self,
                                            const char  *job_id,
                                            const char  *photo_id);
void               rfi_window_show_conflict (RfiWindow  *self,
                                             const char *conflict_id);
void               rfi_window_undo_decision (RfiWindow  *self);
void               rfi_window_search       (RfiWindow   *self);

/* @label, @action: (nullable): a button. Returns: (transfer none) */
AdwToast          *rfi_window_toast        (RfiWindow   *self,
                                            const char  *text,
                                            const char  *label,
                                            const char  *action);
void               rfi_window_toast_error  (RfiWindow   *self,
                                            const GError *error);

/* rfi-window-toast.c. Its text may take several lines. @label, @action: (nullable): a button.
 * Returns: (transfer full): not shown yet */
AdwToast          *rfi_window_make_toast   (RfiWindow   *self,
                                            const char  *text,
                                            const char  *label,
                                            const char  *action);
void               rfi_window_set_toast_text (RfiWindow  *self,
                                              AdwToast   *toast,
                                              const char *text);
/* At once, in the place of what is shown: what it offers does not last */
void               rfi_window_toast_decision (RfiWindow  *self,
                                              const char *text,
                                              const char *label,
                                              const char *action);

/* rfi-window-menus.c: its menus, made when they are first opened */
void               rfi_window_add_menus      (RfiWindow *self);

/* rfi-window-actions.c: the actions that change jobs and the account */
void               rfi_window_add_actions    (RfiWindow *self);

/* … which may be used now, by role and connection */
void               rfi_window_update_actions (RfiWindow *self);

/* rfi-window-palette.c: what is typed, and the actions that only come from there */
void               rfi_window_add_palette    (RfiWindow *self);
void               rfi_window_update_palette (RfiWindow *self);

/* rfi-window-badges.c: how much waits behind each page; again for another session or its alerts */
void               rfi_window_update_badges  (RfiWindow *self);

/* rfi-window-alerts.c: from one job that wants attention to the next */
void               rfi_window_add_alert_actions (RfiWindow *self);

/* rfi-window-board.c: what lanes of people ask for, and what there is a lane for */
void               rfi_window_add_board_actions (RfiWindow *self);

/* rfi-window-history.c: moments and values of the past */
void               rfi_window_add_history_actions (RfiWindow *self);

/* rfi-window-print.c: what goes to paper or into a PDF */
void               rfi_window_add_print_actions (RfiWindow *self);

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
/* Returns: whether there is something to ask before the window may be closed */
gboolean           rfi_window_ask_quit     (RfiWindow   *self);
void               rfi_window_ask_password (RfiWindow   *self);

G_END_DECLS
