/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-palette.h"
#include "rfi-window.h"

G_BEGIN_DECLS

/* Views as actions of a window: win.show-view, win.save-view, win.rename-view, win.move-view,
 * win.delete-view and what undoes it. */
void rfi_window_add_views    (RfiWindow  *self);
void rfi_window_update_views (RfiWindow  *self);

/* What a window shows first is what one showed last. */
void rfi_window_restore_filter (RfiWindow *self);
void rfi_window_keep_filter  (RfiWindow  *self);

/* Tells the palette what they are called. */
void rfi_window_list_views   (RfiWindow  *self,
                              RfiPalette *palette);

G_END_DECLS
