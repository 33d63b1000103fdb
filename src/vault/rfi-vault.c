/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-vault"

#include "config.h"

#include "rfi-vault.h"

#include <libsecret/secret.h>

G_DEFINE_QUARK (rfi-vault-error-quark, rfi_vault_error)

static const SecretSchema schema = {
  RFI_APP_ID,
  SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "email", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* The remedies behind what the secret service and the bus say: no service to talk to, a collection
 * that is missing because nobody unlocked it, or one that stayed locked.
 * @error: (transfer full)
 */
static GError *
translate (GError *error)
{
  RfiVaultError code = RFI_VAULT_ERROR_FAILED;
  GError *translated;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    code = RFI_VAULT_ERROR_LOCKED;
  else if (error->domain == G_DBUS_ERROR || error->domain == G_IO_ERROR ||
           error->domain == G_SPAWN_ERROR)
    code = RFI_VAULT_ERROR_ABSENT;

  translated = g_error_new_literal (RFI_VAULT_ERROR, code, error->message);
  g_error_free (error);
  return translated;
}

/* libsecret finds a keyring that stays locked worth a message, but no error. */
static GError *
locked_error (void)
{
  return g_error_new_literal (RFI_VAULT_ERROR, RFI_VAULT_ERROR_LOCKED, "The keyring stayed locked");
}

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error != NULL ? translate (error) : locked_error ());
}

void
rfi_vault_store_async (const char          *server_url,
                       const char          *email,
                       const char          *secret,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  /* Seen by the person in their keyring's list, where each entry is one account. */
  g_autofree char *label = g_strdup_printf ("RetailFixIt Dispatch: %s, %s", email, server_url);

  g_task_set_source_tag (task, rfi_vault_store_async);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, stored_cb,
                         task, "server", server_url, "email", email, NULL);
}

gboolean
rfi_vault_store_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* One account's secret, being looked up. */
typedef struct
{
  char *server_url;
  char *email;
} Account;

static void
account_free (Account *account)
{
  g_free (account->server_url);
  g_free (account->email);
  g_free (account);
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else if (items != NULL)
    g_task_return_error (task, locked_error ());
  else
    g_task_return_pointer (task, NULL, NULL);
  g_list_free_full (items, g_object_unref);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Account *account = g_task_get_task_data (task);
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) rfi_vault_free);
  else
    /* There is none, or it is in a keyring that stayed locked: which entries exist shows. */
    secret_password_search (&schema, SECRET_SEARCH_NONE, g_task_get_cancellable (task),
                            searched_cb, g_object_ref (task), "server", account->server_url,
                            "email", account->email, NULL);
}

void
rfi_vault_lookup_async (const char          *server_url,
                        const char          *email,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Account *account = g_new (Account, 1);

  account->server_url = g_strdup (server_url);
  account->email = g_strdup (email);
  g_task_set_source_tag (task, rfi_vault_lookup_async);
  g_task_set_task_data (task, account, (GDestroyNotify) account_free);
  secret_password_lookup (&schema, cancellable, looked_up_cb, task, "server", server_url, "email",
                          email, NULL);
}

char *
rfi_vault_lookup_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rfi_vault_free (char *secret)
{
  if (secret != NULL)
    secret_password_free (secret);
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
rfi_vault_clear_async (const char          *server_url,
                       const char          *email,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rfi_vault_clear_async);
  secret_password_clear (&schema, cancellable, cleared_cb, task, "server", server_url, "email",
                         email, NULL);
}

gboolean
rfi_vault_clear_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
