/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Faults put into the code on purpose, so that the simulation can be shown to find them. Only
 * -Dplanted_bugs=true builds them; otherwise RFI_BUG (n) is 0 and the compiler drops them.
 */
#ifdef RFI_PLANTED_BUGS

/* Which one is alive, 0 for none; set before anything runs. */
extern guint rfi_bug_alive;

#define RFI_BUG(n) (rfi_bug_alive == (n))

#else

#define RFI_BUG(n) 0

#endif

G_END_DECLS
