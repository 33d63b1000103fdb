/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-background.h"
#include "rfi-focus-watch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_APPLICATION (rfi_application_get_type ())

G_DECLARE_FINAL_TYPE (RfiApplication, rfi_application, RFI, APPLICATION, AdwApplication)

/**
 * RfiApplication:
 *
 * The console. One process per profile: starting it again shows the windows that are there,
 * another profile gets a process of its own.
 *
 * Property: `metered` (follows the system's network): whether photos may have to be asked for.
 */
RfiApplication *rfi_application_new             (void);

/* (transfer none): what becomes of the session after the last window */
RfiBackground  *rfi_application_get_background  (RfiApplication *self);

/* (transfer none): what notices that a person is back */
RfiFocusWatch  *rfi_application_get_focus_watch (RfiApplication *self);

G_END_DECLS
