/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-credit"

#include "config.h"

#include "rfi-session-records.h"

#include "rfi-session-private.h"
#include "rfi-store-audit.h"

/* The feed tells how jobs are, not who made them so; the server's chain tells both. */

/* More lines of one job than it shows. */
#define MOST_RECORDS 200

static void
credited_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  int n = rfi_store_credit_audit_finish (RFI_STORE (object), result, &error);

  if (n >= 0)
    g_task_return_int (task, n);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

static void
told_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiStore *store = _rfi_session_get_store (RFI_SESSION (object));
  GError *error = NULL;
  g_autoptr(RfiHistoryPart) part =
    rfi_session_query_history_finish (RFI_SESSION (object), result, &error);

  if (part == NULL)
    g_task_return_error (task, error);
  else if (store == NULL)
    g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                             "The session is closed");
  else
    rfi_store_credit_audit_async (store, g_task_get_task_data (task), part->entries,
                                  g_task_get_cancellable (task), credited_cb,
                                  g_object_ref (task));
}

void
rfi_session_credit_history_async (RfiSession          *self,
                                  const char          *job_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  const RfiHistoryQuery query = { .job_id = (char *) job_id, .limit = MOST_RECORDS };
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_credit_history_async, cancellable, callback,
                                    user_data);
  if (task == NULL)
    return;

  g_task_set_task_data (task, g_strdup (job_id), g_free);
  rfi_session_query_history_async (self, &query, cancellable, told_cb, task);
}

int
rfi_session_credit_history_finish (RfiSession    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
