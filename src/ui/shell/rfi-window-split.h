/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-window.h"

G_BEGIN_DECLS

/* Two pages side by side, win.split: on one filter and one selection, where there is room. */
void rfi_window_add_split    (RfiWindow *self);

/* There is more or less room, or another session. */
void rfi_window_update_split (RfiWindow *self,
                              gboolean   room);

/* The page beside. (transfer none) (nullable) */
GtkWidget *rfi_window_get_split_page (RfiWindow *self);

G_END_DECLS
