/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-restore"

#include "config.h"

#include "rfi-session-restore.h"

#include "rfi-session-commands.h"
#include "rfi-session-private.h"
#include "rfi-session-run.h"

static RfiOperationKind
get_kind (RfiField field)
{
  if (field == RFI_FIELD_STATUS)
    return RFI_OPERATION_SET_STATUS;

  return field == RFI_FIELD_ASSIGNED_TO ? RFI_OPERATION_ASSIGN : RFI_OPERATION_EDIT;
}

/* Returns: (transfer full) */
static RfiPatch *
make_patch (RfiField    field,
            const char *value)
{
  RfiPatch *patch = rfi_patch_new ();

  rfi_patch_set (patch, field, value);
  return patch;
}

RfiVerdict
rfi_session_check_restore (RfiSession *self,
                           const char *job_id,
                           RfiField    field,
                           const char *value)
{
  g_autoptr(RfiPatch) patch = NULL;

  g_return_val_if_fail (RFI_IS_SESSION (self), RFI_VERDICT_NOT_VISIBLE);
  g_return_val_if_fail (value != NULL, RFI_VERDICT_NOT_VISIBLE);

  patch = make_patch (field, value);
  return _rfi_session_check_change (self, job_id, get_kind (field), patch);
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(RfiDeed) deed = _rfi_session_run_finish (RFI_SESSION (object), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (deed != NULL)
    _rfi_session_record_one (RFI_SESSION (object), deed);
  g_task_return_boolean (task, TRUE);
}

void
rfi_session_restore_async (RfiSession          *self,
                           const char          *job_id,
                           RfiField             field,
                           const char          *expected,
                           const char          *value,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(RfiPatch) patch = NULL;
  RfiJobState *state;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (expected != NULL && value != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rfi_session_restore_async);
  _rfi_session_catch_up (self);
  state = rfi_job_table_lookup (rfi_session_get_jobs (self), job_id);
  if (state != NULL && g_strcmp0 (rfi_job_get_field (state->work, field), expected) != 0)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_MOVED,
                               "%s of %s was changed meanwhile", rfi_field_to_string (field),
                               job_id);
      g_object_unref (task);
      return;
    }

  patch = make_patch (field, value);
  _rfi_session_run_async (self, job_id, get_kind (field), patch, ran_cb, task);
}
