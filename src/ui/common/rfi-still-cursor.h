/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A cursor that blinks asks for one frame after the other, and a key that comes then waits for the
 * next of them to show what it does; without them a frame begins at once.
 *
 * From now on the cursor stands still while somebody types in @entry, and blinks again soon after,
 * where it did before. The switch is the one of all entries, but only one has the cursor. Once for
 * an entry is enough. Main thread only. */
void rfi_still_cursor_watch (GtkEditable *entry);

G_END_DECLS
