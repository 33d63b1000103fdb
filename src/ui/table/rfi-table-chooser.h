/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-table-layout.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_TABLE_CHOOSER (rfi_table_chooser_get_type ())

G_DECLARE_FINAL_TYPE (RfiTableChooser, rfi_table_chooser, RFI, TABLE_CHOOSER, AdwBin)

/**
 * RfiTableChooser:
 *
 * Which columns a table has and in what order, and by what it is sorted; where there are no heads
 * it is the only place for that.
 */
void rfi_table_chooser_set_layout (RfiTableChooser *self,
                                   RfiTableLayout  *layout);

G_END_DECLS
