/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "vault-fixture.h"

/* For what is sent to the keyring's own interface. */
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

void
vault_fixture_keep_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

GAsyncResult *
vault_fixture_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* Returns: (transfer full) */
static SecretService *
get_service (void)
{
  g_autoptr(GError) error = NULL;
  SecretService *service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);

  g_assert_no_error (error);
  return service;
}

/* Returns: (transfer full): the default one */
static SecretCollection *
get_collection (SecretService *service)
{
  g_autoptr(GError) error = NULL;
  SecretCollection *collection =
    secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                      NULL, &error);

  g_assert_no_error (error);
  return collection;
}

static void
lock_keyring (void)
{
  g_autoptr(SecretService) service = get_service ();
  g_autoptr(SecretCollection) collection = get_collection (service);
  g_autoptr(GError) error = NULL;
  GList objects = { .data = collection };

  secret_service_lock_sync (service, &objects, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
vault_fixture_unlock (void)
{
  g_autoptr(SecretService) service = get_service ();
  g_autoptr(SecretCollection) collection = get_collection (service);
  SecretValue *password = secret_value_new ("open sesame", -1, "text/plain");
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = g_dbus_connection_call_sync (
    g_dbus_proxy_get_connection (G_DBUS_PROXY (service)), "org.freedesktop.secrets",
    "/org/freedesktop/secrets", "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
    "UnlockWithMasterPassword",
    g_variant_new ("(o@(oayays))", g_dbus_proxy_get_object_path (G_DBUS_PROXY (collection)),
                   secret_service_encode_dbus_secret (service, password)),
    NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  secret_value_unref (password);
}

static void press_escape (VaultPerson *person);

static void
pressed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  VaultPerson *person = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  g_clear_object (&person->hand);
  /* Also where the key came too late, for a window that was just going. */
  if (!person->resting)
    press_escape (person);
}

static void
press_escape (VaultPerson *person)
{
  g_autoptr(GError) error = NULL;

  person->hand =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "xdotool", "search", "--sync",
                      "--onlyvisible", "--class", "gcr-prompter", "windowfocus", "key", "Escape",
                      NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (person->hand, NULL, pressed_cb, person);
}

void
vault_fixture_rest (VaultPerson *person)
{
  g_autoptr(GSubprocess) release = NULL;
  g_autoptr(GError) error = NULL;

  person->resting = TRUE;
  g_subprocess_force_exit (person->hand);
  while (person->hand != NULL)
    g_main_context_iteration (NULL, TRUE);

  /* A hand that went while it held the key down: else the key repeats, for whatever comes next. */
  release = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "keyup", "Escape", NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (release, NULL, &error);
  g_assert_no_error (error);
}

void
vault_fixture_lock (VaultPerson *person)
{
  lock_keyring ();
  press_escape (person);
}

gboolean
vault_fixture_be_apart (void)
{
  if (g_test_subprocess ())
    return TRUE;

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  return FALSE;
}
