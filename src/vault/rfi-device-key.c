/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-device-key"

#include "config.h"

#include "rfi-device-key.h"

#include "rfi-vault.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (RFI_DEVICE_KEY_SEED_SIZE == crypto_sign_SEEDBYTES);
G_STATIC_ASSERT (RFI_DEVICE_KEY_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (RFI_DEVICE_KEY_SIGNATURE_SIZE == crypto_sign_BYTES);

#define VARIANT sodium_base64_VARIANT_ORIGINAL

struct _RfiDeviceKey
{
  RfiSecret       *seed;       /* (owned) */
  RfiSecret       *pair;       /* (owned): as libsodium signs with it */
  guint8           public_key[RFI_DEVICE_KEY_PUBLIC_SIZE];

  gatomicrefcount  ref_count;
};

static RfiDeviceKey *
new_from_secret (RfiSecret *seed)
{
  RfiDeviceKey *self = g_new0 (RfiDeviceKey, 1);
  guint8 pair[crypto_sign_SECRETKEYBYTES];

  self->seed = rfi_secret_ref (seed);
  crypto_sign_seed_keypair (self->public_key, pair, rfi_secret_get_bytes (seed));
  self->pair = rfi_secret_new (pair, sizeof pair);
  sodium_memzero (pair, sizeof pair);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RfiDeviceKey *
rfi_device_key_new (void)
{
  g_autoptr(RfiSecret) seed = rfi_secret_new_random (RFI_DEVICE_KEY_SEED_SIZE);

  return new_from_secret (seed);
}

RfiDeviceKey *
rfi_device_key_new_seed (const guint8 *seed)
{
  g_autoptr(RfiSecret) secret = rfi_secret_new (seed, RFI_DEVICE_KEY_SEED_SIZE);

  return new_from_secret (secret);
}

RfiDeviceKey *
rfi_device_key_ref (RfiDeviceKey *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_device_key_unref (RfiDeviceKey *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  rfi_secret_unref (self->seed);
  rfi_secret_unref (self->pair);
  g_free (self);
}

const guint8 *
rfi_device_key_get_public (RfiDeviceKey *self)
{
  return self->public_key;
}

char *
rfi_device_key_get_public_text (RfiDeviceKey *self)
{
  return g_base64_encode (self->public_key, sizeof self->public_key);
}

char *
rfi_device_key_get_fingerprint (RfiDeviceKey *self)
{
  return rfi_device_key_fingerprint (self->public_key);
}

void
rfi_device_key_sign (RfiDeviceKey *self,
                     const guint8 *bytes,
                     gsize         size,
                     guint8       *signature)
{
  crypto_sign_detached (signature, NULL, bytes, size, rfi_secret_get_bytes (self->pair));
}

char *
rfi_device_key_sign_text (RfiDeviceKey *self,
                          const guint8 *bytes,
                          gsize         size)
{
  guint8 signature[RFI_DEVICE_KEY_SIGNATURE_SIZE];

  rfi_device_key_sign (self, bytes, size, signature);
  return g_base64_encode (signature, sizeof signature);
}

gboolean
rfi_device_key_verify (const guint8 *public_key,
                       const guint8 *bytes,
                       gsize         size,
                       const guint8 *signature)
{
  return crypto_sign_verify_detached (signature, bytes, size, public_key) == 0;
}

/* Exactly @size bytes, in the one way to write them. */
static gboolean
decode (const char *text,
        guint8     *bytes,
        gsize       size)
{
  gsize length = strlen (text);
  gsize n;

  return length == sodium_base64_ENCODED_LEN (size, VARIANT) - 1 &&
         sodium_base642bin (bytes, size, text, length, NULL, &n, NULL, VARIANT) == 0 && n == size;
}

gboolean
rfi_device_key_verify_text (const char   *public_key,
                            const guint8 *bytes,
                            gsize         size,
                            const char   *signature)
{
  guint8 key[RFI_DEVICE_KEY_PUBLIC_SIZE];
  guint8 signed_with[RFI_DEVICE_KEY_SIGNATURE_SIZE];

  return decode (public_key, key, sizeof key) &&
         decode (signature, signed_with, sizeof signed_with) &&
         rfi_device_key_verify (key, bytes, size, signed_with);
}

char *
rfi_device_key_fingerprint (const guint8 *public_key)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  GString *text = g_string_new (NULL);

  crypto_hash_sha256 (digest, public_key, RFI_DEVICE_KEY_PUBLIC_SIZE);
  for (guint i = 0; i < 16; i += 2)
    g_string_append_printf (text, "%s%02X%02X", i > 0 ? " " : "", digest[i], digest[i + 1]);

  return g_string_free (text, FALSE);
}

/* What is being asked of the keyring, and the key it may come to. */
typedef struct
{
  char               *device_id;  /* (owned) */
  RfiDeviceKey       *made;       /* (owned) (nullable) */
  RfiDeviceKeyOrigin  origin;
} Obtaining;

static void
obtaining_free (Obtaining *obtaining)
{
  g_free (obtaining->device_id);
  g_clear_pointer (&obtaining->made, rfi_device_key_unref);
  g_free (obtaining);
}

static void
return_made (GTask              *task,
             RfiDeviceKeyOrigin  origin)
{
  Obtaining *obtaining = g_task_get_task_data (task);

  obtaining->origin = origin;
  g_task_return_pointer (task, g_steal_pointer (&obtaining->made),
                         (GDestroyNotify) rfi_device_key_unref);
}

/* @error: (transfer full) */
static void
return_without_keyring (GTask  *task,
                        GError *error)
{
  Obtaining *obtaining = g_task_get_task_data (task);

  if (!g_error_matches (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  if (obtaining->made == NULL)
    obtaining->made = rfi_device_key_new ();
  return_made (task, RFI_DEVICE_KEY_SESSION);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (rfi_vault_store_finish (result, &error))
    return_made (task, RFI_DEVICE_KEY_MADE);
  else
    return_without_keyring (task, error);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Obtaining *obtaining = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(RfiSecret) seed = rfi_vault_lookup_key_finish (result, &error);

  if (error != NULL)
    return_without_keyring (task, error);
  else if (seed != NULL && rfi_secret_get_size (seed) == RFI_DEVICE_KEY_SEED_SIZE)
    g_task_return_pointer (task, new_from_secret (seed), (GDestroyNotify) rfi_device_key_unref);
  else if (seed != NULL)
    g_task_return_new_error (task, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FAILED,
                             "The keyring's key of device %s is none", obtaining->device_id);
  else
    {
      obtaining->made = rfi_device_key_new ();
      rfi_vault_store_key_async (RFI_VAULT_DEVICE_KEY, obtaining->device_id,
                                 obtaining->made->seed, g_task_get_cancellable (task), stored_cb,
                                 g_object_ref (task));
    }
}

void
rfi_device_key_obtain_async (const char          *device_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Obtaining *obtaining = g_new0 (Obtaining, 1);

  obtaining->device_id = g_strdup (device_id);
  obtaining->origin = RFI_DEVICE_KEY_FOUND;
  g_task_set_source_tag (task, rfi_device_key_obtain_async);
  g_task_set_task_data (task, obtaining, (GDestroyNotify) obtaining_free);
  rfi_vault_lookup_key_async (RFI_VAULT_DEVICE_KEY, device_id, cancellable, looked_up_cb, task);
}

RfiDeviceKey *
rfi_device_key_obtain_finish (GAsyncResult        *result,
                              RfiDeviceKeyOrigin  *origin,
                              GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  *origin = ((Obtaining *) g_task_get_task_data (G_TASK (result)))->origin;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rfi_device_key_forget_async (const char          *device_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  rfi_vault_clear_key_async (RFI_VAULT_DEVICE_KEY, device_id, cancellable, callback, user_data);
}

gboolean
rfi_device_key_forget_finish (GAsyncResult  *result,
                              GError       **error)
{
  return rfi_vault_clear_finish (result, error);
}
