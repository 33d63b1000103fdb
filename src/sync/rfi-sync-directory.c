/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-directory"

#include "config.h"

#include "rfi-sync-directory.h"

#include "rfi-remote.h"
#include "rfi-store-pull.h"

#define INTERVAL  (5 * 60 * 1000)

/* Somebody unknown may be unknown to the server as well: then asking again at once is no use. */
#define INTERVAL_UNKNOWN (60 * 1000)

struct _RfiSyncDirectory
{
  GObject       parent_instance;

  RfiSyncParts *parts;         /* borrowed */
  GHashTable   *known;         /* set of user ids, interned */
  gint64        refreshed_at;  /* monotonic ms; -1 = never */
  gboolean      unknown;       /* a job names somebody who is not in known */
  gboolean      with_work;     /* the last refresh asked for what only Sync v1 tells of people */
};

G_DEFINE_FINAL_TYPE (RfiSyncDirectory, rfi_sync_directory, G_TYPE_OBJECT)

static void technicians_cb        (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data);
static void technicians_stored_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data);
static void vendors_cb            (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data);
static void vendors_stored_cb     (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data);

static gboolean
is_due (RfiSyncDirectory *self)
{
  gint64 age = rfi_clock_get_monotonic (self->parts->clock) - self->refreshed_at;

  if (self->parts->user->role == RFI_ROLE_TECHNICIAN)
    return FALSE;
  if (self->refreshed_at < 0 || age >= INTERVAL
      || self->with_work != (self->parts->dialect == RFI_DIALECT_SYNC_V1))
    return TRUE;

  return self->unknown && age >= INTERVAL_UNKNOWN;
}

static void
done (RfiSyncDirectory *self,
      GTask            *task)
{
  self->refreshed_at = rfi_clock_get_monotonic (self->parts->clock);
  self->unknown = FALSE;
  g_task_return_boolean (task, TRUE);
}

static void
technicians_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSyncDirectory *self = g_task_get_source_object (task);
  g_autoptr(GPtrArray) users = NULL;
  g_autoptr(GError) error = NULL;

  users = rfi_remote_technicians_finish (RFI_REMOTE (object), result, &error);
  if (users == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < users->len; i++)
    {
      const RfiUser *user = g_ptr_array_index (users, i);

      g_hash_table_add (self->known, (gpointer) g_intern_string (user->id));
    }
  rfi_store_put_technicians_async (self->parts->store, users, g_task_get_cancellable (task),
                                   technicians_stored_cb, g_object_ref (task));
}

static void
technicians_stored_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSyncDirectory *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (self->parts->user->role == RFI_ROLE_ADMIN)
    rfi_remote_vendors_async (self->parts->remote, g_task_get_cancellable (task), vendors_cb,
                              g_object_ref (task));
  else
    done (self, task);
}

static void
vendors_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSyncDirectory *self = g_task_get_source_object (task);
  g_autoptr(GPtrArray) vendors = NULL;
  g_autoptr(GError) error = NULL;

  vendors = rfi_remote_vendors_finish (RFI_REMOTE (object), result, &error);
  if (vendors == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    rfi_store_put_vendors_async (self->parts->store, vendors, g_task_get_cancellable (task),
                                 vendors_stored_cb, g_object_ref (task));
}

static void
vendors_stored_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    done (g_task_get_source_object (task), task);
}

static void
rfi_sync_directory_finalize (GObject *object)
{
  g_clear_pointer (&RFI_SYNC_DIRECTORY (object)->known, g_hash_table_unref);

  G_OBJECT_CLASS (rfi_sync_directory_parent_class)->finalize (object);
}

static void
rfi_sync_directory_class_init (RfiSyncDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_directory_finalize;
}

static void
rfi_sync_directory_init (RfiSyncDirectory *self)
{
  self->known = g_hash_table_new (NULL, NULL);
  self->refreshed_at = -1;
}

RfiSyncDirectory *
rfi_sync_directory_new (RfiSyncParts *parts)
{
  RfiSyncDirectory *self = g_object_new (RFI_TYPE_SYNC_DIRECTORY, NULL);

  self->parts = parts;
  return self;
}

void
rfi_sync_directory_note (RfiSyncDirectory *self,
                         GHashTable       *people)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->known, g_intern_string (id)))
      self->unknown = TRUE;
  g_hash_table_remove_all (people);
}

void
rfi_sync_directory_refresh_async (RfiSyncDirectory    *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rfi_sync_directory_refresh_async);
  if (!is_due (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->with_work = self->parts->dialect == RFI_DIALECT_SYNC_V1;
  rfi_remote_technicians_async (self->parts->remote, NULL, self->with_work, cancellable,
                                technicians_cb, g_object_ref (task));
}

gboolean
rfi_sync_directory_refresh_finish (RfiSyncDirectory  *self,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
