/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For good, the calling thread gives way to the others where there are fewer processors than
 * threads with something to do: to the one that draws and answers hands first. No thread gets
 * quicker again, so it has to be one of its own, no shared one.
 */
void rfi_give_way (void);

G_END_DECLS
