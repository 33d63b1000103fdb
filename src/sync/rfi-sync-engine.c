/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-engine"

#include "config.h"

#include "rfi-sync-engine.h"

#include "rfi-remote.h"
#include "rfi-store.h"
#include "rfi-sync-directory.h"
#include "rfi-sync-drain.h"
#include "rfi-sync-error.h"
#include "rfi-sync-events.h"
#include "rfi-sync-live.h"
#include "rfi-sync-pull.h"
#include "rfi-sync-reach.h"
#include "rfi-sync-schedule.h"
#include "rfi-sync-truth.h"

/* Brings a store and a server to agreement, one cycle at a time.
 *
 *                    timer · kick · event · token
 *            IDLE ───────────────────────────────► CHECK      begin_cycle()
 *             ▲ ▲                                  │   │
 *             │ └─── two misses: offline ──────────┘   │ reachable, or seen so just now
 *             │                                        ▼
 *             ├───── 401, server in trouble ──────── DRAIN    checked_cb()
 *             │                                        │ nothing more may be sent
 *             │                                        ▼
 *             ├───── 401, network, disk ──────────── PULL     drained_cb()
 *             │                                        │ cursor is in the store
 *             │                                        ▼
 *             └─────────────────────────────────── AFTER      pulled_cb(), refreshed_cb()
 *                     end_cycle(): the one way back; plans the next
 *
 * What each step is, is in the pieces: rfi-sync-reach (check), rfi-sync-drain (drain), by
 * rfi-sync-hello and rfi-sync-push in Sync v1 and by rfi-send in the compatible dialect,
 * rfi-sync-pull (pull), by rfi-sync-feed in Sync v1, rfi-sync-directory (after), rfi-sync-live and
 * rfi-sync-events (real time), rfi-sync-schedule (when), rfi-sync-truth (what people are told).
 *
 * Invariants
 *  1. One cycle at a time. What asks for one meanwhile is remembered and gets the next.
 *  2. Drain before pull: a pull never brings back what the person already changed away, as far
 *     as the server may know it.
 *  3. While started there is a cycle, an armed timer, or a named reason for neither
 *     (rfi_sync_engine_get_wait()). end_cycle() and the setters all end in plan().
 *  4. Events reach the store between cycles' pulls, never during one: rows of a pull were read
 *     before, and must not go in after.
 *  5. Only a complete, well-formed listing or snapshot deletes what the server does not name.
 *  6. A 401 parks everything and burns nothing; a token that works lets all of it go on.
 *  7. No decision looks at the wall clock; it is for people and for the server's sake.
 *  8. LIVE is only said while real time is connected and a pull that began after it connected
 *     has ended well.
 */

/* A server seen so shortly before is not asked again whether it is there. */
#define FRESH          (25 * 1000)
#define EVENT_DEBOUNCE 50
#define NETWORK_SPREAD 2000
/* Away for longer, deletions may have been missed. */
#define GAP            (60 * 1000)

typedef enum {
  STAGE_IDLE,
  STAGE_CHECK,
  STAGE_DRAIN,
  STAGE_PULL,
  STAGE_AFTER,
} Stage;

struct _RfiSyncEngine
{
  GObject           parent_instance;

  RfiSyncParts      parts;
  RfiSyncReach     *reach;            /* (owned) */
  RfiSyncDrain     *drain;            /* (owned) */
  RfiSyncPull      *pull;             /* (owned) */
  RfiSyncLive      *live;             /* (owned) */
  RfiSyncEvents    *events;           /* (owned) */
  RfiSyncDirectory *directory;        /* (owned) */

  RfiSyncState     *state;            /* (owned) */
  GCancellable     *cancellable;      /* (owned) (nullable): of the cycle that runs */
  GTask            *stop_task;        /* (owned) (nullable) */
  GError           *error;            /* (owned) (nullable): of the last cycle */
  gint64            error_at;         /* ms since 1970 */
  gint64            last_sync_at;     /* ms since 1970 */
  gint64            next_at;          /* ms since 1970, of the timer */
  gint64            forced_offline_since; /* ms since 1970; 0 = is not */

  Stage             stage;
  guint             timer;
  gint64            timer_at;         /* monotonic ms */
  gint64            wanted_at;        /* monotonic ms: a cycle asked for by then; G_MAXINT64 */
  gint64            began_at;         /* monotonic ms, of the cycle that runs or ran last */
  gint64            pull_began_at;    /* monotonic ms */
  gint64            listing_at;       /* monotonic ms: when a listing is due */
  gint64            lost_at;          /* monotonic ms: went offline then; -1 = is not */
  guint             interval;         /* ms; 0 = as usual */
  guint             last_duration;    /* ms */
  guint             n_failures;       /* cycles in a row */

  guint             started : 1;
  guint             needs_sign_in : 1;
  guint             counting : 1;     /* only the outbox is being read */
  guint             count_again : 1;  /* it may have changed behind what reads it now */
  guint             listed : 1;       /* since it started */
  guint             gap : 1;          /* what is shown may be behind, until a pull ends well */
  guint             behind : 1;       /* since it was offline no pull has ended well */
  guint             live_covered : 1; /* the pull that runs began while real time was connected */
  guint             live_current : 1; /* such a pull has ended well */
};

enum {
  STATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncEngine, rfi_sync_engine, G_TYPE_OBJECT)

static void plan         (RfiSyncEngine *self);
static void count_queue  (RfiSyncEngine *self);
static void begin_cycle  (RfiSyncEngine *self);
static void checked_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void begin_drain  (RfiSyncEngine *self);
static void drained_cb   (GObject *object, GAsyncResult *result, gpointer user_data);
static void pulled_cb    (GObject *object, GAsyncResult *result, gpointer user_data);
static void refreshed_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static gint64
now (RfiSyncEngine *self)
{
  return rfi_clock_get_monotonic (self->parts.clock);
}

static gboolean
is_online (RfiSyncEngine *self)
{
  return self->forced_offline_since == 0 && rfi_sync_reach_is_online (self->reach);
}

static void
publish (RfiSyncEngine *self)
{
  RfiSyncTruth truth = {
    .parts = &self->parts,
    .reach = self->reach,
    .drain = self->drain,
    .pull = self->pull,
    .live = self->live,
    .error = self->error,
    .error_at = self->error_at,
    .last_sync_at = self->last_sync_at,
    .next_try_at = self->timer != 0 ? self->next_at : 0,
    .last_duration = self->last_duration,
    .forced_offline_since = self->forced_offline_since,
    .needs_sign_in = self->needs_sign_in,
    .working = self->stage != STAGE_IDLE,
    .pulling = self->stage == STAGE_PULL,
    .gap = self->gap || self->behind || self->lost_at >= 0,
    .live_current = self->live_current,
  };

  g_clear_pointer (&self->state, rfi_sync_state_unref);
  self->state = rfi_sync_truth_tell (&truth);
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static void
changed_cb (GObject       *object,
            RfiSyncEngine *self)
{
  publish (self);
}

/* When the next cycle begins */

static gboolean
timer_cb (gpointer user_data)
{
  RfiSyncEngine *self = user_data;

  self->timer = 0;
  if (self->counting)
    self->wanted_at = now (self);
  else
    begin_cycle (self);
  return G_SOURCE_REMOVE;
}

static void
disarm (RfiSyncEngine *self)
{
  if (self->timer != 0)
    rfi_clock_disarm (self->parts.clock, self->timer);
  self->timer = 0;
}

static void
arm (RfiSyncEngine *self,
     gint64         at)
{
  gint64 delay = MAX (at - now (self), 0);

  disarm (self);
  self->timer_at = at;
  self->next_at = rfi_clock_get_wall (self->parts.clock) + delay;
  self->timer = rfi_clock_arm (self->parts.clock, delay, timer_cb, self);
}

static gint64
usual_wait (RfiSyncEngine *self)
{
  RfiSyncSituation situation = {
    .offline = rfi_sync_reach_is_known (self->reach) && !rfi_sync_reach_is_online (self->reach),
    .live = rfi_sync_live_is_connected (self->live),
    .failure = self->error,
    .n_failures = self->n_failures,
    .interval = self->interval,
  };

  return rfi_sync_schedule_wait (&situation, self->parts.random);
}

static void
decide_live (RfiSyncEngine *self)
{
  rfi_sync_live_set_wanted (self->live,
                            self->started && !self->needs_sign_in && is_online (self));
}

/* Arms the timer for whatever comes first. */
static void
plan (RfiSyncEngine *self)
{
  gint64 at;

  decide_live (self);
  if (!self->started || self->stage != STAGE_IDLE || self->counting)
    return;
  if (self->forced_offline_since != 0 || self->needs_sign_in)
    {
      disarm (self);
      publish (self);
      return;
    }

  at = MIN (self->wanted_at, now (self) + usual_wait (self));
  if (self->error == NULL && is_online (self))
    at = MIN (at, MIN (rfi_sync_drain_get_next_due (self->drain), self->listing_at));
  arm (self, at);
  publish (self);
}

/* Wants a cycle in @delay ms at the latest. */
static void
want (RfiSyncEngine *self,
      gint64         delay)
{
  gint64 at = now (self) + delay;

  if (!self->started)
    return;

  self->wanted_at = MIN (self->wanted_at, at);
  if (self->stage == STAGE_IDLE && !self->counting && self->forced_offline_since == 0 &&
      !self->needs_sign_in && (self->timer == 0 || at < self->timer_at))
    {
      arm (self, at);
      publish (self);
    }
}

/* The cycle, in execution order */

static void
end_stop (RfiSyncEngine *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->stop_task);

  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* @error: (transfer full) (nullable): why it ended early */
static void
end_cycle (RfiSyncEngine *self,
           GError        *error)
{
  RfiSyncParts *parts = &self->parts;
  g_autoptr(GError) owned = error;

  self->stage = STAGE_IDLE;
  self->last_duration = (guint) (now (self) - self->began_at);
  g_clear_object (&self->cancellable);
  rfi_sync_events_hold (self->events, FALSE);

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&owned);
  else if (owned == NULL)
    {
      self->n_failures = 0;
      rfi_sync_metrics_reset (parts->metrics, RFI_SYNC_COUNTER_FAILED_IN_A_ROW);
      g_clear_error (&self->error);
    }

  rfi_sync_metrics_count (parts->metrics, RFI_SYNC_COUNTER_CYCLES, 1);
  rfi_sync_metrics_sample (parts->metrics, RFI_SYNC_SERIES_DURATION,
                           rfi_clock_get_wall (parts->clock), self->last_duration);
  if (owned != NULL)
    {
      g_debug ("Cycle ended: %s", owned->message);
      rfi_sync_metrics_count (parts->metrics, RFI_SYNC_COUNTER_FAILED_CYCLES, 1);
      rfi_sync_metrics_count (parts->metrics, RFI_SYNC_COUNTER_FAILED_IN_A_ROW, 1);
      self->n_failures++;
      self->error_at = rfi_clock_get_wall (parts->clock);
      if (rfi_sync_error_is_auth (owned))
        self->needs_sign_in = TRUE;
      if (rfi_sync_error_is_network (owned))
        rfi_sync_reach_doubt (self->reach);
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&owned);
    }

  if (!self->started)
    end_stop (self);
  else if (self->count_again)
    count_queue (self);
  else
    plan (self);
}

static void
begin_cycle (RfiSyncEngine *self)
{
  g_return_if_fail (self->stage == STAGE_IDLE && self->started);

  disarm (self);
  self->stage = STAGE_CHECK;
  self->wanted_at = G_MAXINT64;
  self->began_at = now (self);
  self->cancellable = g_cancellable_new ();

  if (rfi_sync_reach_is_fresh (self->reach, FRESH))
    begin_drain (self);
  else
    rfi_sync_reach_probe_async (self->reach, self->cancellable, checked_cb, g_object_ref (self));
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiSyncEngine) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_sync_reach_probe_finish (RFI_SYNC_REACH (object), result, &error))
    {
      if (self->lost_at < 0 && !rfi_sync_reach_is_online (self->reach))
        self->lost_at = self->began_at;
      end_cycle (self, g_steal_pointer (&error));
      return;
    }

  if (self->lost_at >= 0 && now (self) - self->lost_at > GAP)
    self->gap = TRUE;
  self->behind |= self->lost_at >= 0;
  self->lost_at = -1;
  begin_drain (self);
}

static void
begin_drain (RfiSyncEngine *self)
{
  /* Reachable: real time may come up beside the cycle. */
  decide_live (self);

  self->stage = STAGE_DRAIN;
  rfi_sync_drain_run_async (self->drain, self->cancellable, drained_cb, g_object_ref (self));
}

static void
drained_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiSyncEngine) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean listing;

  rfi_sync_drain_run_finish (RFI_SYNC_DRAIN (object), result, &error);
  rfi_sync_metrics_sample (self->parts.metrics, RFI_SYNC_SERIES_QUEUE_DEPTH,
                           rfi_clock_get_wall (self->parts.clock),
                           rfi_sync_drain_get_queue (self->drain)->n_queued);
  if (error != NULL)
    {
      end_cycle (self, g_steal_pointer (&error));
      return;
    }

  self->stage = STAGE_PULL;
  self->pull_began_at = now (self);
  self->live_covered = rfi_sync_live_is_connected (self->live);
  listing = self->pull_began_at >= self->listing_at;
  rfi_sync_events_hold (self->events, TRUE);
  rfi_sync_pull_run_async (self->pull, listing, self->cancellable, pulled_cb,
                           g_object_ref (self));
  publish (self);
}

/* When a complete listing is wanted next. The first one after the start follows the first
 * delta, which is quicker to show what is new. */
static void
plan_listing (RfiSyncEngine *self)
{
  gint64 took = now (self) - self->pull_began_at;

  if (rfi_sync_pull_is_listing (self->pull))
    {
      self->listed = TRUE;
      self->gap = FALSE;
      self->listing_at = now (self) + rfi_sync_schedule_listing (took, self->parts.random);
    }
  else if (!self->listed || rfi_sync_pull_went_back (self->pull) || self->gap)
    self->listing_at = now (self);
}

static void
pulled_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(RfiSyncEngine) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!rfi_sync_pull_run_finish (RFI_SYNC_PULL (object), result, &error))
    {
      end_cycle (self, g_steal_pointer (&error));
      return;
    }

  self->last_sync_at = rfi_clock_get_wall (self->parts.clock);
  rfi_sync_metrics_sample (self->parts.metrics, RFI_SYNC_SERIES_ROWS, self->last_sync_at,
                           rfi_sync_pull_get_n_rows (self->pull));
  self->live_current = self->live_covered && rfi_sync_live_is_connected (self->live);
  self->behind = FALSE;
  plan_listing (self);
  if (self->parts.look_again)
    self->wanted_at = now (self);
  g_clear_error (&self->error);

  self->stage = STAGE_AFTER;
  rfi_sync_events_hold (self->events, FALSE);
  publish (self);

  rfi_sync_directory_note (self->directory, rfi_sync_pull_get_people (self->pull));
  rfi_sync_directory_refresh_async (self->directory, self->cancellable, refreshed_cb,
                                    g_object_ref (self));
}

static void
refreshed_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiSyncEngine) self = user_data;
  g_autoptr(GError) error = NULL;

  /* Names can wait for the next cycle: the jobs are current all the same. */
  if (!rfi_sync_directory_refresh_finish (RFI_SYNC_DIRECTORY (object), result, &error) &&
      !rfi_sync_error_is_auth (error) && !rfi_sync_error_is_network (error))
    {
      g_debug ("People were not refreshed: %s", error->message);
      g_clear_error (&error);
    }
  end_cycle (self, g_steal_pointer (&error));
}

/* Real time, beside the cycle */

static void
live_connected_cb (RfiSyncLive   *live,
                   gint64         lost_for,
                   RfiSyncEngine *self)
{
  self->live_current = FALSE;
  self->live_covered = FALSE;
  if (lost_for > GAP)
    self->gap = TRUE;
  want (self, 0);
  publish (self);
}

static void
live_closed_cb (RfiSyncLive   *live,
                RfiSyncEngine *self)
{
  self->live_current = FALSE;
  self->live_covered = FALSE;
  /* Perhaps the server is gone; and from now on it polls more often. */
  rfi_sync_engine_kick (self, RFI_SYNC_KICK_NETWORK);
  publish (self);
}

static void
live_event_cb (RfiSyncLive   *live,
               gboolean       deleted,
               RfiJob        *job,
               const char    *by,
               RfiSyncEngine *self)
{
  if (rfi_sync_events_take (self->events, deleted, job, by))
    want (self, rfi_sync_events_pace (self->events));
}

static void
events_lost_cb (RfiSyncEvents *events,
                RfiSyncEngine *self)
{
  self->listing_at = now (self);
  want (self, EVENT_DEBOUNCE);
}

/* The outbox was only read, for its numbers: offline too, a person wants to see them. */
static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(RfiSyncEngine) self = user_data;
  g_autoptr(GError) error = NULL;

  self->counting = FALSE;
  if (!rfi_sync_drain_run_finish (RFI_SYNC_DRAIN (object), result, &error))
    g_debug ("The outbox could not be read: %s", error->message);

  if (!self->started)
    end_stop (self);
  else if (self->count_again)
    count_queue (self);
  else if (self->timer == 0 || self->wanted_at < self->timer_at)
    plan (self);
  else
    publish (self);
}

static void
count_queue (RfiSyncEngine *self)
{
  self->count_again = self->stage != STAGE_IDLE || self->counting;
  if (self->count_again || !self->started)
    return;

  self->counting = TRUE;
  rfi_sync_drain_count_async (self->drain, NULL, counted_cb, g_object_ref (self));
}

static void
rfi_sync_engine_dispose (GObject *object)
{
  RfiSyncEngine *self = RFI_SYNC_ENGINE (object);

  if (self->parts.clock != NULL)
    disarm (self);
  if (self->live != NULL)
    g_signal_handlers_disconnect_by_data (self->live, self);
  if (self->events != NULL)
    g_signal_handlers_disconnect_by_data (self->events, self);
  g_clear_object (&self->live);
  g_clear_object (&self->events);
  g_clear_object (&self->directory);
  g_clear_object (&self->pull);
  g_clear_object (&self->drain);
  g_clear_object (&self->reach);

  G_OBJECT_CLASS (rfi_sync_engine_parent_class)->dispose (object);
}

static void
rfi_sync_engine_finalize (GObject *object)
{
  RfiSyncEngine *self = RFI_SYNC_ENGINE (object);

  rfi_sync_parts_clear (&self->parts);
  g_clear_pointer (&self->state, rfi_sync_state_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rfi_sync_engine_parent_class)->finalize (object);
}

static void
rfi_sync_engine_class_init (RfiSyncEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rfi_sync_engine_dispose;
  object_class->finalize = rfi_sync_engine_finalize;

  signals[STATE_CHANGED] = g_signal_new ("state-changed", RFI_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rfi_sync_engine_init (RfiSyncEngine *self)
{
  self->wanted_at = G_MAXINT64;
  self->listing_at = G_MAXINT64;
  self->lost_at = -1;
}

RfiSyncEngine *
rfi_sync_engine_new (RfiStore  *store,
                     RfiRemote *remote,
                     RfiClock  *clock,
                     RfiRandom *random,
                     RfiUser   *user)
{
  RfiSyncEngine *self = g_object_new (RFI_TYPE_SYNC_ENGINE, NULL);
  RfiSyncParts *parts = &self->parts;

  rfi_sync_parts_init (parts, store, remote, clock, random, user);
  self->reach = rfi_sync_reach_new (parts);
  self->drain = rfi_sync_drain_new (parts);
  self->pull = rfi_sync_pull_new (parts);
  self->live = rfi_sync_live_new (parts);
  self->events = rfi_sync_events_new (parts);
  self->directory = rfi_sync_directory_new (parts);
  g_signal_connect_object (self->drain, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (self->pull, "progress", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect (self->live, "connected", G_CALLBACK (live_connected_cb), self);
  g_signal_connect (self->live, "closed", G_CALLBACK (live_closed_cb), self);
  g_signal_connect (self->live, "event", G_CALLBACK (live_event_cb), self);
  g_signal_connect (self->events, "lost", G_CALLBACK (events_lost_cb), self);
  publish (self);
  return self;
}

static void
last_sync_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(RfiSyncEngine) self = user_data;
  g_autofree char *text = rfi_store_get_meta_finish (RFI_STORE (object), result, NULL);

  if (text == NULL || self->last_sync_at != 0)
    return;

  self->last_sync_at = g_ascii_strtoll (text, NULL, 10);
  publish (self);
}

void
rfi_sync_engine_start (RfiSyncEngine *self)
{
  g_return_if_fail (self->stop_task == NULL);

  if (self->started)
    return;

  self->started = TRUE;
  self->gap = TRUE;
  rfi_sync_parts_recall (&self->parts, G_OBJECT (self));
  rfi_store_get_meta_async (self->parts.store, RFI_SYNC_META_LAST, NULL, last_sync_read_cb,
                            g_object_ref (self));
  self->wanted_at = now (self);
  count_queue (self);
}

void
rfi_sync_engine_stop_async (RfiSyncEngine       *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (self->stop_task == NULL);

  self->stop_task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop_task, rfi_sync_engine_stop_async);
  self->started = FALSE;
  disarm (self);
  decide_live (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->stage == STAGE_IDLE && !self->counting)
    end_stop (self);
}

gboolean
rfi_sync_engine_stop_finish (RfiSyncEngine  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rfi_sync_engine_kick (RfiSyncEngine *self,
                      RfiSyncKick    why)
{
  switch (why)
    {
    case RFI_SYNC_KICK_OPERATION:
      if (is_online (self))
        want (self, 0);
      else
        count_queue (self);
      break;

    case RFI_SYNC_KICK_NETWORK:
      rfi_sync_reach_doubt (self->reach);
      want (self, (gint64) rfi_random_range (self->parts.random, NETWORK_SPREAD));
      break;

    case RFI_SYNC_KICK_MANUAL:
      rfi_sync_drain_forget_waits (self->drain);
      self->n_failures = 0;
      want (self, 0);
      break;

    case RFI_SYNC_KICK_FOCUS:
    default:
      want (self, 0);
      break;
    }
}

void
rfi_sync_engine_set_token (RfiSyncEngine *self,
                           const char    *token)
{
  rfi_remote_set_token (self->parts.remote, token);
  self->needs_sign_in = FALSE;
  if (rfi_sync_error_is_auth (self->error))
    g_clear_error (&self->error);
  want (self, 0);
}

void
rfi_sync_engine_set_forced_offline (RfiSyncEngine *self,
                                    gboolean       offline)
{
  if ((self->forced_offline_since != 0) == offline)
    return;

  self->forced_offline_since = offline ? rfi_clock_get_wall (self->parts.clock) : 0;
  if (offline)
    {
      self->lost_at = now (self);
      if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
    }
  else
    {
      rfi_sync_reach_doubt (self->reach);
      self->wanted_at = now (self);
    }
  plan (self);
  publish (self);
}

void
rfi_sync_engine_set_interval (RfiSyncEngine *self,
                              guint          seconds)
{
  self->interval = MIN (seconds, 24 * 60 * 60) * 1000;
  plan (self);
}

RfiSyncState *
rfi_sync_engine_get_state (RfiSyncEngine *self)
{
  return self->state;
}

RfiSyncWait
rfi_sync_engine_get_wait (RfiSyncEngine *self)
{
  if (!self->started)
    return RFI_SYNC_WAIT_STOPPED;
  if (self->stage != STAGE_IDLE || self->counting)
    return RFI_SYNC_WAIT_WORK;
  if (self->forced_offline_since != 0)
    return RFI_SYNC_WAIT_FORCED;
  if (self->needs_sign_in)
    return RFI_SYNC_WAIT_SIGN_IN;

  g_warn_if_fail (self->timer != 0);
  return RFI_SYNC_WAIT_TIMER;
}

RfiSyncMetrics *
rfi_sync_engine_dup_metrics (RfiSyncEngine *self)
{
  return rfi_sync_metrics_copy (self->parts.metrics);
}
