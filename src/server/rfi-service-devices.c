/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-service-devices"

#include "config.h"

#include "rfi-service-private.h"

#include "rfi-canonical.h"
#include "rfi-server-devices.h"
#include "rfi-server-operations.h"

#include <string.h>

#define NO_CHANGES "[]"
#define MAX_NAME   100

/* Keeps the device, a new one or an old one that says hello. @created: (out). %FALSE with a
 * refusal, or @error */
static gboolean
keep_device (RfiServiceCall        *call,
             const RfiDeviceHello  *hello,
             RfiServerDevice       *device,
             gboolean              *created,
             GError               **error)
{
  g_autoptr(GError) local = NULL;

  *created = !rfi_server_devices_find (call->db, hello->device_id, device, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (*created)
    {
      *device = (RfiServerDevice) {
        .id = g_strdup (hello->device_id), .user_id = g_strdup (call->user->id),
        .name = g_strdup (hello->name), .epoch = g_strdup (hello->epoch),
        .registered_at = call->request->now, .last_seen_at = call->request->now,
        .skew_known = hello->device_time != 0,
        .skew = hello->device_time - call->request->now,
      };
      memcpy (device->public_key, hello->public_key, sizeof device->public_key);
      return rfi_server_devices_insert (call->db, device, error);
    }
  if (strcmp (device->user_id, call->user->id) != 0)
    {
      rfi_service_refuse (call, RFI_SERVICE_FORBIDDEN, "DEVICE_FORBIDDEN",
                          "The device is somebody else's");
      return FALSE;
    }
  if (memcmp (device->public_key, hello->public_key, sizeof device->public_key) != 0)
    {
      rfi_service_refuse (call, RFI_SERVICE_CONFLICT, "DEVICE_KEY_MISMATCH",
                          "The device was registered with another key");
      return FALSE;
    }

  g_free (device->name);
  g_free (device->epoch);
  device->name = g_strdup (hello->name);
  device->epoch = g_strdup (hello->epoch);
  device->last_seen_at = call->request->now;
  device->skew_known = hello->device_time != 0;
  device->skew = hello->device_time - call->request->now;
  return rfi_server_devices_update (call->db, device, error);
}

/* @as_link: as what the next one follows, which for a void is what it stands for
 * @hash: (out) (transfer full) (nullable): of what stands under the number */
static gboolean
find_hash (RfiServiceCall        *call,
           const RfiServerChain  *chain,
           gint64                 seq,
           gboolean               as_link,
           char                 **hash,
           GError               **error)
{
  g_auto(RfiServerOperation) row = { 0, };
  g_autoptr(GError) local = NULL;

  *hash = NULL;
  if (rfi_server_operations_find (call->db, chain->n, seq, &row, &local))
    *hash = g_strdup (as_link ? row.link : row.hash);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
answer_hello (RfiServiceCall         *call,
              const RfiDeviceHello   *hello,
              const RfiServerDevice  *device,
              GError                **error)
{
  g_autoptr(RfiDeviceState) state = rfi_device_state_new ();
  char epoch[RFI_EPOCH_LENGTH + 1];
  RfiServerChain chain;
  RfiServerHead head;

  if (!rfi_server_chains_get (call->db, hello->device_id, hello->epoch, &chain, error) ||
      !rfi_server_head_get (call->db, &head, error) ||
      !find_hash (call, &chain, chain.max_seq, TRUE, &state->max_hash, error))
    return FALSE;

  for (guint i = 0; i < hello->n_probes; i++)
    {
      g_autofree char *hash = NULL;

      /* What was withdrawn is not here, though who sends it may not know of that. */
      if (!find_hash (call, &chain, hello->probes[i], FALSE, &hash, error))
        return FALSE;
      if (hash != NULL)
        rfi_device_state_add_hash (state, hello->probes[i], hash);
    }

  rfi_service_format_epoch (head.epoch, epoch);
  state->device_id = g_strdup (hello->device_id);
  state->epoch = g_strdup (hello->epoch);
  state->revoked = device->revoked_at != 0;
  state->watermark = chain.watermark;
  state->max_seq = chain.max_seq;
  if (state->max_hash == NULL)
    state->max_hash = g_strdup ("");
  state->server_epoch = g_strdup (epoch);
  state->head = head.seq;
  rfi_device_state_append (state, call->reply->body);
  return TRUE;
}

static gboolean
check_hello (RfiServiceCall        *call,
             const RfiDeviceHello  *hello)
{
  const char *message = NULL;

  if (!g_uuid_string_is_valid (hello->device_id))
    message = "deviceId must be a UUID";
  else if (!rfi_canonical_is_hex (hello->epoch, RFI_EPOCH_LENGTH))
    message = "epoch must be 16 digits of lower-case hex";
  else if (hello->name == NULL || g_utf8_strlen (hello->name, -1) > MAX_NAME)
    message = "name must be at most 100 characters";
  if (message == NULL)
    return TRUE;

  rfi_service_refuse (call, RFI_SERVICE_BAD_REQUEST, "VALIDATION_ERROR", message);
  return FALSE;
}

void
rfi_service_register_device (RfiServiceCall *call)
{
  const char *body = call->request->body != NULL ? call->request->body : "";
  GError *error = NULL;
  g_autoptr(RfiDeviceHello) hello = rfi_device_hello_parse (body, call->request->n_body, &error);
  RfiServerDevice device = { 0, };
  gboolean created = FALSE;

  if (hello == NULL)
    {
      rfi_service_fail (call, error);
      return;
    }

  if (check_hello (call, hello) && keep_device (call, hello, &device, &created, &error) &&
      answer_hello (call, hello, &device, &error))
    rfi_service_done (call, created ? RFI_SERVICE_CREATED : RFI_SERVICE_OK);
  else if (error != NULL)
    rfi_service_fail (call, error);
  rfi_server_device_clear (&device);
}

void
rfi_service_list_devices (RfiServiceCall *call)
{
  const char *user_id = call->user->role == RFI_ROLE_ADMIN ? NULL : call->user->id;
  GError *error = NULL;
  g_autoptr(GPtrArray) devices = rfi_server_devices_list (call->db, user_id, NULL, &error);

  if (devices == NULL)
    {
      rfi_service_fail (call, error);
      return;
    }

  rfi_device_append_list (devices, call->reply->body);
  rfi_service_done (call, RFI_SERVICE_OK);
}

static gboolean
revoke_once (RfiServiceCall   *call,
             RfiServerDevice  *device,
             GError          **error)
{
  const RfiServerActor actor = {
    .user_id = call->user->id, .device_id = device->id, .origin = RFI_SERVER_ORIGIN_SYNC,
    .action = "revoke-device", .at = call->request->now,
  };

  if (device->revoked_at != 0)
    return TRUE;

  device->revoked_at = call->request->now;
  return rfi_server_devices_update (call->db, device, error) &&
         rfi_server_audit_note (call->db, &actor, "", NULL, 0, NO_CHANGES, error);
}

static gboolean
answer_device (RfiServiceCall         *call,
               const RfiServerDevice  *device,
               GError                **error)
{
  g_autoptr(GPtrArray) devices = rfi_server_devices_list (call->db, NULL, device->id, error);

  if (devices == NULL)
    return FALSE;

  rfi_device_append (g_ptr_array_index (devices, 0), call->reply->body);
  return TRUE;
}

void
rfi_service_revoke_device (RfiServiceCall *call)
{
  RfiServerDevice device = { 0, };
  GError *error = NULL;
  gboolean found = rfi_server_devices_find (call->db, call->param, &device, &error);

  /* That others have a device is nobody's business. */
  if (error == NULL &&
      (!found || (call->user->role != RFI_ROLE_ADMIN &&
                  strcmp (device.user_id, call->user->id) != 0)))
    rfi_service_refuse (call, RFI_SERVICE_NOT_FOUND, "NOT_FOUND", "Device not found");
  else if (error == NULL && revoke_once (call, &device, &error) &&
           answer_device (call, &device, &error))
    rfi_service_done (call, RFI_SERVICE_OK);
  if (error != NULL)
    rfi_service_fail (call, error);
  rfi_server_device_clear (&device);
}
