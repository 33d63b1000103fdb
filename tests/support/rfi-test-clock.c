/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-test-clock"

#include "config.h"

#include "rfi-test-clock.h"

/* Some time well after 1970, so that 0 stays "never". */
#define START G_GINT64_CONSTANT (1000000)

typedef struct
{
  guint       id;
  gint64      at;         /* ms of this clock */
  GSourceFunc callback;
  gpointer    user_data;
  guint       source;     /* of a fast clock */
} Timer;

struct _RfiTestClock
{
  GObject  parent_instance;

  GList   *timers;     /* (element-type Timer) */
  gint64   elapsed;    /* ms, of a clock that stands still */
  gint64   wall_base;  /* ms since 1970, when elapsed was 0 */
  gint64   real_base;  /* µs */
  guint    speed;      /* 0 = stands still */
  guint    last_id;
};

static void clock_iface_init (RfiClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiTestClock, rfi_test_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_CLOCK, clock_iface_init))

typedef struct
{
  RfiTestClock *clock;
  guint         id;
} Firing;

static gint64
get_elapsed (RfiTestClock *self)
{
  if (self->speed == 0)
    return self->elapsed;

  return (g_get_monotonic_time () - self->real_base) * self->speed / 1000;
}

static gint64
get_monotonic (RfiClock *clock)
{
  return START + get_elapsed (RFI_TEST_CLOCK (clock));
}

static gint64
get_wall (RfiClock *clock)
{
  RfiTestClock *self = RFI_TEST_CLOCK (clock);

  return self->wall_base + get_elapsed (self);
}

static Timer *
find_timer (RfiTestClock *self,
            guint         id)
{
  for (GList *l = self->timers; l != NULL; l = l->next)
    if (((Timer *) l->data)->id == id)
      return l->data;

  return NULL;
}

static void
fire (RfiTestClock *self,
      Timer        *timer)
{
  self->timers = g_list_remove (self->timers, timer);
  timer->callback (timer->user_data);
  g_free (timer);
}

static gboolean
fast_cb (gpointer user_data)
{
  Firing *firing = user_data;
  Timer *timer = find_timer (firing->clock, firing->id);

  if (timer != NULL)
    fire (firing->clock, timer);
  return G_SOURCE_REMOVE;
}

static void
schedule (RfiTestClock *self,
          Timer        *timer)
{
  Firing *firing = g_new0 (Firing, 1);
  gint64 delay = MAX (timer->at - get_elapsed (self), 0);

  firing->clock = self;
  firing->id = timer->id;
  timer->source = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (delay / self->speed), fast_cb,
                                      firing, g_free);
}

static guint
arm (RfiClock    *clock,
     gint64       delay,
     GSourceFunc  callback,
     gpointer     user_data)
{
  RfiTestClock *self = RFI_TEST_CLOCK (clock);
  Timer *timer = g_new0 (Timer, 1);

  timer->id = ++self->last_id;
  timer->at = get_elapsed (self) + delay;
  timer->callback = callback;
  timer->user_data = user_data;
  self->timers = g_list_append (self->timers, timer);
  if (self->speed != 0)
    schedule (self, timer);
  return timer->id;
}

static void
disarm (RfiClock *clock,
        guint     id)
{
  RfiTestClock *self = RFI_TEST_CLOCK (clock);
  Timer *timer = find_timer (self, id);

  if (timer == NULL)
    return;

  self->timers = g_list_remove (self->timers, timer);
  if (timer->source != 0)
    g_source_remove (timer->source);
  g_free (timer);
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
rfi_test_clock_finalize (GObject *object)
{
  RfiTestClock *self = RFI_TEST_CLOCK (object);

  while (self->timers != NULL)
    disarm (RFI_CLOCK (self), ((Timer *) self->timers->data)->id);

  G_OBJECT_CLASS (rfi_test_clock_parent_class)->finalize (object);
}

static void
rfi_test_clock_class_init (RfiTestClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_test_clock_finalize;
}

static void
rfi_test_clock_init (RfiTestClock *self)
{
  self->wall_base = g_get_real_time () / 1000;
  self->real_base = g_get_monotonic_time ();
}

RfiTestClock *
rfi_test_clock_new (void)
{
  return g_object_new (RFI_TYPE_TEST_CLOCK, NULL);
}

RfiTestClock *
rfi_test_clock_new_fast (guint speed)
{
  RfiTestClock *self = rfi_test_clock_new ();

  self->speed = speed;
  return self;
}

static Timer *
find_first (RfiTestClock *self)
{
  Timer *first = NULL;

  for (GList *l = self->timers; l != NULL; l = l->next)
    {
      Timer *timer = l->data;

      if (first == NULL || timer->at < first->at)
        first = timer;
    }

  return first;
}

void
rfi_test_clock_advance (RfiTestClock *self,
                        gint64        ms)
{
  gint64 end = self->elapsed + ms;

  g_return_if_fail (self->speed == 0);

  for (;;)
    {
      Timer *timer = find_first (self);

      if (timer == NULL || timer->at > end)
        break;
      self->elapsed = MAX (self->elapsed, timer->at);
      fire (self, timer);
    }

  self->elapsed = end;
}

void
rfi_test_clock_skip (RfiTestClock *self)
{
  gint64 left = rfi_test_clock_get_next (self);

  g_return_if_fail (self->speed != 0);

  if (left <= 0)
    return;

  /* Rounded up: the timer must be due. */
  self->real_base -= left * 1000 / self->speed + 1;
  for (GList *l = self->timers; l != NULL; l = l->next)
    {
      Timer *timer = l->data;

      g_source_remove (timer->source);
      schedule (self, timer);
    }
}

gint64
rfi_test_clock_get_next (RfiTestClock *self)
{
  Timer *timer = find_first (self);

  return timer != NULL ? MAX (timer->at - get_elapsed (self), 0) : -1;
}

void
rfi_test_clock_step_wall (RfiTestClock *self,
                          gint64        ms)
{
  self->wall_base += ms;
}
