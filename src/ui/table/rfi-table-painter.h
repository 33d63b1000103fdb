/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-item.h"
#include "rfi-job-table.h"
#include "rfi-table-style.h"

G_BEGIN_DECLS

/* Draws the cells of @item's job over the whole of @widget. */
void rfi_table_painter_paint (RfiTableStyle  *style,
                              RfiTableLayout *layout,
                              GtkWidget      *widget,
                              GtkSnapshot    *snapshot,
                              RfiJobTable    *jobs,
                              RfiJobItem     *item);

G_END_DECLS
