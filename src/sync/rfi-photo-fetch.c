/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-photo-fetch"

#include "config.h"

#include "rfi-photo-fetch.h"

#include "rfi-operation.h"
#include "rfi-photo-cache.h"
#include "rfi-photo.h"
#include "rfi-remote-jobs.h"
#include "rfi-remote-photos.h"
#include "rfi-sealed-file.h"
#include "rfi-store-outbox.h"

struct _RfiPhotoFetch
{
  GObject        parent_instance;

  RfiStore      *store;   /* (owned) */
  RfiRemote     *remote;  /* (owned) */
  RfiPhotoCache *cache;   /* (owned) */
  GHashTable    *loads;   /* photo id → Load *, those that run */
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (RfiPhotoFetch, rfi_photo_fetch, G_TYPE_OBJECT)

/* One photo on its way, for everybody who asked. Who stops asking does not stop it: the next to
 * look at the gallery finds it done.
 */
typedef struct
{
  RfiPhotoFetch *fetch;    /* (owned) */
  char          *job_id;
  char          *photo_id;
  char          *path;
  GBytes        *content;  /* (owned) (nullable): to be saved */
  GPtrArray     *tasks;    /* (owned) (element-type GTask) */
  gboolean       renewed;  /* the job was read for a new URL */
} Load;

static void outbox_cb  (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);
static void base_cb    (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);
static void fetched_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);
static void job_cb     (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);
static void save_in_thread (GTask    *task,
                        gpointer      source_object,
                        gpointer      task_data,
                        GCancellable *cancellable);
static void saved_cb   (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data);

static void
load_free (Load *load)
{
  g_clear_object (&load->fetch);
  g_free (load->job_id);
  g_free (load->photo_id);
  g_free (load->path);
  g_clear_pointer (&load->content, g_bytes_unref);
  g_clear_pointer (&load->tasks, g_ptr_array_unref);
  g_free (load);
}

/* Answers everybody. @path: (nullable); @error: (transfer full) (nullable) */
static void
load_end (Load       *load,
          const char *path,
          GError     *error)
{
  g_autoptr(GError) owned = error;

  g_hash_table_remove (load->fetch->loads, load->photo_id);
  for (guint i = 0; i < load->tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (load->tasks, i);

      if (path != NULL)
        g_task_return_pointer (task, g_strdup (path), g_free);
      else
        g_task_return_error (task, g_error_copy (owned));
    }

  load_free (load);
}

static void
renew (Load *load)
{
  load->renewed = TRUE;
  rfi_remote_get_job_async (load->fetch->remote, load->job_id, load->fetch->cancellable, job_cb,
                            load);
}

/* @job: (nullable) */
static const char *
find_url (const Load   *load,
          const RfiJob *job)
{
  for (guint i = 0; job != NULL && job->photos != NULL && i < job->photos->len; i++)
    {
      const RfiPhoto *photo = g_ptr_array_index (job->photos, i);

      if (g_str_equal (photo->id, load->photo_id))
        return photo->url;
    }

  return NULL;
}

static void
outbox_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Load *load = user_data;
  g_autoptr(GPtrArray) outbox = NULL;
  g_autoptr(GError) error = NULL;

  outbox = rfi_store_list_outbox_finish (RFI_STORE (object), result, &error);
  if (outbox == NULL)
    {
      load_end (load, NULL, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < outbox->len; i++)
    {
      const RfiOperation *operation = g_ptr_array_index (outbox, i);

      if (operation->kind == RFI_OPERATION_ADD_PHOTO &&
          g_str_equal (operation->id, load->photo_id))
        {
          load_end (load, operation->photo_path, NULL);
          return;
        }
    }

  if (rfi_photo_cache_touch (load->fetch->cache, load->path))
    load_end (load, load->path, NULL);
  else
    rfi_store_get_base_async (load->fetch->store, load->job_id, load->fetch->cancellable, base_cb,
                              load);
}

static void
base_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Load *load = user_data;
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(GError) error = NULL;
  const char *url;

  job = rfi_store_get_base_finish (RFI_STORE (object), result, &error);
  if (error != NULL)
    {
      load_end (load, NULL, g_steal_pointer (&error));
      return;
    }

  url = find_url (load, job);
  if (url != NULL)
    rfi_remote_fetch_photo_async (load->fetch->remote, url, load->fetch->cancellable, fetched_cb,
                                  load);
  else
    renew (load);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Load *load = user_data;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GTask) saving = NULL;
  g_autoptr(GError) error = NULL;

  bytes = rfi_remote_fetch_photo_finish (RFI_REMOTE (object), result, &error);
  if (bytes == NULL)
    {
      gboolean expired = g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_FORBIDDEN) ||
                         g_error_matches (error, RFI_REMOTE_ERROR, RFI_REMOTE_ERROR_NOT_FOUND);

      if (expired && !load->renewed)
        renew (load);
      else
        load_end (load, NULL, g_steal_pointer (&error));
      return;
    }

  if (!rfi_photo_cache_prepare (load->fetch->cache, (gint64) g_bytes_get_size (bytes), &error))
    {
      load_end (load, NULL, g_steal_pointer (&error));
      return;
    }

  load->content = g_steal_pointer (&bytes);
  saving = g_task_new (load->fetch, load->fetch->cancellable, saved_cb, load);
  g_task_set_source_tag (saving, fetched_cb);
  g_task_set_task_data (saving, load, NULL);
  g_task_run_in_thread (saving, save_in_thread);
}

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Load *load = task_data;
  GError *error = NULL;

  if (rfi_sealed_file_write (rfi_store_get_seal (load->fetch->store), load->path, load->content,
                             &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
job_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Load *load = user_data;
  g_autoptr(RfiJob) job = NULL;
  g_autoptr(GError) error = NULL;
  const char *url;

  job = rfi_remote_job_finish (RFI_REMOTE (object), result, &error);
  if (job == NULL)
    {
      load_end (load, NULL, g_steal_pointer (&error));
      return;
    }

  url = find_url (load, job);
  if (url == NULL)
    load_end (load, NULL, rfi_remote_error_new (RFI_REMOTE_ERROR_NOT_FOUND,
                                                "The job has no such photo any more"));
  else
    rfi_remote_fetch_photo_async (load->fetch->remote, url, load->fetch->cancellable, fetched_cb,
                                  load);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Load *load = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    load_end (load, NULL, g_steal_pointer (&error));
  else
    load_end (load, load->path, NULL);
}

static void
rfi_photo_fetch_finalize (GObject *object)
{
  RfiPhotoFetch *self = RFI_PHOTO_FETCH (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->remote);
  g_clear_pointer (&self->cache, rfi_photo_cache_free);
  g_clear_pointer (&self->loads, g_hash_table_unref);

  G_OBJECT_CLASS (rfi_photo_fetch_parent_class)->finalize (object);
}

static void
rfi_photo_fetch_class_init (RfiPhotoFetchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_photo_fetch_finalize;
}

static void
rfi_photo_fetch_init (RfiPhotoFetch *self)
{
  self->cancellable = g_cancellable_new ();
  self->loads = g_hash_table_new (g_str_hash, g_str_equal);
}

RfiPhotoFetch *
rfi_photo_fetch_new (RfiStore   *store,
                     RfiRemote  *remote,
                     const char *dir,
                     gint64      limit)
{
  RfiPhotoFetch *self = g_object_new (RFI_TYPE_PHOTO_FETCH, NULL);

  self->store = g_object_ref (store);
  self->remote = g_object_ref (remote);
  self->cache = rfi_photo_cache_new (dir, limit);
  return self;
}

void
rfi_photo_fetch_async (RfiPhotoFetch       *self,
                       const char          *job_id,
                       const char          *photo_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Load *load = g_hash_table_lookup (self->loads, photo_id);

  g_task_set_source_tag (task, rfi_photo_fetch_async);
  if (load != NULL)
    {
      g_ptr_array_add (load->tasks, task);
      return;
    }

  load = g_new0 (Load, 1);
  load->fetch = g_object_ref (self);
  load->job_id = g_strdup (job_id);
  load->photo_id = g_strdup (photo_id);
  load->path = rfi_photo_cache_get_path (self->cache, photo_id);
  load->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (load->tasks, task);
  g_hash_table_insert (self->loads, load->photo_id, load);
  rfi_store_list_outbox_async (self->store, self->cancellable, outbox_cb, load);
}

char *
rfi_photo_fetch_finish (RfiPhotoFetch  *self,
                        GAsyncResult   *result,
                        GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rfi_photo_fetch_cancel (RfiPhotoFetch *self)
{
  g_cancellable_cancel (self->cancellable);
}
