/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-job-filter.h"
#include "rfi-job-selection.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The pages of a window. Each has a `session` property, and by need a `filter` and a `selection`,
 * which all of a window share. One is made when it is first shown. */

/* @name: of one that there is. Returns: (transfer floating) */
GtkWidget *rfi_window_pages_make        (const char      *name,
                                         RfiJobFilter    *filter,
                                         RfiJobSelection *selection);
/* A place for one of each, in their order. */
void       rfi_window_pages_fill        (AdwViewStack    *stack,
                                         RfiJobFilter    *filter,
                                         RfiJobSelection *selection);
/* @name: of one that there is: the page itself, made if need be. (transfer none) */
GtkWidget *rfi_window_pages_get         (AdwViewStack    *stack,
                                         const char      *name);
/* @session: (nullable) */
void       rfi_window_pages_set_session (AdwViewStack    *stack,
                                         RfiSession      *session);

/* Whether it shows what passes the filter. @page: (nullable) */
gboolean   rfi_window_pages_is_filtered (GtkWidget       *page);

G_END_DECLS
