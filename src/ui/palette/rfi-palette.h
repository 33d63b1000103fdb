/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_PALETTE (rfi_palette_get_type ())

G_DECLARE_FINAL_TYPE (RfiPalette, rfi_palette, RFI, PALETTE, AdwWindow)

/**
 * RfiPalette:
 *
 * Everything by typing: "assign 7f3c garcia", "go history", a few words of a job. It runs the
 * actions of its parent, the ones menus run, and refuses with the reason of the rules. For the keys
 * only: the line keeps the focus while Up and Down choose, Enter runs, Tab types on, Escape closes.
 */

/* @pages: of AdwViewStackPage, @deeds: what menus offer. @selection's cursor is meant where no job
 * is typed. */
GtkWidget *rfi_palette_new      (GtkWindow       *parent,
                                 RfiSession      *session,
                                 RfiJobFilter    *filter,
                                 RfiJobSelection *selection,
                                 GListModel      *pages,
                                 GMenuModel      *deeds);

/* More names to be found. @id: of the view, what win.show-view takes; @icon: (nullable) */
void       rfi_palette_add_view (RfiPalette      *self,
                                 const char      *id,
                                 const char      *name,
                                 const char      *icon);

G_END_DECLS
