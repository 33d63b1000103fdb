/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-profile.h"
#include "rfi-session-manager.h"
#include "rfi-session-private.h"

G_BEGIN_DECLS

/* What signing in asks of a server and of the keyring. Errors are RFI_SIGN_IN_ERROR. */

/* "example.com" becomes "https://example.com", "localhost:8080" gets http; anything else in plain
 * http is refused. Returns: (transfer full) (nullable) */
char       *rfi_sign_in_check_server   (const char          *text,
                                        GError             **error);

/* finish: the server's answering time in ms, or -1 */
void        rfi_sign_in_probe_async    (const char          *server_url,
                                        const char          *pin,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
int         rfi_sign_in_probe_finish   (GAsyncResult        *result,
                                        GError             **error);

/* Asks the server for a token, and the keyring to keep it if @keep.
 * finish: (transfer full): without folder */
void        rfi_sign_in_async          (const char          *server_url,
                                        const char          *pin,
                                        const char          *email,
                                        const char          *password,
                                        gboolean             keep,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
RfiAccount *rfi_sign_in_finish         (GAsyncResult        *result,
                                        GError             **error);

/* What the keyring kept. finish: (transfer full) (nullable): %NULL without error if nothing,
 * without folder; the keyring's errors are RFI_VAULT_ERROR */
void        rfi_sign_in_recall_async   (const char          *server_url,
                                        const char          *email,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
RfiAccount *rfi_sign_in_recall_finish  (GAsyncResult        *result,
                                        GError             **error);

/* The token was renewed: takes what renews the next one for the account, and has the keyring keep
 * it if it keeps the sign-in. Ends @done, (transfer full), once that is so, or with an
 * RFI_VAULT_ERROR. @account: RfiAccount */
void        rfi_sign_in_keep_next      (const char          *refresh_token,
                                        GTask               *done,
                                        gpointer             account);

/* Tells the server that nobody will renew a token any more. Nobody waits for its answer.
 * @refresh_token: (nullable) */
void        rfi_sign_in_end            (const char          *server_url,
                                        const char          *pin,
                                        const char          *refresh_token);

/* The store's errors as those of signing in. @error: (transfer full) */
GError     *rfi_sign_in_translate_store (GError             *error);

G_END_DECLS
