/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_ALERT_PREFERENCES (rfi_alert_preferences_get_type ())

G_DECLARE_FINAL_TYPE (RfiAlertPreferences, rfi_alert_preferences, RFI, ALERT_PREFERENCES,
                      AdwPreferencesPage)

/**
 * RfiAlertPreferences:
 *
 * The page of the preferences that says which jobs want attention, when it is to be quiet, and what
 * a screen on the wall shows.
 */

G_END_DECLS
