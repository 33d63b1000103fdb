/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RFI_TYPE_PULSE (rfi_pulse_get_type ())

/* ms: what one entry stands for, and how far back they go. */
#define RFI_PULSE_MINUTE (G_GINT64_CONSTANT (60) * 1000)
#define RFI_PULSE_WEEK   (G_GINT64_CONSTANT (7) * 24 * 60 * RFI_PULSE_MINUTE)
/* The longest time between two looks of which the second still speaks for the first. */
#define RFI_PULSE_GAP    (G_GINT64_CONSTANT (10) * RFI_PULSE_MINUTE)

/* What can be drawn. */
typedef enum {
  RFI_PULSE_DURATION,   /* ms, mean of whole cycles */
  RFI_PULSE_QUEUE,      /* changes, the most that waited */
  RFI_PULSE_CONFLICTS,  /* per cent of the changes that the server answered */
  RFI_PULSE_UPTIME,     /* per cent of the time, with real time connected */
  RFI_PULSE_LATENCY,    /* ms, mean of health answers */
} RfiPulseSeries;

#define RFI_N_PULSE_SERIES 5

/* What one minute of syncing was like. Only minutes of which something is known have one. */
typedef struct
{
  gint64  at;           /* ms since 1970: its beginning */
  guint   n_cycles;
  guint   n_failed;     /* of them */
  gint64  duration;     /* ms, of all of them together */
  guint   n_probes;
  gint64  latency;      /* ms, of all of them together */
  guint   queue;        /* the most that waited */
  guint   n_answered;   /* changes that were taken, refused, or in conflict */
  guint   n_conflicts;  /* of them */
  guint   known;        /* ms of it that the console ran */
  guint   live;         /* ms of it with real time connected */
} RfiPulseMinute;

/* A part of a series. */
typedef struct
{
  gint64   at;      /* ms since 1970: its beginning */
  gboolean known;   /* whether there is a value at all */
  double   value;
} RfiPulsePoint;

/**
 * RfiPulse:
 *
 * How syncing went, by the minute, for the last week: at most 10,080 minutes. Plain data, for one
 * thread at a time.
 */
typedef struct _RfiPulse RfiPulse;

GType           rfi_pulse_get_type     (void) G_GNUC_CONST;
/* Returns: (transfer full) */
RfiPulse       *rfi_pulse_new          (void);
RfiPulse       *rfi_pulse_ref          (RfiPulse             *self);
void            rfi_pulse_unref        (RfiPulse             *self);

/* The minute of @at, to be added to; minutes too old for it go. Valid until the next call.
 * Returns: (transfer none) */
RfiPulseMinute *rfi_pulse_get_minute   (RfiPulse             *self,
                                        gint64                at);

/* The console ran from @from to @until with as much in the queue and real time like this. */
void            rfi_pulse_add_span     (RfiPulse             *self,
                                        gint64                from,
                                        gint64                until,
                                        gboolean              live,
                                        guint                 queue);

guint           rfi_pulse_get_n        (const RfiPulse       *self);
/* The oldest first. Valid until the next change. */
const RfiPulseMinute *rfi_pulse_get_nth (const RfiPulse      *self,
                                        guint                 index);

/* @points: (out caller-allocates): @n parts of the time up to @until, each @step ms long */
void            rfi_pulse_sum          (const RfiPulse       *self,
                                        RfiPulseSeries        series,
                                        gint64                until,
                                        gint64                step,
                                        guint                 n,
                                        RfiPulsePoint        *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RfiPulse, rfi_pulse_unref)

G_END_DECLS
