/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-wire-device"

#include "config.h"

#include "rfi-wire-device.h"

#include "rfi-wire-error.h"
#include "rfi-wire-members.h"

#include <string.h>

/* base64 of the 32 bytes of a key, padded. */
#define PUBLIC_KEY_TEXT_LENGTH 44

/* Far from where sums of it end. */
#define MOST_TIME (G_GINT64_CONSTANT (1) << 53)

/* Hello */

static gboolean
read_key (RfiDeviceHello  *self,
          const RfiJson   *root,
          GError         **error)
{
  g_autofree char *text = rfi_wire_dup_member (root, "publicKey");
  g_autofree guchar *key = NULL;
  gsize length = 0;

  if (text != NULL && strlen (text) == PUBLIC_KEY_TEXT_LENGTH)
    key = g_base64_decode (text, &length);
  if (length != RFI_WIRE_PUBLIC_KEY_BYTES)
    {
      g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                           "publicKey is missing or not valid");
      return FALSE;
    }

  memcpy (self->public_key, key, RFI_WIRE_PUBLIC_KEY_BYTES);
  return TRUE;
}

static gboolean
read_probes (RfiDeviceHello  *self,
             const RfiJson   *root,
             GError         **error)
{
  RfiJsonIter iter;
  RfiJson list;
  RfiJson value;

  if (!rfi_json_get_member (root, "probe", &list) || rfi_json_get_type (&list) != RFI_JSON_ARRAY)
    return TRUE;

  self->probes = g_new (gint64, RFI_WIRE_DEVICE_MAX_PROBES);
  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      if (self->n_probes == RFI_WIRE_DEVICE_MAX_PROBES ||
          !rfi_json_get_int (&value, &self->probes[self->n_probes]))
        {
          g_set_error_literal (error, RFI_WIRE_ERROR, RFI_WIRE_ERROR_INVALID,
                               "probe is too long or not valid");
          return FALSE;
        }
      self->n_probes++;
    }

  return TRUE;
}

RfiDeviceHello *
rfi_device_hello_parse (const char  *data,
                        gssize       length,
                        GError     **error)
{
  g_autoptr(RfiDeviceHello) self = g_new0 (RfiDeviceHello, 1);
  RfiJson root;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_need_member (&root, "deviceId", &self->device_id, error) ||
      !read_key (self, &root, error) ||
      !rfi_wire_need_member (&root, "name", &self->name, error) ||
      !rfi_wire_need_member (&root, "epoch", &self->epoch, error) ||
      !read_probes (self, &root, error))
    return NULL;

  self->device_time = CLAMP (rfi_wire_get_int (&root, "deviceTime", 0), 0, MOST_TIME);
  return g_steal_pointer (&self);
}

void
rfi_device_hello_append (const RfiDeviceHello *self,
                         GString              *out)
{
  g_autofree char *key = g_base64_encode (self->public_key, RFI_WIRE_PUBLIC_KEY_BYTES);

  g_string_append_c (out, '{');
  rfi_json_append_member (out, "deviceId", self->device_id);
  rfi_json_append_member (out, "publicKey", key);
  rfi_json_append_member (out, "name", self->name);
  rfi_json_append_member (out, "epoch", self->epoch);
  if (self->device_time != 0)
    rfi_wire_append_int (out, "deviceTime", self->device_time);
  if (self->n_probes > 0)
    {
      rfi_wire_append_name (out, "probe");
      for (guint i = 0; i < self->n_probes; i++)
        g_string_append_printf (out, "%c%" G_GINT64_FORMAT, i == 0 ? '[' : ',', self->probes[i]);
      g_string_append_c (out, ']');
    }
  g_string_append_c (out, '}');
}

void
rfi_device_hello_free (RfiDeviceHello *self)
{
  if (self == NULL)
    return;

  g_free (self->device_id);
  g_free (self->name);
  g_free (self->epoch);
  g_free (self->probes);
  g_free (self);
}

/* Its answer */

static void
clear_hash (gpointer data)
{
  RfiDeviceHash *hash = data;

  g_free (hash->hash);
}

RfiDeviceState *
rfi_device_state_new (void)
{
  return g_new0 (RfiDeviceState, 1);
}

void
rfi_device_state_add_hash (RfiDeviceState *self,
                           gint64          seq,
                           const char     *hash)
{
  RfiDeviceHash added = { seq, g_strdup (hash) };

  if (self->hashes == NULL)
    {
      self->hashes = g_array_new (FALSE, FALSE, sizeof (RfiDeviceHash));
      g_array_set_clear_func (self->hashes, clear_hash);
    }
  g_array_append_val (self->hashes, added);
}

static void
read_hashes (RfiDeviceState *self,
             const RfiJson  *root)
{
  RfiJsonIter iter;
  RfiJson hashes;
  RfiJson name;
  RfiJson value;

  if (!rfi_json_get_member (root, "hashes", &hashes) ||
      rfi_json_get_type (&hashes) != RFI_JSON_OBJECT)
    return;

  rfi_json_iter_init (&iter, &hashes);
  while (rfi_json_iter_next (&iter, &name, &value))
    {
      g_autofree char *seq = rfi_json_dup_string (&name);
      g_autofree char *hash = rfi_json_dup_string (&value);
      gint64 number;

      if (hash != NULL && g_ascii_string_to_signed (seq, 10, 1, G_MAXINT64, &number, NULL))
        rfi_device_state_add_hash (self, number, hash);
    }
}

RfiDeviceState *
rfi_device_state_parse (const char  *data,
                        gssize       length,
                        GError     **error)
{
  g_autoptr(RfiDeviceState) self = rfi_device_state_new ();
  g_autofree char *status = NULL;
  RfiJson root;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_need_member (&root, "deviceId", &self->device_id, error) ||
      !rfi_wire_need_member (&root, "epoch", &self->epoch, error) ||
      !rfi_wire_need_member (&root, "status", &status, error) ||
      !rfi_wire_need_int (&root, "watermark", 0, &self->watermark, error) ||
      !rfi_wire_need_int (&root, "maxSeq", 0, &self->max_seq, error) ||
      !rfi_wire_need_member (&root, "serverEpoch", &self->server_epoch, error) ||
      !rfi_wire_need_int (&root, "head", 0, &self->head, error))
    return NULL;

  self->revoked = !g_str_equal (status, "active");
  self->max_hash = rfi_wire_dup_member (&root, "maxHash");
  if (self->max_hash == NULL)
    self->max_hash = g_strdup ("");
  read_hashes (self, &root);
  return g_steal_pointer (&self);
}

static const char *
status_of (gboolean revoked)
{
  return revoked ? "revoked" : "active";
}

void
rfi_device_state_append (const RfiDeviceState *self,
                         GString              *out)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "deviceId", self->device_id);
  rfi_json_append_member (out, "epoch", self->epoch);
  rfi_json_append_member (out, "status", status_of (self->revoked));
  rfi_wire_append_int (out, "watermark", self->watermark);
  rfi_wire_append_int (out, "maxSeq", self->max_seq);
  rfi_json_append_member (out, "maxHash", self->max_hash != NULL ? self->max_hash : "");
  rfi_json_append_member (out, "serverEpoch", self->server_epoch);
  rfi_wire_append_int (out, "head", self->head);
  if (self->hashes != NULL)
    {
      rfi_wire_append_name (out, "hashes");
      g_string_append_c (out, '{');
      for (guint i = 0; i < self->hashes->len; i++)
        {
          RfiDeviceHash *hash = &g_array_index (self->hashes, RfiDeviceHash, i);
          g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, hash->seq);

          rfi_json_append_member (out, seq, hash->hash);
        }
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, '}');
}

void
rfi_device_state_free (RfiDeviceState *self)
{
  if (self == NULL)
    return;

  g_free (self->device_id);
  g_free (self->epoch);
  g_free (self->max_hash);
  g_free (self->server_epoch);
  g_clear_pointer (&self->hashes, g_array_unref);
  g_free (self);
}

/* The list */

void
rfi_device_append (const RfiDevice *self,
                   GString         *out)
{
  g_string_append_c (out, '{');
  rfi_json_append_member (out, "deviceId", self->device_id);
  rfi_json_append_member (out, "userId", self->user_id);
  rfi_json_append_member (out, "userName", self->user_name);
  rfi_json_append_member (out, "name", self->name);
  rfi_json_append_member (out, "status", status_of (self->revoked));
  rfi_json_append_member (out, "epoch", self->epoch);
  rfi_wire_append_int (out, "maxSeq", self->max_seq);
  rfi_wire_append_int (out, "registeredAt", self->registered_at);
  rfi_wire_append_int (out, "lastSeenAt", self->last_seen_at);
  if (self->skew_known)
    rfi_wire_append_int (out, "clockSkew", self->skew);
  rfi_json_append_member (out, "fingerprint", self->fingerprint);
  g_string_append_c (out, '}');
}

static RfiDevice *
device_from_json (const RfiJson  *value,
                  GError        **error)
{
  g_autoptr(RfiDevice) self = g_new0 (RfiDevice, 1);
  g_autofree char *status = NULL;
  RfiJson skew;

  if (!rfi_wire_need_member (value, "deviceId", &self->device_id, error) ||
      !rfi_wire_need_member (value, "userId", &self->user_id, error) ||
      !rfi_wire_need_member (value, "status", &status, error))
    return NULL;

  self->revoked = !g_str_equal (status, "active");
  self->user_name = rfi_wire_dup_member (value, "userName");
  self->name = rfi_wire_dup_member (value, "name");
  self->epoch = rfi_wire_dup_member (value, "epoch");
  self->max_seq = rfi_wire_get_int (value, "maxSeq", 0);
  self->registered_at = rfi_wire_get_int (value, "registeredAt", 0);
  self->last_seen_at = rfi_wire_get_int (value, "lastSeenAt", 0);
  self->skew_known = rfi_json_get_member (value, "clockSkew", &skew) &&
                     rfi_json_get_int (&skew, &self->skew);
  self->fingerprint = rfi_wire_dup_member (value, "fingerprint");
  return g_steal_pointer (&self);
}

GPtrArray *
rfi_device_parse_list (const char  *data,
                       gssize       length,
                       GError     **error)
{
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_device_free);
  RfiJsonIter iter;
  RfiJson root;
  RfiJson list;
  RfiJson value;

  if (!rfi_wire_parse_object (data, length, &root, error) ||
      !rfi_wire_get_list (&root, "data", &list, error))
    return NULL;

  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      RfiDevice *device = device_from_json (&value, error);

      if (device == NULL)
        return NULL;
      g_ptr_array_add (devices, device);
    }

  return g_steal_pointer (&devices);
}

void
rfi_device_append_list (GPtrArray *devices,
                        GString   *out)
{
  g_string_append (out, "{\"data\":[");
  for (guint i = 0; i < devices->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      rfi_device_append (g_ptr_array_index (devices, i), out);
    }
  g_string_append (out, "]}");
}

void
rfi_device_free (RfiDevice *self)
{
  if (self == NULL)
    return;

  g_free (self->device_id);
  g_free (self->user_id);
  g_free (self->user_name);
  g_free (self->name);
  g_free (self->epoch);
  g_free (self->fingerprint);
  g_free (self);
}
