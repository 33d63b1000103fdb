/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-ledger.h"
#include "rfi-wire-push.h"

G_BEGIN_DECLS

/* S6: what is most urgent goes first, with what it needs, but for the oldest after a while. Looks
 * at the order inside one request. Returns: (transfer full) (nullable): "S6: words" */
char *rfi_sim_order_check (GPtrArray         *ledger,
                           const RfiWirePush *push);

G_END_DECLS
