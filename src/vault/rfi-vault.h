/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-secret.h"

G_BEGIN_DECLS

/* Named by what a person can do. */
typedef enum {
  RFI_VAULT_ERROR_ABSENT,  /* no keyring service runs */
  RFI_VAULT_ERROR_LOCKED,  /* it stayed locked: the person dismissed it, or nobody could be asked */
  RFI_VAULT_ERROR_FORGED,  /* sealed bytes that were changed, moved, or sealed with another key */
  RFI_VAULT_ERROR_FAILED,
} RfiVaultError;

#define RFI_VAULT_ERROR (rfi_vault_error_quark ())

GQuark    rfi_vault_error_quark   (void);

/**
 * RfiVault:
 *
 * What only the signed-in person's keyring may hold, by libsecret: nothing else in the program
 * touches a key or a token. One secret per server and e-mail, and keys by what they are for.
 */

typedef enum {
  RFI_VAULT_DEVICE_KEY,  /* by device */
  RFI_VAULT_DATA_KEY,    /* by cache */
} RfiVaultKey;

/* @secret: kept as it is; replaces an older one */
void      rfi_vault_store_async   (const char          *server_url,
                                   const char          *email,
                                   const char          *secret,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean  rfi_vault_store_finish  (GAsyncResult        *result,
                                   GError             **error);

/* finish: (transfer full) (nullable): %NULL without error if nothing is kept. Free it with
 * rfi_vault_free(), which wipes it. */
void      rfi_vault_lookup_async  (const char          *server_url,
                                   const char          *email,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
char     *rfi_vault_lookup_finish (GAsyncResult        *result,
                                   GError             **error);
void      rfi_vault_free          (char                *secret);

void      rfi_vault_clear_async   (const char          *server_url,
                                   const char          *email,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean  rfi_vault_clear_finish  (GAsyncResult        *result,
                                   GError             **error);

/* Ends with rfi_vault_store_finish(). Replaces an older one. */
void       rfi_vault_store_key_async   (RfiVaultKey          kind,
                                        const char          *id,
                                        RfiSecret           *key,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

/* finish: (transfer full) (nullable): %NULL without error if none is kept */
void       rfi_vault_lookup_key_async  (RfiVaultKey          kind,
                                        const char          *id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
RfiSecret *rfi_vault_lookup_key_finish (GAsyncResult        *result,
                                        GError             **error);

/* Ends with rfi_vault_clear_finish(). */
void       rfi_vault_clear_key_async   (RfiVaultKey          kind,
                                        const char          *id,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

G_END_DECLS
