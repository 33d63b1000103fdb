/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-open"

#include "config.h"

#include "rfi-session-private.h"

#include "rfi-sealed-file.h"
#include "rfi-vault.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Opening and closing wait for the disk, so both do that in a thread. */

void
rfi_account_free (RfiAccount *self)
{
  g_free (self->server_url);
  g_free (self->email);
  g_free (self->pin);
  g_free (self->token);
  g_free (self->refresh_token);
  g_clear_pointer (&self->user, rfi_user_unref);
  g_free (self->dir);
  g_clear_pointer (&self->seal, rfi_seal_unref);
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  g_free (self);
}

typedef struct
{
  RfiAccount  *account;        /* (owned) (nullable): until the session has it */
  RfiListener *listener;       /* the store's, once it is open */
  gboolean     forced_offline;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->account, rfi_account_free);
  g_free (opening);
}

static void
listener_free (gpointer  listener,
               GObject  *store)
{
  g_free (listener);
}

/* What waits in a file set aside, without its key or damaged, may still be wanted. */
static gboolean
has_file_aside (const RfiAccount *account)
{
  g_autoptr(GDir) dir = g_dir_open (account->dir, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  while (name != NULL && !g_str_has_prefix (name, "cache.db.locked-") &&
         !g_str_has_prefix (name, "cache.db.damaged-"))
    name = g_dir_read_name (dir);
  return name != NULL;
}

/* Before anything new can be put there. */
static GPtrArray *
list_outgoing (const RfiAccount *account)
{
  g_autofree char *path = g_build_filename (account->dir, "outgoing", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  for (; name != NULL; name = g_dir_read_name (dir))
    g_ptr_array_add (files, g_build_filename (path, name, NULL));

  return files;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  for (; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }

  if (g_remove (path) != 0)
    g_debug ("%s stays: %s", path, g_strerror (errno));
}

/* What only this process can read is of no use to another one, so it lies where nobody keeps
 * anything. */
static gboolean
make_fleeting (RfiAccount  *account,
               GError     **error)
{
  g_autofree char *dir =
    g_build_filename (g_get_user_runtime_dir (), "retailfixit-dispatch-XXXXXX", NULL);
  g_autofree char *photos = NULL;
  g_autofree char *outgoing = NULL;

  if (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700) == 0 &&
      g_mkdtemp_full (dir, 0700) != NULL)
    {
      photos = g_build_filename (dir, "photos", NULL);
      outgoing = g_build_filename (dir, "outgoing", NULL);
      if (g_mkdir (photos, 0700) == 0 && g_mkdir (outgoing, 0700) == 0)
        {
          g_free (account->dir);
          account->dir = g_steal_pointer (&dir);
          account->keyring_note = RFI_VAULT_ERROR_ABSENT;
          return TRUE;
        }
    }

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", dir,
               g_strerror (errno));
  return FALSE;
}

/* What an earlier release left in the open: a photo to be sent is sealed where it is, one that was
 * downloaded comes again. */
static void
seal_photo (RfiSeal    *seal,
            const char *path,
            gboolean    waiting)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  gsize size;

  if (rfi_sealed_file_is_sealed (path))
    return;

  if (waiting && g_file_get_contents (path, &content, &size, &error))
    {
      g_autoptr(GBytes) bytes = g_bytes_new_take (g_steal_pointer (&content), size);

      rfi_sealed_file_write (seal, path, bytes, &error);
    }
  else if (error == NULL && g_unlink (path) != 0)
    g_set_error (&error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), "%s",
                 g_strerror (errno));
  if (error != NULL)
    g_warning ("%s stays as it is: %s", path, error->message);
}

static void
seal_photos (const RfiAccount *account,
             const char       *folder,
             gboolean          waiting)
{
  g_autofree char *path = g_build_filename (account->dir, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  for (; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      seal_photo (account->seal, child, waiting);
    }
}

static void
open_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autofree char *path = NULL;
  RfiListener *listener;
  GError *error = NULL;
  RfiStore *store;

  if (opening->account->fleeting && !make_fleeting (opening->account, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  path = g_build_filename (opening->account->dir, "cache.db", NULL);
  listener = g_new0 (RfiListener, 1);
  store = rfi_store_open (path, opening->account->seal, _rfi_session_store_changed, listener,
                          g_task_get_context (task), FALSE, &error);
  if (store == NULL)
    {
      g_free (listener);
      if (opening->account->fleeting)
        remove_tree (opening->account->dir);
      g_task_return_error (task, error);
      return;
    }

  seal_photos (opening->account, "photos", FALSE);
  seal_photos (opening->account, "outgoing", TRUE);
  if (!has_file_aside (opening->account))
    opening->account->leftovers = list_outgoing (opening->account);
  opening->listener = listener;
  g_object_weak_ref (G_OBJECT (store), listener_free, listener);
  g_task_return_pointer (task, store, g_object_unref);
}

static void
obtained_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  gboolean kept;
  GError *error = NULL;

  opening->account->seal = rfi_seal_obtain_finish (result, &kept, &error);
  if (opening->account->seal == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  opening->account->fleeting = !kept;
  g_task_run_in_thread (task, open_in_thread);
}

void
_rfi_session_open_async (RfiAccount          *account,
                         gboolean             forced_offline,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *name = g_path_get_basename (account->dir);
  Opening *opening = g_new0 (Opening, 1);

  opening->account = account;
  opening->forced_offline = forced_offline;
  g_task_set_source_tag (task, _rfi_session_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  /* What was opened has to be closed again, whoever lost interest. */
  g_task_set_check_cancellable (task, FALSE);
  if (account->seal != NULL)
    g_task_run_in_thread (task, open_in_thread);
  else if (account->renew_key)
    rfi_seal_renew_async (name, cancellable, obtained_cb, g_object_ref (task));
  else
    rfi_seal_obtain_async (name, cancellable, obtained_cb, g_object_ref (task));
}

RfiSession *
_rfi_session_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));
  g_autoptr(RfiStore) store = g_task_propagate_pointer (G_TASK (result), error);

  if (store == NULL)
    return NULL;

  return _rfi_session_new (g_steal_pointer (&opening->account), store, opening->listener,
                           opening->forced_offline);
}

typedef struct
{
  RfiStore      *store;  /* (owned) */
  RfiSyncThread *sync;   /* (owned) */
  char          *dir;    /* (owned) (nullable): to be removed */
} Closing;

static void
closing_free (Closing *closing)
{
  g_clear_object (&closing->store);
  g_clear_object (&closing->sync);
  g_free (closing->dir);
  g_free (closing);
}

static void
close_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Closing *closing = task_data;

  rfi_store_close (closing->store);
  if (closing->dir != NULL)
    remove_tree (closing->dir);
  g_task_return_boolean (task, TRUE);
}

static void
sync_stopped_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_sync_thread_stop_finish (RFI_SYNC_THREAD (object), result, &error))
    g_warning ("The sync thread did not stop as it should: %s", error->message);
  g_task_run_in_thread (task, close_in_thread);
}

void
_rfi_session_close_async (RfiSession          *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  /* Not the task's source: closing goes on without the session. */
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Closing *closing = g_new0 (Closing, 1);

  g_task_set_source_tag (task, _rfi_session_close_async);
  g_task_set_task_data (task, closing, (GDestroyNotify) closing_free);
  if (!_rfi_session_detach (self, &closing->store, &closing->sync))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (_rfi_session_get_account (self)->fleeting)
    closing->dir = g_strdup (_rfi_session_get_account (self)->dir);
  rfi_sync_thread_stop_async (closing->sync, sync_stopped_cb, g_object_ref (task));
}

gboolean
_rfi_session_close_finish (RfiSession    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
