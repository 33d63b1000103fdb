/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-photos"

#include "config.h"

#include "rfi-session-commands.h"

#include "rfi-operation-command.h"
#include "rfi-photo-cache.h"
#include "rfi-record-item.h"
#include "rfi-sealed-file.h"
#include "rfi-session-private.h"
#include "rfi-session-run.h"
#include "rfi-store-outbox.h"
#include "rfi-store-pull.h"
#include "rfi-vault.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A photo is copied into the account's folder before anything refers to it: the file a person
 * chose may be gone or changed when its turn comes.
 */

static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, _rfi_session_translate (error));
}

/* By its first bytes, whatever its name says. (nullable) */
static const char *
sniff (const guint8 *data,
       gsize         size)
{
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff };
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

  if (size > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0)
    return "image/jpeg";
  if (size > sizeof png && memcmp (data, png, sizeof png) == 0)
    return "image/png";

  return NULL;
}

/* The name without folders, and with the ending its content deserves. */
static char *
make_name (const char *file_name,
           const char *mime_type)
{
  const char *ending = strcmp (mime_type, "image/png") == 0 ? ".png" : ".jpg";
  g_autofree char *name = g_path_get_basename (file_name);
  g_autofree char *folded = g_ascii_strdown (name, -1);

  if (g_str_has_suffix (folded, ending) ||
      (strcmp (ending, ".jpg") == 0 && g_str_has_suffix (folded, ".jpeg")))
    return g_steal_pointer (&name);

  return g_strconcat (name, ending, NULL);
}

typedef struct
{
  char         *job_id;
  GBytes       *content;    /* (owned) */
  RfiSeal      *seal;       /* (owned) */
  RfiOperation *operation;  /* (owned) */
} Adding;

static void
adding_free (Adding *adding)
{
  g_free (adding->job_id);
  g_bytes_unref (adding->content);
  rfi_seal_unref (adding->seal);
  g_clear_pointer (&adding->operation, rfi_operation_unref);
  g_free (adding);
}

static void
sweep_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GPtrArray *files = task_data;

  for (guint i = 0; i < files->len; i++)
    if (g_unlink (g_ptr_array_index (files, i)) != 0)
      g_debug ("%s stays: %s", (const char *) g_ptr_array_index (files, i), g_strerror (errno));
  g_task_return_boolean (task, TRUE);
}

void
_rfi_session_sweep_outgoing (GPtrArray  *leftovers,
                             GListModel *outbox)
{
  g_autoptr(GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GTask) task = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);
      const RfiOperation *operation = rfi_record_item_get (item);

      if (operation->photo_path != NULL)
        g_hash_table_add (needed, g_strdup (operation->photo_path));
    }

  for (guint i = 0; i < leftovers->len; i++)
    if (!g_hash_table_contains (needed, g_ptr_array_index (leftovers, i)))
      g_ptr_array_add (files, g_strdup (g_ptr_array_index (leftovers, i)));

  if (files->len == 0)
    return;

  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, _rfi_session_sweep_outgoing);
  g_task_set_task_data (task, g_steal_pointer (&files), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, sweep_in_thread);
}

static void copy_in_thread (GTask        *task,
                            gpointer      source_object,
                            gpointer      task_data,
                            GCancellable *cancellable);
static void copied_cb      (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data);
static void enqueued_cb    (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data);

static Adding *
adding_new (RfiSession   *self,
            const RfiJob *job,
            GBytes       *content,
            const char   *file_name,
            const char   *mime_type)
{
  Adding *adding = g_new0 (Adding, 1);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = make_name (file_name, mime_type);
  g_autofree char *path =
    g_build_filename (_rfi_session_get_account (self)->dir, "outgoing", id, NULL);

  adding->job_id = g_strdup (job->id);
  adding->content = g_bytes_ref (content);
  adding->seal = rfi_seal_ref (rfi_store_get_seal (_rfi_session_get_store (self)));
  adding->operation =
    rfi_operation_command_new_add_photo (rfi_session_get_user (self), job, id, name, mime_type,
                                         path, (gint64) g_bytes_get_size (content));
  return adding;
}

void
rfi_session_add_photo_async (RfiSession          *self,
                             const char          *job_id,
                             GBytes              *content,
                             const char          *file_name,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) copying = NULL;
  const char *mime_type;
  RfiJobState *state;
  RfiVerdict verdict;
  gsize size;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (content != NULL && file_name != NULL);

  task = _rfi_session_new_question (self, rfi_session_add_photo_async, NULL, callback, user_data);
  if (task == NULL)
    return;

  verdict = rfi_session_check (self, job_id, RFI_ACTION_ADD_PHOTO);
  if (verdict != RFI_VERDICT_OK)
    {
      g_task_return_error (task, _rfi_session_refuse (verdict));
      return;
    }

  mime_type = sniff (g_bytes_get_data (content, &size), g_bytes_get_size (content));
  if (mime_type == NULL || g_bytes_get_size (content) >= RFI_PHOTO_SIZE_LIMIT)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_FILE,
                               "%s is %s", file_name,
                               mime_type == NULL ? "neither JPEG nor PNG" : "too large");
      return;
    }

  state = rfi_job_table_lookup (rfi_session_get_jobs (self), job_id);
  g_task_set_task_data (task, adding_new (self, state->work, content, file_name, mime_type),
                        (GDestroyNotify) adding_free);
  copying = g_task_new (self, NULL, copied_cb, g_object_ref (task));
  g_task_set_task_data (copying, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (copying, copy_in_thread);
}

static void
copy_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Adding *adding = task_data;
  GError *error = NULL;

  if (rfi_sealed_file_write (adding->seal, adding->operation->photo_path, adding->content, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* @error: (transfer full): of the file system */
static GError *
translate_copy (GError *error)
{
  gboolean full = g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  GError *translated =
    g_error_new_literal (RFI_SESSION_ERROR,
                         full ? RFI_SESSION_ERROR_FULL : RFI_SESSION_ERROR_FAILED, error->message);

  g_error_free (error);
  return translated;
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);
  RfiStore *store = _rfi_session_get_store (self);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, translate_copy (error));
  else if (store == NULL)
    {
      g_unlink (adding->operation->photo_path);
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                               "The session is closed");
    }
  else
    rfi_store_enqueue_async (store, adding->operation, NULL, enqueued_cb, g_object_ref (task));
}

static void
enqueued_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(RfiOperation) operation = NULL;
  Adding *adding = g_task_get_task_data (task);
  GError *error = NULL;

  operation = rfi_store_enqueue_finish (RFI_STORE (object), result, &error);
  if (operation == NULL)
    {
      g_unlink (adding->operation->photo_path);
      fail (task, error);
      return;
    }

  _rfi_session_changed (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

typedef struct
{
  char *job_id;
  char *photo_id;
} PhotoCall;

static void
photo_call_free (PhotoCall *call)
{
  g_free (call->job_id);
  g_free (call->photo_id);
  g_free (call);
}

static PhotoCall *
photo_call_new (const char *job_id,
                const char *photo_id)
{
  PhotoCall *call = g_new0 (PhotoCall, 1);

  call->job_id = g_strdup (job_id);
  call->photo_id = g_strdup (photo_id);
  return call;
}

static void delete_listed_cb   (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data);
static void delete_enqueued_cb (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data);
static void discarded_cb       (GObject      *object,
                                GAsyncResult *result,
                                gpointer      user_data);

void
rfi_session_delete_photo_async (RfiSession          *self,
                                const char          *job_id,
                                const char          *photo_id,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (job_id != NULL && photo_id != NULL);

  task = _rfi_session_new_question (self, rfi_session_delete_photo_async, NULL,
                                    callback, user_data);
  if (task == NULL)
    return;

  g_task_set_task_data (task, photo_call_new (job_id, photo_id), (GDestroyNotify) photo_call_free);
  rfi_store_list_photos_async (_rfi_session_get_store (self), job_id, NULL, delete_listed_cb,
                               g_object_ref (task));
}

/* (nullable) */
static RfiPhoto *
find_photo (GPtrArray  *photos,
            const char *photo_id)
{
  for (guint i = 0; i < photos->len; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);

      if (strcmp (photo->id, photo_id) == 0)
        return photo;
    }

  return NULL;
}

static RfiVerdict
check_delete (RfiSession     *self,
              const char     *job_id,
              const RfiPhoto *photo)
{
  const RfiUser *user = rfi_session_get_user (self);
  RfiVerdict verdict = rfi_session_check (self, job_id, RFI_ACTION_DELETE_PHOTO);

  if (verdict == RFI_VERDICT_OK && user->role == RFI_ROLE_TECHNICIAN &&
      g_strcmp0 (photo->uploaded_by, user->id) != 0)
    return RFI_VERDICT_NOT_YOURS;

  return verdict;
}

static void
delete_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) photos = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  RfiSession *self = g_task_get_source_object (task);
  PhotoCall *call = g_task_get_task_data (task);
  RfiJobState *state = rfi_job_table_lookup (rfi_session_get_jobs (self), call->job_id);
  RfiVerdict verdict;
  RfiPhoto *photo;
  GError *error = NULL;

  photos = rfi_store_list_photos_finish (RFI_STORE (object), result, &error);
  if (photos == NULL)
    {
      fail (task, error);
      return;
    }

  photo = find_photo (photos, call->photo_id);
  if (photo == NULL || state == NULL)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                               "The photo is no longer there");
      return;
    }

  /* One that was never sent is a waiting change, given up like any other. */
  if (photo->waiting)
    {
      rfi_store_discard_async (RFI_STORE (object), photo->id, g_get_real_time () / 1000, NULL,
                               discarded_cb, g_object_ref (task));
      return;
    }

  verdict = check_delete (self, call->job_id, photo);
  if (verdict != RFI_VERDICT_OK)
    {
      g_task_return_error (task, _rfi_session_refuse (verdict));
      return;
    }

  operation = rfi_operation_command_new_delete_photo (rfi_session_get_user (self), state->work,
                                                      photo->id, photo->file_name);
  rfi_store_enqueue_async (RFI_STORE (object), operation, NULL, delete_enqueued_cb,
                           g_object_ref (task));
}

static void
delete_enqueued_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(RfiOperation) operation = NULL;
  RfiSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  operation = rfi_store_enqueue_finish (RFI_STORE (object), result, &error);
  if (operation == NULL)
    {
      fail (task, error);
      return;
    }

  _rfi_session_changed (self);
  _rfi_session_record_barrier (self, operation->job_id, operation->kind);
  g_task_return_boolean (task, TRUE);
}

static void
discarded_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    {
      fail (task, error);
      return;
    }

  _rfi_session_changed (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static void
list_photos_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *photos = rfi_store_list_photos_finish (RFI_STORE (object), result, &error);

  if (photos != NULL)
    g_task_return_pointer (task, photos, (GDestroyNotify) g_ptr_array_unref);
  else
    fail (task, error);
}

void
rfi_session_list_photos_async (RfiSession          *self,
                               const char          *job_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (job_id != NULL);

  task = _rfi_session_new_question (self, rfi_session_list_photos_async, cancellable,
                                    callback, user_data);
  if (task != NULL)
    rfi_store_list_photos_async (_rfi_session_get_store (self), job_id, cancellable,
                                 list_photos_cb, g_object_ref (task));
}

GPtrArray *
rfi_session_list_photos_finish (RfiSession    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A photo that is asked for, and where it was found. */
typedef struct
{
  char     *job_id;
  char     *photo_id;
  RfiSeal  *seal;     /* (owned) */
  char     *path;     /* (owned) (nullable) */
  gboolean  renewed;  /* it was broken, and fetched again */
} Loading;

static void
loading_free (Loading *loading)
{
  g_free (loading->job_id);
  g_free (loading->photo_id);
  rfi_seal_unref (loading->seal);
  g_free (loading->path);
  g_free (loading);
}

static void photo_fetched_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);
static void read_in_thread   (GTask        *task,
                              gpointer      source_object,
                              gpointer      task_data,
                              GCancellable *cancellable);
static void photo_read_cb    (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data);

static void
fetch_photo (GTask *task)
{
  RfiSession *self = g_task_get_source_object (task);
  Loading *loading = g_task_get_task_data (task);

  rfi_sync_thread_fetch_photo_async (_rfi_session_get_sync (self), loading->job_id,
                                     loading->photo_id, g_task_get_cancellable (task),
                                     photo_fetched_cb, g_object_ref (task));
}

static void
photo_fetched_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GTask) reading = NULL;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;

  g_free (loading->path);
  loading->path = rfi_sync_thread_fetch_photo_finish (RFI_SYNC_THREAD (object), result, &error);
  if (loading->path == NULL)
    {
      fail (task, error);
      return;
    }

  reading = g_task_new (g_task_get_source_object (task), NULL, photo_read_cb, g_object_ref (task));
  g_task_set_source_tag (reading, photo_fetched_cb);
  g_task_set_task_data (reading, loading, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

static void
read_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Loading *loading = task_data;
  GError *error = NULL;
  GBytes *content = rfi_sealed_file_read (loading->seal, loading->path, &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/* Of a downloaded one that does not open any more the server has another copy. */
static gboolean
can_renew (RfiSession    *self,
           const Loading *loading,
           const GError  *error)
{
  g_autofree char *photos = g_build_filename (_rfi_session_get_account (self)->dir, "photos", NULL);

  return g_error_matches (error, RFI_VAULT_ERROR, RFI_VAULT_ERROR_FORGED) && !loading->renewed &&
         g_str_has_prefix (loading->path, photos) && _rfi_session_get_sync (self) != NULL;
}

static void
photo_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *content = g_task_propagate_pointer (G_TASK (result), &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify) g_bytes_unref);
  else if (can_renew (RFI_SESSION (object), loading, error) && g_unlink (loading->path) == 0)
    {
      g_error_free (error);
      loading->renewed = TRUE;
      fetch_photo (task);
    }
  else
    fail (task, error);
}

/* Waiting to be sent, or downloaded before. */
static gboolean
is_here (RfiSession *self,
         const char *photo_id)
{
  GListModel *outbox = rfi_session_get_outbox (self);
  g_autofree char *dir = g_build_filename (_rfi_session_get_account (self)->dir, "photos", NULL);
  g_autoptr(RfiPhotoCache) cache = rfi_photo_cache_new (dir, 0);
  g_autofree char *path = rfi_photo_cache_get_path (cache, photo_id);

  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);

      if (g_str_equal (((RfiOperation *) rfi_record_item_get (item))->id, photo_id))
        return TRUE;
    }
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

void
rfi_session_download_photo_async (RfiSession          *self,
                                  const char          *job_id,
                                  const char          *photo_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Loading *loading;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (job_id != NULL && photo_id != NULL);

  task = _rfi_session_new_question (self, rfi_session_load_photo_async, cancellable,
                                    callback, user_data);
  if (task == NULL)
    return;

  loading = g_new0 (Loading, 1);
  loading->job_id = g_strdup (job_id);
  loading->photo_id = g_strdup (photo_id);
  loading->seal = rfi_seal_ref (rfi_store_get_seal (_rfi_session_get_store (self)));
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  fetch_photo (task);
}

void
rfi_session_load_photo_async (RfiSession          *self,
                              const char          *job_id,
                              const char          *photo_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (job_id != NULL && photo_id != NULL);

  if (_rfi_session_get_spare_photos (self) && !is_here (self, photo_id))
    g_task_report_new_error (self, callback, user_data, rfi_session_load_photo_async,
                             RFI_SESSION_ERROR, RFI_SESSION_ERROR_SPARED,
                             "The photo is not here, and photos are spared");
  else
    rfi_session_download_photo_async (self, job_id, photo_id, cancellable, callback, user_data);
}

GBytes *
rfi_session_load_photo_finish (RfiSession    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_audit_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *entries = rfi_store_list_audit_finish (RFI_STORE (object), result, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    fail (task, error);
}

void
rfi_session_list_audit_async (RfiSession          *self,
                              const char          *job_id,
                              guint                limit,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_list_audit_async, cancellable,
                                    callback, user_data);
  if (task != NULL)
    rfi_store_list_audit_async (_rfi_session_get_store (self), job_id, limit, 0, cancellable,
                                list_audit_cb, g_object_ref (task));
}

GPtrArray *
rfi_session_list_audit_finish (RfiSession    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
