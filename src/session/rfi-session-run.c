/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-run"

#include "config.h"

#include "rfi-session-run.h"

#include "rfi-job-hold.h"
#include "rfi-operation-command.h"
#include "rfi-session-private.h"
#include "rfi-store-outbox.h"
#include "rfi-undo-stack.h"

RfiVerdict
_rfi_session_check_technician (RfiSession   *self,
                               const RfiJob *job,
                               const char   *technician_id)
{
  const RfiUser *user = rfi_session_get_user (self);
  gboolean online = rfi_session_get_online (self);
  RfiUser *technician = NULL;
  RfiVerdict verdict = rfi_rules_check_role (user->role, RFI_ACTION_ASSIGN, online);

  /* Who may not assign knows no technicians: that is not why. */
  if (verdict == RFI_VERDICT_NOT_YOUR_ROLE)
    return verdict;
  if (*technician_id != '\0')
    {
      technician = rfi_session_get_technician (self, technician_id);
      if (technician == NULL || technician->inactive)
        return RFI_VERDICT_TAKES_NO_WORK;
    }

  return rfi_rules_check_assign (user, job, technician, online);
}

static RfiVerdict
check_step (RfiSession     *self,
            const char     *job_id,
            const RfiPatch *patch)
{
  RfiStatus to;

  if (!rfi_status_from_string (rfi_patch_get (patch, RFI_FIELD_STATUS), &to))
    return RFI_VERDICT_ILLEGAL_STEP;

  return rfi_session_check_status (self, job_id, to);
}

RfiVerdict
_rfi_session_check_change (RfiSession       *self,
                           const char       *job_id,
                           RfiOperationKind  kind,
                           const RfiPatch   *patch)
{
  switch (kind)
    {
    case RFI_OPERATION_EDIT:
      return rfi_session_check (self, job_id, RFI_ACTION_EDIT);

    case RFI_OPERATION_SET_STATUS:
      return check_step (self, job_id, patch);

    case RFI_OPERATION_ASSIGN:
      return rfi_session_check_assign (self, job_id,
                                       rfi_patch_get (patch, RFI_FIELD_ASSIGNED_TO));

    case RFI_OPERATION_DELETE:
      return rfi_session_check (self, job_id, RFI_ACTION_DELETE);

    case RFI_OPERATION_CREATE:
    case RFI_OPERATION_ADD_PHOTO:
    case RFI_OPERATION_DELETE_PHOTO:
    case RFI_OPERATION_RESOLVE:
    case RFI_OPERATION_VOID:
    case RFI_OPERATION_MOVE:
    default:
      g_return_val_if_reached (RFI_VERDICT_NOT_YOUR_ROLE);
    }
}

RfiPatch *
_rfi_session_find_news (const RfiJob     *job,
                        RfiOperationKind  kind,
                        const RfiPatch   *patch)
{
  RfiPatch *news;

  if (kind == RFI_OPERATION_EDIT)
    return rfi_operation_command_diff (job, patch);

  news = rfi_patch_new ();
  for (guint i = 0; patch != NULL && i < RFI_N_FIELDS; i++)
    {
      const char *value = rfi_patch_get (patch, (RfiField) i);

      if (value != NULL && g_strcmp0 (value, rfi_job_get_field (job, (RfiField) i)) != 0)
        rfi_patch_set (news, (RfiField) i, value);
    }
  return news;
}

static void
enqueued_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(RfiOperation) operation = NULL;
  RfiSession *self = g_task_get_source_object (task);
  RfiDeed *deed = g_task_get_task_data (task);
  GError *error = NULL;

  operation = rfi_store_enqueue_finish (RFI_STORE (object), result, &error);
  if (operation == NULL)
    {
      g_task_return_error (task, _rfi_session_translate (error));
    }
  else
    {
      _rfi_session_changed (self);
      g_task_return_pointer (task, rfi_deed_ref (deed), (GDestroyNotify) rfi_deed_unref);
    }

  /* Returning called back who asked: what was done is recorded. */
  rfi_undo_stack_arrived (rfi_session_get_undo (self));
}

/* @patch: (nullable) */
static void
enqueue (GTask            *task,
         RfiJob           *job,
         RfiOperationKind  kind,
         RfiPatch         *patch)
{
  RfiSession *self = g_task_get_source_object (task);
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (rfi_session_get_jobs (self), job->id);
  g_autoptr(RfiOperation) operation =
    rfi_operation_command_new (kind, job, rfi_session_get_user (self), patch);

  g_task_set_task_data (task, rfi_deed_new (item, job, operation),
                        (GDestroyNotify) rfi_deed_unref);
  rfi_undo_stack_expect (rfi_session_get_undo (self));
  rfi_store_enqueue_async (_rfi_session_get_store (self), operation, NULL, enqueued_cb,
                           g_object_ref (task));
}

void
_rfi_session_run_async (RfiSession          *self,
                        const char          *job_id,
                        RfiOperationKind     kind,
                        RfiPatch            *patch,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr(RfiPatch) news = NULL;
  RfiJobState *state;
  RfiVerdict verdict;
  GError *error = NULL;

  /* It is done to the job as it is, whatever a person still looks at. */
  rfi_job_hold_show (rfi_session_get_jobs (self), job_id);
  state = rfi_job_table_lookup (rfi_session_get_jobs (self), job_id);
  g_task_set_source_tag (task, _rfi_session_run_async);
  if (state == NULL || _rfi_session_get_store (self) == NULL)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                               "There is no job %s here", job_id);
      return;
    }

  verdict = _rfi_session_check_change (self, job_id, kind, patch);
  news = patch != NULL ? _rfi_session_find_news (state->work, kind, patch) : NULL;
  if (verdict != RFI_VERDICT_OK)
    g_task_return_error (task, _rfi_session_refuse (verdict));
  else if (news != NULL && !rfi_operation_command_check (news, &error))
    g_task_return_error (task, error);
  else if (news != NULL && rfi_patch_is_empty (news))
    g_task_return_pointer (task, NULL, NULL);
  else
    enqueue (task, state->work, kind, news);
}

RfiDeed *
_rfi_session_run_finish (RfiSession    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Without a connection nothing leaves before somebody can take it back. */
void
_rfi_session_record (RfiSession *self,
                     GPtrArray  *deeds)
{
  rfi_undo_stack_record (rfi_session_get_undo (self), deeds, !rfi_session_get_online (self));
}

void
_rfi_session_record_one (RfiSession *self,
                         RfiDeed    *deed)
{
  g_autoptr(GPtrArray) deeds = g_ptr_array_new ();

  g_ptr_array_add (deeds, deed);
  _rfi_session_record (self, deeds);
}

void
_rfi_session_record_barrier (RfiSession       *self,
                             const char       *job_id,
                             RfiOperationKind  kind)
{
  g_autoptr(RfiJobItem) item = rfi_job_table_get_item (rfi_session_get_jobs (self), job_id);
  g_autoptr(RfiDeed) deed = NULL;

  if (item == NULL)
    return;

  deed = rfi_deed_new_barrier (item, kind);
  _rfi_session_record_one (self, deed);
}
