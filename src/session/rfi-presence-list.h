/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-presence.h"
#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_PRESENCE_LIST (rfi_presence_list_get_type ())

G_DECLARE_FINAL_TYPE (RfiPresenceList, rfi_presence_list, RFI, PRESENCE_LIST, GObject)

/**
 * RfiPresenceList:
 *
 * Who else has which job open right now, and which ones are open here. It is empty whenever nothing
 * is known: offline, or with a server that does not tell. For the main thread.
 *
 * Signal `changed` (char *job_id).
 */

/* The one of @session. (transfer none) */
RfiPresenceList *rfi_session_get_presence (RfiSession      *session);

/* Others only: this person's other windows and devices are not among them.
 * Returns: (transfer none) (nullable): %NULL if there is nobody */
RfiPresence     *rfi_presence_list_get    (RfiPresenceList *self,
                                           const char      *job_id);

/* What is open in @place, which stands for one place that shows one job at a time.
 * @job_id: (nullable) */
void             rfi_presence_list_attend (RfiPresenceList *self,
                                           gpointer         place,
                                           const char      *job_id,
                                           RfiAttention     attention);

G_END_DECLS
