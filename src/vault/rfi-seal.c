/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-seal"

#include "config.h"

#include "rfi-seal.h"

#include "rfi-vault.h"

#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#define KEY_SIZE crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES

/* Kept in the keyring: each key behind its number, oldest first. */
#define RECORD_SIZE (1 + KEY_SIZE)
#define N_KEYS_MAX 255

G_STATIC_ASSERT (RFI_SEAL_OVERHEAD == 1 + NONCE_SIZE + TAG_SIZE);

struct _RfiSeal
{
  RfiSecret       *keys;       /* (owned) */
  /* A nonce is these bytes and a count: random enough not to come again under the same key, and
   * without a call of the system for each row. */
  guint8           prefix[NONCE_SIZE - sizeof (guint64)];
  atomic_ullong    count;

  gatomicrefcount  ref_count;
};

static const guint8 *
get_record (RfiSeal *self,
            gsize    i)
{
  return rfi_secret_get_bytes (self->keys) + i * RECORD_SIZE;
}

static gsize
count_keys (RfiSeal *self)
{
  return rfi_secret_get_size (self->keys) / RECORD_SIZE;
}

/* @records: of all keys; wiped here */
static RfiSeal *
new_from_records (guint8 *records,
                  gsize   n_keys)
{
  g_autoptr(RfiSecret) keys = rfi_secret_new (records, n_keys * RECORD_SIZE);

  sodium_memzero (records, n_keys * RECORD_SIZE);
  return rfi_seal_new_keys (keys, NULL);
}

static void
make_record (guint8 *record,
             guint8  number)
{
  g_autoptr(RfiSecret) key = rfi_secret_new_random (KEY_SIZE);

  record[0] = number;
  memcpy (record + 1, rfi_secret_get_bytes (key), KEY_SIZE);
}

RfiSeal *
rfi_seal_new (void)
{
  guint8 record[RECORD_SIZE];

  make_record (record, 1);
  return new_from_records (record, 1);
}

RfiSeal *
rfi_seal_new_keys (RfiSecret  *keys,
                   GError    **error)
{
  gsize size = rfi_secret_get_size (keys);
  RfiSeal *self;

  if (size == 0 || size % RECORD_SIZE != 0 || size / RECORD_SIZE > N_KEYS_MAX)
    {
      g_set_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FAILED,
                   "%" G_GSIZE_FORMAT " bytes are no keys to seal with", size);
      return NULL;
    }

  self = g_new0 (RfiSeal, 1);
  self->keys = rfi_secret_ref (keys);
  randombytes_buf (self->prefix, sizeof self->prefix);
  atomic_init (&self->count, 0);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

/* There are 255 numbers: the key that had the new one's before, if ever, is the oldest. */
RfiSeal *
rfi_seal_new_rotated (RfiSeal *self)
{
  guint8 records[N_KEYS_MAX * RECORD_SIZE];
  gsize n_keys = count_keys (self);
  gsize n_kept = MIN (n_keys, N_KEYS_MAX - 1);
  guint8 newest = get_record (self, n_keys - 1)[0];

  memcpy (records, get_record (self, n_keys - n_kept), n_kept * RECORD_SIZE);
  make_record (records + n_kept * RECORD_SIZE, (guint8) (newest % N_KEYS_MAX + 1));
  return new_from_records (records, n_kept + 1);
}

RfiSeal *
rfi_seal_ref (RfiSeal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rfi_seal_unref (RfiSeal *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  rfi_secret_unref (self->keys);
  g_free (self);
}

RfiSecret *
rfi_seal_get_keys (RfiSeal *self)
{
  return self->keys;
}

gboolean
rfi_seal_is_newest (RfiSeal      *self,
                    const guint8 *sealed,
                    gsize         size)
{
  return size > 0 && sealed[0] == get_record (self, count_keys (self) - 1)[0];
}

/* What is authenticated with the bytes: texts with their end, so that no two places read the same.
 */
typedef struct
{
  guint8  brief[192];
  guint8 *bytes;   /* @brief, or (owned) */
  gsize   size;
} Bond;

static void
bond_init (Bond               *bond,
           const RfiSealPlace *place)
{
  gsize table_size = strlen (place->table) + 1;
  gsize id_size = strlen (place->id) + 1;
  guint64 version = GUINT64_TO_LE ((guint64) place->version);

  bond->size = table_size + id_size + sizeof version;
  bond->bytes = bond->size <= sizeof bond->brief ? bond->brief : g_malloc (bond->size);
  memcpy (bond->bytes, place->table, table_size);
  memcpy (bond->bytes + table_size, place->id, id_size);
  memcpy (bond->bytes + table_size + id_size, &version, sizeof version);
}

static void
bond_clear (Bond *bond)
{
  if (bond->bytes != bond->brief)
    g_free (bond->bytes);
}

void
rfi_seal_close (RfiSeal            *self,
                const RfiSealPlace *place,
                const guint8       *bytes,
                gsize               size,
                guint8             *sealed)
{
  const guint8 *record = get_record (self, count_keys (self) - 1);
  guint64 count = GUINT64_TO_LE (atomic_fetch_add_explicit (&self->count, 1, memory_order_relaxed));
  guint8 *nonce = sealed + 1;
  Bond bond;

  sealed[0] = record[0];
  memcpy (nonce, self->prefix, sizeof self->prefix);
  memcpy (nonce + sizeof self->prefix, &count, sizeof count);
  bond_init (&bond, place);
  crypto_aead_xchacha20poly1305_ietf_encrypt (nonce + NONCE_SIZE, NULL, bytes, size, bond.bytes,
                                              bond.size, NULL, nonce, record + 1);
  bond_clear (&bond);
}

/* (nullable) */
static const guint8 *
find_key (RfiSeal *self,
          guint8   number)
{
  for (gsize i = count_keys (self); i > 0; i--)
    if (get_record (self, i - 1)[0] == number)
      return get_record (self, i - 1) + 1;

  return NULL;
}

gboolean
rfi_seal_open (RfiSeal             *self,
               const RfiSealPlace  *place,
               const guint8        *sealed,
               gsize                size,
               guint8              *bytes,
               GError             **error)
{
  const guint8 *key = size >= RFI_SEAL_OVERHEAD ? find_key (self, sealed[0]) : NULL;
  gboolean genuine = FALSE;
  Bond bond;

  if (key != NULL)
    {
      const guint8 *nonce = sealed + 1;

      bond_init (&bond, place);
      genuine = crypto_aead_xchacha20poly1305_ietf_decrypt (bytes, NULL, NULL, nonce + NONCE_SIZE,
                                                            size - 1 - NONCE_SIZE, bond.bytes,
                                                            bond.size, nonce, key) == 0;
      bond_clear (&bond);
    }
  if (!genuine)
    g_set_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FORGED,
                 "The seal of %s %s, version %" G_GINT64_FORMAT ", is broken", place->table,
                 place->id, place->version);
  return genuine;
}

/* What is being asked of the keyring. */
typedef struct
{
  char     *cache_id;  /* (owned) */
  RfiSeal  *seal;      /* (owned) (nullable): to be kept */
  gboolean  renew;
  gboolean  kept;
} Obtaining;

static void
obtaining_free (Obtaining *obtaining)
{
  g_free (obtaining->cache_id);
  g_clear_pointer (&obtaining->seal, rfi_seal_unref);
  g_free (obtaining);
}

/* @seal: (transfer full) */
static void
return_seal (GTask    *task,
             RfiSeal  *seal,
             gboolean  kept)
{
  ((Obtaining *) g_task_get_task_data (task))->kept = kept;
  g_task_return_pointer (task, seal, (GDestroyNotify) rfi_seal_unref);
}

/* @error: (transfer full) */
static void
return_without_keyring (GTask  *task,
                        GError *error)
{
  if (!g_error_matches (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  return_seal (task, rfi_seal_new (), FALSE);
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Obtaining *obtaining = g_task_get_task_data (task);
  GError *error = NULL;

  if (rfi_vault_store_finish (result, &error))
    return_seal (task, g_steal_pointer (&obtaining->seal), TRUE);
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
  g_autoptr(RfiSecret) keys = rfi_vault_lookup_key_finish (result, &error);
  g_autoptr(RfiSeal) found = keys != NULL ? rfi_seal_new_keys (keys, &error) : NULL;

  if (error != NULL)
    {
      return_without_keyring (task, error);
      return;
    }
  if (found != NULL && !obtaining->renew)
    {
      return_seal (task, g_steal_pointer (&found), TRUE);
      return;
    }

  obtaining->seal = found != NULL ? rfi_seal_new_rotated (found) : rfi_seal_new ();
  rfi_vault_store_key_async (RFI_VAULT_DATA_KEY, obtaining->cache_id, obtaining->seal->keys,
                             g_task_get_cancellable (task), stored_cb, g_object_ref (task));
}

static void
obtain (const char          *cache_id,
        gboolean             renew,
        gpointer             source_tag,
        GCancellable        *cancellable,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Obtaining *obtaining = g_new0 (Obtaining, 1);

  obtaining->cache_id = g_strdup (cache_id);
  obtaining->renew = renew;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, obtaining, (GDestroyNotify) obtaining_free);
  rfi_vault_lookup_key_async (RFI_VAULT_DATA_KEY, cache_id, cancellable, looked_up_cb, task);
}

void
rfi_seal_obtain_async (const char          *cache_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  obtain (cache_id, FALSE, rfi_seal_obtain_async, cancellable, callback, user_data);
}

void
rfi_seal_renew_async (const char          *cache_id,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  obtain (cache_id, TRUE, rfi_seal_renew_async, cancellable, callback, user_data);
}

RfiSeal *
rfi_seal_obtain_finish (GAsyncResult  *result,
                        gboolean      *kept,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  *kept = ((Obtaining *) g_task_get_task_data (G_TASK (result)))->kept;
  return g_task_propagate_pointer (G_TASK (result), error);
}
