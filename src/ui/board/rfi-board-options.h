/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-groups.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The menu of how a board is looked at, and its button in the board's toolbar. Its items are the
 * actions `board.grouping` and `board.sort`. */

/* @vendors: whether there are several
 * @narrow: what has no room beside the button is in the menu */
void rfi_board_options_show (GtkMenuButton *button,
                             RfiGrouping    by,
                             gboolean       vendors,
                             gboolean       narrow);

G_END_DECLS
