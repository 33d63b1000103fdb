/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-report"

#include "config.h"

#include "rfi-session-report.h"

#include "rfi-diagnostics.h"
#include "rfi-outbox-export.h"
#include "rfi-session-activity.h"
#include "rfi-session-private.h"
#include "rfi-store-outbox.h"
#include "rfi-store-rebuild.h"
#include "rfi-sync-log.h"

/* Events in the diagnostics. */
#define MOST_EVENTS 1000

typedef struct
{
  GFile         *file;         /* (owned) */
  GPtrArray     *waiting;      /* (owned) (nullable) (element-type RfiOperation) */
  GPtrArray     *events;       /* (owned) (nullable) */
  RfiCacheStats  stats;
  gboolean       personal;
  gboolean       failed_only;
} Report;

static void waiting_cb   (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);
static void stats_cb     (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);
static void events_cb    (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);
static void write_thread (GTask        *task,
                          gpointer      source_object,
                          gpointer      task_data,
                          GCancellable *cancellable);

static void
report_free (gpointer data)
{
  Report *report = data;

  g_clear_object (&report->file);
  g_clear_pointer (&report->waiting, g_ptr_array_unref);
  g_clear_pointer (&report->events, g_ptr_array_unref);
  g_free (report);
}

/* Returns: (transfer full) (nullable): %NULL if the session is closed; then it is answered */
static GTask *
new_task (RfiSession           *self,
          gpointer              source_tag,
          GFile                *file,
          GAsyncReadyCallback   callback,
          gpointer              user_data,
          Report              **report)
{
  GTask *task = _rfi_session_new_question (self, source_tag, NULL, callback, user_data);

  if (task == NULL)
    return NULL;

  *report = g_new0 (Report, 1);
  (*report)->file = file != NULL ? g_object_ref (file) : NULL;
  g_task_set_task_data (task, *report, report_free);
  return task;
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_file (GTask  *task,
            GBytes *content)
{
  Report *report = g_task_get_task_data (task);

  g_file_replace_contents_bytes_async (report->file, content, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       NULL, written_cb, g_object_ref (task));
}

/* Diagnostics, in execution order */

void
rfi_session_export_diagnostics_async (RfiSession          *self,
                                      GFile               *file,
                                      gboolean             personal,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  Report *report;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_export_diagnostics_async, file, callback, user_data, &report);
  if (task == NULL)
    return;

  report->personal = personal;
  /* What was written before is here by the time it is needed. */
  rfi_session_get_pulse (self);
  rfi_store_list_outbox_async (_rfi_session_get_store (self), NULL, waiting_cb, task);
}

static void
waiting_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Report *report = g_task_get_task_data (task);
  GError *error = NULL;

  report->waiting = rfi_store_list_outbox_finish (RFI_STORE (object), result, &error);
  if (report->waiting != NULL)
    rfi_session_get_stats_async (g_task_get_source_object (task), NULL, stats_cb,
                                 g_object_ref (task));
  else
    g_task_return_error (task, _rfi_session_translate (error));
}

static void
stats_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Report *report = g_task_get_task_data (task);
  GError *error = NULL;

  if (rfi_session_get_stats_finish (RFI_SESSION (object), result, &report->stats, &error))
    rfi_session_list_events_async (RFI_SESSION (object), MOST_EVENTS, 0, NULL, events_cb,
                                   g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static GBytes *
write_diagnostics (RfiSession *self,
                   Report     *report)
{
  const RfiAccount *account = _rfi_session_get_account (self);
  gint64 now = g_get_real_time () / 1000;
  RfiSyncAlarm alarms[RFI_N_ALARM_KINDS];
  g_autofree char *waiting = NULL;
  RfiDiagnostics diagnostics = {
    .now = now,
    .state = rfi_session_get_sync_state (self),
    .alarms = alarms,
    .n_alarms = rfi_session_check_alarms (self, now, alarms),
    .outbox = rfi_session_get_outbox (self),
    .conflicts = rfi_session_get_conflicts (self),
    .pulse = rfi_session_get_pulse (self),
    .events = report->events,
    .cache = report->stats,
  };

  if (report->personal)
    {
      g_autoptr(GBytes) text = rfi_outbox_export (report->waiting, account->server_url,
                                                  account->email, account->seal);

      waiting = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
      diagnostics.server_url = account->server_url;
      diagnostics.email = account->email;
      diagnostics.waiting = waiting;
    }

  return rfi_diagnostics_write (&diagnostics);
}

static void
events_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Report *report = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) content = NULL;

  report->events = rfi_session_list_events_finish (RFI_SESSION (object), result, &error);
  if (report->events == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  content = write_diagnostics (RFI_SESSION (object), report);
  write_file (task, content);
}

/* What waits, in execution order */

static gboolean
is_failed (const RfiOperation *operation)
{
  return operation->state == RFI_OPERATION_REJECTED ||
         operation->state == RFI_OPERATION_QUARANTINED;
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GBytes) content = g_task_propagate_pointer (G_TASK (result), NULL);

  write_file (task, content);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Report *report = task_data;
  const RfiAccount *account = _rfi_session_get_account (source_object);

  g_task_return_pointer (task,
                         rfi_outbox_export (report->waiting, account->server_url, account->email,
                                            account->seal),
                         (GDestroyNotify) g_bytes_unref);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Report *report = g_task_get_task_data (task);
  g_autoptr(GTask) writing = NULL;
  GError *error = NULL;

  report->waiting = rfi_store_list_outbox_finish (RFI_STORE (object), result, &error);
  if (report->waiting == NULL)
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  for (guint i = report->waiting->len; report->failed_only && i > 0; i--)
    if (!is_failed (g_ptr_array_index (report->waiting, i - 1)))
      g_ptr_array_remove_index (report->waiting, i - 1);
  writing = g_task_new (g_task_get_source_object (task), NULL, exported_cb, g_object_ref (task));
  g_task_set_task_data (writing, report, NULL);
  g_task_run_in_thread (writing, write_thread);
}

void
rfi_session_export_waiting_async (RfiSession          *self,
                                  GFile               *file,
                                  gboolean             failed_only,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Report *report;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_export_waiting_async, file, callback, user_data, &report);
  if (task == NULL)
    return;

  report->failed_only = failed_only;
  rfi_store_list_outbox_async (_rfi_session_get_store (self), NULL, listed_cb, task);
}

gboolean
rfi_session_export_finish (RfiSession    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
rebuilt_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    {
      rfi_sync_log_note (_rfi_session_get_log (g_task_get_source_object (task)),
                         g_get_real_time () / 1000, RFI_EVENT_OF_CACHE, "cache.rebuilt", "{}");
      rfi_session_sync_now (g_task_get_source_object (task));
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_error (task, _rfi_session_translate (error));
    }
}

void
rfi_session_rebuild_cache_async (RfiSession          *self,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Report *unused;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = new_task (self, rfi_session_rebuild_cache_async, NULL, callback, user_data, &unused);
  if (task != NULL)
    rfi_store_rebuild_async (_rfi_session_get_store (self), NULL, rebuilt_cb, task);
}

gboolean
rfi_session_rebuild_cache_finish (RfiSession    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
