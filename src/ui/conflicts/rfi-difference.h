/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Markup of @value: the words that @base has not are underlined; those that were lost stand in
 * their place, struck through. Where words were lost, texts that share less than half are easier to
 * read whole.
 * Returns: (transfer full) */
char *rfi_difference_markup (const char *base,
                             const char *value);

G_END_DECLS
