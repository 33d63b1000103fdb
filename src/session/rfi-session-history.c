/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-history"

#include "config.h"

#include "rfi-session-history.h"

#include "rfi-operation.h"
#include "rfi-session-private.h"
#include "rfi-wire-audit.h"

#include <string.h>

#define PART_SIZE 200

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

/* Returns: (transfer full) (nullable): %NULL if the session is closed; then it is answered */
static GTask *
ask (RfiSession          *self,
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

  template->action = settles ? RFI_AUDIT_RESOLVED : RFI_AUDIT_CHANGED;
  for (guint i = 0; i < record->changes->len && i < CHANGES_IN_ONE; i++)
    {
      const RfiAuditChange *change = &g_array_index (record->changes, RfiAuditChange, i);
      RfiField field;

      if (!find_field (change, settles, &field))
        continue;

      template->id = (record->n + 1) * CHANGES_IN_ONE - i;
      template->field = field;
      template->before = change->before;
      template->after = change->after;
      g_ptr_array_add (entries, rfi_audit_entry_new (template));
    }
}

static void
add_record (const RfiAuditRecord *record,
            GPtrArray            *entries)
{
  RfiAuditEntry template = {
    .id = (record->n + 1) * CHANGES_IN_ONE, .at = record->at,
    .job_id = record->job_id != NULL ? record->job_id : (char *) "",
    .user_id = record->actor_id, .user_name = record->actor_name,
    .device_id = record->device_id, .field = -1, .origin = RFI_ORIGIN_SERVER,
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

/* Returns: (transfer full) (nullable) */
static RfiHistoryPart *
read_part (GBytes  *answer,
           GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (answer, &length);
  gint64 head;
  g_autoptr(GPtrArray) records =
    rfi_audit_record_parse_page (text, (gssize) length, &head, error);
  g_autoptr(RfiHistoryPart) part = NULL;
  RfiJson root;
  RfiJson next;

  if (records == NULL)
    return NULL;

  part = g_new0 (RfiHistoryPart, 1);
  part->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_audit_entry_unref);
  if (rfi_json_parse (text, (gssize) length, &root, NULL) &&
      rfi_json_get_member (&root, "next", &next))
    part->next = g_ascii_strtoll (next.at, NULL, 10);
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
      add_record (record, part->entries);
    }
  return g_steal_pointer (&part);
}

static void
queried_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) answer =
    rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);
  RfiHistoryPart *part = answer != NULL ? read_part (answer, &error) : NULL;

  if (part != NULL)
    g_task_return_pointer (task, part, (GDestroyNotify) rfi_history_part_free);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

static void
append_text (GString    *path,
             const char *name,
             const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL || *value == '\0')
    return;

  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (path, "&%s=%s", name, escaped);
}

void
rfi_session_query_history_async (RfiSession            *self,
                                 const RfiHistoryQuery *query,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_autoptr(GString) path = g_string_new (NULL);
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = ask (self, rfi_session_query_history_async, cancellable, callback, user_data);
  if (task == NULL)
    return;

  g_string_printf (path, "/v1/audit?limit=%d&before=%" G_GINT64_FORMAT, PART_SIZE,
                   query->before > 0 ? query->before : G_MAXINT64);
  append_text (path, "actorId", query->user_id);
  append_text (path, "jobId", query->job_id);
  append_text (path, "text", query->text);
  if (query->since > 0)
    g_string_append_printf (path, "&from=%" G_GINT64_FORMAT, query->since);
  rfi_sync_thread_ask_async (_rfi_session_get_sync (self), path->str, NULL, cancellable,
                             queried_cb, task);
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

static gint64
get_number (const RfiJson *root,
            const char    *name)
{
  RfiJson value;

  return rfi_json_get_member (root, name, &value) ? g_ascii_strtoll (value.at, NULL, 10) : 0;
}

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

  task = ask (self, rfi_session_verify_history_async, cancellable, callback, user_data);
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
