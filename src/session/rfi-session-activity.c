/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-session-activity"

#include "config.h"

#include "rfi-session-activity.h"

#include "rfi-event-upcast.h"
#include "rfi-json.h"
#include "rfi-record-item.h"
#include "rfi-session-private.h"
#include "rfi-store-letters.h"
#include "rfi-store-log.h"
#include "rfi-sync-log.h"
#include "rfi-time.h"

RfiPulse *
rfi_session_get_pulse (RfiSession *self)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), NULL);

  return rfi_sync_log_get_pulse (_rfi_session_get_log (self));
}

static gint64
find_oldest_conflict (RfiSession *self)
{
  GListModel *conflicts = rfi_session_get_conflicts (self);
  gint64 oldest = 0;

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (conflicts, i);
      const RfiConflict *conflict = rfi_record_item_get (item);

      if (oldest == 0 || conflict->detected_at < oldest)
        oldest = conflict->detected_at;
    }

  return oldest;
}

/* A console that was closed in between was offline all the same. */
static gint64
find_offline_since (const RfiSyncState *state)
{
  if (state->offline_since == 0 || state->last_sync_at == 0)
    return state->offline_since;

  return MIN (state->offline_since, state->last_sync_at);
}

guint
rfi_session_check_alarms (RfiSession   *self,
                          gint64        now,
                          RfiSyncAlarm  alarms[RFI_N_ALARM_KINDS])
{
  const RfiSyncState *state;
  RfiSyncVitals vitals;
  gint64 next;

  g_return_val_if_fail (RFI_IS_SESSION (self), 0);

  state = rfi_session_get_sync_state (self);
  vitals = (RfiSyncVitals) {
    .n_queued = state->n_queued,
    .n_failures = rfi_sync_log_get_n_failures (_rfi_session_get_log (self)),
    .oldest_conflict_at = find_oldest_conflict (self),
    .offline_since = find_offline_since (state),
  };
  return rfi_sync_alarm_check (&vitals, now, alarms, &next);
}

/* Nobody is told of a failure, as nothing is lost by it: the mark stays, and the next run says once
 * more what is true. A disk that takes nothing is met by whatever a person wants kept. */
static void
seen_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    g_debug ("The server's past will be told again: %s", error->message);
}

void
rfi_session_see_restored (RfiSession *self)
{
  g_return_if_fail (RFI_IS_SESSION (self));

  if (_rfi_session_get_store (self) != NULL)
    rfi_store_set_meta_async (_rfi_session_get_store (self), RFI_STORE_META_RESTORED, NULL, NULL,
                              seen_cb, NULL);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *events = rfi_store_list_events_finish (RFI_STORE (object), result, &error);

  if (events != NULL)
    g_task_return_pointer (task, events, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, _rfi_session_translate (error));
}

void
rfi_session_list_events_async (RfiSession          *self,
                               guint                limit,
                               gint64               before,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_list_events_async, cancellable, callback,
                                    user_data);
  if (task != NULL)
    rfi_store_list_events_async (_rfi_session_get_store (self), limit, before, cancellable,
                                 listed_cb, task);
}

GPtrArray *
rfi_session_list_events_finish (RfiSession    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

RfiEventTrouble
rfi_session_get_event_trouble (RfiSession    *self,
                               gint64        *since,
                               const GError **error)
{
  g_return_val_if_fail (RFI_IS_SESSION (self), RFI_EVENT_TROUBLE_NONE);

  return rfi_event_post_get_trouble (rfi_sync_log_get_post (_rfi_session_get_log (self)), since,
                                     error);
}

static void
archived_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (rfi_event_post_send_now_finish (RFI_EVENT_POST (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rfi_session_archive_events_async (RfiSession          *self,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  const RfiSyncState *state;
  GTask *task;

  g_return_if_fail (RFI_IS_SESSION (self));

  task = _rfi_session_new_question (self, rfi_session_archive_events_async, NULL, callback,
                                    user_data);
  if (task == NULL)
    return;

  state = rfi_session_get_sync_state (self);
  rfi_event_post_send_now_async (rfi_sync_log_get_post (_rfi_session_get_log (self)),
                                 state->online ? _rfi_session_get_sync (self) : NULL,
                                 state->dialect != RFI_DIALECT_COMPATIBLE, archived_cb, task);
}

gboolean
rfi_session_archive_events_finish (RfiSession    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
rfi_session_describe_event (const RfiClientEvent *event)
{
  g_autofree char *at = rfi_time_to_string (event->at);
  g_autofree char *payload =
    rfi_event_upcast (event->type, event->schema_version, event->payload);
  GString *text = g_string_new ("{\n  \"eventId\": ");

  rfi_json_append_string (text, event->id);
  g_string_append (text, ",\n  \"type\": ");
  rfi_json_append_string (text, event->type);
  g_string_append_printf (text, ",\n  \"schemaVersion\": %" G_GINT64_FORMAT,
                          event->schema_version);
  g_string_append (text, ",\n  \"occurredAt\": ");
  rfi_json_append_string (text, at);
  g_string_append (text, ",\n  \"aggregateId\": ");
  rfi_json_append_string (text, event->aggregate);
  g_string_append_printf (text, ",\n  \"sequence\": %" G_GINT64_FORMAT, event->sequence);
  g_string_append_printf (text, ",\n  \"payload\": %s", event->payload);
  if (payload != NULL && g_strcmp0 (payload, event->payload) != 0)
    g_string_append_printf (text, ",\n  \"readAs\": %s", payload);
  g_string_append (text, "\n}\n");
  return g_string_free (text, FALSE);
}
