/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_LATE_PAGE (rfi_late_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiLatePage, rfi_late_page, RFI, LATE_PAGE, AdwBin)

/**
 * RfiLatePage:
 *
 * The place of a page that is made when it is first asked for: one that nobody looks at costs
 * neither time nor memory, and follows nothing.
 */

/* @type: of a page: with a `session` property, and by need `filter` and `selection`.
 * Returns: (transfer floating) */
GtkWidget *rfi_late_page_new         (GType            type,
                                      RfiJobFilter    *filter,
                                      RfiJobSelection *selection);

/* Another such page, that is in no place yet. Returns: (transfer floating) */
GtkWidget *rfi_late_page_make        (GType            type,
                                      RfiJobFilter    *filter,
                                      RfiJobSelection *selection);

/* @session: (nullable) */
void       rfi_late_page_set_session (RfiLatePage     *self,
                                      RfiSession      *session);
gboolean   rfi_late_page_has_session (RfiLatePage     *self);

/* The page itself; made if need be. (transfer none) */
GtkWidget *rfi_late_page_get         (RfiLatePage     *self);

/* Of the page, made or not. */
GType      rfi_late_page_get_kind    (RfiLatePage     *self);

G_END_DECLS
