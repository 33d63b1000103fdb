/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-decision.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What a conflict is about, in words. All return (transfer full). */

/* "technician, notes": what a person has to decide, for a list. */
char *rfi_conflict_words_fields    (RfiConflict       *conflict);
/* Whose change it is: "You", or a name. */
char *rfi_conflict_words_owner     (RfiSession        *session,
                                    RfiConflict       *conflict);
/* Who made the job what it is on the server. */
char *rfi_conflict_words_other     (RfiSession        *session,
                                    RfiConflict       *conflict);
/* A sentence or two: what happened. */
char *rfi_conflict_words_story     (RfiSession        *session,
                                    const RfiDecision *decision);
/* "typed 10:44, received 11:00": 0 = unknown; "" if nothing is known */
char *rfi_conflict_words_times     (gint64             typed_at,
                                    gint64             received_at);
/* "Title and Technician: you choose · Status never decides itself": what the rules of the fields
 * say, of those that are shown. */
char *rfi_conflict_words_rules     (const RfiDecision *decision);
/* Why the result can't be sent, "" if it can. */
char *rfi_conflict_words_fault     (const RfiFault    *fault);

/* Why the change can't be had all the same, "" if it can. */
char *rfi_conflict_words_obstacle  (RfiSession        *session,
                                    const RfiDecision *decision);

/* What each answer will cause; where it can't be given, why. */
char *rfi_conflict_words_if_server (RfiSession        *session,
                                    const RfiDecision *decision);
char *rfi_conflict_words_if_local  (RfiSession        *session,
                                    const RfiDecision *decision);
char *rfi_conflict_words_if_merged (RfiSession        *session,
                                    const RfiDecision *decision);

/* Who handed it on, to whom and why; "" if nobody did. */
char *rfi_conflict_words_escalation (RfiSession       *session,
                                     RfiConflict      *conflict);

/* What became of taking decisions back: @n_open as rfi_conflict_desk_undo_finish() answers.
 * @error: (nullable) */
char *rfi_conflict_words_undone    (int                n_open,
                                    const GError      *error);

/* Of when those of others are, and what is wrong with that. Returns: (nullable): %NULL if they are
 * all there, as of now */
char *rfi_conflict_words_told      (RfiSession        *session);

/* Of one that is settled: who did it; what came of it, for a list; and all that in sentences. */
char *rfi_conflict_words_settler   (RfiSession        *session,
                                    RfiConflict       *conflict);
char *rfi_conflict_words_settled   (RfiSession        *session,
                                    RfiConflict       *conflict);
char *rfi_conflict_words_record    (RfiSession        *session,
                                    RfiConflict       *conflict);

G_END_DECLS
