/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells whether two sides hold the same jobs at the same versions. A scope's sum is the sum of its
 * rows', wrapping at 64 bits: the order does not matter, and a row that comes, goes or changes
 * costs one addition and one subtraction. Not against people who forge, only against mistakes.
 */
guint64 rfi_scope_sum_row (const char *id,
                           gint64      version);

/* As on the wire: 16 digits of lower-case hex. */
#define RFI_SCOPE_SUM_TEXT_SIZE 17

/* @text: room for RFI_SCOPE_SUM_TEXT_SIZE bytes */
void     rfi_scope_sum_format (guint64     sum,
                               char       *text);
gboolean rfi_scope_sum_parse  (const char *text,
                               guint64    *sum);

G_END_DECLS
