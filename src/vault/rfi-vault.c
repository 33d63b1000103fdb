/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-vault"

#include "config.h"

#include "rfi-vault.h"

#include <libsecret/secret.h>

G_DEFINE_QUARK (rfi-vault-error-quark, rfi_vault_error)

static const SecretSchema account_schema = {
  RFI_APP_ID,
  SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "email", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static const SecretSchema key_schema = {
  RFI_APP_ID ".Key",
  SECRET_SCHEMA_NONE,
  {
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "id", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* Kept in keyrings: never to be changed. */
static const char *const key_kinds[] = {
  [RFI_VAULT_DEVICE_KEY] = "device",
  [RFI_VAULT_DATA_KEY] = "data",
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

/* Returns: (transfer full) */
static GHashTable *
name_account (const char *server_url,
              const char *email)
{
  return secret_attributes_build (&account_schema, "server", server_url, "email", email, NULL);
}

/* Returns: (transfer full) */
static GHashTable *
name_key (RfiVaultKey  kind,
          const char  *id)
{
  return secret_attributes_build (&key_schema, "kind", key_kinds[kind], "id", id, NULL);
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
  g_autoptr(GHashTable) attributes = name_account (server_url, email);

  g_task_set_source_tag (task, rfi_vault_store_async);
  secret_password_storev (&account_schema, attributes, SECRET_COLLECTION_DEFAULT, label, secret,
                          cancellable, stored_cb, task);
}

gboolean
rfi_vault_store_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* One secret, being looked up. */
typedef struct
{
  const SecretSchema *schema;
  GHashTable         *attributes;  /* (owned) */
} Entry;

static void
entry_free (Entry *entry)
{
  g_hash_table_unref (entry->attributes);
  g_free (entry);
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
  Entry *entry = g_task_get_task_data (task);
  GError *error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, translate (error));
  else if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) rfi_vault_free);
  else
    /* There is none, or it is in a keyring that stayed locked: which entries exist shows. */
    secret_password_searchv (entry->schema, entry->attributes, SECRET_SEARCH_NONE,
                             g_task_get_cancellable (task), searched_cb, g_object_ref (task));
}

/* @task, @attributes: (transfer full) */
static void
look_up (GTask              *task,
         const SecretSchema *schema,
         GHashTable         *attributes)
{
  Entry *entry = g_new (Entry, 1);

  entry->schema = schema;
  entry->attributes = attributes;
  g_task_set_task_data (task, entry, (GDestroyNotify) entry_free);
  secret_password_lookupv (schema, attributes, g_task_get_cancellable (task), looked_up_cb, task);
}

void
rfi_vault_lookup_async (const char          *server_url,
                        const char          *email,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rfi_vault_lookup_async);
  look_up (task, &account_schema, name_account (server_url, email));
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
  g_autoptr(GHashTable) attributes = name_account (server_url, email);

  g_task_set_source_tag (task, rfi_vault_clear_async);
  secret_password_clearv (&account_schema, attributes, cancellable, cleared_cb, task);
}

gboolean
rfi_vault_clear_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rfi_vault_store_key_async (RfiVaultKey          kind,
                           const char          *id,
                           RfiSecret           *key,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  /* Seen by the person in their keyring's list. */
  g_autofree char *label =
    g_strdup_printf ("RetailFixIt Dispatch: %s key %s", key_kinds[kind], id);
  g_autoptr(GHashTable) attributes = name_key (kind, id);
  char *text = rfi_secret_to_text (key);

  g_task_set_source_tag (task, rfi_vault_store_key_async);
  secret_password_storev (&key_schema, attributes, SECRET_COLLECTION_DEFAULT, label, text,
                          cancellable, stored_cb, task);
  rfi_secret_free_text (text);
}

void
rfi_vault_lookup_key_async (RfiVaultKey          kind,
                            const char          *id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rfi_vault_lookup_key_async);
  look_up (task, &key_schema, name_key (kind, id));
}

RfiSecret *
rfi_vault_lookup_key_finish (GAsyncResult  *result,
                             GError       **error)
{
  char *text = rfi_vault_lookup_finish (result, error);
  RfiSecret *key;

  if (text == NULL)
    return NULL;

  key = rfi_secret_new_text (text);
  rfi_vault_free (text);
  if (key == NULL)
    g_set_error (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FAILED, "What the keyring has is no key");
  return key;
}

void
rfi_vault_clear_key_async (RfiVaultKey          kind,
                           const char          *id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GHashTable) attributes = name_key (kind, id);

  g_task_set_source_tag (task, rfi_vault_clear_key_async);
  secret_password_clearv (&key_schema, attributes, cancellable, cleared_cb, task);
}
