/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-known"

#include "config.h"

#include "rfi-session-records.h"

#include "rfi-session-private.h"
#include "rfi-store-audit.h"

/* History as this console keeps it, asked for as the server's is. */

static gboolean
match_cb (const RfiAuditEntry *entry,
          gpointer             user_data)
{
  return rfi_history_query_takes (user_data, entry, FALSE);
}

static RfiHistoryPart *
make_part (RfiAuditPart *found)
{
  RfiHistoryPart *part = g_new0 (RfiHistoryPart, 1);

  part->entries = g_steal_pointer (&found->entries);
  part->n_records = part->entries->len;
  part->next = found->next;
  part->head = found->newest;
  return part;
}

static void
searched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autoptr(RfiAuditPart) found =
    rfi_store_search_audit_finish (RFI_STORE (object), result, &error);

  _rfi_session_catch_up (g_task_get_source_object (task));
  if (found == NULL)
    g_task_return_error (task, _rfi_session_translate_answer (error));
  else if (found->marks != NULL)
    g_task_return_pointer (task,
                           rfi_history_marks_new ((gint64 *) (gpointer) found->marks->data,
                                                  found->marks->len, found->found, found->next),
                           (GDestroyNotify) rfi_history_marks_free);
  else
    g_task_return_pointer (task, make_part (found), (GDestroyNotify) rfi_history_part_free);
}

static void
search (RfiSession            *self,
        const RfiHistoryQuery *query,
        guint                  every,
        gpointer               source_tag,
        GCancellable          *cancellable,
        GAsyncReadyCallback    callback,
        gpointer               user_data)
{
  const RfiAuditSearch look = {
    .before = query->before > 0 || query->after > 0 ? query->before : G_MAXINT64,
    .after = query->after, .limit = query->limit, .every = every,
  };
  GTask *task = _rfi_session_new_question (self, source_tag, cancellable, callback, user_data);

  if (task != NULL)
    rfi_store_search_audit_async (_rfi_session_get_store (self), &look, match_cb,
                                  rfi_history_query_copy (query),
                                  (GDestroyNotify) rfi_history_query_free, cancellable,
                                  searched_cb, task);
}

void
rfi_session_query_known_async (RfiSession            *self,
                               const RfiHistoryQuery *query,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  search (self, query, 0, rfi_session_query_known_async, cancellable, callback, user_data);
}

RfiHistoryPart *
rfi_session_query_known_finish (RfiSession    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rfi_session_mark_known_async (RfiSession            *self,
                              const RfiHistoryQuery *query,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  search (self, query, RFI_HISTORY_PART_SIZE, rfi_session_mark_known_async, cancellable, callback,
          user_data);
}

RfiHistoryMarks *
rfi_session_mark_known_finish (RfiSession    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
