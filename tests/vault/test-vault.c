/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-vault.h"
#include "vault-fixture.h"

#define SERVER "https://dispatch.example.com"

static gboolean
store (const char  *email,
       const char  *secret,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_vault_store_async (SERVER, email, secret, NULL, vault_fixture_keep_cb, &result);
  return rfi_vault_store_finish (vault_fixture_wait (&result), error);
}

static char *
look_up (const char  *email,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_vault_lookup_async (SERVER, email, NULL, vault_fixture_keep_cb, &result);
  return rfi_vault_lookup_finish (vault_fixture_wait (&result), error);
}

static void
assert_kept (const char *email,
             const char *expected)
{
  g_autoptr(GError) error = NULL;
  char *secret = look_up (email, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
  rfi_vault_free (secret);
}

static void
test_round_trip (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  assert_kept ("kim@example.com", NULL);
  g_assert_true (store ("kim@example.com", "first", &error));
  g_assert_true (store ("kim@example.com", "second", &error));
  g_assert_true (store ("jo@example.com", "other", &error));
  g_assert_no_error (error);
  assert_kept ("kim@example.com", "second");
  assert_kept ("jo@example.com", "other");

  rfi_vault_clear_async (SERVER, "kim@example.com", NULL, vault_fixture_keep_cb, &result);
  g_assert_true (rfi_vault_clear_finish (vault_fixture_wait (&result), &error));
  g_assert_no_error (error);
  assert_kept ("kim@example.com", NULL);
  assert_kept ("jo@example.com", "other");
}

static void
test_absent (void)
{
  g_autoptr(GError) error = NULL;

  if (!vault_fixture_be_apart ())
    return;

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_assert_false (store ("kim@example.com", "secret", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT);
  g_clear_error (&error);
  g_assert_null (look_up ("kim@example.com", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT);
}

/* A session bus, but nobody on it keeps secrets. */
static void
test_no_service (void)
{
  g_autoptr(GTestDBus) bus = NULL;
  g_autoptr(GError) error = NULL;

  if (!vault_fixture_be_apart ())
    return;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_assert_false (store ("kim@example.com", "secret", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT);
  g_clear_error (&error);
  g_assert_null (look_up ("kim@example.com", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_ABSENT);
  g_test_dbus_stop (bus);
}

static void
test_locked (void)
{
  g_autoptr(GError) error = NULL;
  VaultPerson person = { NULL, FALSE };

  g_assert_true (store ("lee@example.com", "kept", &error));
  vault_fixture_lock (&person);

  g_assert_false (store ("kim@example.com", "secret", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  g_clear_error (&error);

  /* There is something, but nobody may see it: not the same as nothing. */
  g_assert_null (look_up ("lee@example.com", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  assert_kept ("nobody@example.com", NULL);
  vault_fixture_rest (&person);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/round-trip", test_round_trip);
  g_test_add_func ("/vault/absent", test_absent);
  g_test_add_func ("/vault/no-service", test_no_service);
  g_test_add_func ("/vault/locked", test_locked);

  return g_test_run ();
}
