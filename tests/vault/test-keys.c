/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-device-key.h"
#include "rfi-seal.h"
#include "rfi-vault.h"
#include "vault-fixture.h"

/* Returns: (transfer full) */
static RfiDeviceKey *
obtain (const char          *device_id,
        RfiDeviceKeyOrigin  *origin,
        GError             **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_device_key_obtain_async (device_id, NULL, vault_fixture_keep_cb, &result);
  return rfi_device_key_obtain_finish (vault_fixture_wait (&result), origin, error);
}

/* Returns: (transfer full) */
static RfiSeal *
obtain_seal (const char  *cache_id,
             gboolean    *kept,
             GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_seal_obtain_async (cache_id, NULL, vault_fixture_keep_cb, &result);
  return rfi_seal_obtain_finish (vault_fixture_wait (&result), kept, error);
}

/* Returns: (transfer full) */
static RfiSeal *
renew_seal (const char  *cache_id,
            gboolean    *kept,
            GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_seal_renew_async (cache_id, NULL, vault_fixture_keep_cb, &result);
  return rfi_seal_obtain_finish (vault_fixture_wait (&result), kept, error);
}

static void
assert_same_device (RfiDeviceKey *a,
                    RfiDeviceKey *b)
{
  g_assert_cmpmem (rfi_device_key_get_public (a), RFI_DEVICE_KEY_PUBLIC_SIZE,
                   rfi_device_key_get_public (b), RFI_DEVICE_KEY_PUBLIC_SIZE);
}

static void
test_device (void)
{
  RfiDeviceKeyOrigin origin;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiDeviceKey) first = obtain ("d-1", &origin, &error);
  g_autoptr(RfiDeviceKey) again = NULL;
  g_autoptr(RfiDeviceKey) other = NULL;
  g_autoptr(RfiDeviceKey) anew = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, RFI_DEVICE_KEY_MADE);
  again = obtain ("d-1", &origin, &error);
  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, RFI_DEVICE_KEY_FOUND);
  assert_same_device (first, again);

  other = obtain ("d-2", &origin, &error);
  g_assert_cmpint (origin, ==, RFI_DEVICE_KEY_MADE);
  rfi_device_key_forget_async ("d-1", NULL, vault_fixture_keep_cb, &result);
  g_assert_true (rfi_device_key_forget_finish (vault_fixture_wait (&result), &error));
  anew = obtain ("d-1", &origin, &error);
  g_assert_cmpint (origin, ==, RFI_DEVICE_KEY_MADE);
  g_assert_no_error (error);
}

static const RfiSealPlace place = { "job", "j-1", 1 };

static gboolean
opens (RfiSeal      *seal,
       const guint8 *sealed)
{
  guint8 bytes[3];

  return rfi_seal_open (seal, &place, sealed, RFI_SEAL_OVERHEAD + 3, bytes, NULL);
}

static void
test_seal (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiSeal) made = NULL;
  g_autoptr(RfiSeal) found = NULL;
  g_autoptr(RfiSeal) other = NULL;
  g_autoptr(RfiSeal) renewed = NULL;
  g_autoptr(RfiSeal) last = NULL;
  guint8 first[RFI_SEAL_OVERHEAD + 3];
  guint8 second[RFI_SEAL_OVERHEAD + 3];
  gboolean kept = FALSE;

  made = obtain_seal ("c-1", &kept, &error);
  g_assert_no_error (error);
  g_assert_true (kept);
  rfi_seal_close (made, &place, (const guint8 *) "abc", 3, first);
  found = obtain_seal ("c-1", &kept, &error);
  g_assert_true (opens (found, first));
  other = obtain_seal ("d-1", &kept, &error);
  g_assert_false (opens (other, first));

  renewed = renew_seal ("c-1", &kept, &error);
  g_assert_true (kept);
  g_assert_true (opens (renewed, first));
  rfi_seal_close (renewed, &place, (const guint8 *) "abc", 3, second);
  g_assert_false (opens (found, second));
  g_assert_false (rfi_seal_is_newest (renewed, first, sizeof first));
  g_assert_true (rfi_seal_is_newest (renewed, second, sizeof second));
  last = obtain_seal ("c-1", &kept, &error);
  g_assert_no_error (error);
  g_assert_true (opens (last, first) && opens (last, second));
}

static void
test_no_service (void)
{
  g_autoptr(GTestDBus) bus = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiDeviceKey) key = NULL;
  g_autoptr(RfiSeal) seal = NULL;
  gboolean kept = TRUE;
  RfiDeviceKeyOrigin origin;

  if (!vault_fixture_be_apart ())
    return;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  key = obtain ("d-1", &origin, &error);
  g_assert_no_error (error);
  g_assert_nonnull (key);
  g_assert_cmpint (origin, ==, RFI_DEVICE_KEY_SESSION);

  seal = obtain_seal ("c-1", &kept, &error);
  g_assert_no_error (error);
  g_assert_nonnull (seal);
  g_assert_false (kept);
  g_test_dbus_stop (bus);
}

static void
test_locked (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiSeal) seal = NULL;
  g_autoptr(RfiDeviceKey) key = NULL;
  gboolean kept;
  RfiDeviceKeyOrigin origin;
  VaultPerson person = { NULL, FALSE };

  key = obtain ("d-locked", &origin, &error);
  seal = obtain_seal ("c-locked", &kept, &error);
  g_assert_no_error (error);
  vault_fixture_lock (&person);

  /* Never a new key where there is one that cannot be seen now. */
  g_assert_null (obtain ("d-locked", &origin, &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (obtain_seal ("c-locked", &kept, &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  g_clear_error (&error);
  /* There is none, but a new one cannot be kept either. */
  g_assert_null (obtain ("d-unknown", &origin, &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  vault_fixture_rest (&person);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/keys/device", test_device);
  g_test_add_func ("/keys/seal", test_seal);
  g_test_add_func ("/keys/no-service", test_no_service);
  g_test_add_func ("/keys/locked", test_locked);

  return g_test_run ();
}
