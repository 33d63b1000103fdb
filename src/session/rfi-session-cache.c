/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-cache"

#include "config.h"

#include "rfi-session-cache.h"

#include "rfi-client-event.h"
#include "rfi-conflict-desk-private.h"
#include "rfi-session-private.h"
#include "rfi-store-compact.h"
#include "rfi-sync-log.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Downloaded photos are named by a digest; anything else in their folder is still being written. */
#define PHOTO_NAME_LENGTH 64

/* What is asked, and the answer. */
typedef struct
{
  char          *photo_dir;  /* (owned) */
  RfiCacheStats  stats;
  gint64         before;     /* bytes */
  gint64         after;
} CacheCall;

static void
cache_call_free (gpointer data)
{
  CacheCall *call = data;

  g_free (call->photo_dir);
  g_free (call);
}

/* Returns: (transfer full) (nullable): %NULL if the session is closed; then it is answered */
static GTask *
new_task (RfiSession          *self,
          gpointer             source_tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = _rfi_session_new_question (self, source_tag, cancellable, callback, user_data);
  CacheCall *call;

  if (task == NULL)
    return NULL;

  call = g_new0 (CacheCall, 1);
  call->photo_dir = g_build_filename (_rfi_session_get_account (self)->dir, "photos", NULL);
  g_task_set_task_data (task, call, cache_call_free);
  return task;
}

typedef void (*PhotoFunc) (CacheCall  *call,
                           const char *path);

/* Blocks. A photo that goes away meanwhile, or a folder that was never made, is none. */
static void
foreach_photo (CacheCall *call,
               PhotoFunc  func)
{
  g_autoptr(GDir) dir = g_dir_open (call->photo_dir, 0, NULL);
  const char *name = dir != NULL ? g_dir_read_name (dir) : NULL;

  for (; name != NULL; name = g_dir_read_name (dir))
    if (strlen (name) == PHOTO_NAME_LENGTH)
      {
        g_autofree char *path = g_build_filename (call->photo_dir, name, NULL);

        func (call, path);
      }
}

static void
count_photo (CacheCall  *call,
             const char *path)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return;

  call->stats.n_photos++;
  call->stats.photo_bytes += info.st_size;
}

static void
remove_photo (CacheCall  *call,
              const char *path)
{
  if (g_unlink (path) != 0)
    g_debug ("Photo %s stays: %s", path, g_strerror (errno));
}

static void stats_read_cb (GObject      *object,
                           GAsyncResult *result,
                           gpointer      user_data);
static void stats_thread  (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable);

void
rfi_session_get_stats_async (RfiSession          *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_get_stats_async, cancellable, callback, user_data);
  if (task != NULL)
    rfi_store_get_stats_async (_rfi_session_get_store (self), cancellable, stats_read_cb,
                               g_object_ref (task));
}

static void
stats_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CacheCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (rfi_store_get_stats_finish (RFI_STORE (object), result, &call->stats.n_jobs,
                                  &call->stats.n_bytes, &error))
    g_task_run_in_thread (task, stats_thread);
  else
    g_task_return_error (task, _rfi_session_translate (error));
}

static void
stats_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  foreach_photo (task_data, count_photo);
  g_task_return_boolean (task, TRUE);
}

gboolean
rfi_session_get_stats_finish (RfiSession     *self,
                              GAsyncResult   *result,
                              RfiCacheStats  *stats,
                              GError        **error)
{
  CacheCall *call;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  call = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  *stats = call->stats;
  return TRUE;
}

static void cleared_cb   (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);
static void clear_thread (GTask        *task,
                          gpointer      source_object,
                          gpointer      task_data,
                          GCancellable *cancellable);

void
rfi_session_clear_cache_async (RfiSession          *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_clear_cache_async, NULL, callback, user_data);
  if (task != NULL)
    rfi_store_clear_cache_async (_rfi_session_get_store (self), NULL, cleared_cb,
                                 g_object_ref (task));
}

static void
cleared_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  rfi_sync_log_note (_rfi_session_get_log (g_task_get_source_object (task)),
                     g_get_real_time () / 1000, RFI_EVENT_OF_CACHE, "cache.cleared", "{}");
  _rfi_conflict_desk_forget (rfi_conflict_desk_get (g_task_get_source_object (task)));
  rfi_session_sync_now (g_task_get_source_object (task));
  g_task_run_in_thread (task, clear_thread);
}

static void
clear_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  foreach_photo (task_data, remove_photo);
  g_task_return_boolean (task, TRUE);
}

gboolean
rfi_session_clear_cache_finish (RfiSession    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
compacted_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  CacheCall *call = g_task_get_task_data (task);
  g_autofree char *sizes = NULL;
  GError *error = NULL;

  if (!rfi_store_compact_finish (RFI_STORE (object), result, &call->before, &call->after, &error))
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  sizes = g_strdup_printf ("{\"before\":%" G_GINT64_FORMAT ",\"after\":%" G_GINT64_FORMAT "}",
                           call->before, call->after);
  rfi_sync_log_note (_rfi_session_get_log (g_task_get_source_object (task)),
                     g_get_real_time () / 1000, RFI_EVENT_OF_CACHE, "cache.compacted", sizes);
  g_task_return_boolean (task, TRUE);
}

void
rfi_session_compact_async (RfiSession          *self,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_compact_async, NULL, callback, user_data);
  if (task != NULL)
    rfi_store_compact_async (_rfi_session_get_store (self), NULL, compacted_cb,
                             g_object_ref (task));
}

gboolean
rfi_session_compact_finish (RfiSession    *self,
                            GAsyncResult  *result,
                            gint64        *before,
                            gint64        *after,
                            GError       **error)
{
  CacheCall *call;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  call = g_task_get_task_data (G_TASK (result));
  *before = call->before;
  *after = call->after;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
history_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *entries = rfi_store_list_audit_finish (RFI_STORE (object), result, &error);

  _rfi_session_catch_up (g_task_get_source_object (task));
  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, _rfi_session_translate (error));
}

void
rfi_session_list_history_async (RfiSession          *self,
                                guint                limit,
                                gint64               before_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_list_history_async, cancellable, callback, user_data);
  if (task != NULL)
    rfi_store_list_audit_async (_rfi_session_get_store (self), NULL, limit, before_id, cancellable,
                                history_read_cb, g_object_ref (task));
}

GPtrArray *
rfi_session_list_history_finish (RfiSession    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
