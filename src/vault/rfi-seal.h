/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-secret.h"

G_BEGIN_DECLS

/* How much longer sealed bytes are: number of the key, nonce, tag. */
#define RFI_SEAL_OVERHEAD (1 + 24 + 16)

/* Where sealed bytes belong: they open nowhere else. */
typedef struct
{
  const char *table;
  const char *id;
  gint64      version;
} RfiSealPlace;

/**
 * RfiSeal:
 *
 * Seals bytes that are kept on disk: XChaCha20-Poly1305 under a key from the keyring, bound to a
 * place. May hold older keys too: they open what they sealed, the newest seals. Read only, safe to
 * share between threads; keys are in guarded memory and wiped with the last reference.
 */
typedef struct _RfiSeal RfiSeal;

/* With a new key. Returns: (transfer full) */
RfiSeal   *rfi_seal_new          (void);
/* From rfi_seal_get_keys(). Returns: (transfer full), %NULL with RFI_VAULT_ERROR_FAILED if these
 * are no keys */
RfiSeal   *rfi_seal_new_keys     (RfiSecret           *keys,
                                  GError             **error);
/* With all keys of @self and a new one. Returns: (transfer full) */
RfiSeal   *rfi_seal_new_rotated  (RfiSeal             *self);
/* With the newest key of @self only. Returns: (transfer full) */
RfiSeal   *rfi_seal_new_newest   (RfiSeal             *self);
RfiSeal   *rfi_seal_ref          (RfiSeal             *self);
void       rfi_seal_unref        (RfiSeal             *self);

/* For the keyring. Returns: (transfer none) */
RfiSecret *rfi_seal_get_keys     (RfiSeal             *self);

/* @sealed: (out): @size + RFI_SEAL_OVERHEAD bytes */
void       rfi_seal_close        (RfiSeal             *self,
                                  const RfiSealPlace  *place,
                                  const guint8        *bytes,
                                  gsize                size,
                                  guint8              *sealed);
/* @size: of @sealed; @bytes: (out): @size - RFI_SEAL_OVERHEAD bytes.
 * Error: RFI_VAULT_ERROR_FORGED if anything of it was changed, or it belongs elsewhere */
gboolean   rfi_seal_open         (RfiSeal             *self,
                                  const RfiSealPlace  *place,
                                  const guint8        *sealed,
                                  gsize                size,
                                  guint8              *bytes,
                                  GError             **error);

/* The keys of a cache in the keyring. lookup_finish: (transfer full) (nullable): %NULL without
 * error if none are kept; errors are RFI_VAULT_ERROR */
void       rfi_seal_lookup_async  (const char          *cache_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
RfiSeal   *rfi_seal_lookup_finish (GAsyncResult        *result,
                                   GError             **error);
void       rfi_seal_keep_async    (RfiSeal             *self,
                                   const char          *cache_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean   rfi_seal_keep_finish   (GAsyncResult        *result,
                                   GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSeal, rfi_seal_unref)

G_END_DECLS
