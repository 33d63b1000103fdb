/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The memory that SQLite asks for, in one of the two programs: one call of many is refused. What
 * the world's observers ask for always goes well, and is not counted. */
typedef enum {
  RFI_SIM_OWNER_CONSOLES,
  RFI_SIM_OWNER_SERVER,
  RFI_SIM_OWNER_OBSERVERS,
} RfiSimOwner;

/* Before the first use of SQLite. */
void        rfi_sim_memory_install (void);

/* @call: from now on; 0 = none fails */
void        rfi_sim_memory_fail_at (RfiSimOwner owner,
                                    gint64      call);

/* Who runs from now on. Returns: who did before */
RfiSimOwner rfi_sim_memory_enter   (RfiSimOwner owner);

/* Whether it came to that call. */
gboolean    rfi_sim_memory_failed  (void);

G_END_DECLS
