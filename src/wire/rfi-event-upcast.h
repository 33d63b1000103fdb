/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An event stays as it was recorded; who reads it sees it as it would be recorded today. From
 * version to version, each step with what changed in it:
 *
 *   1 → 2  "sync.*" and "device.*" told an error as "CODE: words", and words may name a host: the
 *          code stays. "operation.*" had its operation as "id", and its kind as a number.
 *
 * @payload: JSON text of an object as of @version. Returns: (transfer full) (nullable): as of
 * RFI_CLIENT_EVENT_SCHEMA; %NULL if it is newer than that, or no object */
char *rfi_event_upcast (const char *type,
                        gint64      version,
                        const char *payload);

G_END_DECLS
