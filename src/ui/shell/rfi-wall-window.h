/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-list.h"
#include "rfi-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_WALL_WINDOW (rfi_wall_window_get_type ())

G_DECLARE_FINAL_TYPE (RfiWallWindow, rfi_wall_window, RFI, WALL_WINDOW, GtkWindow)

/**
 * RfiWallWindow:
 *
 * The board for a screen on the wall: all of the screen, large text, nothing to click, one view
 * after the other, the time and how current it is. It keeps the screen awake. Any key ends it.
 */
/* @alerts: (nullable) */
GtkWidget  *rfi_wall_window_new      (GtkWindow     *parent,
                                      RfiSession    *session,
                                      RfiAlertList  *alerts);

/* To the next view that has anything to show; the clock does it by itself. */
void        rfi_wall_window_step     (RfiWallWindow *self);

/* What the view at hand is called in the settings. */
const char *rfi_wall_window_get_view (RfiWallWindow *self);

G_END_DECLS
