/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-activity.h"
#include "rfi-sync-alarm.h"

G_BEGIN_DECLS

/* What is the matter. Returns: (transfer full) */
char       *rfi_alarm_words_title  (const RfiSyncAlarm *alarm);
/* What to do about it. Returns: (transfer full) */
char       *rfi_alarm_words_advice (const RfiSyncAlarm *alarm,
                                    const RfiSyncState *state);

/* What a button can do about it, and where it leads. @action: (out) (nullable): "win.show-page"
 * goes to the conflicts. Returns: (nullable): its label */
const char *rfi_alarm_words_remedy (const RfiSyncAlarm *alarm,
                                    const char        **action);

/* The same of events that are not sent, or not archived. @trouble: there is one
 * @error: (nullable). Returns: (transfer full) */
char       *rfi_alarm_words_events_title  (RfiEventTrouble   trouble,
                                           gint64            since);
char       *rfi_alarm_words_events_advice (RfiEventTrouble   trouble,
                                           const GError     *error);

G_END_DECLS
