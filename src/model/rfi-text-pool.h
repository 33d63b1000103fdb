/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that many jobs have in common, kept once for all threads. GLib's own interned reference
 * strings are not for this: in 2.74 one thread may be handed a string that another is freeing.
 */

/* Puts the shared copy in place of each text, %NULL stays. */
void rfi_text_pool_take    (const char **const *texts,
                            guint               n_texts);

/* Gives back what was taken. */
void rfi_text_pool_release (const char **const *texts,
                            guint               n_texts);

G_END_DECLS
