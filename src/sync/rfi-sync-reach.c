/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-reach"

#include "config.h"

#include "rfi-sync-reach.h"

#include "rfi-remote.h"
#include "rfi-time.h"

#define PROBE_TIMEOUT 3000
#define SECOND_LOOK   500
#define N_MISSES      2

struct _RfiSyncReach
{
  GObject       parent_instance;

  RfiSyncParts *parts;          /* borrowed */
  GTask        *task;           /* (owned) (nullable): the probe that runs */
  guint         timer;          /* of the second look */
  gulong        cancelled_id;
  guint         n_misses;       /* in a row */
  gint64        asked_at;       /* monotonic ms */
  gint64        hit_at;         /* monotonic ms, of the last hit; 0 = none to rely on */
  gint64        offline_since;  /* ms since 1970 */
  guint         latency;        /* ms */
  gboolean      known;
  gboolean      online;
};

G_DEFINE_FINAL_TYPE (RfiSyncReach, rfi_sync_reach, G_TYPE_OBJECT)

static void ask      (RfiSyncReach *self);
static void asked_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data);

static void
end (RfiSyncReach *self,
     GError       *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  if (self->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  self->cancelled_id = 0;

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, self->online);
}

static void
take_hit (RfiSyncReach    *self,
          const RfiHealth *health)
{
  RfiClock *clock = self->parts->clock;
  gint64 now = rfi_clock_get_monotonic (clock);
  gint64 server_time;

  self->known = TRUE;
  self->online = TRUE;
  self->n_misses = 0;
  self->hit_at = now;
  self->offline_since = 0;
  self->latency = (guint) MAX (now - self->asked_at, 0);
  rfi_sync_metrics_sample (self->parts->metrics, RFI_SYNC_SERIES_LATENCY,
                           rfi_clock_get_wall (clock), self->latency);

  self->parts->server_v1 = rfi_health_has (health, RFI_CAPABILITY_SYNC_V1);
  self->parts->server_idempotent = rfi_health_has (health, "idempotency-key");
  if (health->timestamp != NULL && rfi_time_parse (health->timestamp, -1, &server_time))
    self->parts->clock_offset = server_time - rfi_clock_get_wall (clock);
}

static void
take_miss (RfiSyncReach *self)
{
  self->hit_at = 0;
  self->n_misses++;
  if (self->n_misses < N_MISSES)
    return;

  if (self->offline_since == 0)
    self->offline_since = rfi_clock_get_wall (self->parts->clock);
  self->known = TRUE;
  self->online = FALSE;
}

static gboolean
second_look_cb (gpointer user_data)
{
  RfiSyncReach *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  RfiSyncReach *self = user_data;

  if (self->timer == 0)
    return;

  rfi_clock_disarm (self->parts->clock, self->timer);
  self->timer = 0;
  end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped"));
}

static void
ask (RfiSyncReach *self)
{
  self->asked_at = rfi_clock_get_monotonic (self->parts->clock);
  rfi_remote_health_async (self->parts->remote, PROBE_TIMEOUT,
                           g_task_get_cancellable (self->task), asked_cb, g_object_ref (self));
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(RfiSyncReach) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RfiHealth) health = NULL;

  health = rfi_remote_health_finish (RFI_REMOTE (object), result, &error);
  if (health != NULL)
    {
      take_hit (self, health);
      end (self, NULL);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end (self, g_steal_pointer (&error));
      return;
    }

  take_miss (self);
  if (self->n_misses < N_MISSES)
    self->timer = rfi_clock_arm (self->parts->clock, SECOND_LOOK, second_look_cb, self);
  else
    end (self, g_steal_pointer (&error));
}

static void
rfi_sync_reach_dispose (GObject *object)
{
  RfiSyncReach *self = RFI_SYNC_REACH (object);

  if (self->timer != 0)
    rfi_clock_disarm (self->parts->clock, self->timer);
  self->timer = 0;

  G_OBJECT_CLASS (rfi_sync_reach_parent_class)->dispose (object);
}

static void
rfi_sync_reach_class_init (RfiSyncReachClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_sync_reach_dispose;
}

static void
rfi_sync_reach_init (RfiSyncReach *self)
{
}

RfiSyncReach *
rfi_sync_reach_new (RfiSyncParts *parts)
{
  RfiSyncReach *self = g_object_new (RFI_TYPE_SYNC_REACH, NULL);

  self->parts = parts;
  return self;
}

void
rfi_sync_reach_probe_async (RfiSyncReach        *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, rfi_sync_reach_probe_async);
  if (cancellable != NULL)
    self->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb),
                                           self);
  ask (self);
}

gboolean
rfi_sync_reach_probe_finish (RfiSyncReach  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rfi_sync_reach_is_known (RfiSyncReach *self)
{
  return self->known;
}

gboolean
rfi_sync_reach_is_online (RfiSyncReach *self)
{
  return self->online;
}

gboolean
rfi_sync_reach_is_fresh (RfiSyncReach *self,
                         gint64        ms)
{
  return self->online && self->hit_at != 0 &&
         rfi_clock_get_monotonic (self->parts->clock) - self->hit_at <= ms;
}

void
rfi_sync_reach_doubt (RfiSyncReach *self)
{
  self->hit_at = 0;
}

gint64
rfi_sync_reach_get_offline_since (RfiSyncReach *self)
{
  return self->offline_since;
}

guint
rfi_sync_reach_get_latency (RfiSyncReach *self)
{
  return self->latency;
}
