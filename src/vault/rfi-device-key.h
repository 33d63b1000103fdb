/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-secret.h"

G_BEGIN_DECLS

#define RFI_DEVICE_KEY_SEED_SIZE 32
#define RFI_DEVICE_KEY_PUBLIC_SIZE 32
#define RFI_DEVICE_KEY_SIGNATURE_SIZE 64

/* Where a key came from, and with that how long it stays. */
typedef enum {
  RFI_DEVICE_KEY_FOUND,    /* in the keyring */
  RFI_DEVICE_KEY_MADE,     /* anew, and the keyring has it now */
  RFI_DEVICE_KEY_SESSION,  /* anew, for this session only: there is no keyring */
} RfiDeviceKeyOrigin;

/**
 * RfiDeviceKey:
 *
 * The Ed25519 key pair with which one device signs what it sends. Read only, safe to share between
 * threads; the private half is in guarded memory and wiped with the last reference.
 */
typedef struct _RfiDeviceKey RfiDeviceKey;

/* Returns: (transfer full) */
RfiDeviceKey *rfi_device_key_new            (void);
/* The same seed makes the same key. @seed: RFI_DEVICE_KEY_SEED_SIZE bytes */
RfiDeviceKey *rfi_device_key_new_seed       (const guint8        *seed);
RfiDeviceKey *rfi_device_key_ref            (RfiDeviceKey        *self);
void          rfi_device_key_unref          (RfiDeviceKey        *self);

/* RFI_DEVICE_KEY_PUBLIC_SIZE bytes, as long as @self */
const guint8 *rfi_device_key_get_public     (RfiDeviceKey        *self);
/* In base64, as the server takes it. Returns: (transfer full) */
char         *rfi_device_key_get_public_text (RfiDeviceKey       *self);
/* For people to compare, see rfi_device_key_fingerprint(). Returns: (transfer full) */
char         *rfi_device_key_get_fingerprint (RfiDeviceKey       *self);

/* @signature: (out): RFI_DEVICE_KEY_SIGNATURE_SIZE bytes */
void          rfi_device_key_sign           (RfiDeviceKey        *self,
                                             const guint8        *bytes,
                                             gsize                size,
                                             guint8              *signature);
/* In base64. Returns: (transfer full) */
char         *rfi_device_key_sign_text      (RfiDeviceKey        *self,
                                             const guint8        *bytes,
                                             gsize                size);

/* The public halves need no key object. @public_key, @signature: of the sizes above */
gboolean      rfi_device_key_verify         (const guint8        *public_key,
                                             const guint8        *bytes,
                                             gsize                size,
                                             const guint8        *signature);
/* From base64; %FALSE also if a text is none or of the wrong length. */
gboolean      rfi_device_key_verify_text    (const char          *public_key,
                                             const guint8        *bytes,
                                             gsize                size,
                                             const char          *signature);
/* "3F2A 91C0 …": the first 16 bytes of the SHA-256 in groups of four digits.
 * Returns: (transfer full) */
char         *rfi_device_key_fingerprint    (const guint8        *public_key);

/* The key of a device from the keyring; if there is none yet, one is made and kept there. Without
 * a keyring it is one for this session, and @origin says so. A locked keyring is an error.
 * finish: (transfer full); @origin: (out); errors are RFI_VAULT_ERROR */
void          rfi_device_key_obtain_async   (const char          *device_id,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
RfiDeviceKey *rfi_device_key_obtain_finish  (GAsyncResult        *result,
                                             RfiDeviceKeyOrigin  *origin,
                                             GError             **error);

/* Forgets it in the keyring. */
void          rfi_device_key_forget_async   (const char          *device_id,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean      rfi_device_key_forget_finish  (GAsyncResult        *result,
                                             GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiDeviceKey, rfi_device_key_unref)

G_END_DECLS
