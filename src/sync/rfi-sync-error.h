/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word for why something failed, for RfiSyncState.error_code and RfiOperation.error_code: the
 * server's own code if it gave one, else "OFFLINE", "TIMEOUT", "INTERRUPTED", "CERTIFICATE",
 * "PROTOCOL" (something else answered) or "STORE" (this computer's disk). */
const char *rfi_sync_error_code         (const GError *error);

/* Whether the same again, later, may work without a person. A refusal that is not in our server's
 * words comes from something in between, and says nothing about the operation. */
gboolean    rfi_sync_error_is_transient (const GError *error);

/* Whether our server says that there is no such thing. (nullable) */
gboolean    rfi_sync_error_is_gone      (const GError *error);

/* Whether it counts as the server being out of reach; whether it asks to sign in again.
 * @error: (nullable) */
gboolean    rfi_sync_error_is_network   (const GError *error);
gboolean    rfi_sync_error_is_auth      (const GError *error);

/* Whether our server understood, and says that it will not. (nullable) */
gboolean    rfi_sync_error_is_refusal   (const GError *error);

/* ms the server asked to stay away; 0 = it did not */
gint64      rfi_sync_error_get_wait     (const GError *error);

G_END_DECLS
