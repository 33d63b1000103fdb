/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times of the contract: milliseconds since 1970 in memory, on the wire always the 24
 * characters "2026-11-21T08:12:22.988Z", because old servers compare them as text.
 */
#define RFI_TIME_TEXT_SIZE 25

/* @text: room for RFI_TIME_TEXT_SIZE bytes */
void     rfi_time_format (gint64       ms,
                          char        *text);
char    *rfi_time_to_string (gint64    ms);

/* Reads RFC 3339 with or without fraction, 'Z' or an offset. %FALSE leaves @ms alone. */
gboolean rfi_time_parse  (const char  *text,
                          gssize       length,
                          gint64      *ms);

G_END_DECLS
