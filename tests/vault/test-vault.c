/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rfi-vault.h"

#include <libsecret/secret.h>

#define SERVER "https://dispatch.example.com"

static void
keep_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
store (const char  *email,
       const char  *secret,
       GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_vault_store_async (SERVER, email, secret, NULL, keep_cb, &result);
  return rfi_vault_store_finish (wait (&result), error);
}

static char *
look_up (const char  *email,
         GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  rfi_vault_lookup_async (SERVER, email, NULL, keep_cb, &result);
  return rfi_vault_lookup_finish (wait (&result), error);
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

  rfi_vault_clear_async (SERVER, "kim@example.com", NULL, keep_cb, &result);
  g_assert_true (rfi_vault_clear_finish (wait (&result), &error));
  g_assert_no_error (error);
  assert_kept ("kim@example.com", NULL);
  assert_kept ("jo@example.com", "other");
}

static void
test_absent (void)
{
  g_autoptr(GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

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

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

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
lock_keyring (void)
{
  g_autoptr(SecretService) service = NULL;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GError) error = NULL;
  GList objects = { 0 };

  service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  objects.data = collection;
  secret_service_lock_sync (service, &objects, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The keyring asks for its password in a window of its own; the person presses Escape each time. */
typedef struct
{
  GSubprocess *hand;     /* (owned) */
  gboolean     resting;
} Person;

static void press_escape (Person *person);

static void
pressed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Person *person = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  g_clear_object (&person->hand);
  /* Also where the key came too late, for a window that was just going. */
  if (!person->resting)
    press_escape (person);
}

static void
press_escape (Person *person)
{
  g_autoptr(GError) error = NULL;

  person->hand =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "xdotool", "search", "--sync",
                      "--onlyvisible", "--class", "gcr-prompter", "windowfocus", "key", "Escape",
                      NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (person->hand, NULL, pressed_cb, person);
}

static void
rest (Person *person)
{
  person->resting = TRUE;
  g_subprocess_force_exit (person->hand);
  while (person->hand != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_locked (void)
{
  g_autoptr(GError) error = NULL;
  Person person = { NULL, FALSE };

  g_assert_true (store ("lee@example.com", "kept", &error));
  lock_keyring ();
  press_escape (&person);

  g_assert_false (store ("kim@example.com", "secret", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  g_clear_error (&error);

  /* There is something, but nobody may see it: not the same as nothing. */
  g_assert_null (look_up ("lee@example.com", &error));
  g_assert_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED);
  assert_kept ("nobody@example.com", NULL);
  rest (&person);
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
