/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-client-event.h"
#include "rfi-event-trouble.h"
#include "rfi-pulse.h"
#include "rfi-session.h"
#include "rfi-sync-alarm.h"

G_BEGIN_DECLS

/* How syncing goes and went, for who wants to know. */

/* What was written by an earlier session comes a moment after the first time it is asked for.
 * Returns: (transfer none) */
RfiPulse  *rfi_session_get_pulse          (RfiSession          *self);

/* What wants attention at @now, ms since 1970. @alarms: (out caller-allocates).
 * Returns: how many */
guint      rfi_session_check_alarms       (RfiSession          *self,
                                           gint64               now,
                                           RfiSyncAlarm         alarms[RFI_N_ALARM_KINDS]);

/* A person saw that the server went back: the next run tells it no more. */
void       rfi_session_see_restored       (RfiSession          *self);

/* The events of this computer that no archive has, the newest first. @before: below this `n`;
 * 0 = from the newest. finish: (transfer full) (element-type RfiClientEvent): as recorded, or
 * RFI_SESSION_ERROR */
void       rfi_session_list_events_async  (RfiSession          *self,
                                           guint                limit,
                                           gint64               before,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
GPtrArray *rfi_session_list_events_finish (RfiSession          *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Why events are not sent or not archived, if so. @since: (out): ms since 1970
 * @error: (out) (nullable): RFI_SESSION_ERROR */
RfiEventTrouble rfi_session_get_event_trouble (RfiSession      *self,
                                           gint64              *since,
                                           const GError       **error);
/* Sends them and archives by the rule now, not when their time comes. */
void       rfi_session_archive_events_async  (RfiSession          *self,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean   rfi_session_archive_events_finish (RfiSession          *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* One as JSON for people to read, with its payload as it reads today. Returns: (transfer full) */
char      *rfi_session_describe_event     (const RfiClientEvent *event);

G_END_DECLS
