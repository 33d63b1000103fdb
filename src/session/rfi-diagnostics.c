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

typedef struct
{
  const char *name;
  gint64      value;
} Figure;

static void
add_figures (GString      *out,
             const Figure *figures,
             gsize         n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (out, "%s\"%s\":%" G_GINT64_FORMAT,
                            out->str[out->len - 1] == '{' ? "" : ",", figures[i].name,
                            figures[i].value);
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
  const Figure figures[] = {
    { "phase", state->phase }, { "dialect", state->dialect },
    { "dialectReason", state->dialect_reason }, { "online", state->online },
    { "realTime", state->real_time }, { "realTimeSince", state->real_time_since },
    { "offlineSince", state->offline_since }, { "lastSyncAt", state->last_sync_at },
    { "nextTryAt", state->next_try_at }, { "latency", state->latency },
    { "lastDuration", state->last_duration }, { "clockOffset", state->clock_offset },
    { "deviceRevoked", state->device_revoked }, { "reissue", state->reissue },
    { "queued", state->n_queued }, { "failed", state->n_failed },
    { "conflicts", state->n_conflicts }, { "oldestQueuedAt", state->oldest_queued_at },
    { "errorAt", state->error_at },
  };

  g_string_append (out, ",\n\"state\":{");
  add_figures (out, figures, G_N_ELEMENTS (figures));
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
      const Figure figures[] = {
        { "critical", self->alarms[i].severity == RFI_SEVERITY_CRITICAL },
        { "n", self->alarms[i].n }, { "since", self->alarms[i].since },
      };

      begin_row (out);
      rfi_json_append_member (out, "kind", names[self->alarms[i].kind]);
      add_figures (out, figures, G_N_ELEMENTS (figures));
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
      const Figure figures[] = {
        { "seq", operation->seq }, { "state", operation->state },
        { "attempts", operation->attempts }, { "maybeApplied", operation->maybe_applied },
        { "createdAt", operation->created_at }, { "nextTryAt", operation->next_try_at },
      };

      begin_row (out);
      rfi_json_append_member (out, "id", operation->id);
      rfi_json_append_member (out, "kind", rfi_operation_kind_to_string (operation->kind));
      rfi_json_append_member (out, "job", operation->job_id);
      rfi_json_append_member (out, "code", operation->error_code);
      add_figures (out, figures, G_N_ELEMENTS (figures));
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
      const Figure figures[] = {
        { "reason", conflict->reason }, { "detectedAt", conflict->detected_at },
      };

      begin_row (out);
      rfi_json_append_member (out, "id", conflict->id);
      rfi_json_append_member (out, "job", conflict->job_id);
      add_figures (out, figures, G_N_ELEMENTS (figures));
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
      const Figure figures[] = {
        { "at", minute->at }, { "cycles", minute->n_cycles }, { "failed", minute->n_failed },
        { "duration", minute->duration }, { "probes", minute->n_probes },
        { "latency", minute->latency }, { "queue", minute->queue },
        { "answered", minute->n_answered }, { "conflicts", minute->n_conflicts },
        { "known", minute->known }, { "live", minute->live },
      };

      begin_row (out);
      add_figures (out, figures, G_N_ELEMENTS (figures));
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
      const Figure figures[] = {
        { "schemaVersion", event->schema_version }, { "at", event->at },
        { "sequence", event->sequence },
      };

      begin_row (out);
      rfi_json_append_member (out, "id", event->id);
      rfi_json_append_member (out, "type", event->type);
      rfi_json_append_member (out, "aggregate", event->aggregate);
      add_figures (out, figures, G_N_ELEMENTS (figures));
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
  const Figure at = { "at", self->now };
  GString *out = g_string_new ("{");
  const Figure figures[] = {
    { "jobs", self->cache.n_jobs }, { "bytes", self->cache.n_bytes },
    { "photos", self->cache.n_photos }, { "photoBytes", self->cache.photo_bytes },
  };

  rfi_json_append_member (out, "program", RFI_VERSION);
  rfi_json_append_member (out, "system", system);
  add_figures (out, &at, 1);
  add_state (out, self->state);
  g_string_append (out, ",\n\"cache\":{");
  add_figures (out, figures, G_N_ELEMENTS (figures));
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
