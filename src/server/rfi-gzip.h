/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Returns: (transfer full) */
GBytes *rfi_gzip_compress    (GBytes         *data);

/* @format: of gzip, or of what HTTP calls deflate
 * Returns: (transfer full) (nullable): %NULL if it is none, or more than @limit */
GBytes *rfi_gzip_decompress  (GBytes         *data,
                              gboolean        gzip,
                              gsize           limit,
                              GError        **error);

/* A stream compressed piece by piece. @last: ends it. @out: appended to */
void    rfi_gzip_append      (GZlibCompressor *compressor,
                              const char      *data,
                              gsize            length,
                              gboolean         last,
                              GByteArray      *out);

G_END_DECLS
