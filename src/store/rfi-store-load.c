/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-store-load"

#include "config.h"

#include "rfi-operation.h"
#include "rfi-photo.h"
#include "rfi-store-steps.h"
#include "rfi-store-pull.h"

/* Everything pending by job: id → GPtrArray of RfiOperation, oldest first. */
static GHashTable *
group_outbox (GPtrArray *outbox)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);
      GPtrArray *group = g_hash_table_lookup (groups, operation->job_id);

      if (group == NULL)
        {
          group = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_operation_unref);
          g_hash_table_insert (groups, operation->job_id, group);
        }
      g_ptr_array_add (group, rfi_operation_ref (operation));
    }

  return groups;
}

typedef struct
{
  GHashTable *groups;
  GPtrArray  *states;
} Loading;

/* @base: (nullable) */
static void
add_state (Loading    *loading,
           const char *job_id,
           RfiJob     *base)
{
  GPtrArray *pending = g_hash_table_lookup (loading->groups, job_id);
  RfiJobState *state = pending != NULL ? rfi_store_compose (base, pending)
                                       : rfi_job_state_new (base, RFI_MARK_CONFIRMED, 0);

  if (state != NULL)
    g_ptr_array_add (loading->states, state);
  if (pending != NULL)
    g_hash_table_remove (loading->groups, job_id);
}

static void
load_cb (RfiJob   *job,
         gpointer  user_data)
{
  g_autoptr(RfiJob) base = job;

  add_state (user_data, base->id, base);
}

/* What was not read with the rows: a job that was made here and has no row yet, or one whose row
 * was not asked for. */
static gboolean
add_rest (RfiDb      *db,
          Loading    *loading,
          GPtrArray  *outbox,
          GError    **error)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (outbox, i);
      g_autoptr(RfiJob) base = NULL;
      GError *read_error = NULL;

      if (!g_hash_table_contains (loading->groups, operation->job_id))
        continue;

      base = rfi_job_rows_get (db, operation->job_id, &read_error);
      if (read_error != NULL)
        {
          g_propagate_error (error, read_error);
          return FALSE;
        }
      add_state (loading, operation->job_id, base);
    }

  return TRUE;
}

/* Most of the table goes by once: its pages are not worth keeping, and strewn among the jobs they
 * would never go back to the system.
 * @n_each: 0 for all */
static gboolean
load (RfiDb    *db,
      guint     n_each,
      Loading  *loading,
      GError  **error)
{
  if (!rfi_db_run (db, "PRAGMA cache_size = -256", error))
    return FALSE;
  if (n_each == 0 ? !rfi_job_rows_foreach (db, load_cb, loading, error)
                  : !rfi_job_rows_foreach_first (db, n_each, load_cb, loading, error))
    return FALSE;

  return rfi_db_run (db, RFI_STORE_PAGE_CACHE, error);
}

static void
load_jobs_work (GTask *task,
                RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) outbox = rfi_outbox_rows_list (db, NULL, &error);
  g_autoptr(GPtrArray) states =
    g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_state_unref);
  g_autoptr(GHashTable) groups = NULL;
  Loading loading;

  if (outbox == NULL)
    {
      rfi_store_fail (task, error);
      return;
    }

  groups = group_outbox (outbox);
  loading.groups = groups;
  loading.states = states;
  if (load (db, (guint) call->number, &loading, &error) &&
      add_rest (db, &loading, outbox, &error))
    g_task_return_pointer (task, g_steal_pointer (&states), (GDestroyNotify) g_ptr_array_unref);
  else
    rfi_store_fail (task, error);
}

void
rfi_store_load_first_async (RfiStore            *self,
                            guint                n_each,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_load_first_async, cancellable, callback,
                                    user_data, &call);

  call->number = n_each;
  rfi_store_call_push (self, task, load_jobs_work);
}

void
rfi_store_load_jobs_async (RfiStore            *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task = rfi_store_call_new (self, rfi_store_load_jobs_async, cancellable, callback,
                                    user_data, &call);

  rfi_store_call_push (self, task, load_jobs_work);
}

GPtrArray *
rfi_store_load_jobs_finish (RfiStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_base_work (GTask *task,
               RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(RfiJob) job = rfi_job_rows_get (db, call->id, &error);
  g_autoptr(GPtrArray) photos = NULL;

  if (job != NULL)
    photos = rfi_photo_rows_list (db, call->id, &error);
  if (error != NULL)
    {
      rfi_store_fail (task, error);
      return;
    }

  if (job != NULL)
    {
      RfiJob with_photos = *job;

      with_photos.photos = photos;
      g_task_return_pointer (task, rfi_job_new (&with_photos), (GDestroyNotify) rfi_job_unref);
    }
  else
    {
      g_task_return_pointer (task, NULL, NULL);
    }
}

void
rfi_store_get_base_async (RfiStore            *self,
                          const char          *job_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_get_base_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (job_id);
  rfi_store_call_push (self, task, get_base_work);
}

RfiJob *
rfi_store_get_base_finish (RfiStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static RfiPhoto *
make_waiting (RfiOperation *operation)
{
  RfiPhoto photo = {
    .id = operation->id,
    .file_name = operation->photo_name,
    .mime_type = operation->photo_mime,
    .size = operation->photo_size,
    .uploaded_by = operation->user_id,
    .uploaded_at = operation->created_at,
    .waiting = TRUE,
  };

  return rfi_photo_new (&photo);
}

static void
take_out (GPtrArray  *photos,
          const char *photo_id)
{
  for (guint i = 0; i < photos->len; i++)
    {
      RfiPhoto *photo = g_ptr_array_index (photos, i);

      if (g_strcmp0 (photo->id, photo_id) == 0)
        {
          g_ptr_array_remove_index (photos, i);
          return;
        }
    }
}

static void
list_photos_work (GTask *task,
                  RfiDb *db)
{
  RfiStoreCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GPtrArray) photos = rfi_photo_rows_list (db, call->id, &error);
  g_autoptr(GPtrArray) pending = NULL;

  if (photos != NULL)
    pending = rfi_outbox_rows_list (db, call->id, &error);
  if (pending == NULL)
    {
      rfi_store_fail (task, error);
      return;
    }

  for (guint i = 0; i < pending->len; i++)
    {
      RfiOperation *operation = g_ptr_array_index (pending, i);

      if (operation->kind == RFI_OPERATION_ADD_PHOTO)
        g_ptr_array_add (photos, make_waiting (operation));
      else if (operation->kind == RFI_OPERATION_DELETE_PHOTO)
        take_out (photos, operation->photo_id);
    }

  g_task_return_pointer (task, g_steal_pointer (&photos), (GDestroyNotify) g_ptr_array_unref);
}

void
rfi_store_list_photos_async (RfiStore            *self,
                             const char          *job_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  RfiStoreCall *call;
  GTask *task =
    rfi_store_call_new (self, rfi_store_list_photos_async, cancellable, callback, user_data, &call);

  call->id = g_strdup (job_id);
  rfi_store_call_push (self, task, list_photos_work);
}

GPtrArray *
rfi_store_list_photos_finish (RfiStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
