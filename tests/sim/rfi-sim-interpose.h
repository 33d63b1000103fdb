/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-random.h"

G_BEGIN_DECLS

/* When the simulated worlds begin, ms since 1970. */
#define RFI_SIM_EPOCH G_GINT64_CONSTANT (1800000000000)

/* Time and randomness of GLib and libsodium in this process come from the simulation. Keys are
 * worth nothing here. */
void rfi_sim_interpose_install (void);

/* @now: (nullable): ms since the beginning */
void rfi_sim_interpose         (RfiRandom    *random,
                                const gint64 *now);
/* The main loop takes another turn. */
void rfi_sim_interpose_turn    (void);

G_END_DECLS
