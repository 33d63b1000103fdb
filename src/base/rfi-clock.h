/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RFI_TYPE_CLOCK (rfi_clock_get_type ())

G_DECLARE_INTERFACE (RfiClock, rfi_clock, RFI, CLOCK, GObject)

/**
 * RfiClock:
 *
 * Time and timers, handed in from outside so that a simulation can hand in its
 * own. A clock belongs to one thread: the one whose main context it was made
 * for; timers fire there.
 */
struct _RfiClockInterface
{
  GTypeInterface parent_iface;

  gint64 (*get_wall)      (RfiClock       *self);
  gint64 (*get_monotonic) (RfiClock       *self);
  guint  (*arm)           (RfiClock       *self,
                           gint64          delay,
                           GSourceFunc     callback,
                           gpointer        user_data);
  void   (*disarm)        (RfiClock       *self,
                           guint           timer);
};

/* Milliseconds since 1970, for people and token expiry only. */
gint64    rfi_clock_get_wall      (RfiClock     *self);

/* Milliseconds since some start, never stepping back. */
gint64    rfi_clock_get_monotonic (RfiClock     *self);

/* Calls @callback once, after @delay milliseconds. Returns the timer's id, never 0. */
guint     rfi_clock_arm           (RfiClock     *self,
                                   gint64        delay,
                                   GSourceFunc   callback,
                                   gpointer      user_data);
void      rfi_clock_disarm        (RfiClock     *self,
                                   guint         timer);

/* The real clock; its timers fire in @context, or the thread's default if %NULL. */
RfiClock *rfi_clock_new_system    (GMainContext *context);

G_END_DECLS
