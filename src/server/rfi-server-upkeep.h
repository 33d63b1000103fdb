/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-server-store.h"

G_BEGIN_DECLS

#define RFI_TYPE_SERVER_UPKEEP (rfi_server_upkeep_get_type ())

G_DECLARE_FINAL_TYPE (RfiServerUpkeep, rfi_server_upkeep, RFI, SERVER_UPKEEP, GObject)

/**
 * RfiServerUpkeep:
 *
 * Lets go what the store need not keep any more (see rfi-server-retention.h): when it is made, and
 * then once a day. In small slices with pauses between them, each a change like any other, so that
 * whoever wants something of the server waits for one slice at most. For the loop's thread.
 */
RfiServerUpkeep *rfi_server_upkeep_new     (RfiServerStore  *store,
                                            RfiClock        *clock);

/* Begins nothing any more. Whether a slice is still with the store, which has to stay open until
 * it is not. */
gboolean         rfi_server_upkeep_stop    (RfiServerUpkeep *self);

G_END_DECLS
