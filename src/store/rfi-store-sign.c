/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-sign"

#include "config.h"

#include "rfi-store-sign.h"

#include "rfi-canonical.h"
#include "rfi-signed-operation.h"
#include "rfi-store-steps.h"

#include <string.h>

/* Numbers, hashes and signatures.
 *
 * Invariants
 *  1. A number is taken in the transaction that stores the letter which has it: no crash can
 *     leave a number without its letter, or use one twice.
 *  2. The bytes of a letter are never changed. What is withdrawn gets other bytes with the same
 *     number, which name the hash of those they stand for; what is issued anew gets another
 *     number of another epoch.
 *  3. Each letter names the hash of the one numbered before it, withdrawn or not: the chain is
 *     that of what was typed.
 *  4. A letter waits for the one of the same job that was typed before it and is not settled yet.
 *     That has its number already, a lesser one: nothing waits in a circle.
 */

char *
rfi_store_derive_id (const char *id,
                     const char *word)
{
  g_autofree char *text = g_strconcat (word, " ", id, NULL);

  return rfi_canonical_uuid (text);
}

/* Checks, encodes, signs and stores what @content says of @operation_id. @hash: (out): of its
 * bytes */
static gboolean
store_letter (RfiDb               *db,
              RfiDeviceKey        *key,
              const char          *operation_id,
              RfiSignedOperation  *content,
              gint64               position,
              RfiLetterState       state,
              char               **hash,
              GError             **error)
{
  g_autofree char *body = NULL;
  g_autofree char *signature = NULL;
  RfiLetter letter = {
    .operation_id = (char *) operation_id,
    .job_id = content->entity_id,
    .kind = content->kind,
    .state = state,
    .position = position,
    .device = content->device_id,
    .epoch = content->epoch,
    .number = content->seq,
    .priority = content->priority,
  };

  *hash = NULL;
  if (!rfi_signed_operation_check (content, error))
    return FALSE;

  body = rfi_signed_operation_encode (content);
  *hash = rfi_canonical_hash (body, -1);
  signature = rfi_device_key_sign_text (key, (const guint8 *) body, strlen (body));
  letter.body = body;
  letter.hash = *hash;
  letter.signature = signature;
  return rfi_letter_rows_put (db, &letter, error);
}

/* Takes the next number for @content from @identity. */
static gboolean
write_letter (RfiDb                     *db,
              RfiDeviceKey              *key,
              RfiIdentity               *identity,
              const char                *operation_id,
              const RfiSignedOperation  *content,
              gint64                     position,
              GError                   **error)
{
  RfiSignedOperation whole = *content;
  g_autofree char *id = NULL;
  char *hash;
  gint64 last = 0;

  /* What it decides about is settled by it: that must not be waited for. Letters of other epochs
   * are settled before this one is sent at all. */
  if (content->kind != RFI_OPERATION_RESOLVE &&
      !rfi_letter_rows_get_last (db, content->entity_id, identity->epoch, position, &last, error))
    return FALSE;

  /* Earlier versions named some otherwise. */
  if (!g_uuid_string_is_valid (content->id))
    whole.id = id = rfi_store_derive_id (content->id, "operation");
  whole.deps = last != 0 ? &last : NULL;
  whole.n_deps = last != 0 ? 1 : 0;
  whole.device_id = identity->device;
  whole.epoch = identity->epoch;
  whole.seq = identity->next;
  whole.prev_hash = identity->last_hash;
  whole.observed = rfi_meta_rows_get_number (db, RFI_META_POSITION);
  if (!store_letter (db, key, operation_id, &whole, position, RFI_LETTER_READY, &hash, error))
    {
      g_free (hash);
      return FALSE;
    }

  g_free (identity->last_hash);
  identity->last_hash = hash;
  g_clear_pointer (&identity->last_void, g_free);
  identity->next++;
  return rfi_identity_rows_put (db, identity, error);
}

/* @identity: (out): of who signs here, if @able */
static gboolean
can_sign (RfiDb         *db,
          RfiStoreCall  *call,
          RfiIdentity   *identity,
          gboolean      *able,
          GError       **error)
{
  GError *read_error = NULL;

  *able = call->key != NULL && rfi_identity_rows_get (db, identity, &read_error);
  if (read_error != NULL)
    g_propagate_error (error, read_error);
  return read_error == NULL;
}

/* The job as the person saw it when they did @operation. (nullable): %NULL with no @error if there
 * was none */
static RfiJob *
fold_before (RfiDb         *db,
             RfiJob        *base,
             RfiOperation  *operation,
             GError       **error)
{
  g_autoptr(GPtrArray) pending = rfi_outbox_rows_list (db, operation->job_id, error);

  if (pending == NULL)
    return NULL;

  for (guint i = pending->len; i > 0; i--)
    if (((RfiOperation *) g_ptr_array_index (pending, i - 1))->seq >= operation->seq)
      g_ptr_array_remove_index (pending, i - 1);
  return rfi_operation_fold (base, pending);
}

/* What stood in the fields that @operation touches: what it says itself, as far as it does.
 * (nullable): of a creation, and of a move */
static RfiPatch *
find_before (RfiDb         *db,
             RfiJob        *base,
             RfiOperation  *operation,
             GError       **error)
{
  g_autoptr(RfiJob) seen = NULL;
  g_autoptr(RfiPatch) all = NULL;
  GError *read_error = NULL;

  if (operation->kind == RFI_OPERATION_CREATE || operation->kind == RFI_OPERATION_MOVE)
    return NULL;
  if (operation->before != NULL)
    return rfi_patch_ref (operation->before);

  seen = fold_before (db, base, operation, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return NULL;
    }

  all = seen != NULL ? rfi_job_to_patch (seen) : rfi_patch_new ();
  return operation->patch != NULL ? rfi_patch_pick (operation->patch, all)
                                  : g_steal_pointer (&all);
}

gboolean
rfi_store_sign_operation (RfiDb         *db,
                          RfiStoreCall  *call,
                          RfiOperation  *operation,
                          RfiJob        *known,
                          GError       **error)
{
  g_auto(RfiIdentity) identity = { 0 };
  g_autoptr(RfiJob) base = known != NULL ? rfi_job_ref (known) : NULL;
  g_autoptr(RfiPatch) before = NULL;
  RfiSignedOperation content = {
    .id = operation->id,
    .kind = operation->kind,
    .user_id = operation->user_id,
    .entity_id = operation->job_id,
    .patch = operation->patch,
    .occurred_at = operation->created_at,
    .device_time = operation->created_at,
  };
  GError *read_error = NULL;
  gboolean able;

  /* A decision has its letter from the beginning. */
  if (operation->kind == RFI_OPERATION_ADD_PHOTO ||
      operation->kind == RFI_OPERATION_DELETE_PHOTO || operation->kind == RFI_OPERATION_RESOLVE)
    return TRUE;
  if (!can_sign (db, call, &identity, &able, error))
    return FALSE;
  if (!able)
    return TRUE;

  if (base == NULL)
    base = rfi_job_rows_get (db, operation->job_id, &read_error);
  if (read_error == NULL)
    before = find_before (db, base, operation, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (operation->kind == RFI_OPERATION_CREATE || operation->kind == RFI_OPERATION_MOVE)
    content.vendor_id = operation->vendor_id;
  if (operation->kind != RFI_OPERATION_CREATE)
    content.base_version = base != NULL ? base->version : 0;
  content.before = before;
  content.priority = rfi_signed_operation_classify (operation->kind, operation->patch);
  return write_letter (db, call->key, &identity, operation->id, &content, operation->seq, error);
}

gboolean
rfi_store_sign_decision (RfiDb         *db,
                         RfiStoreCall  *call,
                         RfiOperation  *operation,
                         const char    *conflict_id,
                         RfiPatch      *patch,
                         RfiPatch      *before,
                         gint64         version,
                         GError       **error)
{
  RfiSignedOperation content = {
    .id = operation->id,
    .kind = RFI_OPERATION_RESOLVE,
    .user_id = operation->user_id,
    .entity_id = operation->job_id,
    .base_version = version,
    .patch = patch,
    .before = before,
    .priority = rfi_signed_operation_classify (RFI_OPERATION_RESOLVE, patch),
    .occurred_at = operation->created_at,
    .device_time = operation->created_at,
    .resolves = (char *) conflict_id,
  };
  g_auto(RfiIdentity) identity = { 0 };
  gboolean able;

  if (!can_sign (db, call, &identity, &able, error))
    return FALSE;

  return !able || write_letter (db, call->key, &identity, operation->id, &content,
                                operation->seq, error);
}

gboolean
rfi_store_find_decided (RfiDb       *db,
                        const char  *operation_id,
                        char       **conflict_id,
                        gint64      *version,
                        GError     **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation_id, &read_error);
  g_autoptr(RfiSignedOperation) said = NULL;

  if (letter != NULL && letter->kind == RFI_OPERATION_RESOLVE)
    said = rfi_signed_operation_decode (letter->body, -1, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  if (said != NULL)
    {
      g_free (*conflict_id);
      *conflict_id = g_strdup (said->resolves);
      *version = said->base_version;
    }
  return TRUE;
}

gboolean
rfi_store_concede (RfiDb         *db,
                   RfiStoreCall  *call,
                   RfiOperation  *operation,
                   const char    *conflict_id,
                   gint64         version,
                   gint64         now,
                   GError       **error)
{
  g_autofree char *id = rfi_store_derive_id (conflict_id, "concede");
  GError *read_error = NULL;
  g_autoptr(RfiLetter) told = rfi_letter_rows_get (db, id, &read_error);
  g_autoptr(RfiPatch) nothing = rfi_patch_new ();
  RfiOperation decision = {
    .id = id,
    .seq = operation->seq,
    .job_id = operation->job_id,
    .user_id = operation->user_id,
    .created_at = now,
  };

  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  /* It is on its way: a second letter in its place would leave its number without one. */
  if (told != NULL)
    return TRUE;

  return rfi_store_sign_decision (db, call, &decision, conflict_id, nothing, nothing, version,
                                  error);
}

/* The same number again, for bytes that only say that it is withdrawn. It waits for what the other
 * waited for: what follows in the chain must not overtake what came before. An operation may have
 * had several numbers, each of which is withdrawn by a letter of its own. */
static gboolean
write_withdrawal (RfiDb         *db,
                  RfiStoreCall  *call,
                  RfiLetter     *letter,
                  RfiIdentity   *identity,
                  gint64         now,
                  GError       **error)
{
  g_autoptr(RfiSignedOperation) said = rfi_signed_operation_decode (letter->body, -1, error);
  g_autofree char *id = rfi_store_derive_id (letter->hash, "void");
  g_autofree char *hash = NULL;
  RfiSignedOperation content;

  if (said == NULL)
    return FALSE;

  content = (RfiSignedOperation) {
    .id = id,
    .device_id = said->device_id,
    .epoch = said->epoch,
    .seq = said->seq,
    .kind = RFI_OPERATION_VOID,
    .user_id = said->user_id,
    .entity_id = said->entity_id,
    .observed = rfi_meta_rows_get_number (db, RFI_META_POSITION),
    .deps = said->deps,
    .n_deps = said->n_deps,
    .priority = said->priority,
    .occurred_at = now,
    .device_time = now,
    .prev_hash = said->prev_hash,
    .replaces = letter->hash,
  };
  if (!rfi_letter_rows_remove (db, letter->operation_id, error) ||
      !store_letter (db, call->key, id, &content, letter->position, letter->state, &hash, error))
    return FALSE;

  if (strcmp (letter->epoch, identity->epoch) != 0 || letter->number != identity->next - 1)
    return TRUE;

  g_free (identity->last_void);
  identity->last_void = g_steal_pointer (&hash);
  return rfi_identity_rows_put (db, identity, error);
}

gboolean
rfi_store_sign_withdrawal (RfiDb         *db,
                           RfiStoreCall  *call,
                           const char    *operation_id,
                           gint64         now,
                           GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation_id, &read_error);
  g_auto(RfiIdentity) identity = { 0 };
  gboolean known = FALSE;

  if (letter != NULL)
    known = rfi_identity_rows_get (db, &identity, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }
  if (letter == NULL)
    return TRUE;

  /* Only the key that signed it can take it back. */
  if (known && call->key != NULL && rfi_letter_is_open (letter) &&
      strcmp (letter->device, identity.device) == 0)
    return write_withdrawal (db, call, letter, &identity, now, error);

  return rfi_letter_rows_remove (db, operation_id, error);
}

gboolean
rfi_store_sign_again (RfiDb         *db,
                      RfiStoreCall  *call,
                      const char    *operation_id,
                      GError       **error)
{
  GError *read_error = NULL;
  g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation_id, &read_error);
  g_autoptr(RfiSignedOperation) said = NULL;
  g_auto(RfiIdentity) identity = { 0 };
  gboolean able;

  if (letter == NULL)
    {
      if (read_error != NULL)
        g_propagate_error (error, read_error);
      return read_error == NULL;
    }

  said = rfi_signed_operation_decode (letter->body, -1, error);
  if (said == NULL || !can_sign (db, call, &identity, &able, error) ||
      !rfi_letter_rows_remove (db, operation_id, error))
    return FALSE;

  /* Of a number that nobody waits for there is nothing to take back. */
  if (!able || said->kind == RFI_OPERATION_VOID)
    return TRUE;

  return write_letter (db, call->key, &identity, operation_id, said, letter->position, error);
}
