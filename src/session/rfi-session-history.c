/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-history"

#include "config.h"

#include "rfi-session-history.h"

#include "rfi-operation.h"
#include "rfi-session-private.h"
#include "rfi-store-letters.h"
#include "rfi-wire-audit.h"

#include <string.h>

/* In the server's entries of what won and lost in a conflict. */
#define SETTLED_PREFIX "conflict."

/* A record tells several changes; each is an entry with a number of its own, in their order. */
#define CHANGES_IN_ONE 64

void
rfi_history_part_free (RfiHistoryPart *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

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

/* What an action without fields is here. */
static gboolean
find_action (const char     *action,
             RfiAuditAction *found)
{
  static const struct {
    const char     *word;
    RfiAuditAction  action;
  } actions[] = {
    { "create", RFI_AUDIT_CREATED },           { "delete", RFI_AUDIT_DELETED },
    { "add-photo", RFI_AUDIT_PHOTO_ADDED },    { "delete-photo", RFI_AUDIT_PHOTO_DELETED },
    { "escalate", RFI_AUDIT_ESCALATED },       { "revoke-device", RFI_AUDIT_DEVICE_REVOKED },
    { "investigate", RFI_AUDIT_INVESTIGATED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (strcmp (action, actions[i].word) == 0)
      {
        *found = actions[i].action;
        return TRUE;
      }
  return FALSE;
}

/* What a decision did to a job is a change; what lost by it is told apart, of "conflict.title". */
static gboolean
find_field (const RfiAuditChange *change,
            gboolean              settles,
            RfiField             *field)
{
  const char *name = change->field;

  if (settles && g_str_has_prefix (name, SETTLED_PREFIX))
    name += strlen (SETTLED_PREFIX);
  return rfi_field_from_string (name, field);
}

static void
add_changes (const RfiAuditRecord *record,
             RfiAuditEntry        *template,
             GPtrArray            *entries)
{
  gboolean settles = strcmp (record->action, "settle") == 0;

  for (guint i = 0; i < record->changes->len && i < CHANGES_IN_ONE; i++)
    {
      const RfiAuditChange *change = &g_array_index (record->changes, RfiAuditChange, i);
      gboolean moves = strcmp (change->field, "vendorId") == 0;
      RfiField field = 0;

      if (!moves && !find_field (change, settles, &field))
        continue;

      template->action = settles ? RFI_AUDIT_RESOLVED
                         : moves ? RFI_AUDIT_MOVED
                                 : RFI_AUDIT_CHANGED;
      template->id = (record->n + 1) * CHANGES_IN_ONE - i;
      template->field = moves ? -1 : (int) field;
      template->before = change->before;
      template->after = change->after;
      g_ptr_array_add (entries, rfi_audit_entry_new (template));
    }
}

/* @own_device: (nullable) */
static RfiOrigin
find_origin (const RfiAuditRecord *record,
             const char           *own_device)
{
  if (record->device_id == NULL)
    return RFI_ORIGIN_SERVER;

  return g_strcmp0 (record->device_id, own_device) == 0 ? RFI_ORIGIN_HERE : RFI_ORIGIN_DEVICE;
}

static void
add_record (const RfiAuditRecord *record,
            const char           *own_device,
            GPtrArray            *entries)
{
  RfiAuditEntry template = {
    .id = (record->n + 1) * CHANGES_IN_ONE, .at = record->at,
    .job_id = record->job_id != NULL ? record->job_id : (char *) "",
    .user_id = record->actor_id, .user_name = record->actor_name,
    .device_id = record->device_id, .field = -1, .origin = find_origin (record, own_device),
  };

  if (!find_action (record->action, &template.action))
    {
      add_changes (record, &template, entries);
      return;
    }

  if (record->changes->len == 1 && (template.action == RFI_AUDIT_ESCALATED ||
                                    template.action == RFI_AUDIT_INVESTIGATED))
    template.after = g_array_index (record->changes, RfiAuditChange, 0).after;
  g_ptr_array_add (entries, rfi_audit_entry_new (&template));
}

void
rfi_history_answer_free (RfiHistoryAnswer *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->own_device);
  g_free (self);
}

GPtrArray *
rfi_history_answer_read (const RfiHistoryAnswer  *self,
                         GError                 **error)
{
  const RfiJson list = { self->list, self->list_end };
  g_autoptr(GPtrArray) records = rfi_audit_record_read_list (&list, error);
  g_autoptr(GPtrArray) entries = NULL;

  if (records == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_entry_unref);
  for (guint i = 0; i < records->len; i++)
    {
      const RfiAuditRecord *record = g_ptr_array_index (records, i);
      g_autofree char *hash = rfi_audit_record_compute_hash (record);

      if (g_strcmp0 (hash, record->hash) != 0)
        {
          g_set_error (error, RFI_SESSION_ERROR, RFI_SESSION_ERROR_ALTERED,
                       "Entry %" G_GINT64_FORMAT " of the server's history was altered", record->n);
          return NULL;
        }
      add_record (record, self->own_device, entries);
    }
  return g_steal_pointer (&entries);
}

/* A question on its way. */
typedef struct
{
  RfiHistoryQuery  *query;   /* (owned) */
  RfiHistoryAnswer *answer;  /* (owned) (nullable) */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  rfi_history_query_free (asking->query);
  g_clear_pointer (&asking->answer, rfi_history_answer_free);
  g_free (asking);
}

/* In a thread: an answer may be long. */
static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Asking *asking = task_data;
  RfiHistoryAnswer *answer = asking->answer;
  GError *error = NULL;
  RfiJson list;
  gint64 head;

  if (rfi_audit_record_check_page (g_bytes_get_data (answer->bytes, NULL),
                                   (gssize) g_bytes_get_size (answer->bytes), &list, &head,
                                   &answer->next, &error))
    {
      answer->list = list.at;
      answer->list_end = list.end;
      g_task_return_pointer (task, g_steal_pointer (&asking->answer),
                             (GDestroyNotify) rfi_history_answer_free);
      return;
    }

  g_task_return_error (task, _rfi_session_translate_answer (error));
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  asking->answer->bytes = rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  if (asking->answer->bytes != NULL)
    g_task_run_in_thread (task, check_thread);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

static void
signer_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  RfiSyncThread *sync = _rfi_session_get_sync (g_task_get_source_object (task));
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(RfiSigner) signer =
    rfi_store_get_signer_finish (RFI_STORE (object), result, &error);
  g_autofree char *path = NULL;

  if (error != NULL || sync == NULL)
    {
      g_task_return_error (task, error != NULL ? _rfi_session_translate (error)
                                               : g_error_new (RFI_SESSION_ERROR,
                                                              RFI_SESSION_ERROR_GONE,
                                                              "The session is closed"));
      return;
    }

  asking->answer = g_new0 (RfiHistoryAnswer, 1);
  asking->answer->own_device = signer != NULL ? g_strdup (signer->id) : NULL;
  path = rfi_history_query_to_path (asking->query, asking->answer->own_device);
  rfi_sync_thread_ask_async (sync, path, NULL, g_task_get_cancellable (task), fetched_cb,
                             g_object_ref (task));
}

void
rfi_session_fetch_history_async (RfiSession            *self,
                                 const RfiHistoryQuery *query,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  Asking *asking;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_fetch_history_async, cancellable,
                                    callback, user_data);
  if (task == NULL)
    return;

  asking = g_new0 (Asking, 1);
  asking->query = rfi_history_query_copy (query);
  g_task_set_task_data (task, asking, asking_free);
  rfi_store_get_signer_async (_rfi_session_get_store (self), cancellable, signer_cb, task);
}

RfiHistoryAnswer *
rfi_session_fetch_history_finish (RfiSession    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* In a thread: each entry is hashed. */
static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const RfiHistoryAnswer *answer = task_data;
  GError *error = NULL;
  GPtrArray *entries = rfi_history_answer_read (answer, &error);
  RfiHistoryPart *part;

  if (entries == NULL)
    {
      g_task_return_error (task, _rfi_session_translate_answer (error));
      return;
    }

  part = g_new0 (RfiHistoryPart, 1);
  part->entries = entries;
  part->next = answer->next;
  g_task_return_pointer (task, part, (GDestroyNotify) rfi_history_part_free);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  RfiHistoryAnswer *answer =
    rfi_session_fetch_history_finish (RFI_SESSION (object), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, answer, (GDestroyNotify) rfi_history_answer_free);
  g_task_run_in_thread (task, read_thread);
}

void
rfi_session_query_history_async (RfiSession            *self,
                                 const RfiHistoryQuery *query,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_query_history_async);
  rfi_session_fetch_history_async (self, query, cancellable, answered_cb, task);
}

RfiHistoryPart *
rfi_session_query_history_finish (RfiSession    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
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
