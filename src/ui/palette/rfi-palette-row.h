/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-palette-offers.h"

G_BEGIN_DECLS

#define RFI_TYPE_PALETTE_ROW (rfi_palette_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiPaletteRow, rfi_palette_row, RFI, PALETTE_ROW, GtkListBoxRow)

/**
 * RfiPaletteRow:
 *
 * One offer of the palette; shows another one without being made anew, as that happens at each key.
 */
GtkWidget       *rfi_palette_row_new       (void);

/* @offer: outlives the row, or is replaced before */
void             rfi_palette_row_set_offer (RfiPaletteRow   *self,
                                            RfiPaletteOffer *offer);
RfiPaletteOffer *rfi_palette_row_get_offer (RfiPaletteRow   *self);

G_END_DECLS
