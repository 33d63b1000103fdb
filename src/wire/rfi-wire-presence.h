/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-json.h"
#include "rfi-presence.h"

G_BEGIN_DECLS

/* Presence on the hub, an extension that only a server with "presence" in its answer to negotiate
 * knows. A console calls RFI_WIRE_ATTEND, without waiting for an answer, for each job it has open,
 * and again before RFI_WIRE_ATTEND_LIFE has passed; the server tells RFI_WIRE_PRESENCE to consoles
 * that have called, of jobs that their person may see.
 */
#define RFI_WIRE_ATTEND       "Attend"
#define RFI_WIRE_PRESENCE     "Presence"
#define RFI_WIRE_ATTEND_LIFE  90000  /* ms */
#define RFI_WIRE_ATTEND_AGAIN 30000

/* A whole record. @job_id: "" only to hear of others */
void         rfi_wire_attend_append    (GString           *out,
                                        const char        *job_id,
                                        RfiAttention       attention);
/* @payload: the call's argument. %FALSE if it is none.
 * @job_id: (out) (transfer full) */
gboolean     rfi_wire_attend_read      (const RfiJson     *payload,
                                        char             **job_id,
                                        RfiAttention      *attention);

/* A whole record. */
void         rfi_wire_presence_append  (GString           *out,
                                        const RfiPresence *presence);
/* Returns: (transfer full) (nullable): %NULL if it cannot be read */
RfiPresence *rfi_wire_presence_read    (const RfiJson     *payload);

G_END_DECLS
