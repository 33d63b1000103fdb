/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_SIDE_PANE (rfi_side_pane_get_type ())

G_DECLARE_FINAL_TYPE (RfiSidePane, rfi_side_pane, RFI, SIDE_PANE, AdwBin)

/**
 * RfiSidePane:
 *
 * A second page beside the first, with a choice of which. It keeps a page only while it is open.
 *
 * Properties (read only, notify): `page`: the name of the one that was chosen, (nullable).
 */

/* Returns: (transfer floating): a new page of that name */
typedef GtkWidget *(*RfiMakePage) (const char *name,
                                   gpointer    user_data);

/* @pages: of AdwViewStackPage; @make and @user_data outlive the pane */
void        rfi_side_pane_set_pages (RfiSidePane *self,
                                     GListModel  *pages,
                                     RfiMakePage  make,
                                     gpointer     user_data);

/* @name: one that is not there chooses nothing. */
void        rfi_side_pane_set_page  (RfiSidePane *self,
                                     const char  *name);
const char *rfi_side_pane_get_page  (RfiSidePane *self);
void        rfi_side_pane_set_open  (RfiSidePane *self,
                                     gboolean     open);
gboolean    rfi_side_pane_get_open  (RfiSidePane *self);

/* The page itself while it is open. (transfer none) (nullable) */
GtkWidget  *rfi_side_pane_get_child (RfiSidePane *self);

G_END_DECLS
