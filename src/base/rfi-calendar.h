/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days of a time zone, counted from 1 January 1970 there, without making a GDateTime of each:
 * drawing asks for hundreds of them. Times are ms since 1970. */

/* The day that @ms is on. */
gint64 rfi_calendar_get_day  (GTimeZone *zone,
                              gint64     ms);

/* What time it is when the clocks on that day show @minutes past midnight, 1440 being the next
 * midnight. An hour that a day skips is taken as the one after it. */
gint64 rfi_calendar_get_time (GTimeZone *zone,
                              gint64     day,
                              int        minutes);

/* Minutes past midnight that clocks show. */
int    rfi_calendar_get_clock (GTimeZone *zone,
                               gint64     ms);

/* 1 is Monday, 7 Sunday. */
int    rfi_calendar_get_weekday (gint64   day);

G_END_DECLS
