/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text in fewer bytes, for what is kept of very many jobs and seldom read: ids and times take the
 * bytes of the numbers they are, and one byte says what lists of items repeat. Any other text stays
 * as it is, and every text comes back as it was; the same texts are the same bytes.
 */

/* Puts @text behind what @to holds, with an end of its own.
 * Returns: whether anything of it is not as it was: else it can be read where it lies */
gboolean      rfi_text_squeeze          (const char    *text,
                                         GString       *to);

/* Puts the text that was squeezed to @at behind what @to holds, and a NUL.
 * Returns: what follows it */
const guint8 *rfi_text_unsqueeze        (const guint8  *at,
                                         GString       *to);

/* Returns: what follows the text squeezed to @at */
const guint8 *rfi_text_squeeze_skip     (const guint8  *at);

/* Whether what was squeezed to @at is a time as rfi_time_format() writes it, and nothing else.
 * @ms: (out) */
gboolean      rfi_text_squeeze_get_time (const guint8  *at,
                                         gint64        *ms);

G_END_DECLS
