/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-letters"

#include "config.h"

#include "rfi-store-letters.h"

#include "rfi-canonical.h"
#include "rfi-model-error.h"
#include "rfi-store-sign.h"
#include "rfi-store-steps.h"

void
rfi_signer_free (RfiSigner *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->public_key);
  g_free (self->epoch);
  g_free (self->cursor);
  g_free (self->server_epoch);
  g_free (self);
}

/* What cannot be said in a letter can never be sent: it waits for a person, and holds up nothing
 * else. */
static gboolean
refuse (RfiDb           *db,
        RfiOperation    *operation,
        RfiStoreChange  *change,
        GHashTable      *touched,
        GError         **error)
{
  RfiAuditEntry entry =
    rfi_store_audit_of (operation, RFI_AUDIT_REJECTED, g_get_real_time () / 1000);
  RfiOperation refused = *operation;

  refused.state = RFI_OPERATION_REJECTED;
  refused.error_code = (char *) RFI_OPERATION_SENSELESS;
  refused.error_message = NULL;
  rfi_store_touch (touched, operation->job_id, NULL);
  change->outbox = TRUE;
  change->audit = TRUE;
  return rfi_outbox_rows_put (db, &refused, NULL, error) &&
         rfi_audit_rows_add (db, &entry, NULL, error);
}

static gboolean
sign_or_refuse (RfiDb           *db,
                RfiStoreCall    *call,
                RfiOperation    *operation,
                RfiStoreChange  *change,
                GHashTable      *touched,
                GError         **error)
{
  g_autoptr(GError) sign_error = NULL;

  if (rfi_store_sign_operation (db, call, operation, NULL, &sign_error))
    return TRUE;
  if (sign_error->domain == RFI_MODEL_ERROR)
    {
      g_debug ("%s: %s", operation->id, sign_error->message);
      return refuse (db, operation, change, touched, error);
    }

  g_propagate_error (error, g_steal_pointer (&sign_error));
  return FALSE;
}

/* What waits without a number was typed before there was a key. */
static gboolean
sign_waiting (RfiDb           *db,
              RfiStoreCall    *call,
              RfiStoreChange  *change,
              GHashTable      *touched,
              GError         **error)
{
  g_autoptr(GPtrArray) outbox = rfi_outbox_rows_list (db, NULL, error);

  if (outbox == NULL)
    return FALSE;

  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);
      GError *read_error = NULL;
      g_autoptr(RfiLetter) letter = rfi_letter_rows_get (db, operation->id, &read_error);

      if (read_error != NULL)
        {
          g_propagate_error (error, read_error);
          return FALSE;
        }
      if (letter == NULL && operation->state == RFI_OPERATION_QUEUED &&
          !sign_or_refuse (db, call, operation, change, touched, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
enroll_step (RfiDb           *db,
             RfiStoreCall    *call,
             RfiStoreChange  *change,
             GHashTable      *touched,
             GError         **error)
{
  g_auto(RfiIdentity) identity = { 0 };
  g_autofree char *public_key = rfi_device_key_get_public_text (call->record);
  RfiIdentity fresh = {
    .device = call->text,
    .public_key = public_key,
    .epoch = call->text2,
    .next = 1,
    .last_hash = (char *) RFI_HASH_NONE,
  };
  GError *read_error = NULL;

  call->key = call->record;
  if ((!rfi_identity_rows_get (db, &identity, &read_error) ||
       g_strcmp0 (identity.public_key, public_key) != 0) && read_error == NULL)
    rfi_identity_rows_put (db, &fresh, &read_error);
  if (read_error != NULL)
    {
      g_propagate_error (error, read_error);
      return FALSE;
    }

  return sign_waiting (db, call, change, touched, error);
}

static void
enroll_work (GTask *task,
             RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);

  /* Signing alone changes nothing at the server: if this fails, the next enrolment does it. */
  rfi_store_set_signer (g_task_get_source_object (task), call->record);
  rfi_store_transact (task, db, enroll_step);
}

void
rfi_store_enroll_async (RfiStore            *self,
                        RfiDeviceKey        *key,
                        const char          *device_id,
                        const char          *epoch,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_enroll_async, cancellable, callback, user_data, &call);

  call->record = rfi_device_key_ref (key);
  call->record_free = (GDestroyNotify) rfi_device_key_unref;
  call->text = g_strdup (device_id);
  call->text2 = g_strdup (epoch);
  rfi_store_call_push (self, task, enroll_work);
}

static gboolean
sign_waiting_step (RfiDb           *db,
                   RfiStoreCall    *call,
                   RfiStoreChange  *change,
                   GHashTable      *touched,
                   GError         **error)
{
  return sign_waiting (db, call, change, touched, error);
}

static void
sign_waiting_work (GTask *task,
                   RfiDb *db)
{
  rfi_store_transact (task, db, sign_waiting_step);
}

void
rfi_store_sign_waiting_async (RfiStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_sign_waiting_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, sign_waiting_work);
}

static void
get_signer_work (GTask *task,
                 RfiDb *db)
{
  RfiStore *self = g_task_get_source_object (task);
  g_auto(RfiIdentity) identity = { 0 };
  RfiSigner *signer;
  GError *error = NULL;

  if (!rfi_identity_rows_get (db, &identity, &error))
    {
      if (error != NULL)
        rfi_store_fail (task, error);
      else
        g_task_return_pointer (task, NULL, NULL);
      return;
    }

  signer = g_new0 (RfiSigner, 1);
  signer->id = g_steal_pointer (&identity.device);
  signer->public_key = g_steal_pointer (&identity.public_key);
  signer->epoch = g_steal_pointer (&identity.epoch);
  signer->next = identity.next;
  signer->able = rfi_store_can_sign (self);
  signer->cursor = rfi_meta_rows_get (db, RFI_META_FEED_CURSOR, NULL);
  signer->position = rfi_meta_rows_get_number (db, RFI_META_POSITION);
  signer->server_epoch = rfi_meta_rows_get (db, RFI_META_SERVER_EPOCH, NULL);
  g_task_return_pointer (task, signer, (GDestroyNotify) rfi_signer_free);
}

void
rfi_store_get_signer_async (RfiStore            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_get_signer_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, get_signer_work);
}

RfiSigner *
rfi_store_get_signer_finish (RfiStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_work (GTask *task,
           RfiDb *db)
{
  GError *error = NULL;
  GPtrArray *letters = rfi_letter_rows_list (db, &error);

  if (letters == NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, letters, (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_letters_async (RfiStore            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_list_letters_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, list_work);
}

GPtrArray *
rfi_store_list_letters_finish (RfiStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_numbers_work (GTask *task,
                   RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  GArray *numbers = rfi_letter_rows_list_numbers (db, call->text, &error);

  if (numbers == NULL)
    rfi_store_fail (task, error);
  else
    g_task_return_pointer (task, numbers, (GDestroyNotify) g_array_unref);
}

void
rfi_store_list_numbers_async (RfiStore            *self,
                              const char          *epoch,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_list_numbers_async, cancellable, callback,
                                    user_data, &call);

  call->text = g_strdup (epoch);
  rfi_store_call_push (self, task, list_numbers_work);
}

GArray *
rfi_store_list_numbers_finish (RfiStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* That it may have happened must be known to the other dialect too, should it be spoken next. */
static gboolean
mark_sent (RfiDb      *db,
           RfiLetter  *letter,
           GError    **error)
{
  return letter->state == RFI_LETTER_SENT ||
         (rfi_letter_rows_set_state (db, letter->operation_id, RFI_LETTER_SENT, 0, 0, error) &&
          rfi_outbox_rows_mark_sent (db, letter->operation_id, error));
}

static gboolean
claim_step (RfiDb           *db,
            RfiStoreCall    *call,
            RfiStoreChange  *change,
            GHashTable      *touched,
            GError         **error)
{
  for (guint i = 0; i < call->rows->len; i++)
    {
      GError *read_error = NULL;
      RfiLetter *letter = rfi_letter_rows_get (db, g_ptr_array_index (call->rows, i), &read_error);

      if (letter == NULL && read_error == NULL)
        continue;
      if (letter != NULL)
        g_ptr_array_add (call->rows2, letter);
      if (read_error != NULL || !mark_sent (db, letter, &read_error))
        {
          g_propagate_error (error, read_error);
          return FALSE;
        }
    }

  return TRUE;
}

static void
claim_work (GTask *task,
            RfiDb *db)
{
  rfi_store_transact (task, db, claim_step);
}

void
rfi_store_claim_letters_async (RfiStore            *self,
                               GPtrArray           *operation_ids,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_claim_letters_async, cancellable, callback,
                                    user_data, &call);

  call->rows = g_ptr_array_ref (operation_ids);
  call->rows2 = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_letter_unref);
  rfi_store_call_push (self, task, claim_work);
}

GPtrArray *
rfi_store_claim_letters_finish (RfiStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  RfiStoreCall *call = g_task_get_task_data (G_TASK (result));

  if (!rfi_store_finish (self, result, error))
    return NULL;

  return g_ptr_array_ref (call->rows2);
}

static gboolean
try_step (RfiDb           *db,
          RfiStoreCall    *call,
          RfiStoreChange  *change,
          GHashTable      *touched,
          GError         **error)
{
  for (guint i = 0; i < call->rows->len; i++)
    {
      GError *read_error = NULL;
      g_autoptr(RfiOperation) operation =
        rfi_outbox_rows_get (db, g_ptr_array_index (call->rows, i), &read_error);
      g_autoptr(RfiOperation) next = NULL;
      RfiOperation changed;

      if (g_error_matches (read_error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
        {
          g_clear_error (&read_error);
          continue;
        }
      if (operation == NULL)
        {
          g_propagate_error (error, read_error);
          return FALSE;
        }

      changed = *operation;
      changed.attempts++;
      changed.error_code = call->text;
      changed.error_message = call->text2;
      changed.next_try_at = call->number;
      next = rfi_operation_new (&changed);
      change->outbox = TRUE;
      if (!rfi_outbox_rows_put (db, next, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
try_work (GTask *task,
          RfiDb *db)
{
  rfi_store_transact (task, db, try_step);
}

void
rfi_store_record_tries_async (RfiStore            *self,
                              GPtrArray           *operation_ids,
                              const char          *code,
                              const char          *message,
                              gint64               next_try_at,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_record_tries_async, cancellable, callback,
                                    user_data, &call);

  call->rows = g_ptr_array_ref (operation_ids);
  call->text = g_strdup (code);
  call->text2 = g_strdup (message);
  call->number = next_try_at;
  rfi_store_call_push (self, task, try_work);
}
