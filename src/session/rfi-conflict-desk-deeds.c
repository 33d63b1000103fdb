/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-conflict-desk"

#include "config.h"

#include "rfi-conflict-desk-private.h"

#include "rfi-decision-right.h"
#include "rfi-operation-command.h"
#include "rfi-session-private.h"
#include "rfi-session-run.h"
#include "rfi-store-decide.h"
#include "rfi-store-outbox.h"
#include "rfi-wire-conflict.h"
#include "rfi-wire-members.h"

/* What is done at the desk: decisions, which go into the outbox, and questions to the server. */

void
_rfi_desk_deed_free (gpointer data)
{
  RfiDeskDeed *deed = data;

  rfi_conflict_unref (deed->conflict);
  g_free (deed->operation_id);
  g_free (deed);
}

/* Returns: (nullable): %NULL once the session is closed, which is answered */
static RfiStore *
get_store (RfiConflictDesk *self,
           GTask           *task)
{
  RfiSession *session = _rfi_conflict_desk_get_session (self);
  RfiStore *store = session != NULL ? _rfi_session_get_store (session) : NULL;

  if (store == NULL)
    g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE,
                             "The session is closed");
  return store;
}

static void
decided_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiConflictDesk *self = g_task_get_source_object (task);
  RfiDeskDeed *deed = g_task_get_task_data (task);
  RfiSession *session = _rfi_conflict_desk_get_session (self);
  RfiDeskDeed *kept;
  GError *error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    {
      g_task_return_error (task, _rfi_session_translate (error));
      return;
    }

  kept = g_new (RfiDeskDeed, 1);
  kept->conflict = rfi_conflict_ref (deed->conflict);
  kept->operation_id = g_strdup (deed->operation_id);
  g_ptr_array_add (_rfi_conflict_desk_get_undo (self), kept);
  _rfi_conflict_desk_keep (self, deed->conflict);
  if (session != NULL)
    {
      _rfi_conflict_desk_hide (self, deed->conflict, TRUE);
      _rfi_session_changed (session);
      _rfi_session_record_barrier (session, deed->conflict->job_id, RFI_OPERATION_RESOLVE);
    }
  g_task_return_boolean (task, TRUE);
}

void
rfi_conflict_desk_begin (RfiConflictDesk *self)
{
  g_return_if_fail (RFI_IS_CONFLICT_DESK (self));

  g_ptr_array_set_size (_rfi_conflict_desk_get_undo (self), 0);
}

void
rfi_conflict_desk_decide_async (RfiConflictDesk     *self,
                                const char          *conflict_id,
                                RfiPatch            *result,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  gint64 now = g_get_real_time () / 1000;
  const RfiUser *user;
  RfiConflict *conflict;
  RfiVerdict verdict;
  RfiDeskDeed *deed;
  RfiStore *store;
  GError *error = NULL;

  g_return_if_fail (RFI_IS_CONFLICT_DESK (self));

  g_task_set_source_tag (task, rfi_conflict_desk_decide_async);
  store = get_store (self, task);
  if (store == NULL)
    return;

  conflict = rfi_conflict_desk_find (self, conflict_id);
  if (conflict == NULL)
    {
      g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE, "No conflict %s",
                               conflict_id);
      return;
    }
  user = rfi_session_get_user (_rfi_conflict_desk_get_session (self));
  verdict = rfi_decision_right_check (user, conflict, result);
  if (verdict != RFI_VERDICT_OK)
    error = _rfi_session_refuse (verdict);
  else if (result != NULL)
    rfi_operation_command_check (result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  deed = g_new (RfiDeskDeed, 1);
  deed->conflict = rfi_conflict_ref (conflict);
  deed->operation_id = g_uuid_string_random ();
  g_task_set_task_data (task, deed, _rfi_desk_deed_free);
  if (conflict->elsewhere)
    rfi_store_decide_async (store, conflict, result, user->id, deed->operation_id, now, NULL,
                            decided_cb, g_object_ref (task));
  else
    rfi_store_resolve_conflict_async (store, conflict_id, result, deed->operation_id, now, NULL,
                                      decided_cb, g_object_ref (task));
}

gboolean
rfi_conflict_desk_decide_finish (RfiConflictDesk  *self,
                                 GAsyncResult     *result,
                                 GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Decisions being taken back, the last first. */
typedef struct
{
  GPtrArray *deeds;  /* (owned) (element-type RfiDeskDeed) */
  guint      n_open;
  GError    *error;  /* (owned) (nullable): the last reason why one was not */
} Undoing;

static void
undoing_free (gpointer data)
{
  Undoing *undoing = data;

  g_ptr_array_unref (undoing->deeds);
  g_clear_error (&undoing->error);
  g_free (undoing);
}

static void undo_next (GTask *task);

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiConflictDesk *self = g_task_get_source_object (task);
  Undoing *undoing = g_task_get_task_data (task);
  RfiDeskDeed *deed = g_ptr_array_index (undoing->deeds, undoing->deeds->len - 1);
  RfiSession *session = _rfi_conflict_desk_get_session (self);
  GError *error = NULL;

  if (rfi_store_finish (RFI_STORE (object), result, &error))
    {
      undoing->n_open++;
      if (session != NULL)
        {
          _rfi_conflict_desk_hide (self, deed->conflict, FALSE);
          _rfi_session_changed (session);
        }
    }
  else
    {
      g_clear_error (&undoing->error);
      undoing->error = _rfi_session_translate (error);
    }

  g_ptr_array_set_size (undoing->deeds, (int) undoing->deeds->len - 1);
  undo_next (task);
}

static void
undo_next (GTask *task)
{
  Undoing *undoing = g_task_get_task_data (task);
  RfiDeskDeed *deed;
  RfiStore *store;

  if (undoing->deeds->len == 0)
    {
      if (undoing->n_open == 0 && undoing->error != NULL)
        g_task_return_error (task, g_steal_pointer (&undoing->error));
      else
        g_task_return_int (task, (gssize) undoing->n_open);
      return;
    }

  store = get_store (g_task_get_source_object (task), task);
  if (store == NULL)
    return;

  deed = g_ptr_array_index (undoing->deeds, undoing->deeds->len - 1);
  rfi_store_undecide_async (store, deed->conflict, deed->operation_id, g_get_real_time () / 1000,
                            NULL, undone_cb, g_object_ref (task));
}

void
rfi_conflict_desk_undo_async (RfiConflictDesk     *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);
  GPtrArray *undo = _rfi_conflict_desk_get_undo (self);
  Undoing *undoing = g_new0 (Undoing, 1);

  g_task_set_source_tag (task, rfi_conflict_desk_undo_async);
  undoing->deeds = g_ptr_array_new_with_free_func (_rfi_desk_deed_free);
  while (undo->len > 0)
    g_ptr_array_add (undoing->deeds, g_ptr_array_steal_index (undo, 0));
  g_task_set_task_data (task, undoing, undoing_free);
  undo_next (task);
}

int
rfi_conflict_desk_undo_finish (RfiConflictDesk  *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}

/* What is asked of the server */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiConflictDesk *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);

  rfi_conflict_desk_refresh (self);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

/* @task: (transfer full). @body: (transfer full) (nullable) */
static void
ask (GTask               *task,
     const char          *conflict_id,
     const char          *what,
     GString             *body,
     GAsyncReadyCallback  callback)
{
  RfiConflictDesk *self = g_task_get_source_object (task);
  RfiSession *session = _rfi_conflict_desk_get_session (self);
  RfiConflict *conflict = rfi_conflict_desk_find (self, conflict_id);
  RfiSyncThread *sync = session != NULL ? _rfi_session_get_sync (session) : NULL;
  g_autofree char *path = NULL;

  if (sync != NULL && conflict != NULL && conflict->record_id != NULL)
    {
      path = g_strdup_printf ("/v1/conflicts/%s/%s", conflict->record_id, what);
      rfi_sync_thread_ask_async (sync, path, body, NULL, callback, task);
      return;
    }

  if (sync != NULL && conflict != NULL)
    g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_UNKNOWN,
                             "The server keeps no record of conflict %s", conflict_id);
  else
    g_task_return_new_error (task, RFI_SESSION_ERROR, RFI_SESSION_ERROR_GONE, "No conflict %s",
                             conflict_id);
  g_object_unref (task);
  if (body != NULL)
    g_string_free (body, TRUE);
}

void
rfi_conflict_desk_escalate_async (RfiConflictDesk     *self,
                                  const char          *conflict_id,
                                  const char          *to,
                                  const char          *note,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_conflict_desk_escalate_async);
  rfi_wire_append_escalation (body, to, note);
  ask (task, conflict_id, "escalate", body, answered_cb);
}

void
rfi_conflict_desk_investigate_async (RfiConflictDesk     *self,
                                     const char          *conflict_id,
                                     RfiCaseStep          step,
                                     const char          *owner,
                                     const char          *text,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GString *body = g_string_new (NULL);

  g_task_set_source_tag (task, rfi_conflict_desk_investigate_async);
  rfi_wire_append_investigation (body, step, owner, text);
  ask (task, conflict_id, "investigation", body, answered_cb);
}

gboolean
rfi_conflict_desk_ask_finish (RfiConflictDesk  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Returns: (transfer full) (nullable) */
static GPtrArray *
read_people (GBytes  *answer,
             GError **error)
{
  GPtrArray *people;
  RfiJsonIter iter;
  RfiJson root;
  RfiJson list;
  RfiJson value;
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);

  if (!rfi_wire_parse_object (text, (gssize) length, &root, error) ||
      !rfi_wire_get_list (&root, "data", &list, error))
    return NULL;

  people = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_user_unref);
  rfi_json_iter_init (&iter, &list);
  while (rfi_json_iter_next (&iter, NULL, &value))
    {
      g_autofree char *id = rfi_wire_dup_member (&value, "id");
      g_autofree char *name = rfi_wire_dup_member (&value, "displayName");
      g_autofree char *role = rfi_wire_dup_member (&value, "role");
      RfiUser person = { .id = id, .email = (char *) "", .display_name = name };

      if (id != NULL && name != NULL && rfi_role_from_string (role, &person.role))
        g_ptr_array_add (people, rfi_user_new (&person));
    }
  return people;
}

static void
people_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  GPtrArray *people = answer != NULL ? read_people (answer, &error) : NULL;

  if (people != NULL)
    g_task_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

void
rfi_conflict_desk_list_people_async (RfiConflictDesk     *self,
                                     const char          *conflict_id,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, rfi_conflict_desk_list_people_async);
  ask (task, conflict_id, "deciders", NULL, people_cb);
}

GPtrArray *
rfi_conflict_desk_list_people_finish (RfiConflictDesk  *self,
                                      GAsyncResult     *result,
                                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
