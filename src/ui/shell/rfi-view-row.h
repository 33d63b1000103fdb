/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-saved-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_VIEW_ROW (rfi_view_row_get_type ())

G_DECLARE_FINAL_TYPE (RfiViewRow, rfi_view_row, RFI, VIEW_ROW, GtkListBoxRow)

/**
 * RfiViewRow:
 *
 * A view in the sidebar: symbol, name, how many jobs it shows. That of a saved view has a menu, and
 * F2 renames, Alt+Up and Alt+Down move, Delete deletes it.
 */
GtkWidget    *rfi_view_row_new        (const char   *id,
                                       const char   *icon,
                                       const char   *name,
                                       RfiJobFilter *filter);
GtkWidget    *rfi_view_row_new_saved  (RfiSavedView *view);

const char   *rfi_view_row_get_id     (RfiViewRow   *self);
RfiJobFilter *rfi_view_row_get_filter (RfiViewRow   *self);
void          rfi_view_row_set_count  (RfiViewRow   *self,
                                       guint         count);

G_END_DECLS
