/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-schedule.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* Where and when jobs are done, as commands of a session: see rfi-session-commands.h, and its
 * rfi_session_command_finish(). */

/* Whether @job_id may be put there, and what speaks against it. @schedule: the session's.
 * @technician_id: (nullable): nobody. What @check points to holds until the table changes. */
void     rfi_session_check_place (RfiSession          *self,
                                  RfiSchedule         *schedule,
                                  const char          *job_id,
                                  const char          *technician_id,
                                  const RfiSpan       *span,
                                  RfiScheduleCheck    *check);

/* The technician's next free slot of that length. %FALSE if there is none soon. */
gboolean rfi_session_find_slot   (RfiSession          *self,
                                  RfiSchedule         *schedule,
                                  const char          *job_id,
                                  const char          *technician_id,
                                  const RfiSpan       *wanted,
                                  RfiSpan             *slot);

/* Assigns if somebody else has the job, which needs a connection, then sets its times, which does
 * not; up to three changes, each durable before the next begins. @technician_id: (nullable):
 * whoever has it. @span: (nullable): takes the times away */
void     rfi_session_place_async (RfiSession          *self,
                                  const char          *job_id,
                                  const char          *technician_id,
                                  const RfiSpan       *span,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

/* Nobody need look at it before. @until: ms since 1970, 0 = it waits for nothing any more */
void     rfi_session_hold_async  (RfiSession          *self,
                                  const char          *job_id,
                                  gint64               until,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

G_END_DECLS
