/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RFI_TYPE_LIST_PLACE (rfi_list_place_get_type ())

G_DECLARE_FINAL_TYPE (RfiListPlace, rfi_list_place, RFI, LIST_PLACE, GObject)

/**
 * RfiListPlace:
 *
 * Keeps a long list where it was moved to. The toolkit takes rows that were made since the last
 * layout for rows of no height: moved again before the next one, it lands somewhere else, many
 * screens away at times. It is put back in the same frame, when all heights are known.
 */

/* @view: (transfer none): outlives this. @rows: what it shows */
RfiListPlace *rfi_list_place_new (GtkScrollable *view,
                                  GListModel    *rows);

G_END_DECLS
