/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-clock.h"
#include "rfi-session-manager.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_FOCUS_WATCH (rfi_focus_watch_get_type ())

G_DECLARE_FINAL_TYPE (RfiFocusWatch, rfi_focus_watch, RFI, FOCUS_WATCH, GObject)

/**
 * RfiFocusWatch:
 *
 * Lets the session look at the server at once when a person comes back to any of the application's
 * windows and dialogs after a long time in none of them.
 */
RfiFocusWatch *rfi_focus_watch_new       (GtkApplication    *application,
                                          RfiSessionManager *manager);

/* Begins anew with @clock in the place of the system's. */
void           rfi_focus_watch_set_clock (RfiFocusWatch     *self,
                                          RfiClock          *clock);

G_END_DECLS
