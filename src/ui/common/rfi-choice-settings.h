/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rfi-field.h"

G_BEGIN_DECLS

/* What a person said once and for all about conflicts: whose value of a field wins. Kept in the
 * setting `conflict-choices`. +1 mine, -1 theirs, 0 nothing is said. */
int      rfi_choice_settings_get (GSettings *settings,
                                  RfiField   field);
void     rfi_choice_settings_set (GSettings *settings,
                                  RfiField   field,
                                  int        choice);

/* Whether a choice may be remembered: a status is never decided by itself. */
gboolean rfi_choice_settings_may (RfiField   field);

G_END_DECLS
