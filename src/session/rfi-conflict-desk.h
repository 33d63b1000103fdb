/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* Why the desk is not as it should be. The first three are about the conflicts of others. */
typedef enum {
  RFI_DESK_TROUBLE_ASK = 1 << 0,   /* the server is there and did not tell */
  RFI_DESK_TROUBLE_READ = 1 << 1,  /* what it told earlier can't be read here */
  RFI_DESK_TROUBLE_KEEP = 1 << 2,  /* what it told can't be kept here for when it is away */
  RFI_DESK_TROUBLE_SETTLE = 1 << 3, /* what others settled of the own can't be taken over */
  RFI_DESK_TROUBLE_CHOOSE = 1 << 4, /* a remembered choice can't be carried out */
} RfiDeskTrouble;

#define RFI_TYPE_CONFLICT_DESK (rfi_conflict_desk_get_type ())

G_DECLARE_FINAL_TYPE (RfiConflictDesk, rfi_conflict_desk, RFI, CONFLICT_DESK, GObject)

/**
 * RfiConflictDesk:
 *
 * All conflicts that the signed-in person may decide: their own, which wait on this computer, and
 * those of others that the server keeps records of. It asks the server now and then, while there is
 * one that speaks Sync v1; without it the own ones stay, and the others as they were last told,
 * in an earlier run too. What was settled today is listed apart, to be looked at.
 * Main thread only; one for each session, which it does not keep alive.
 *
 * Properties: `current` (the server's records are known, as of its last answer); `n-waiting` (how
 * many wait for this person: their own, and what was handed to them); `told-at` (when the server
 * told of the others and the settled, ms since 1970; 0 = never).
 * Signals: `settled` (RfiConflict): somebody else settled one of the own, its facts say who;
 * `chosen` (RfiConflict): it was settled by a remembered choice; `trouble`: there is other trouble,
 * or none any more.
 */
RfiConflictDesk *rfi_conflict_desk_get        (RfiSession      *session);

/* (transfer none): RfiRecordItem of RfiConflict: the own ones first, each newest first. */
GListModel      *rfi_conflict_desk_get_list   (RfiConflictDesk *self);
/* (transfer none): RfiRecordItem of RfiConflict, whose facts say by whom and how: those settled
 * since midnight. */
GListModel      *rfi_conflict_desk_get_settled (RfiConflictDesk *self);
/* (transfer none) (nullable): an open one */
RfiConflict     *rfi_conflict_desk_find       (RfiConflictDesk *self,
                                               const char      *conflict_id);
/* RfiDeskTrouble flags: 0 = none. Each ends by itself once it works. */
guint            rfi_conflict_desk_get_troubles (RfiConflictDesk *self);
/* Asks the server at once, if it can be asked. */
void             rfi_conflict_desk_refresh    (RfiConflictDesk *self);

/* What a person said once and for all: "a{ss}", a field's name to "mine" or "theirs". A conflict
 * that it decides whole is settled by itself; a status never is. @choices: (nullable) */
void             rfi_conflict_desk_set_choices (RfiConflictDesk *self,
                                                GVariant       *choices);
/* +1 mine, -1 theirs, 0 nothing is said */
int              rfi_conflict_desk_get_choice (RfiConflictDesk *self,
                                               RfiField         field);

/* @result: (nullable): the values to set over the server's; %NULL = its version. Errors are
 * RFI_SESSION_ERROR. */
void             rfi_conflict_desk_decide_async  (RfiConflictDesk     *self,
                                                  const char          *conflict_id,
                                                  RfiPatch            *result,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean         rfi_conflict_desk_decide_finish (RfiConflictDesk     *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

/* Decisions that follow belong together, until the next call. */
void             rfi_conflict_desk_begin      (RfiConflictDesk *self);
/* Takes the last decisions back; those that were sent stay. finish: how many are open again, -1
 * with @error: RFI_SESSION_ERROR_GONE if all were sent */
void             rfi_conflict_desk_undo_async  (RfiConflictDesk     *self,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
int              rfi_conflict_desk_undo_finish (RfiConflictDesk     *self,
                                                GAsyncResult        *result,
                                                GError             **error);

/* These need the server. @to, @owner: (nullable): whoever may; oneself */
void             rfi_conflict_desk_escalate_async    (RfiConflictDesk     *self,
                                                      const char          *conflict_id,
                                                      const char          *to,
                                                      const char          *note,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
void             rfi_conflict_desk_investigate_async (RfiConflictDesk     *self,
                                                      const char          *conflict_id,
                                                      RfiCaseStep          step,
                                                      const char          *owner,
                                                      const char          *text,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
/* Of the two above. */
gboolean         rfi_conflict_desk_ask_finish        (RfiConflictDesk     *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
/* Who may decide it. finish: (transfer full) (element-type RfiUser) */
void             rfi_conflict_desk_list_people_async  (RfiConflictDesk     *self,
                                                       const char          *conflict_id,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
GPtrArray       *rfi_conflict_desk_list_people_finish (RfiConflictDesk     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

G_END_DECLS
