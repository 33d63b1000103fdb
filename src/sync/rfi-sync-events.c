/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sync-events"

#include "config.h"

#include "rfi-sync-events.h"

#include "rfi-rules.h"
#include "rfi-store-feed.h"
#include "rfi-store-pull.h"

/* Names remembered; more than a person will ask about. */
#define MAX_ACTORS 10000

/* After an event, in ms: so many of the consoles that heard it do not ask all at once. */
#define PULL_AFTER  50
#define PULL_SPREAD 100
/* While others work, what the events said is stored already, and a pull is the dearest part. */
#define PULL_PAUSE  500

typedef struct
{
  RfiJob   *job;      /* (owned) */
  char     *by;       /* (nullable) */
  guint     history;  /* of the server, by number, that it tells of */
  gboolean  deleted;
} Event;

struct _RfiSyncEvents
{
  GObject       parent_instance;

  RfiSyncParts *parts;  /* borrowed */
  GQueue        held;   /* (element-type Event) */
  gint64        due;    /* monotonic ms: the last pull that was asked for */
  gboolean      hold;
};

enum {
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RfiSyncEvents, rfi_sync_events, G_TYPE_OBJECT)

static void
event_free (gpointer data)
{
  Event *event = data;

  g_clear_pointer (&event->job, rfi_job_unref);
  g_free (event->by);
  g_free (event);
}

/* The pull that follows every event makes good for one that could not be stored. */
static void
stored_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!rfi_store_finish (RFI_STORE (object), result, &error))
    g_debug ("An event was not stored: %s", error->message);
}

/* The contract's rows have no version: nothing is known of the fields that only Sync v1 has. */
static RfiJob *
make_row (const Event *event)
{
  RfiJob row = *event->job;

  row.version = 0;
  return rfi_job_new (&row);
}

/* In Sync v1 what is new and what is gone comes by the feed alone. Right after a start it may not
 * be known yet that a server with versions is spoken to like that. */
static gboolean
is_hint (RfiSyncEvents *self,
         const Event   *event)
{
  return self->parts->dialect == RFI_DIALECT_SYNC_V1 ||
         (self->parts->dialect == RFI_DIALECT_UNKNOWN && event->job->version > 0);
}

static void
apply (RfiSyncEvents *self,
       const Event   *event)
{
  g_autoptr(GPtrArray) rows = NULL;

  if (is_hint (self, event))
    {
      if (!event->deleted)
        rfi_store_take_event_async (self->parts->store, event->job, event->by, NULL, stored_cb,
                                    NULL);
      return;
    }
  if (event->deleted)
    {
      rfi_store_remove_job_async (self->parts->store, event->job->id, event->by,
                                  rfi_clock_get_wall (self->parts->clock), NULL, stored_cb, NULL);
      return;
    }

  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rfi_job_unref);
  g_ptr_array_add (rows, make_row (event));
  rfi_store_apply_rows_async (self->parts->store, rows, RFI_PULL_DELTA, 0, NULL, event->by, NULL,
                              stored_cb, NULL);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(RfiSyncEvents) self = user_data;
  g_autoptr(RfiJob) base = rfi_store_get_base_finish (RFI_STORE (object), result, NULL);

  if (base != NULL)
    g_signal_emit (self, signals[LOST], 0);
}

static void
rfi_sync_events_finalize (GObject *object)
{
  g_queue_clear_full (&RFI_SYNC_EVENTS (object)->held, event_free);

  G_OBJECT_CLASS (rfi_sync_events_parent_class)->finalize (object);
}

static void
rfi_sync_events_class_init (RfiSyncEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sync_events_finalize;

  signals[LOST] = g_signal_new ("lost", RFI_TYPE_SYNC_EVENTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
rfi_sync_events_init (RfiSyncEvents *self)
{
  self->due = -PULL_PAUSE;
}

RfiSyncEvents *
rfi_sync_events_new (RfiSyncParts *parts)
{
  RfiSyncEvents *self = g_object_new (RFI_TYPE_SYNC_EVENTS, NULL);

  self->parts = parts;
  return self;
}

gboolean
rfi_sync_events_take (RfiSyncEvents *self,
                      gboolean       deleted,
                      RfiJob        *job,
                      const char    *by)
{
  Event *event;

  if (!rfi_rules_may_see (self->parts->user, job))
    {
      if (self->parts->user->role == RFI_ROLE_TECHNICIAN)
        rfi_store_get_base_async (self->parts->store, job->id, NULL, looked_up_cb,
                                  g_object_ref (self));
      return FALSE;
    }

  if (g_hash_table_size (self->parts->actors) >= MAX_ACTORS)
    g_hash_table_remove_all (self->parts->actors);
  if (by != NULL)
    g_hash_table_insert (self->parts->actors, g_strdup (job->id), g_strdup (by));

  event = g_new0 (Event, 1);
  event->job = rfi_job_ref (job);
  event->by = g_strdup (by);
  event->history = self->parts->n_histories;
  event->deleted = deleted;
  if (self->hold)
    {
      g_queue_push_tail (&self->held, event);
      return TRUE;
    }

  apply (self, event);
  event_free (event);
  return TRUE;
}

gint64
rfi_sync_events_pace (RfiSyncEvents *self)
{
  gint64 now = rfi_clock_get_monotonic (self->parts->clock);

  if (self->due <= now)
    self->due = MAX (now + PULL_AFTER
                     + (gint64) rfi_random_range (self->parts->random, PULL_SPREAD),
                     self->due + PULL_PAUSE);
  return self->due - now;
}

void
rfi_sync_events_hold (RfiSyncEvents *self,
                      gboolean       hold)
{
  self->hold = hold;
  while (!hold && !g_queue_is_empty (&self->held))
    {
      Event *event = g_queue_pop_head (&self->held);

      /* What it tells of may be lost; the pull that followed brought what is not. */
      if (event->history == self->parts->n_histories)
        apply (self, event);
      event_free (event);
    }
}
