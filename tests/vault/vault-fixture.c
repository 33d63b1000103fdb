/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "vault-fixture.h"

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
  person->resting = TRUE;
  g_subprocess_force_exit (person->hand);
  while (person->hand != NULL)
    g_main_context_iteration (NULL, TRUE);
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
