/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-commands"

#include "config.h"

#include "rfi-session-commands.h"

#include "rfi-operation-command.h"
#include "rfi-record-list.h"
#include "rfi-session-private.h"
#include "rfi-session-run.h"
#include "rfi-store-outbox.h"

/* Each command is checked against what is shown right now, and becomes one operation that says
 * what it sets and what stood there before: enough to send it, to merge it and to take it back.
 */

static RfiJobState *
lookup (RfiSession *self,
        const char *job_id)
{
  return rfi_job_table_lookup (rfi_session_get_jobs (self), job_id);
}

/* A job with an open conflict takes no further changes until a person has settled it. */
static RfiVerdict
check_conflict (RfiJobState *state,
                RfiAction    action,
                RfiVerdict   verdict)
{
  if (state->mark == RFI_MARK_CONFLICT && action != RFI_ACTION_ADD_PHOTO &&
      (verdict == RFI_VERDICT_OK || verdict == RFI_VERDICT_NEEDS_CONNECTION))
    return RFI_VERDICT_HAS_CONFLICT;

  return verdict;
}

/* That a job is over says more than that there is no step from where it stands. */
static RfiVerdict
name_end (RfiJobState *state,
          RfiVerdict   verdict)
{
  return verdict == RFI_VERDICT_ILLEGAL_STEP && rfi_status_is_final (state->work->status)
         ? RFI_VERDICT_JOB_IS_OVER : verdict;
}

RfiVerdict
rfi_session_check (RfiSession *self,
                   const char *job_id,
                   RfiAction   action)
{
  RfiUser *user;
  RfiJobState *state;

  g_return_val_if_fail (RFI_IS_SESSION (self), RFI_VERDICT_NOT_VISIBLE);

  user = rfi_session_get_user (self);
  if (action == RFI_ACTION_CREATE)
    return rfi_rules_check_role (user->role, action, rfi_session_get_online (self));

  state = lookup (self, job_id);
  if (state == NULL)
    return RFI_VERDICT_NOT_VISIBLE;

  return check_conflict (state, action,
                         name_end (state, rfi_rules_check_job (user, state->work, action,
                                                               rfi_session_get_online (self))));
}

RfiVerdict
rfi_session_check_status (RfiSession *self,
                          const char *job_id,
                          RfiStatus   to)
{
  RfiJobState *state;

  g_return_val_if_fail (RFI_IS_SESSION (self), RFI_VERDICT_NOT_VISIBLE);

  state = lookup (self, job_id);
  if (state == NULL)
    return RFI_VERDICT_NOT_VISIBLE;

  return check_conflict (state, RFI_ACTION_SET_STATUS,
                         name_end (state, rfi_rules_check_status (rfi_session_get_user (self),
                                                                  state->work, to,
                                                                  rfi_session_get_online (self))));
}

RfiVerdict
rfi_session_check_assign (RfiSession *self,
                          const char *job_id,
                          const char *technician_id)
{
  RfiJobState *state;

  g_return_val_if_fail (RFI_IS_SESSION (self), RFI_VERDICT_NOT_VISIBLE);
  g_return_val_if_fail (technician_id != NULL, RFI_VERDICT_NOT_VISIBLE);

  state = lookup (self, job_id);
  if (state == NULL)
    return RFI_VERDICT_NOT_VISIBLE;

  return check_conflict (state, RFI_ACTION_ASSIGN,
                         _rfi_session_check_technician (self, state->work, technician_id));
}

static GTask *
new_task (RfiSession          *self,
          gpointer             source_tag,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  /* What is durable is done; saying otherwise would make people do it twice. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = RFI_SESSION (object);
  g_autoptr(RfiDeed) deed = NULL;
  GError *error = NULL;

  deed = _rfi_session_run_finish (self, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (deed != NULL)
    _rfi_session_record_one (self, deed);
  g_task_return_boolean (task, TRUE);
}

/* @patch: (nullable) */
static void
run (RfiSession          *self,
     const char          *job_id,
     RfiOperationKind     kind,
     RfiPatch            *patch,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  _rfi_session_run_async (self, job_id, kind, patch, ran_cb,
                          new_task (self, run, NULL, callback, user_data));
}

void
rfi_session_edit_async (RfiSession          *self,
                        const char          *job_id,
                        RfiPatch            *fields,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (fields != NULL);

  run (self, job_id, RFI_OPERATION_EDIT, fields, callback, user_data);
}

void
rfi_session_set_status_async (RfiSession          *self,
                              const char          *job_id,
                              RfiStatus            status,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (status < RFI_N_STATUSES);

  rfi_patch_set (patch, RFI_FIELD_STATUS, rfi_status_to_string (status));
  run (self, job_id, RFI_OPERATION_SET_STATUS, patch, callback, user_data);
}

void
rfi_session_assign_async (RfiSession          *self,
                          const char          *job_id,
                          const char          *technician_id,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(RfiPatch) patch = rfi_patch_new ();

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (technician_id != NULL);

  rfi_patch_set (patch, RFI_FIELD_ASSIGNED_TO, technician_id);
  run (self, job_id, RFI_OPERATION_ASSIGN, patch, callback, user_data);
}

void
rfi_session_delete_async (RfiSession          *self,
                          const char          *job_id,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  run (self, job_id, RFI_OPERATION_DELETE, NULL, callback, user_data);
}

static void
resolve_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSession *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  _rfi_session_changed (self);
  if (g_task_get_task_data (task) != NULL)
    _rfi_session_record_barrier (self, g_task_get_task_data (task), RFI_OPERATION_RESOLVE);
  g_task_return_boolean (task, TRUE);
}

void
rfi_session_resolve_async (RfiSession          *self,
                           const char          *conflict_id,
                           RfiPatch            *result,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *operation_id = g_uuid_string_random ();
  RfiConflict *conflict;
  RfiStore *store;
  GError *error = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (conflict_id != NULL);

  task = new_task (self, rfi_session_resolve_async, NULL, callback, user_data);
  conflict = rfi_record_list_find (RFI_RECORD_LIST (rfi_session_get_conflicts (self)),
                                   conflict_id);
  if (conflict != NULL)
    g_task_set_task_data (task, g_strdup (conflict->job_id), g_free);
  store = _rfi_session_get_store (self);
  if (store == NULL)
    g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                             "The session is closed");
  else if (result != NULL && !rfi_operation_command_check (result, &error))
    g_task_return_error (task, error);
  else
    rfi_store_resolve_conflict_async (store, conflict_id, result, operation_id,
                                      g_get_real_time () / 1000, NULL, resolve_cb,
                                      g_object_ref (task));
}

gboolean
rfi_session_command_finish (RfiSession    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  char         *job_id;
  RfiOperation *assign;  /* (owned) (nullable): follows the creation */
} Creation;

static void
creation_free (Creation *creation)
{
  g_free (creation->job_id);
  g_clear_pointer (&creation->assign, rfi_operation_unref);
  g_free (creation);
}

/* May this person create such a job now, with that technician? */
static gboolean
check_creation (RfiSession  *self,
                RfiPatch    *fields,
                RfiJob      *job,
                GError     **error)
{
  const char *technician_id = rfi_patch_get (fields, RFI_FIELD_ASSIGNED_TO);
  RfiUser *user = rfi_session_get_user (self);
  RfiVerdict verdict = rfi_session_check (self, NULL, RFI_ACTION_CREATE);

  if (verdict == RFI_VERDICT_OK && !rfi_rules_may_see (user, job))
    verdict = RFI_VERDICT_NOT_VISIBLE;
  if (verdict == RFI_VERDICT_OK && technician_id != NULL && *technician_id != '\0')
    verdict = _rfi_session_check_technician (self, job, technician_id);
  if (verdict != RFI_VERDICT_OK)
    {
      g_propagate_error (error, _rfi_session_refuse (verdict));
      return FALSE;
    }

  return rfi_operation_command_check_new (fields, error);
}

static void create_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);
static void assign_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data);

void
rfi_session_create_job_async (RfiSession          *self,
                              RfiPatch            *fields,
                              const char          *vendor_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(RfiOperation) operation = NULL;
  g_autoptr(RfiJob) job = NULL;
  Creation *creation;
  RfiUser *user;
  GError *error = NULL;

  g_return_if_fail (RFI_IS_SESSION (self));
  g_return_if_fail (fields != NULL && vendor_id != NULL);

  task = new_task (self, rfi_session_create_job_async, cancellable, callback, user_data);
  user = rfi_session_get_user (self);
  operation = rfi_operation_command_new_create (user, fields, vendor_id);
  job = rfi_operation_apply (operation, NULL);
  if (_rfi_session_get_store (self) == NULL)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                               "The session is closed");
      return;
    }
  if (!check_creation (self, fields, job, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  creation = g_new0 (Creation, 1);
  creation->job_id = g_strdup (job->id);
  creation->assign = rfi_operation_command_new_assign_created (user, job, fields);
  g_task_set_task_data (task, creation, (GDestroyNotify) creation_free);
  rfi_store_enqueue_async (_rfi_session_get_store (self), operation, NULL, create_cb,
                           g_object_ref (task));
}

static void
create_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(RfiOperation) operation = NULL;
  RfiSession *self = g_task_get_source_object (task);
  Creation *creation = g_task_get_task_data (task);
  GError *error = NULL;

  operation = rfi_store_enqueue_finish (RFI_STORE (object), result, &error);
  if (operation == NULL)
    g_task_return_error (task, _rfi_session_translate (error));
  else if (creation->assign != NULL)
    rfi_store_enqueue_async (RFI_STORE (object), creation->assign, NULL, assign_cb,
                             g_object_ref (task));
  else
    {
      _rfi_session_changed (self);
      _rfi_session_record_barrier (self, creation->job_id, RFI_OPERATION_CREATE);
      g_task_return_pointer (task, g_strdup (creation->job_id), g_free);
    }
}

static void
assign_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(RfiOperation) operation = NULL;
  RfiSession *self = g_task_get_source_object (task);
  Creation *creation = g_task_get_task_data (task);
  GError *error = NULL;

  operation = rfi_store_enqueue_finish (RFI_STORE (object), result, &error);
  /* The job itself is safe and will be sent, whatever became of the technician. */
  _rfi_session_changed (self);
  _rfi_session_record_barrier (self, creation->job_id, RFI_OPERATION_CREATE);
  if (operation == NULL)
    g_task_return_error (task, _rfi_session_translate (error));
  else
    g_task_return_pointer (task, g_strdup (creation->job_id), g_free);
}

char *
rfi_session_create_job_finish (RfiSession    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rfi_session_sync_now (RfiSession *self)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  if (_rfi_session_get_sync (self) != NULL)
    rfi_sync_thread_kick (_rfi_session_get_sync (self), RFI_SYNC_KICK_MANUAL);
}

void
rfi_session_come_back (RfiSession *self)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  if (_rfi_session_get_sync (self) != NULL)
    rfi_sync_thread_kick (_rfi_session_get_sync (self), RFI_SYNC_KICK_FOCUS);
}

/* Retry and discard show their effect in the lists; that the row is gone meanwhile, because the
 * server's answer came first, is no failure. */
static void
settle_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSession) self = user_data;
  g_autoptr(GError) error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    _rfi_session_changed (self);
  else if (!g_error_matches (error, RFI_STORE_ERROR, RFI_STORE_ERROR_GONE))
    g_warning ("A waiting change was neither retried nor discarded: %s", error->message);
}

void
rfi_session_retry (RfiSession *self,
                   const char *operation_id)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  if (_rfi_session_get_store (self) != NULL)
    rfi_store_retry_async (_rfi_session_get_store (self), operation_id, NULL, settle_cb,
                           g_object_ref (self));
}

void
rfi_session_discard (RfiSession *self,
                     const char *operation_id)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  if (_rfi_session_get_store (self) != NULL)
    rfi_store_discard_async (_rfi_session_get_store (self), operation_id,
                             g_get_real_time () / 1000, NULL, settle_cb, g_object_ref (self));
}
