/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-item.h"

G_BEGIN_DECLS

/* What can be done with a job on the timeline or in its tray, at a place of @parent, which is in a
 * page that knows `timeline.hold`, `timeline.unschedule` and `timeline.place`, each with a job's
 * id. @jobs: (nullable): holds the job meanwhile. @placed: whether it has a bar */
void rfi_timeline_menu_pop_up (GtkWidget   *parent,
                               RfiJobTable *jobs,
                               RfiJobItem  *item,
                               gboolean     placed,
                               double       x,
                               double       y);

G_END_DECLS
