/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-move"

#include "config.h"

#include "rfi-session-commands.h"

#include "rfi-job-hold.h"
#include "rfi-operation-command.h"
#include "rfi-session-private.h"
#include "rfi-session-run.h"
#include "rfi-store-outbox.h"

RfiVerdict
rfi_session_check_move (RfiSession *self,
                        const char *job_id)
{
  RfiVerdict verdict;

  g_return_val_if_fail (RFI_IS_SESSION (self), RFI_VERDICT_NOT_VISIBLE);

  verdict = rfi_session_check (self, job_id, RFI_ACTION_MOVE);
  /* The contract has no field for it. */
  if (verdict == RFI_VERDICT_OK &&
      rfi_session_get_sync_state (self)->dialect != RFI_DIALECT_SYNC_V1)
    return RFI_VERDICT_NOT_BY_THIS_SERVER;

  return verdict;
}

/* What is asked is done at once and seen by others: there is no taking it back. */
static void
enqueued_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = g_task_get_source_object (task);
  g_autoptr(RfiOperation) operation = NULL;
  GError *error = NULL;

  operation = rfi_store_enqueue_finish (RFI_STORE (object), result, &error);
  if (operation == NULL)
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  _rfi_session_changed (self);
  _rfi_session_record_barrier (self, operation->job_id, RFI_OPERATION_MOVE);
  g_task_return_boolean (task, TRUE);
}

void
rfi_session_move_async (RfiSession          *self,
                        const char          *job_id,
                        const char          *vendor_id,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(RfiOperation) plain = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  RfiOperation template;
  RfiJobState *state;
  RfiVerdict verdict;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (job_id != NULL && vendor_id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rfi_session_move_async);
  rfi_job_hold_show (rfi_session_get_jobs (self), job_id);
  state = rfi_job_table_lookup (rfi_session_get_jobs (self), job_id);
  if (state == NULL || _rfi_session_get_store (self) == NULL)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                               "There is no job %s here", job_id);
      return;
    }

  verdict = rfi_session_check_move (self, job_id);
  if (verdict != RFI_VERDICT_OK)
    {
      g_task_return_error (task, _rfi_session_refuse (verdict));
      return;
    }

  plain = rfi_operation_command_new (RFI_OPERATION_MOVE, state->work, rfi_session_get_user (self),
                                     NULL);
  template = *plain;
  template.vendor_id = (char *) vendor_id;
  operation = rfi_operation_new (&template);
  rfi_store_enqueue_async (_rfi_session_get_store (self), operation, NULL, enqueued_cb,
                           g_object_ref (task));
}
