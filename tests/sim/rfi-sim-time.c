/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-sim-time"

#include "config.h"

#include "rfi-sim-time.h"

#include "rfi-sim-interpose.h"

/* Some time well after the start of everything, so that 0 stays "never". */
#define MONOTONIC_START G_GINT64_CONSTANT (1000000)

typedef struct
{
  gint64          at;
  guint64         tie;
  guint           id;
  gboolean        cancelled;
  RfiSimFunc      func;
  gpointer        data;
  GDestroyNotify  data_free;
} Event;

struct _RfiSimTime
{
  RfiRandom  *random;  /* (owned) */
  GPtrArray  *heap;    /* (owned) (element-type Event): the earliest first */
  GHashTable *by_id;   /* (owned) id → Event, borrowed */
  gint64      now;
  guint       last_id;
};

static void
event_free (Event *event)
{
  if (event->data_free != NULL)
    event->data_free (event->data);
  g_free (event);
}

RfiSimTime *
rfi_sim_time_new (guint64 seed)
{
  RfiSimTime *self = g_new0 (RfiSimTime, 1);

  self->random = rfi_random_new_seed (seed);
  self->heap = g_ptr_array_new ();
  self->by_id = g_hash_table_new (NULL, NULL);
  return self;
}

void
rfi_sim_time_free (RfiSimTime *self)
{
  while (self->heap->len > 0)
    event_free (g_ptr_array_steal_index_fast (self->heap, self->heap->len - 1));
  g_ptr_array_unref (self->heap);
  g_hash_table_unref (self->by_id);
  g_object_unref (self->random);
  g_free (self);
}

gint64
rfi_sim_time_now (RfiSimTime *self)
{
  return self->now;
}

const gint64 *
rfi_sim_time_watch (RfiSimTime *self)
{
  return &self->now;
}

static gboolean
is_earlier (GPtrArray *heap,
            guint      a,
            guint      b)
{
  const Event *one = g_ptr_array_index (heap, a);
  const Event *other = g_ptr_array_index (heap, b);

  return one->at < other->at || (one->at == other->at && one->tie < other->tie);
}

static void
swap (GPtrArray *heap,
      guint      a,
      guint      b)
{
  gpointer event = heap->pdata[a];

  heap->pdata[a] = heap->pdata[b];
  heap->pdata[b] = event;
}

static void
sift_up (GPtrArray *heap,
         guint      i)
{
  while (i > 0 && is_earlier (heap, i, (i - 1) / 2))
    {
      swap (heap, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static void
sift_down (GPtrArray *heap)
{
  guint i = 0;

  for (;;)
    {
      guint first = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2; child++)
        if (child < heap->len && is_earlier (heap, child, first))
          first = child;
      if (first == i)
        return;
      swap (heap, i, first);
      i = first;
    }
}

guint
rfi_sim_time_at (RfiSimTime     *self,
                 gint64          at,
                 RfiSimFunc      func,
                 gpointer        data,
                 GDestroyNotify  data_free)
{
  Event *event = g_new0 (Event, 1);

  event->at = MAX (at, self->now);
  event->tie = rfi_random_u64 (self->random);
  event->id = ++self->last_id;
  event->func = func;
  event->data = data;
  event->data_free = data_free;
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (event->id), event);
  g_ptr_array_add (self->heap, event);
  sift_up (self->heap, self->heap->len - 1);
  return event->id;
}

void
rfi_sim_time_cancel (RfiSimTime *self,
                     guint       id)
{
  Event *event = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (id));

  if (event == NULL)
    return;

  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (id));
  event->cancelled = TRUE;
}

static Event *
pop (RfiSimTime *self)
{
  Event *event = g_ptr_array_index (self->heap, 0);

  swap (self->heap, 0, self->heap->len - 1);
  g_ptr_array_set_size (self->heap, (gint) self->heap->len - 1);
  sift_down (self->heap);
  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (event->id));
  return event;
}

gint64
rfi_sim_time_next (RfiSimTime *self)
{
  while (self->heap->len > 0)
    {
      const Event *event = g_ptr_array_index (self->heap, 0);

      if (!event->cancelled)
        return event->at;
      event_free (pop (self));
    }

  return G_MAXINT64;
}

void
rfi_sim_time_settle (void)
{
  do
    rfi_sim_interpose_turn ();
  while (g_main_context_iteration (NULL, FALSE));
}

void
rfi_sim_time_step (RfiSimTime *self)
{
  Event *event;

  if (rfi_sim_time_next (self) == G_MAXINT64)
    return;

  event = pop (self);
  self->now = event->at;
  event->func (event->data);
  event_free (event);
  rfi_sim_time_settle ();
}

void
rfi_sim_time_jump (RfiSimTime *self,
                   gint64      to)
{
  self->now = MAX (self->now, to);
}

/* The clock of a machine */

struct _RfiSimClock
{
  GObject     parent_instance;

  RfiSimTime *time;          /* borrowed: outlives it */
  GHashTable *armed;         /* (owned) the ids of timers */
  gint64      wall_base;     /* ms since 1970 at the beginning */
  gint64      asleep_until;  /* ms since the beginning */
  gint64      slept;         /* ms that the monotonic clock did not count */
  gboolean    dead;
};

static void clock_iface_init (RfiClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSimClock, rfi_sim_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_CLOCK, clock_iface_init))

typedef struct
{
  RfiSimClock *clock;  /* (owned) */
  GSourceFunc  callback;
  gpointer     user_data;
  guint        id;     /* as its owner knows it */
  guint        event;
} Timer;

static void
timer_free (Timer *timer)
{
  g_object_unref (timer->clock);
  g_free (timer);
}

static gint64
get_wall (RfiClock *clock)
{
  RfiSimClock *self = RFI_SIM_CLOCK (clock);

  return self->wall_base + rfi_sim_time_now (self->time);
}

static gint64
get_monotonic (RfiClock *clock)
{
  RfiSimClock *self = RFI_SIM_CLOCK (clock);
  gint64 now = rfi_sim_time_now (self->time);
  gint64 ahead = MAX (self->asleep_until - now, 0);

  return MONOTONIC_START + now - self->slept + ahead;
}

static void
fire (gpointer data)
{
  Timer *timer = data;
  RfiSimClock *self = timer->clock;

  if (g_hash_table_remove (self->armed, GUINT_TO_POINTER (timer->id)) && !self->dead)
    timer->callback (timer->user_data);
}

static guint
arm (RfiClock    *clock,
     gint64       delay,
     GSourceFunc  callback,
     gpointer     user_data)
{
  static guint last_id;
  RfiSimClock *self = RFI_SIM_CLOCK (clock);
  gint64 from = MAX (rfi_sim_time_now (self->time), self->asleep_until);
  Timer *timer = g_new0 (Timer, 1);

  timer->clock = g_object_ref (self);
  timer->callback = callback;
  timer->user_data = user_data;
  timer->id = ++last_id;
  timer->event = rfi_sim_time_at (self->time, from + delay, fire, timer,
                                  (GDestroyNotify) timer_free);
  g_hash_table_insert (self->armed, GUINT_TO_POINTER (timer->id),
                       GUINT_TO_POINTER (timer->event));
  return timer->id;
}

static void
disarm (RfiClock *clock,
        guint     id)
{
  RfiSimClock *self = RFI_SIM_CLOCK (clock);
  gpointer event = g_hash_table_lookup (self->armed, GUINT_TO_POINTER (id));

  if (event == NULL)
    return;

  g_hash_table_remove (self->armed, GUINT_TO_POINTER (id));
  rfi_sim_time_cancel (self->time, GPOINTER_TO_UINT (event));
}

static void
clock_iface_init (RfiClockInterface *iface)
{
  iface->get_wall = get_wall;
  iface->get_monotonic = get_monotonic;
  iface->arm = arm;
  iface->disarm = disarm;
}

static void
rfi_sim_clock_finalize (GObject *object)
{
  g_hash_table_unref (RFI_SIM_CLOCK (object)->armed);

  G_OBJECT_CLASS (rfi_sim_clock_parent_class)->finalize (object);
}

static void
rfi_sim_clock_class_init (RfiSimClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_sim_clock_finalize;
}

static void
rfi_sim_clock_init (RfiSimClock *self)
{
  self->armed = g_hash_table_new (NULL, NULL);
}

RfiSimClock *
rfi_sim_clock_new (RfiSimTime *time,
                   gint64      wall_base)
{
  RfiSimClock *self = g_object_new (RFI_TYPE_SIM_CLOCK, NULL);

  self->time = time;
  self->wall_base = wall_base;
  return self;
}

void
rfi_sim_clock_step (RfiSimClock *self,
                    gint64       ms)
{
  self->wall_base += ms;
}

static void
postpone (RfiSimClock *self,
          gint64       ms)
{
  for (guint i = 0; i < self->time->heap->len; i++)
    {
      Event *event = g_ptr_array_index (self->time->heap, i);
      Timer *timer = event->data;

      if (event->func == fire && timer->clock == self && !event->cancelled)
        event->at += ms;
    }
}

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const Event *one = *(const Event *const *) a;
  const Event *other = *(const Event *const *) b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->tie < other->tie ? -1 : one->tie > other->tie;
}

void
rfi_sim_clock_suspend (RfiSimClock *self,
                       gint64       ms)
{
  gint64 now = rfi_sim_time_now (self->time);

  if (self->asleep_until > now || self->dead)
    return;

  self->asleep_until = now + ms;
  self->slept += ms;
  postpone (self, ms);
  g_ptr_array_sort (self->time->heap, compare);
}

gint64
rfi_sim_clock_wakes (RfiSimClock *self)
{
  return self->asleep_until;
}

void
rfi_sim_clock_kill (RfiSimClock *self)
{
  self->dead = TRUE;
}

guint
rfi_sim_clock_n_armed (RfiSimClock *self)
{
  return g_hash_table_size (self->armed);
}
