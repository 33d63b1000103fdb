/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-log"

#include "config.h"

#include "rfi-sync-log.h"

#include "rfi-event-post.h"
#include "rfi-json.h"
#include "rfi-store-log.h"
#include "rfi-sync-state.h"

/* ms: times are told apart from here on. */
#define SKEW (2 * 60 * 1000)

/* What was seen of the engine the last time. */
typedef struct
{
  gint64   at;  /* ms since 1970; 0 = nothing yet */
  gboolean known;
  gboolean online;
  gboolean real_time;
  gboolean skewed;
  gboolean revoked;
  guint    n_queued;
  gint64   reissued_at;
  gint64   restored_at;
  guint64  counters[RFI_N_SYNC_COUNTERS];
  guint64  n_durations;
  guint64  n_latencies;
} Look;

struct _RfiSyncLog
{
  GObject       parent_instance;

  RfiStore     *store;      /* (owned) (nullable): until stopped */
  RfiEventPost *post;       /* (owned) */
  RfiPulse     *pulse;      /* (owned) */
  Look          last;
  gint64        written;    /* ms since 1970: minutes before it are on disk */
  guint         n_failures;
  guint         n_told;     /* failures when the last event told of one */
  gboolean      asked;      /* for what was written before */
};

G_DEFINE_FINAL_TYPE (RfiSyncLog, rfi_sync_log, G_TYPE_OBJECT)

static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("How syncing went is not kept: %s", error->message);
}

void
rfi_sync_log_note (RfiSyncLog *self,
                   gint64      now,
                   const char *aggregate,
                   const char *type,
                   const char *payload)
{
  g_autoptr(RfiClientEvent) event = NULL;

  g_return_if_fail (RFI_IS_SYNC_LOG (self));

  if (self->store == NULL)
    return;

  event = rfi_client_event_new (&(RfiClientEvent) {
    .type = (char *) type, .schema_version = RFI_CLIENT_EVENT_SCHEMA, .at = now,
    .aggregate = (char *) aggregate, .payload = (char *) payload });
  rfi_store_add_event_async (self->store, event, NULL, stored_cb, NULL);
}

static void
note_number (RfiSyncLog *self,
             gint64      now,
             const char *type,
             const char *name,
             gint64      number)
{
  g_autofree char *payload = g_strdup_printf ("{\"%s\":%" G_GINT64_FORMAT "}", name, number);

  rfi_sync_log_note (self, now, RFI_EVENT_OF_SYNC, type, payload);
}

/* The code only: words may name a host. */
static void
note_code (RfiSyncLog         *self,
           gint64              now,
           const char         *type,
           const RfiSyncState *state)
{
  g_autoptr(GString) payload = g_string_new ("{");

  rfi_json_append_member (payload, "code", state->error_code);
  g_string_append_c (payload, '}');
  rfi_sync_log_note (self, now, RFI_EVENT_OF_SYNC, type, payload->str);
}

/* Events: what turned since the last look */

static void
tell_failures (RfiSyncLog         *self,
               gint64              now,
               const RfiSyncState *state)
{
  if (self->n_failures > 0 && self->n_told == 0)
    note_code (self, now, "sync.failed", state);
  else if (self->n_failures == 0 && self->n_told > 0)
    note_number (self, now, "sync.recovered", "failures", self->n_told);
  self->n_told = self->n_failures;
}

static void
tell_turns (RfiSyncLog         *self,
            gint64              now,
            const RfiSyncState *state)
{
  const Look *last = &self->last;
  gboolean skewed = ABS (state->clock_offset) > SKEW;

  if (last->known && last->online != state->online)
    note_code (self, now, state->online ? "sync.online" : "sync.offline", state);
  if (last->known && last->real_time != state->real_time)
    note_number (self, now, state->real_time ? "sync.live" : "sync.live-lost", "reconnects",
                 (gint64) last->counters[RFI_SYNC_COUNTER_RECONNECTS]);
  if (last->skewed != skewed)
    note_number (self, now, skewed ? "clock.skewed" : "clock.agrees", "offset",
                 state->clock_offset);
  if (last->revoked != state->device_revoked)
    note_number (self, now, state->device_revoked ? "device.revoked" : "device.trusted", "queued",
                 state->n_queued);
  if (state->reissued_at > last->reissued_at)
    note_number (self, now, "device.renumbered", "operations", state->n_reissued);
  if (state->restored_at > last->restored_at)
    note_number (self, now, "server.restored", "queued", state->n_queued);
}

/* Figures */

static guint
grown (const RfiSyncLog     *self,
       const RfiSyncMetrics *metrics,
       RfiSyncCounter        counter)
{
  return (guint) (rfi_sync_metrics_get_count (metrics, counter) - self->last.counters[counter]);
}

/* Those that came since. @n, @sum: (inout) */
static void
add_samples (const RfiSyncMetrics *metrics,
             RfiSyncSeries         series,
             guint64               seen,
             guint                *n,
             gint64               *sum)
{
  guint length = rfi_sync_metrics_get_length (metrics, series);
  guint64 news = rfi_sync_metrics_get_total (metrics, series) - seen;

  for (guint i = length - (guint) MIN (news, length); i < length; i++)
    {
      *n += 1;
      *sum += (gint64) rfi_sync_metrics_get_sample (metrics, series, i)->value;
    }
}

static void
add_figures (RfiSyncLog           *self,
             gint64                now,
             const RfiSyncState   *state,
             const RfiSyncMetrics *metrics)
{
  RfiPulseMinute *minute = rfi_pulse_get_minute (self->pulse, now);
  guint n_conflicts = grown (self, metrics, RFI_SYNC_COUNTER_CONFLICTS);

  minute->queue = MAX (minute->queue, state->n_queued);
  minute->n_failed += grown (self, metrics, RFI_SYNC_COUNTER_FAILED_CYCLES);
  minute->n_conflicts += n_conflicts;
  minute->n_answered += n_conflicts + grown (self, metrics, RFI_SYNC_COUNTER_CONFIRMED) +
                        grown (self, metrics, RFI_SYNC_COUNTER_MERGED) +
                        grown (self, metrics, RFI_SYNC_COUNTER_REJECTED);
  add_samples (metrics, RFI_SYNC_SERIES_DURATION, self->last.n_durations, &minute->n_cycles,
               &minute->duration);
  add_samples (metrics, RFI_SYNC_SERIES_LATENCY, self->last.n_latencies, &minute->n_probes,
               &minute->latency);
}

static void
remember (RfiSyncLog           *self,
          gint64                now,
          const RfiSyncState   *state,
          const RfiSyncMetrics *metrics)
{
  Look *last = &self->last;

  last->at = now;
  last->known = state->phase != RFI_PHASE_STARTING;
  last->online = state->online;
  last->real_time = state->real_time;
  last->skewed = ABS (state->clock_offset) > SKEW;
  last->revoked = state->device_revoked;
  last->n_queued = state->n_queued;
  last->reissued_at = state->reissued_at;
  last->restored_at = state->restored_at;
  last->n_durations = rfi_sync_metrics_get_total (metrics, RFI_SYNC_SERIES_DURATION);
  last->n_latencies = rfi_sync_metrics_get_total (metrics, RFI_SYNC_SERIES_LATENCY);
  for (guint i = 0; i < RFI_N_SYNC_COUNTERS; i++)
    last->counters[i] = rfi_sync_metrics_get_count (metrics, (RfiSyncCounter) i);
}

/* Minutes that are over, up to @until. */
static void
write_minutes (RfiSyncLog *self,
               gint64      until)
{
  g_autoptr(GArray) minutes = g_array_new (FALSE, FALSE, sizeof (RfiPulseMinute));
  guint n = rfi_pulse_get_n (self->pulse);

  for (guint i = n; i > 0 && rfi_pulse_get_nth (self->pulse, i - 1)->at >= self->written; i--)
    if (rfi_pulse_get_nth (self->pulse, i - 1)->at < until)
      g_array_append_vals (minutes, rfi_pulse_get_nth (self->pulse, i - 1), 1);
  if (minutes->len > 0)
    rfi_store_put_pulse_async (self->store, minutes, NULL, stored_cb, NULL);
  self->written = until;
}

void
rfi_sync_log_look_at (RfiSyncLog           *self,
                      gint64                now,
                      const RfiSyncState   *state,
                      const RfiSyncMetrics *metrics)
{
  gint64 minute = now - now % RFI_PULSE_MINUTE;

  g_return_if_fail (RFI_IS_SYNC_LOG (self));

  if (self->store == NULL)
    return;

  self->n_failures =
    (guint) rfi_sync_metrics_get_count (metrics, RFI_SYNC_COUNTER_FAILED_IN_A_ROW);
  tell_turns (self, now, state);
  tell_failures (self, now, state);
  /* Of a computer that slept, or a clock that was set, nothing is known in between. */
  if (self->last.at > 0 && now > self->last.at && now - self->last.at <= RFI_PULSE_GAP)
    rfi_pulse_add_span (self->pulse, self->last.at, now, self->last.real_time,
                        self->last.n_queued);
  add_figures (self, now, state, metrics);
  if (self->last.at == 0)
    self->written = minute;
  remember (self, now, state, metrics);
  if (minute != self->written)
    write_minutes (self, minute);
}

void
rfi_sync_log_look (RfiSyncLog    *self,
                   RfiSyncThread *sync)
{
  const RfiSyncState *state = rfi_sync_thread_get_state (sync);

  rfi_sync_log_look_at (self, g_get_real_time () / 1000, state,
                        rfi_sync_thread_get_metrics (sync));
  if (self->store != NULL && state->online && state->n_queued == 0 &&
      state->dialect != RFI_DIALECT_UNKNOWN)
    rfi_event_post_send (self->post, sync, state->dialect == RFI_DIALECT_SYNC_V1);
}

void
rfi_sync_log_stop (RfiSyncLog *self)
{
  g_return_if_fail (RFI_IS_SYNC_LOG (self));

  if (self->store == NULL)
    return;

  if (self->last.at > 0)
    write_minutes (self, G_MAXINT64);
  rfi_event_post_stop (self->post);
  g_clear_object (&self->store);
}

/* What was written before comes to what was seen since. */
static void
join (RfiSyncLog *self,
      RfiPulse   *before)
{
  for (guint i = 0; i < rfi_pulse_get_n (self->pulse); i++)
    {
      const RfiPulseMinute *minute = rfi_pulse_get_nth (self->pulse, i);

      *rfi_pulse_get_minute (before, minute->at) = *minute;
    }

  rfi_pulse_unref (self->pulse);
  self->pulse = rfi_pulse_ref (before);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncLog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiPulse) before = rfi_store_load_pulse_finish (RFI_STORE (object), result, &error);

  if (before == NULL)
    {
      g_warning ("How syncing went before is not known: %s", error->message);
      return;
    }

  join (self, before);
}

RfiPulse *
rfi_sync_log_get_pulse (RfiSyncLog *self)
{
  g_return_val_if_fail (RFI_IS_SYNC_LOG (self), NULL);

  if (!self->asked && self->store != NULL)
    {
      self->asked = TRUE;
      rfi_store_load_pulse_async (self->store, NULL, loaded_cb, g_object_ref (self));
    }
  return self->pulse;
}

RfiEventPost *
rfi_sync_log_get_post (RfiSyncLog *self)
{
  g_return_val_if_fail (RFI_IS_SYNC_LOG (self), NULL);

  return self->post;
}

guint
rfi_sync_log_get_n_failures (RfiSyncLog *self)
{
  g_return_val_if_fail (RFI_IS_SYNC_LOG (self), 0);

  return self->n_failures;
}

static void
rfi_sync_log_finalize (GObject *object)
{
  RfiSyncLog *self = RFI_SYNC_LOG (object);

  g_clear_object (&self->store);
  g_clear_object (&self->post);
  rfi_pulse_unref (self->pulse);

  G_OBJECT_CLASS (rfi_sync_log_parent_class)->finalize (object);
}

static void
rfi_sync_log_class_init (RfiSyncLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_log_finalize;
}

static void
rfi_sync_log_init (RfiSyncLog *self)
{
  self->pulse = rfi_pulse_new ();
}

static void
note_cache (RfiSyncLog *self,
            const char *type,
            int         n_operations)
{
  g_autofree char *payload = g_strdup_printf ("{\"operations\":%d}", n_operations);

  rfi_sync_log_note (self, g_get_real_time () / 1000, RFI_EVENT_OF_CACHE, type, payload);
}

RfiSyncLog *
rfi_sync_log_new (RfiStore   *store,
                  const char *account_dir,
                  RfiClock   *clock)
{
  RfiSyncLog *self = g_object_new (RFI_TYPE_SYNC_LOG, NULL);

  self->store = g_object_ref (store);
  self->post = rfi_event_post_new (store, account_dir, clock);
  if (rfi_store_get_recovered (store) >= 0)
    note_cache (self, "cache.recovered", rfi_store_get_recovered (store));
  if (rfi_store_get_lost (store) >= 0)
    note_cache (self, "cache.lost", rfi_store_get_lost (store));
  return self;
}
