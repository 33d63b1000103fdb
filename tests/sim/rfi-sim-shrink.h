/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-plan.h"

G_BEGIN_DECLS

/* Whether the run still goes wrong in the same way. */
typedef gboolean (*RfiSimStillFails) (const RfiSimPlan *plan,
                                      gpointer          data);

/* Leaves out what is not needed for the failure: what people do, then what goes wrong, then
 * machines. @max_runs: stops looking after so many. Returns: (transfer full) */
RfiSimPlan *rfi_sim_shrink (const RfiSimPlan *plan,
                            RfiSimStillFails  still_fails,
                            gpointer          data,
                            guint             max_runs);

G_END_DECLS
