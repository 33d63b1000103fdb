/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_FIGURES (rfi_figures_get_type ())

G_DECLARE_FINAL_TYPE (RfiFigures, rfi_figures, RFI, FIGURES, AdwBin)

/**
 * RfiFigures:
 *
 * How syncing went over the last hour, day or week, as charts or as a table.
 */
/* @session: (nullable) */
void rfi_figures_set_session (RfiFigures *self,
                              RfiSession *session);
/* What is known by now. */
void rfi_figures_update      (RfiFigures *self);

G_END_DECLS
