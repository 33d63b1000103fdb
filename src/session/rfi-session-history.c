/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-history"

#include "config.h"

#include "rfi-session-history.h"

#include "rfi-session-private.h"
#include "rfi-wire-audit.h"

gboolean
rfi_session_has_server_history (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), FALSE);

  return rfi_session_get_online (self) &&
         rfi_session_get_sync_state (self)->dialect == RFI_DIALECT_SYNC_V1 &&
         rfi_session_get_user (self)->role != RFI_ROLE_TECHNICIAN;
}

GTask *
_rfi_session_new_question (RfiSession          *self,
                           gpointer             source_tag,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  if (_rfi_session_get_sync (self) != NULL)
    return task;

  g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                           "The session is closed");
  g_object_unref (task);
  return NULL;
}

static gint64
get_number (const RfiJson *root,
            const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (root, name, &value) ? g_ascii_strtoll (value.at, NULL, 10) : 0;
}

/* A chain being verified. */
typedef struct
{
  RfiHistoryProgressFunc  progress;  /* (nullable) */
  gpointer                user_data;
  RfiHistoryVerdict       verdict;
  gint64                  head;
} Check;

static void verify_part (GTask *task);

static gboolean
read_check (Check   *check,
            GBytes  *answer,
            GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  RfiJson root;
  RfiJson missing;

  if (!rfi_json_parse (text, (gssize) length, &root, error))
    return FALSE;

  check->verdict.n_entries = get_number (&root, "to");
  check->verdict.broken = get_number (&root, "broken");
  check->verdict.missing =
    rfi_json_get_member (&root, "missing", &missing) && *missing.at == 't';
  check->head = get_number (&root, "head");
  return TRUE;
}

static void
verified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 before = check->verdict.n_entries;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);

  if (answer == NULL || !read_check (check, answer, &error))
    {
      g_task_return_error (task, _rfi_session_translate_answer (error));
      return;
    }

  if (check->progress != NULL)
    check->progress (check->verdict.n_entries, check->head, check->user_data);
  if (check->verdict.broken == 0 && check->verdict.n_entries < check->head &&
      check->verdict.n_entries > before)
    verify_part (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/* @task: (transfer full) */
static void
verify_part (GTask *task)
{
  Check *check = g_task_get_task_data (task);
  RfiSyncThread *sync = _rfi_session_get_sync (g_task_get_source_object (task));
  g_autofree char *path = g_strdup_printf ("/v1/audit/check?after=%" G_GINT64_FORMAT,
                                           check->verdict.n_entries);

  if (sync != NULL)
    {
      rfi_sync_thread_ask_async (sync, path, NULL, g_task_get_cancellable (task), verified_cb,
                                 task);
      return;
    }

  g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                           "The session is closed");
  g_object_unref (task);
}

void
rfi_session_verify_history_async (RfiSession             *self,
                                  GCancellable           *cancellable,
                                  RfiHistoryProgressFunc  progress,
                                  GAsyncReadyCallback     callback,
                                  gpointer                user_data)
{
  Check *check;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_verify_history_async, cancellable,
                                    callback, user_data);
  if (task == NULL)
    return;

  check = g_new0 (Check, 1);
  check->progress = progress;
  check->user_data = user_data;
  g_task_set_task_data (task, check, g_free);
  verify_part (task);
}

gboolean
rfi_session_verify_history_finish (RfiSession         *self,
                                   GAsyncResult       *result,
                                   RfiHistoryVerdict  *verdict,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  *verdict = ((Check *) g_task_get_task_data (G_TASK (result)))->verdict;
  return TRUE;
}

static void
begin_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  g_autoptr(GPtrArray) records = NULL;
  gint64 head;

  if (answer != NULL)
    records = rfi_audit_record_parse_page (g_bytes_get_data (answer, NULL),
                                           (gssize) g_bytes_get_size (answer), &head, NULL,
                                           &error);
  if (records == NULL)
    g_task_return_error (task, _rfi_session_translate_answer (error));
  else if (records->len == 0)
    g_task_return_int (task, 0);
  else
    g_task_return_int (task, ((RfiAuditRecord *) g_ptr_array_index (records, 0))->at);
}

void
rfi_session_find_history_begin_async (RfiSession          *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_find_history_begin_async, cancellable,
                                    callback, user_data);
  if (task != NULL)
    rfi_sync_thread_ask_async (_rfi_session_get_sync (self), "/v1/audit?after=0&limit=1", NULL,
                               cancellable, begin_cb, task);
}

gint64
rfi_session_find_history_begin_finish (RfiSession    *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
