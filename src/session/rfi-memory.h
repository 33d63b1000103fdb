/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How this process has its memory from the C library. Without glibc's own ways nothing happens. */

/* Before there are threads. */
void rfi_memory_prepare   (void);

/* Gives back to the system what lies free between what stays, in a thread of its own. */
void rfi_memory_give_back (void);

G_END_DECLS
