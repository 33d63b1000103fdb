/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One sentence what happened and one what to do, for an error of the session, of signing in, or
 * of a file; the server's own words where it gave some. Never %NULL. Returns: (transfer full) */
char *rfi_error_words      (const GError *error);

/* A short sentence for a failure code of RfiSyncState or RfiOperation ("OFFLINE", "TIMEOUT",
 * "FORBIDDEN" …); falls back on @message, the server's words. Returns: (transfer full) */
char *rfi_error_words_code (const char   *code,
                            const char   *message);

/* Why a file could not be written, and what to do. @error: G_IO_ERROR.
 * Returns: (transfer full) */
char *rfi_error_words_file (const GError *error);

/* Why the cache could not be compacted, and what to do. @error: the session's.
 * Returns: (transfer full) */
char *rfi_error_words_compact (const GError *error);

G_END_DECLS
