/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-schedule.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* What the timeline asks before it does something, and then does. @parent: a widget of the
 * window, which hears of errors by `win.toast`. */

/* Puts a job there: at once if nothing speaks against it, and not at all if that can't be; else
 * asks, and offers the next free slot. */
void rfi_timeline_ask_place      (GtkWidget     *parent,
                                  RfiSession    *session,
                                  RfiSchedule   *schedule,
                                  const char    *job_id,
                                  const char    *technician_id,
                                  const RfiSpan *span);

/* Takes its time from a job. */
void rfi_timeline_ask_unschedule (GtkWidget     *parent,
                                  RfiSession    *session,
                                  const char    *job_id);

/* Until which day a job is to be left alone. */
void rfi_timeline_ask_hold       (GtkWidget     *parent,
                                  RfiSession    *session,
                                  const char    *job_id);

G_END_DECLS
