/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* bcrypt, "$2b$", cost 10. Each call computes for about 50 ms: not for the loop's thread. */

/* Returns: (transfer full) (nullable): %NULL for a password bcrypt cannot take */
char     *rfi_password_hash  (const char *password);

/* @hash: (nullable): %NULL for a person who does not exist; takes as long and is %FALSE */
gboolean  rfi_password_check (const char *password,
                              const char *hash);

G_END_DECLS
