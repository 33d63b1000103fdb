/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-session.h"

G_BEGIN_DECLS

#define RFI_TYPE_UPKEEP (rfi_upkeep_get_type ())

G_DECLARE_FINAL_TYPE (RfiUpkeep, rfi_upkeep, RFI, UPKEEP, AdwBin)

/**
 * RfiUpkeep:
 *
 * What can be looked after here: devices, what is kept on this computer and taken out of it, and
 * what to do after a damage, a long time offline, or with a wrong clock.
 */
/* @session: (nullable) */
void rfi_upkeep_set_session (RfiUpkeep  *self,
                             RfiSession *session);
/* What is known by now. */
void rfi_upkeep_update      (RfiUpkeep  *self);

/* As its button does, once a file is chosen. @personal: with names, addresses and what waits */
void rfi_upkeep_save        (RfiUpkeep  *self,
                             GFile      *file,
                             gboolean    personal);

G_END_DECLS
