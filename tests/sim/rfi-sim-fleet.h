/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-runner.h"

G_BEGIN_DECLS

/* As rfi_sim_runner_run(), but a signal to end stops it where it is, and the first @report->n_run
 * seeds have run then; shared out among @n_processes: which seeds run, what each does and which
 * is the first to fail does not depend on how many there are. What they counted is counted here in
 * the end. Only while this process has one thread. */
void rfi_sim_fleet_run (const RfiSimBatch *batch,
                        guint              n_processes,
                        RfiSimReport      *report);

G_END_DECLS
