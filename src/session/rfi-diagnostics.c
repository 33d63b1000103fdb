/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-diagnostics"

#include "config.h"

#include "rfi-diagnostics.h"

#include "rfi-client-event.h"
#include "rfi-conflict.h"
#include "rfi-json.h"
#include "rfi-operation.h"
#include "rfi-record-item.h"
#include "rfi-sync-state.h"

/* Minutes of figures: the last day. */
#define MOST_MINUTES 1440

static void
add_number (GString    *out,
            const char *name,
            gint64      number)
{
  g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT,
                          out->str[out->len - 1] == '{' ? "" : ",", name, number);
}

static void
begin_list (GString    *out,
            const char *name)
{
  g_string_append_printf (out, ",\n\"%s\":[", name);
}

static void
begin_row (GString *out)
{
  g_string_append (out, out->str[out->len - 1] == '[' ? "\n{" : ",\n{");
}

static void
add_state (GString            *out,
           const RfiSyncState *state)
{
  g_string_append (out, ",\n\"state\":{");
  add_number (out, "phase", (gint64) state->phase);
  add_number (out, "dialect", (gint64) state->dialect);
  add_number (out, "dialectReason", (gint64) state->dialect_reason);
  add_number (out, "online", state->online);
  add_number (out, "realTime", state->real_time);
  add_number (out, "realTimeSince", state->real_time_since);
  add_number (out, "offlineSince", state->offline_since);
  add_number (out, "lastSyncAt", state->last_sync_at);
  add_number (out, "nextTryAt", state->next_try_at);
  add_number (out, "latency", state->latency);
  add_number (out, "lastDuration", state->last_duration);
  add_number (out, "clockOffset", state->clock_offset);
  add_number (out, "deviceRevoked", state->device_revoked);
  add_number (out, "reissue", (gint64) state->reissue);
  add_number (out, "queued", state->n_queued);
  add_number (out, "failed", state->n_failed);
  add_number (out, "conflicts", state->n_conflicts);
  add_number (out, "oldestQueuedAt", state->oldest_queued_at);
  add_number (out, "errorAt", state->error_at);
  rfi_json_append_member (out, "errorCode", state->error_code);
  g_string_append_c (out, '}');
}

static void
add_alarms (GString              *out,
            const RfiDiagnostics *self)
{
  static const char * const names[RFI_N_ALARM_KINDS] = {
    [RFI_ALARM_QUEUE] = "queue", [RFI_ALARM_CONFLICT] = "conflict",
    [RFI_ALARM_FAILURES] = "failures", [RFI_ALARM_OFFLINE] = "offline",
  };

  begin_list (out, "alarms");
  for (guint i = 0; i < self->n_alarms; i++)
    {
      begin_row (out);
      rfi_json_append_member (out, "kind", names[self->alarms[i].kind]);
      add_number (out, "critical", self->alarms[i].severity == RFI_SEVERITY_CRITICAL);
      add_number (out, "n", self->alarms[i].n);
      add_number (out, "since", self->alarms[i].since);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
add_outbox (GString    *out,
            GListModel *outbox)
{
  begin_list (out, "outbox");
  for (guint i = 0; i < g_list_model_get_n_items (outbox); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (outbox, i);
      const RfiOperation *operation = rfi_record_item_get (item);

      begin_row (out);
      rfi_json_append_member (out, "id", operation->id);
      rfi_json_append_member (out, "kind", rfi_operation_kind_to_string (operation->kind));
      rfi_json_append_member (out, "job", operation->job_id);
      rfi_json_append_member (out, "code", operation->error_code);
      add_number (out, "seq", operation->seq);
      add_number (out, "state", (gint64) operation->state);
      add_number (out, "attempts", operation->attempts);
      add_number (out, "maybeApplied", operation->maybe_applied);
      add_number (out, "createdAt", operation->created_at);
      add_number (out, "nextTryAt", operation->next_try_at);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
add_conflicts (GString    *out,
               GListModel *conflicts)
{
  begin_list (out, "conflicts");
  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr(RfiRecordItem) item = g_list_model_get_item (conflicts, i);
      const RfiConflict *conflict = rfi_record_item_get (item);

      begin_row (out);
      rfi_json_append_member (out, "id", conflict->id);
      rfi_json_append_member (out, "job", conflict->job_id);
      add_number (out, "reason", (gint64) conflict->reason);
      add_number (out, "detectedAt", conflict->detected_at);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
add_minutes (GString        *out,
             const RfiPulse *pulse)
{
  guint n = rfi_pulse_get_n (pulse);

  begin_list (out, "minutes");
  for (guint i = n - MIN (n, MOST_MINUTES); i < n; i++)
    {
      const RfiPulseMinute *minute = rfi_pulse_get_nth (pulse, i);

      begin_row (out);
      add_number (out, "at", minute->at);
      add_number (out, "cycles", minute->n_cycles);
      add_number (out, "failed", minute->n_failed);
      add_number (out, "duration", minute->duration);
      add_number (out, "probes", minute->n_probes);
      add_number (out, "latency", minute->latency);
      add_number (out, "queue", minute->queue);
      add_number (out, "answered", minute->n_answered);
      add_number (out, "conflicts", minute->n_conflicts);
      add_number (out, "known", minute->known);
      add_number (out, "live", minute->live);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
add_events (GString   *out,
            GPtrArray *events)
{
  begin_list (out, "events");
  for (guint i = 0; i < events->len; i++)
    {
      const RfiClientEvent *event = g_ptr_array_index (events, i);

      begin_row (out);
      rfi_json_append_member (out, "id", event->id);
      rfi_json_append_member (out, "type", event->type);
      rfi_json_append_member (out, "aggregate", event->aggregate);
      add_number (out, "schemaVersion", event->schema_version);
      add_number (out, "at", event->at);
      add_number (out, "sequence", event->sequence);
      g_string_append_printf (out, ",\"payload\":%s}", event->payload);
    }
  g_string_append_c (out, ']');
}

static void
add_personal (GString              *out,
              const RfiDiagnostics *self)
{
  if (self->server_url == NULL)
    return;

  g_string_append (out, ",\n\"personal\":{");
  rfi_json_append_member (out, "server", self->server_url);
  rfi_json_append_member (out, "account", self->email);
  rfi_json_append_member (out, "error", self->state->error_message);
  if (self->waiting != NULL)
    g_string_append_printf (out, ",\"outbox\":%s", self->waiting);
  g_string_append_c (out, '}');
}

GBytes *
rfi_diagnostics_write (const RfiDiagnostics *self)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GString *out = g_string_new ("{");

  rfi_json_append_member (out, "program", RFI_VERSION);
  rfi_json_append_member (out, "system", system);
  add_number (out, "at", self->now);
  add_state (out, self->state);
  g_string_append (out, ",\n\"cache\":{");
  add_number (out, "jobs", self->cache.n_jobs);
  add_number (out, "bytes", self->cache.n_bytes);
  add_number (out, "photos", self->cache.n_photos);
  add_number (out, "photoBytes", self->cache.photo_bytes);
  g_string_append_c (out, '}');
  add_alarms (out, self);
  add_outbox (out, self->outbox);
  add_conflicts (out, self->conflicts);
  add_minutes (out, self->pulse);
  add_events (out, self->events);
  add_personal (out, self);
  g_string_append (out, "\n}\n");
  return g_string_free_to_bytes (out);
}
