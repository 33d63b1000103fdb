/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-sim-disk.h"

G_BEGIN_DECLS

/* Lets every database of this process live on an RfiSimDisk, with SQLite's time and randomness
 * from the simulation. Once and for good; the clock and the randomness may be changed. */
void rfi_sim_vfs_install (void);

/* @random: (nullable) @now: (nullable): ms since 1970, read whenever SQLite asks */
void rfi_sim_vfs_set     (RfiRandom    *random,
                          const gint64 *now);

/* Puts a file with all of @migrations on a new @disk. It is made once for all worlds: the same
 * statements over and over took a sixth of the time. @migrations: lives for ever */
void rfi_sim_vfs_prepare (RfiSimDisk   *disk,
                          const char   *name,
                          const char   *migrations);

G_END_DECLS
