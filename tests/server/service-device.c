/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "service-device.h"

#include "rfi-wire-device.h"

#include <sodium.h>
#include <string.h>

char *
device_hello (Device *self)
{
  GString *text = g_string_new (NULL);
  RfiDeviceHello hello = {
    .device_id = self->id, .name = (char *) "The test's", .epoch = self->epoch,
  };

  memcpy (hello.public_key, self->public_key, sizeof hello.public_key);
  rfi_device_hello_append (&hello, text);
  return g_string_free (text, FALSE);
}

Device *
device_make (Fixture *fixture,
             RfiUser *user)
{
  Device *self = g_new0 (Device, 1);
  guint8 seed[crypto_sign_SEEDBYTES];

  for (guint i = 0; i < sizeof seed; i++)
    seed[i] = (guint8) rfi_random_range (fixture->random, 256);
  crypto_sign_seed_keypair (self->public_key, self->secret_key, seed);
  self->user = rfi_user_ref (user);
  self->id = rfi_random_uuid (fixture->random);
  g_snprintf (self->epoch, sizeof self->epoch, "%016" G_GINT64_MODIFIER "x",
              rfi_random_u64 (fixture->random));
  strcpy (self->prev, RFI_HASH_NONE);
  return self;
}

Device *
device_new (Fixture *fixture,
            Person   person)
{
  Device *self = device_make (fixture, fixture->people[person]);
  g_autofree char *text = device_hello (self);

  service_must (fixture, self->user, "POST", "/api/v1/devices", text, 201, NULL);
  return self;
}

void
device_free (Device *self)
{
  rfi_user_unref (self->user);
  g_free (self->id);
  g_free (self);
}

void
signed_free (Signed *self)
{
  g_free (self->body);
  g_free (self->hash);
  g_free (self->signature);
  g_free (self);
}

Signed *
device_sign (Device                   *self,
             Fixture                  *fixture,
             const RfiSignedOperation *template)
{
  Signed *made = g_new0 (Signed, 1);
  g_autofree char *id = rfi_random_uuid (fixture->random);
  RfiSignedOperation operation = *template;
  guint8 signature[crypto_sign_BYTES];

  if (operation.id == NULL)
    operation.id = id;
  operation.device_id = self->id;
  operation.epoch = self->epoch;
  operation.seq = ++self->seq;
  if (operation.user_id == NULL)
    operation.user_id = self->user->id;
  if (operation.priority == 0)
    operation.priority = 5;
  operation.occurred_at = operation.device_time = fixture->now;
  operation.prev_hash = self->prev;
  made->seq = operation.seq;
  made->body = rfi_signed_operation_encode (&operation);
  made->hash = rfi_canonical_hash (made->body, -1);
  crypto_sign_detached (signature, NULL, (const guint8 *) made->body, strlen (made->body),
                        self->secret_key);
  made->signature = g_base64_encode (signature, sizeof signature);
  strcpy (self->prev, operation.replaces != NULL ? operation.replaces : made->hash);
  return made;
}

Signed *
device_edit (Device           *self,
             Fixture          *fixture,
             RfiOperationKind  kind,
             const char       *job_id,
             gint64            version,
             ...)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  g_autoptr(RfiPatch) before = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = kind, .entity_id = (char *) job_id, .base_version = version, .patch = patch,
    .before = before,
  };
  va_list fields;
  int field;

  va_start (fields, version);
  while ((field = va_arg (fields, int)) >= 0)
    {
      const char *from = va_arg (fields, const char *);

      rfi_patch_set (before, (RfiField) field, from);
      rfi_patch_set (patch, (RfiField) field, va_arg (fields, const char *));
    }
  va_end (fields);
  return device_sign (self, fixture, &template);
}

Signed *
device_create (Device     *self,
               Fixture    *fixture,
               const char *job_id,
               const char *vendor_id)
{
  static const char * const values[] = {
    [RFI_FIELD_TITLE] = "Made offline", [RFI_FIELD_DESCRIPTION] = "d",
    [RFI_FIELD_PRIORITY] = "high", [RFI_FIELD_STORE_NAME] = "s", [RFI_FIELD_ADDRESS] = "a",
    [RFI_FIELD_CITY] = "c", [RFI_FIELD_STATE] = "TX", [RFI_FIELD_ZIP_CODE] = "75201",
  };
  g_autoptr(RfiPatch) patch = rfi_patch_new ();
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_CREATE, .entity_id = (char *) job_id, .patch = patch,
    .vendor_id = (char *) vendor_id,
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] != NULL)
      rfi_patch_set (patch, (RfiField) i, values[i]);
  return device_sign (self, fixture, &template);
}

Signed *
device_delete (Device  *self,
               Fixture *fixture,
               RfiJob  *seen)
{
  g_autoptr(RfiPatch) before = rfi_job_to_patch (seen);
  const RfiSignedOperation template = {
    .kind = RFI_OPERATION_DELETE, .entity_id = (char *) seen->id, .base_version = seen->version,
    .before = before,
  };

  return device_sign (self, fixture, &template);
}

char *
device_push_text (Device  *self,
                  Signed **operations,
                  guint    n)
{
  GString *text = g_string_new (NULL);

  rfi_wire_push_begin (text, self->id, self->epoch, 0);
  for (guint i = 0; i < n; i++)
    rfi_wire_push_add (text, operations[i]->body, -1, operations[i]->signature);
  rfi_wire_push_end (text);
  return g_string_free (text, FALSE);
}

RfiWirePushAnswer *
device_push (Device  *self,
             Fixture *fixture,
             Signed **operations,
             guint    n)
{
  g_autofree char *text = device_push_text (self, operations, n);
  g_autoptr(Answer) answer =
    service_ask (fixture, self->user, "POST", "/api/v1/sync/push", text);
  g_autoptr(GError) error = NULL;
  RfiWirePushAnswer *parsed;

  if (answer->status != 200)
    g_error ("%u: %s", answer->status, answer->text);
  parsed = rfi_wire_push_answer_parse (answer->text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (parsed->results->len, ==, n);
  return parsed;
}

RfiPushResult *
device_push_one (Device  *self,
                 Fixture *fixture,
                 Signed  *operation)
{
  g_autoptr(Signed) taken = operation;
  g_autoptr(RfiWirePushAnswer) answer = device_push (self, fixture, &taken, 1);

  return g_ptr_array_steal_index (answer->results, 0);
}
