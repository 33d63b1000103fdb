/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_CHOICE_PREFERENCES (rfi_choice_preferences_get_type ())

G_DECLARE_FINAL_TYPE (RfiChoicePreferences, rfi_choice_preferences, RFI, CHOICE_PREFERENCES,
                      AdwPreferencesGroup)

/**
 * RfiChoicePreferences:
 *
 * Whose value of a field wins when both changed it: asked each time, or chosen once and for all.
 */

G_END_DECLS
