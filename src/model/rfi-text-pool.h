/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that many jobs have in common, kept once for all threads. GLib's own interned reference
 * strings are not for this: in 2.74 one thread may be handed a string that another is freeing.
 */

/* @text as it is sought, in any letters. Returns: (transfer full) */
char *rfi_text_fold (const char *text);

/* Puts the shared copy in place of each text, %NULL stays. */
void rfi_text_pool_take    (const char **const *texts,
                            guint               n_texts);

/* What a search looks into, without making it again for each: composed and folded if that changes
 * more than letters of ASCII, else @text itself, which is to be compared without regard to theirs.
 * @text: interned
 * @length: (out): of what is returned, in bytes
 * @is_folded: (out)
 */
const char *rfi_text_pool_get_sought (const char *text,
                                      size_t     *length,
                                      gboolean   *is_folded);

/* Few and small numbers, for arrays of what is known of texts: no two texts have the same one at
 * the same time. @text: (nullable): interned; 0 for %NULL only */
guint rfi_text_pool_get_number    (const char *text);
/* One more than the greatest number so far. */
guint rfi_text_pool_get_n_numbers (void);
/* The numbers that were given to texts since the last look, for whoever keeps what it learnt of
 * texts: of these it knows nothing any more.
 * @since: (inout): the moment of that look; 0 = there was none
 * @numbers: (element-type guint): emptied before
 * Returns: whether they are few enough to be told */
gboolean rfi_text_pool_list_given (guint64 *since,
                                   GArray  *numbers);

/* Gives back what was taken. */
void rfi_text_pool_release (const char **const *texts,
                            guint               n_texts);

G_END_DECLS
