/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-truth.h"

G_BEGIN_DECLS

/* S14: the server's history is one chain, whose hashes are those of what it says, and tells of
 * every operation that was applied. Returns: (transfer full) (nullable): "S14: words" */
char *rfi_sim_history_check (RfiSimTruth *truth,
                             RfiDb       *db);

G_END_DECLS
