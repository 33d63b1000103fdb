/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-devices"

#include "config.h"

#include "rfi-session-devices.h"

#include "rfi-session-private.h"
#include "rfi-store-letters.h"
#include "rfi-wire-device.h"

#include <string.h>

void
rfi_known_device_free (RfiKnownDevice *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->user_name);
  g_free (self->name);
  g_free (self->fingerprint);
  g_free (self);
}

gboolean
rfi_session_has_devices (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), FALSE);

  return rfi_session_get_online (self) &&
         rfi_session_get_sync_state (self)->dialect == RFI_DIALECT_SYNC_V1;
}

/* Returns: (transfer full) (nullable): %NULL if there is nobody to ask; then it is answered */
static GTask *
ask (RfiSession          *self,
     gpointer             source_tag,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  if (rfi_session_has_devices (self))
    return task;

  g_task_return_error (task, _rfi_session_refuse (RFI_VERDICT_NEEDS_CONNECTION));
  g_object_unref (task);
  return NULL;
}

/* Listing, in execution order */

static void signer_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void listed_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

void
rfi_session_list_devices_async (RfiSession          *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = ask (self, rfi_session_list_devices_async, cancellable, callback, user_data);
  if (task != NULL)
    rfi_store_get_signer_async (_rfi_session_get_store (self), cancellable, signer_cb, task);
}

static void
signer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(RfiSigner) signer = rfi_store_get_signer_finish (RFI_STORE (object), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }
  if (_rfi_session_get_sync (self) == NULL)
    {
      g_task_return_error (task, _rfi_session_refuse (RFI_VERDICT_NEEDS_CONNECTION));
      return;
    }

  g_task_set_task_data (task, g_strdup (signer != NULL ? signer->id : ""), g_free);
  rfi_sync_thread_ask_async (_rfi_session_get_sync (self), "/v1/devices", NULL,
                             g_task_get_cancellable (task), listed_cb, g_object_ref (task));
}

/* @device: (transfer full): its strings are taken */
static RfiKnownDevice *
take_device (RfiDevice          *device,
             const char         *own_id,
             const RfiSyncState *state)
{
  g_autoptr(RfiDevice) owned = device;
  RfiKnownDevice *known = g_new0 (RfiKnownDevice, 1);

  known->own = strcmp (owned->device_id, own_id) == 0;
  known->id = g_steal_pointer (&owned->device_id);
  known->user_name = g_steal_pointer (&owned->user_name);
  known->name = g_steal_pointer (&owned->name);
  known->fingerprint = g_steal_pointer (&owned->fingerprint);
  known->revoked = owned->revoked;
  known->last_number = owned->max_seq;
  known->last_seen_at = owned->last_seen_at;
  known->skew_known = owned->skew_known || known->own;
  known->skew = known->own ? -state->clock_offset : owned->skew;
  return known;
}

static int
compare_devices (gconstpointer a,
                 gconstpointer b)
{
  const RfiKnownDevice *first = *(RfiKnownDevice *const *) a;
  const RfiKnownDevice *second = *(RfiKnownDevice *const *) b;

  if (first->own != second->own)
    return first->own ? -1 : 1;
  if (first->last_seen_at != second->last_seen_at)
    return first->last_seen_at > second->last_seen_at ? -1 : 1;
  return strcmp (first->id, second->id);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(GBytes) answer = rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  g_autoptr(GPtrArray) devices = NULL;
  GPtrArray *known;

  if (answer != NULL)
    devices = rfi_device_parse_list (g_bytes_get_data (answer, NULL),
                                     (gssize) g_bytes_get_size (answer), &error);
  if (devices == NULL)
    {
      g_task_return_error (task, _rfi_session_translate_answer (error));
      return;
    }

  known = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_known_device_free);
  while (devices->len > 0)
    g_ptr_array_add (known,
                     take_device (g_ptr_array_steal_index (devices, devices->len - 1),
                                  g_task_get_task_data (task),
                                  rfi_session_get_sync_state (self)));
  g_ptr_array_sort (known, compare_devices);
  g_task_return_pointer (task, known, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
rfi_session_list_devices_finish (RfiSession    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
revoked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) answer = rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

void
rfi_session_revoke_device_async (RfiSession          *self,
                                 const char          *device_id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = ask (self, rfi_session_revoke_device_async, cancellable, callback, user_data);
  if (task == NULL)
    return;

  escaped = g_uri_escape_string (device_id, NULL, FALSE);
  path = g_strdup_printf ("/v1/devices/%s/revoke", escaped);
  rfi_sync_thread_ask_async (_rfi_session_get_sync (self), path, g_string_new ("{}"), cancellable,
                             revoked_cb, task);
}

gboolean
rfi_session_revoke_device_finish (RfiSession    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
