/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person types, as a URL: "https" is added unless a scheme is there or the host is this
 * computer, blanks and slashes at the end go. Returns: (transfer full) (nullable): %NULL if
 * nothing is left */
char     *rfi_server_address_complete    (const char *typed);

/* Whether nobody can listen on the way there: TLS, or this computer itself. */
gboolean  rfi_server_address_is_private  (const char *url);

/* Whether @url names this computer. */
gboolean  rfi_server_address_is_loopback (const char *url);

G_END_DECLS
