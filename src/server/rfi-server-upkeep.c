/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-server-upkeep"

#include "config.h"

#include "rfi-server-upkeep.h"

#include "rfi-server-retention.h"

/* Some milliseconds of the writer's time, and most of it for others. */
#define SLICE_ROWS 128
#define PAUSE_MS   100

#define DAY_MS     (24 * G_GINT64_CONSTANT (3600000))
#define RETRY_MS   (10 * G_GINT64_CONSTANT (60000))

struct _RfiServerUpkeep
{
  GObject         parent_instance;

  RfiServerStore *store;    /* (owned) */
  RfiClock       *clock;    /* (owned) */
  guint           timer;    /* 0: a slice is with the store, or it was stopped */
  guint           n_total;  /* rows of this round */
  gboolean        running;
  gboolean        stopped;
};

G_DEFINE_FINAL_TYPE (RfiServerUpkeep, rfi_server_upkeep, G_TYPE_OBJECT)

/* What the writer's thread gets to see. */
typedef struct
{
  RfiServerUpkeep *upkeep;  /* (owned): not the thread's */
  guint            n;
} Slice;

static void arm (RfiServerUpkeep *self,
                 gint64           delay);

static gboolean
run_slice (RfiDb     *db,
           gint64     stamp,
           gpointer   data,
           GError   **error)
{
  Slice *slice = data;

  /* With nothing to do there is nothing to commit. */
  return rfi_server_retention_run (db, stamp, SLICE_ROWS, &slice->n, error) && slice->n > 0;
}

static void
end_round (RfiServerUpkeep *self)
{
  if (self->n_total > 0)
    g_message ("%u rows were no longer needed", self->n_total);
  self->n_total = 0;
  arm (self, DAY_MS);
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Slice *slice = user_data;
  g_autoptr(RfiServerUpkeep) self = slice->upkeep;
  g_autoptr(GError) error = NULL;
  gboolean kept = rfi_server_store_change_finish (self->store, result, &error);

  self->running = FALSE;
  if (error != NULL)
    {
      g_warning ("Tidying up: %s", error->message);
      arm (self, RETRY_MS);
    }
  else if (kept)
    {
      self->n_total += slice->n;
      arm (self, PAUSE_MS);
    }
  else
    {
      end_round (self);
    }
  g_free (slice);
}

static gboolean
due_cb (gpointer user_data)
{
  RfiServerUpkeep *self = user_data;
  Slice *slice = g_new0 (Slice, 1);

  slice->upkeep = g_object_ref (self);
  self->timer = 0;
  self->running = TRUE;
  rfi_server_store_change_async (self->store, run_slice, slice, ran_cb, slice);
  return G_SOURCE_REMOVE;
}

static void
arm (RfiServerUpkeep *self,
     gint64           delay)
{
  if (!self->stopped)
    self->timer = rfi_clock_arm (self->clock, delay, due_cb, self);
}

gboolean
rfi_server_upkeep_stop (RfiServerUpkeep *self)
{
  self->stopped = TRUE;
  if (self->timer != 0)
    rfi_clock_disarm (self->clock, self->timer);
  self->timer = 0;
  return self->running;
}

static void
rfi_server_upkeep_dispose (GObject *object)
{
  RfiServerUpkeep *self = RFI_SERVER_UPKEEP (object);

  if (self->clock != NULL)
    rfi_server_upkeep_stop (self);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rfi_server_upkeep_parent_class)->dispose (object);
}

static void
rfi_server_upkeep_class_init (RfiServerUpkeepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rfi_server_upkeep_dispose;
}

static void
rfi_server_upkeep_init (RfiServerUpkeep *self)
{
}

RfiServerUpkeep *
rfi_server_upkeep_new (RfiServerStore *store,
                       RfiClock       *clock)
{
  RfiServerUpkeep *self = g_object_new (RFI_TYPE_SERVER_UPKEEP, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  arm (self, PAUSE_MS);
  return self;
}
