/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-open"

#include "config.h"

#include "rfi-session-private.h"

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
open_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autofree char *path = g_build_filename (opening->account->dir, "cache.db", NULL);
  RfiListener *listener = g_new0 (RfiListener, 1);
  GError *error = NULL;
  RfiStore *store;

  store = rfi_store_open (path, _rfi_session_store_changed, listener, g_task_get_context (task),
                          FALSE, &error);
  if (store == NULL)
    {
      g_free (listener);
      g_task_return_error (task, error);
      return;
    }

  opening->account->leftovers = list_outgoing (opening->account);
  opening->listener = listener;
  g_object_weak_ref (G_OBJECT (store), listener_free, listener);
  g_task_return_pointer (task, store, g_object_unref);
}

void
_rfi_session_open_async (RfiAccount          *account,
                         gboolean             forced_offline,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->account = account;
  opening->forced_offline = forced_offline;
  g_task_set_source_tag (task, _rfi_session_open_async);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  /* What was opened has to be closed again, whoever lost interest. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, open_in_thread);
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
} Closing;

static void
closing_free (Closing *closing)
{
  g_clear_object (&closing->store);
  g_clear_object (&closing->sync);
  g_free (closing);
}

static void
close_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  rfi_store_close (((Closing *) task_data)->store);
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

  rfi_sync_thread_stop_async (closing->sync, sync_stopped_cb, g_object_ref (task));
}

gboolean
_rfi_session_close_finish (RfiSession    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
