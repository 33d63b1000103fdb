/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-db.h"

G_BEGIN_DECLS

/* Lets the history of a server's @db grow to @n_entries, the first of them from @begin on: edits
 * and assignments of many people at many jobs, one after another. What fails ends the program. */
void rfi_bench_chain_grow (RfiDb *db,
                           guint  begin,
                           guint  n_entries);

G_END_DECLS
