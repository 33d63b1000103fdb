/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-pulse.h"
#include "rfi-session-cache.h"
#include "rfi-sync-alarm.h"

G_BEGIN_DECLS

/* What goes into the diagnostics; all borrowed. */
typedef struct
{
  gint64              now;         /* ms since 1970 */
  const RfiSyncState *state;
  const RfiSyncAlarm *alarms;
  guint               n_alarms;
  GListModel         *outbox;      /* of RfiRecordItem holding RfiOperation */
  GListModel         *conflicts;   /* of RfiRecordItem holding RfiConflict */
  RfiPulse           *pulse;
  GPtrArray          *events;      /* (element-type RfiClientEvent) */
  RfiCacheStats       cache;
  const char         *server_url;  /* (nullable): personal, as is what follows */
  const char         *email;       /* (nullable) */
  const char         *waiting;     /* (nullable): JSON of what waits, in full */
} RfiDiagnostics;

/* Everything that helps to find out what is wrong, as JSON for people and programs to read. Never
 * a token, a password or a key; without the personal part only ids, kinds, codes, counts and
 * times: no name, no address, nothing that anybody typed, and no host. Returns: (transfer full) */
GBytes *rfi_diagnostics_write (const RfiDiagnostics *self);

G_END_DECLS
