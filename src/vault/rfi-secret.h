/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RfiSecret:
 *
 * Secret bytes in guarded memory that is never swapped out if the system allows it, and wiped when
 * the last holder lets go. Read only once made; safe to share between threads.
 */
typedef struct _RfiSecret RfiSecret;

/* Random bytes for a key. Returns: (transfer full) */
RfiSecret    *rfi_secret_new_random  (gsize         size);
/* Returns: (transfer full): a copy; wiping @bytes is the caller's */
RfiSecret    *rfi_secret_new         (const guint8 *bytes,
                                      gsize         size);
/* What rfi_secret_to_text() made. Returns: (transfer full) (nullable): %NULL if it is not that */
RfiSecret    *rfi_secret_new_text    (const char   *text);
RfiSecret    *rfi_secret_ref         (RfiSecret    *self);
void          rfi_secret_unref       (RfiSecret    *self);

const guint8 *rfi_secret_get_bytes   (RfiSecret    *self);
gsize         rfi_secret_get_size    (RfiSecret    *self);

/* Base64. Returns: (transfer full): free it with rfi_secret_free_text(), which wipes it */
char         *rfi_secret_to_text     (RfiSecret    *self);
void          rfi_secret_free_text   (char         *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSecret, rfi_secret_unref)

G_END_DECLS
