/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-job-selection.h"

G_BEGIN_DECLS

#define RFI_TYPE_BULK_BAR (rfi_bulk_bar_get_type ())

G_DECLARE_FINAL_TYPE (RfiBulkBar, rfi_bulk_bar, RFI, BULK_BAR, GtkWidget)

/**
 * RfiBulkBar:
 *
 * Stands below the pages while more than one job is selected: how many, and what can be done with
 * them, by the window's actions. Where there is little room its buttons have no words.
 */
void rfi_bulk_bar_set_selection (RfiBulkBar      *self,
                                 RfiJobSelection *selection);

G_END_DECLS
