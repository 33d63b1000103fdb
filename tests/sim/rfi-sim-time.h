/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-random.h"

G_BEGIN_DECLS

typedef void (*RfiSimFunc) (gpointer data);

/**
 * RfiSimTime:
 *
 * What will happen in the simulation and when. What is due at the same moment comes in an order
 * drawn from the seed, so that other orders are met too.
 */
typedef struct _RfiSimTime RfiSimTime;

RfiSimTime   *rfi_sim_time_new    (guint64     seed);
void          rfi_sim_time_free   (RfiSimTime *self);
/* ms since the beginning */
gint64        rfi_sim_time_now    (RfiSimTime *self);
const gint64 *rfi_sim_time_watch  (RfiSimTime *self);

/* @data_free: (nullable): also when it is cancelled. Returns: never 0 */
guint         rfi_sim_time_at     (RfiSimTime *self,
                                   gint64      at,
                                   RfiSimFunc  func,
                                   gpointer    data,
                                   GDestroyNotify data_free);
/* Of what happened already: nothing. */
void          rfi_sim_time_cancel (RfiSimTime *self,
                                   guint       id);
/* When the next thing happens; G_MAXINT64 = never */
gint64        rfi_sim_time_next   (RfiSimTime *self);
/* Lets the next thing happen, and what follows from it in the main context. */
void          rfi_sim_time_step   (RfiSimTime *self);
/* Lets what waits in the main context happen. */
void          rfi_sim_time_settle (void);
/* Nothing happens until @to. */
void          rfi_sim_time_jump   (RfiSimTime *self,
                                   gint64      to);

#define RFI_TYPE_SIM_CLOCK (rfi_sim_clock_get_type ())

G_DECLARE_FINAL_TYPE (RfiSimClock, rfi_sim_clock, RFI, SIM_CLOCK, GObject)

/**
 * RfiSimClock:
 *
 * The clock of one machine: may be wrong, may be set, stands still while the machine sleeps.
 */
RfiSimClock  *rfi_sim_clock_new     (RfiSimTime  *time,
                                     gint64       wall_base);
/* Moves the wall clock alone. */
void          rfi_sim_clock_step    (RfiSimClock *self,
                                     gint64       ms);
/* The machine sleeps: no timer fires before. */
void          rfi_sim_clock_suspend (RfiSimClock *self,
                                     gint64       ms);
/* When it wakes, in ms since the beginning; the past if it is awake */
gint64        rfi_sim_clock_wakes   (RfiSimClock *self);
/* No timer fires any more. */
void          rfi_sim_clock_kill    (RfiSimClock *self);
guint         rfi_sim_clock_n_armed (RfiSimClock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiSimTime, rfi_sim_time_free)

G_END_DECLS
