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
RfiSeal   *rfi_seal_ref          (RfiSeal             *self);
void       rfi_seal_unref        (RfiSeal             *self);

/* For the keyring. Returns: (transfer none) */
RfiSecret *rfi_seal_get_keys     (RfiSeal             *self);
/* Whether the bytes were sealed with the newest key, going by what they say themselves. */
gboolean   rfi_seal_is_newest    (RfiSeal             *self,
                                  const guint8        *sealed,
                                  gsize                size);

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

/* The keys of a cache from the keyring; if there are none yet, one is made and kept there. Without
 * a keyring it is one for this session, and @kept says so. A locked keyring is an error.
 * finish: (transfer full); @kept: (out); errors are RFI_VAULT_ERROR */
void       rfi_seal_obtain_async  (const char          *cache_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
RfiSeal   *rfi_seal_obtain_finish (GAsyncResult        *result,
                                   gboolean            *kept,
                                   GError             **error);
/* The same with a new key besides those the keyring has; they stay, as what they sealed may lie
 * in more than one place. Ends with rfi_seal_obtain_finish(). */
void       rfi_seal_renew_async   (const char          *cache_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSeal, rfi_seal_unref)

G_END_DECLS
