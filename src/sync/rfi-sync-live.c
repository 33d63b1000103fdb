/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-live"

#include "config.h"

#include "rfi-sync-live.h"

#include "rfi-hub-client.h"

/* What each try waits for, in ms; the last for ever. A quarter is taken off at random, so that
 * not everybody comes back at once when a server starts; the first has a second to spread over.
 */
static const gint64 waits[] = { 0, 2000, 4000, 8000, 16000, 30000 };

#define FIRST_SPREAD 1000

struct _RfiSyncLive
{
  GObject       parent_instance;

  RfiSyncParts *parts;        /* borrowed */
  RfiHubClient *hub;          /* (owned) */
  GCancellable *cancellable;  /* (owned) (nullable): of the try that runs */
  guint         timer;        /* of the next try */
  guint         n_tries;      /* since it was last open */
  gint64        since;        /* ms since 1970 */
  gint64        lost_at;      /* monotonic ms; -1 = was never open */
  guint         history;      /* of the server, by number, when it was opened */
  gboolean      wanted;
};

enum {
  CONNECTED,
  CLOSED,
  EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncLive, rfi_sync_live, G_TYPE_OBJECT)

static void arm_next     (RfiSyncLive  *self);
static void connected_cb (GObject      *object,
                          GAsyncResult *result,
                          gpointer      user_data);

static gboolean
try_cb (gpointer user_data)
{
  RfiSyncLive *self = user_data;

  self->timer = 0;
  self->cancellable = g_cancellable_new ();
  self->n_tries++;
  rfi_hub_client_connect_async (self->hub, self->cancellable, connected_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
connected_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiSyncLive) self = user_data;
  g_autoptr(GError) error = NULL;
  RfiClock *clock;
  gint64 gap;

  if (!rfi_hub_client_connect_finish (RFI_HUB_CLIENT (object), result, &error))
    {
      g_debug ("No real time: %s", error->message);
      g_clear_object (&self->cancellable);
      if (self->wanted)
        arm_next (self);
      return;
    }

  g_clear_object (&self->cancellable);
  if (!self->wanted)
    {
      rfi_hub_client_disconnect (self->hub);
      return;
    }

  clock = self->parts->clock;
  gap = self->lost_at < 0 ? -1 : rfi_clock_get_monotonic (clock) - self->lost_at;
  if (self->lost_at >= 0)
    rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_RECONNECTS, 1);
  self->since = rfi_clock_get_wall (clock);
  self->n_tries = 0;
  self->history = self->parts->n_histories;
  g_signal_emit (self, signals[CONNECTED], 0, gap);
}

static void
arm_next (RfiSyncLive *self)
{
  gint64 wait = waits[MIN (self->n_tries, G_N_ELEMENTS (waits) - 1)];
  guint64 spread = wait > 0 ? (guint64) wait / 4 : FIRST_SPREAD;

  if (self->timer != 0 || self->cancellable != NULL)
    return;

  if (wait > 0)
    wait -= (gint64) rfi_random_range (self->parts->random, spread);
  else if (self->lost_at >= 0)
    wait = (gint64) rfi_random_range (self->parts->random, spread);
  self->timer = rfi_clock_arm (self->parts->clock, wait, try_cb, self);
}

static void
note_lost (RfiSyncLive *self)
{
  if (self->since == 0)
    return;

  self->since = 0;
  self->lost_at = rfi_clock_get_monotonic (self->parts->clock);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
closed_cb (RfiHubClient *hub,
           const GError *error,
           RfiSyncLive  *self)
{
  note_lost (self);
  if (self->wanted)
    arm_next (self);
}

/* The server was put back to an earlier day since this connection was opened: what still comes by
 * it may be of what was lost, with versions that look like the next ones. */
static void
open_anew (RfiSyncLive *self)
{
  rfi_hub_client_disconnect (self->hub);
  note_lost (self);
  if (self->wanted)
    arm_next (self);
}

static void
event_cb (RfiHubClient *hub,
          int           event,
          RfiJob       *job,
          const char   *previous_status,
          const char   *triggered_by,
          RfiSyncLive  *self)
{
  if (self->since != 0 && self->history != self->parts->n_histories)
    {
      open_anew (self);
      return;
    }
  if (job == NULL || event == RFI_HUB_EVENT_OTHER)
    return;

  rfi_sync_metrics_count (self->parts->metrics, RFI_SYNC_COUNTER_EVENTS, 1);
  g_signal_emit (self, signals[EVENT], 0, event == RFI_HUB_EVENT_JOB_DELETED, job, triggered_by);
}

static void
rfi_sync_live_dispose (GObject *object)
{
  RfiSyncLive *self = RFI_SYNC_LIVE (object);

  if (self->timer != 0)
    rfi_clock_disarm (self->parts->clock, self->timer);
  self->timer = 0;
  if (self->hub != NULL)
    g_signal_handlers_disconnect_by_data (self->hub, self);
  g_clear_object (&self->hub);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rfi_sync_live_parent_class)->dispose (object);
}

static void
rfi_sync_live_class_init (RfiSyncLiveClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_sync_live_dispose;

  signals[CONNECTED] = g_signal_new ("connected", RFI_TYPE_SYNC_LIVE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", RFI_TYPE_SYNC_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  signals[EVENT] = g_signal_new ("event", RFI_TYPE_SYNC_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 3, G_TYPE_BOOLEAN, RFI_TYPE_JOB,
                                 G_TYPE_STRING);
}

static void
rfi_sync_live_init (RfiSyncLive *self)
{
  self->lost_at = -1;
}

RfiSyncLive *
rfi_sync_live_new (RfiSyncParts *parts)
{
  RfiSyncLive *self = g_object_new (RFI_TYPE_SYNC_LIVE, NULL);

  self->parts = parts;
  self->hub = rfi_hub_client_new (parts->remote, parts->clock);
  g_signal_connect (self->hub, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect (self->hub, "event", G_CALLBACK (event_cb), self);
  return self;
}

void
rfi_sync_live_set_wanted (RfiSyncLive *self,
                          gboolean     wanted)
{
  if (self->wanted == wanted)
    return;

  self->wanted = wanted;
  if (wanted)
    {
      self->n_tries = 0;
      arm_next (self);
      return;
    }

  if (self->timer != 0)
    rfi_clock_disarm (self->parts->clock, self->timer);
  self->timer = 0;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  rfi_hub_client_disconnect (self->hub);
  note_lost (self);
}

gboolean
rfi_sync_live_is_connected (RfiSyncLive *self)
{
  return self->since != 0;
}

gint64
rfi_sync_live_get_since (RfiSyncLive *self)
{
  return self->since;
}
