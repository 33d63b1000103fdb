/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_MOMENT_CHOOSER (rfi_moment_chooser_get_type ())

G_DECLARE_FINAL_TYPE (RfiMomentChooser, rfi_moment_chooser, RFI, MOMENT_CHOOSER, AdwBin)

/**
 * RfiMomentChooser:
 *
 * A day, an hour and a minute, in the person's time zone.
 *
 * Signal `changed`: a person chose another one.
 */

/* In ms since 1970. What is chosen is a whole minute, to its end. */
gint64     rfi_moment_chooser_get_at (RfiMomentChooser *self);
void       rfi_moment_chooser_set_at (RfiMomentChooser *self,
                                      gint64            at);

G_END_DECLS
