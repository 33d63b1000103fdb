/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-records"

#include "config.h"

#include "rfi-session-records.h"

#include "rfi-session-private.h"
#include "rfi-store-letters.h"
#include "rfi-wire-audit.h"
#include "rfi-wire-members.h"

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
    { "investigate", RFI_AUDIT_INVESTIGATED }, { "remake", RFI_AUDIT_REMADE },
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
  if (record->changes->len == 1 && template.action == RFI_AUDIT_REMADE)
    {
      template.before = g_array_index (record->changes, RfiAuditChange, 0).before;
      template.after = g_array_index (record->changes, RfiAuditChange, 0).after;
    }
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
  gboolean          marks;   /* only where parts begin is wanted */
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

  if (rfi_audit_record_check_page (g_bytes_get_data (answer->bytes, NULL),
                                   (gssize) g_bytes_get_size (answer->bytes), &list, &answer->head,
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

/* @bytes: (transfer full) */
static void
return_marks (GTask  *task,
              GBytes *bytes)
{
  GError *error = NULL;
  RfiHistoryMarks *marks = rfi_history_marks_parse (bytes, &error);

  if (marks != NULL)
    g_task_return_pointer (task, marks, (GDestroyNotify) rfi_history_marks_free);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
  g_bytes_unref (bytes);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *bytes = rfi_sync_thread_ask_finish (RFI_SYNC_THREAD (object), result, &error);

  if (bytes == NULL)
    g_task_return_error (task, _rfi_session_translate_answer (error));
  else if (asking->marks)
    return_marks (task, bytes);
  else
    {
      asking->answer->bytes = bytes;
      g_task_run_in_thread (task, check_thread);
    }
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
  path = asking->marks
           ? rfi_history_query_to_marks_path (asking->query, asking->answer->own_device,
                                              RFI_HISTORY_PART_SIZE)
           : rfi_history_query_to_path (asking->query, asking->answer->own_device);
  rfi_sync_thread_ask_async (sync, path, NULL, g_task_get_cancellable (task), fetched_cb,
                             g_object_ref (task));
}

static void
ask (RfiSession            *self,
     const RfiHistoryQuery *query,
     gboolean               marks,
     gpointer               source_tag,
     GCancellable          *cancellable,
     GAsyncReadyCallback    callback,
     gpointer               user_data)
{
  GTask *task =
    _rfi_session_new_question (self, source_tag, cancellable, callback, user_data);
  Asking *asking;

  if (task == NULL)
    return;

  asking = g_new0 (Asking, 1);
  asking->query = rfi_history_query_copy (query);
  asking->marks = marks;
  g_task_set_task_data (task, asking, asking_free);
  rfi_store_get_signer_async (_rfi_session_get_store (self), cancellable, signer_cb, task);
}

void
rfi_session_fetch_history_async (RfiSession            *self,
                                 const RfiHistoryQuery *query,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  ask (self, query, FALSE, rfi_session_fetch_history_async, cancellable, callback, user_data);
}

RfiHistoryAnswer *
rfi_session_fetch_history_finish (RfiSession    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rfi_session_mark_history_async (RfiSession            *self,
                                const RfiHistoryQuery *query,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  ask (self, query, TRUE, rfi_session_mark_history_async, cancellable, callback, user_data);
}

RfiHistoryMarks *
rfi_session_mark_history_finish (RfiSession    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const RfiAuditEntry *first = *(RfiAuditEntry *const *) a;
  const RfiAuditEntry *second = *(RfiAuditEntry *const *) b;

  return (first->id < second->id) - (first->id > second->id);
}

/* @entries: (transfer full) */
static RfiHistoryPart *
make_part (const Asking *asking,
           GPtrArray    *entries)
{
  const RfiHistoryAnswer *answer = asking->answer;
  const RfiHistoryQuery *query = asking->query;
  const RfiJson list = { answer->list, answer->list_end };
  RfiHistoryPart *part = g_new0 (RfiHistoryPart, 1);
  gint64 newest = 0;
  RfiJsonIter iter;
  RfiJson record;

  rfi_json_iter_init (&iter, &list);
  for (; rfi_json_iter_next (&iter, NULL, &record); part->n_records++)
    newest = MAX (newest, rfi_wire_get_int (&record, "n", 0));
  g_ptr_array_sort (entries, compare_newest_first);
  part->entries = entries;
  part->next = answer->next;
  part->head = query->before == 0 && query->after > 0 && part->n_records == query->limit
                 ? newest : MAX (newest, answer->head);
  return part;
}

/* In a thread: each entry is hashed. */
static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const Asking *asking = task_data;
  GError *error = NULL;
  GPtrArray *entries = rfi_history_answer_read (asking->answer, &error);

  if (entries != NULL)
    g_task_return_pointer (task, make_part (asking, entries),
                           (GDestroyNotify) rfi_history_part_free);
  else
    g_task_return_error (task, _rfi_session_translate_answer (error));
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  asking->answer = rfi_session_fetch_history_finish (RFI_SESSION (object), result, &error);
  if (asking->answer != NULL)
    g_task_run_in_thread (task, read_thread);
  else
    g_task_return_error (task, error);
}

void
rfi_session_query_history_async (RfiSession            *self,
                                 const RfiHistoryQuery *query,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  Asking *asking;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rfi_session_query_history_async);
  asking = g_new0 (Asking, 1);
  asking->query = rfi_history_query_copy (query);
  g_task_set_task_data (task, asking, asking_free);
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
