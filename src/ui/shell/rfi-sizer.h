/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_SIZER (rfi_sizer_get_type ())

G_DECLARE_FINAL_TYPE (RfiSizer, rfi_sizer, RFI, SIZER, GtkWidget)

/**
 * RfiSizer:
 *
 * The line beside a pane that makes it wider or narrower, by pointer or arrow keys, and keeps
 * its width in the settings.
 *
 * Properties, to be set in the template: `target` (GtkWidget), `key` (of the settings), `least`
 * and `most` (pixels), `at-end` (whether the pane follows the line instead of leading it).
 */

/* The pane takes its kept width. */
void rfi_sizer_restore (RfiSizer *self);

G_END_DECLS
