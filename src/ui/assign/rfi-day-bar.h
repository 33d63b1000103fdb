/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-schedule-check.h"

G_BEGIN_DECLS

#define RFI_TYPE_DAY_BAR (rfi_day_bar_get_type ())

G_DECLARE_FINAL_TYPE (RfiDayBar, rfi_day_bar, RFI, DAY_BAR, GtkWidget)

/**
 * RfiDayBar:
 *
 * A day of one technician as a bar: the shift, what is taken of it, and where a job would come.
 * Its words are the caller's to give, as its accessible label.
 */

/* @day: from the left edge to the right one. @shift: empty = not known. @taken: (element-type
 * RfiSpan). @wanted: empty = at no time of that day */
void rfi_day_bar_set (RfiDayBar     *self,
                      const RfiSpan *day,
                      const RfiSpan *shift,
                      GArray        *taken,
                      const RfiSpan *wanted);

G_END_DECLS
