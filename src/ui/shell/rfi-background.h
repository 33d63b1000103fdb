/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-manager.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_BACKGROUND (rfi_background_get_type ())

G_DECLARE_FINAL_TYPE (RfiBackground, rfi_background, RFI, BACKGROUND, GObject)

/**
 * RfiBackground:
 *
 * What becomes of the session after the last window. With the setting `run-in-background` it goes
 * on: what waits is sent and news are told until somebody quits or changes the setting. Otherwise
 * it is closed. The application stays for either.
 *
 * Property: `closing` (notifies): the session is ending what it writes.
 */
RfiBackground *rfi_background_new        (GtkApplication    *application,
                                          GSettings         *settings,
                                          RfiSessionManager *manager);

/* Whether the session goes on when the last window closes. */
gboolean       rfi_background_is_wanted  (RfiBackground     *self);

/* The last window is gone; a window is there again, or whoever was quitting stays after all. */
void           rfi_background_leave      (RfiBackground     *self);
void           rfi_background_stay       (RfiBackground     *self);

/* Before the windows are closed. What waits and is kept nowhere is not lost before its person was
 * asked: there is a window for that, then. */
void           rfi_background_quit       (RfiBackground     *self);

/* Activates the application when the session is closed. Returns: whether it is closing at all */
gboolean       rfi_background_come_again (RfiBackground     *self);

G_END_DECLS
