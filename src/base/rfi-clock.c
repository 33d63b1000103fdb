/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rfi-clock"

#include "config.h"

#include "rfi-clock.h"

G_DEFINE_INTERFACE (RfiClock, rfi_clock, G_TYPE_OBJECT)

static void
rfi_clock_default_init (RfiClockInterface *iface)
{
}

gint64
rfi_clock_get_wall (RfiClock *self)
{
  g_return_val_if_fail (RFI_IS_CLOCK (self), 0);

  return RFI_CLOCK_GET_IFACE (self)->get_wall (self);
}

gint64
rfi_clock_get_monotonic (RfiClock *self)
{
  g_return_val_if_fail (RFI_IS_CLOCK (self), 0);

  return RFI_CLOCK_GET_IFACE (self)->get_monotonic (self);
}

guint
rfi_clock_arm (RfiClock    *self,
               gint64       delay,
               GSourceFunc  callback,
               gpointer     user_data)
{
  g_return_val_if_fail (RFI_IS_CLOCK (self), 0);
  g_return_val_if_fail (callback != NULL, 0);

  return RFI_CLOCK_GET_IFACE (self)->arm (self, MAX (delay, 0), callback, user_data);
}

void
rfi_clock_disarm (RfiClock *self,
                  guint     timer)
{
  g_return_if_fail (RFI_IS_CLOCK (self));

  if (timer != 0)
    RFI_CLOCK_GET_IFACE (self)->disarm (self, timer);
}

/* The system's clock */

#define RFI_TYPE_SYSTEM_CLOCK (rfi_system_clock_get_type ())

G_DECLARE_FINAL_TYPE (RfiSystemClock, rfi_system_clock, RFI, SYSTEM_CLOCK, GObject)

struct _RfiSystemClock
{
  GObject       parent_instance;

  GMainContext *context;  /* (owned) (nullable) */
};

typedef struct
{
  GSourceFunc callback;
  gpointer    user_data;
} Timer;

static gboolean
timer_cb (gpointer user_data)
{
  Timer *timer = user_data;

  timer->callback (timer->user_data);
  return G_SOURCE_REMOVE;
}

static gint64
system_get_wall (RfiClock *clock)
{
  return g_get_real_time () / 1000;
}

static gint64
system_get_monotonic (RfiClock *clock)
{
  return g_get_monotonic_time () / 1000;
}

static guint
system_arm (RfiClock    *clock,
            gint64       delay,
            GSourceFunc  callback,
            gpointer     user_data)
{
  RfiSystemClock *self = RFI_SYSTEM_CLOCK (clock);
  g_autoptr(GSource) source = g_timeout_source_new ((guint) MIN (delay, G_MAXINT));
  Timer *timer = g_new (Timer, 1);

  timer->callback = callback;
  timer->user_data = user_data;
  g_source_set_callback (source, timer_cb, timer, g_free);
  return g_source_attach (source, self->context);
}

static void
system_disarm (RfiClock *clock,
               guint     timer)
{
  RfiSystemClock *self = RFI_SYSTEM_CLOCK (clock);
  GSource *source = g_main_context_find_source_by_id (self->context, timer);

  if (source != NULL)
    g_source_destroy (source);
}

static void
clock_iface_init (RfiClockInterface *iface)
{
  iface->get_wall = system_get_wall;
  iface->get_monotonic = system_get_monotonic;
  iface->arm = system_arm;
  iface->disarm = system_disarm;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RfiSystemClock, rfi_system_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RFI_TYPE_CLOCK, clock_iface_init))

static void
rfi_system_clock_finalize (GObject *object)
{
  g_clear_pointer (&RFI_SYSTEM_CLOCK (object)->context, g_main_context_unref);

  G_OBJECT_CLASS (rfi_system_clock_parent_class)->finalize (object);
}

static void
rfi_system_clock_class_init (RfiSystemClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rfi_system_clock_finalize;
}

static void
rfi_system_clock_init (RfiSystemClock *self)
{
}

RfiClock *
rfi_clock_new_system (GMainContext *context)
{
  RfiSystemClock *self = g_object_new (RFI_TYPE_SYSTEM_CLOCK, NULL);

  self->context = context != NULL ? g_main_context_ref (context)
                                  : g_main_context_ref_thread_default ();
  return RFI_CLOCK (self);
}
