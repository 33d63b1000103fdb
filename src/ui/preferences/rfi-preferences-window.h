/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_PREFERENCES_WINDOW (rfi_preferences_window_get_type ())

G_DECLARE_FINAL_TYPE (RfiPreferencesWindow, rfi_preferences_window, RFI, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/**
 * RfiPreferencesWindow:
 *
 * What a person can choose, kept in the settings of the application, and whose account this is.
 */
/* @session: (nullable): without one there is no account to speak of */
GtkWidget *rfi_preferences_window_new (GtkWindow  *parent,
                                       RfiSession *session);

G_END_DECLS
