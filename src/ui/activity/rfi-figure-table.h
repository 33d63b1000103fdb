/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rfi-pulse.h"

G_BEGIN_DECLS

#define RFI_TYPE_FIGURE_TABLE (rfi_figure_table_get_type ())

G_DECLARE_FINAL_TYPE (RfiFigureTable, rfi_figure_table, RFI, FIGURE_TABLE, AdwBin)

/**
 * RfiFigureTable:
 *
 * All series side by side, a row for each part of the time, the newest first: what charts show, for
 * those who want the figures or do not see the charts.
 */
/* @points: RFI_N_PULSE_SERIES times @stride of them, of which the first @n count */
void rfi_figure_table_set (RfiFigureTable      *self,
                           const RfiPulsePoint *points,
                           guint                stride,
                           guint                n);

G_END_DECLS
