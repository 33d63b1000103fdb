/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-conflict-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The conflict desk and its page, for tests. Main thread only. */

/* Whether @desk has @n conflicts; if not it is asked to look again, as nothing tells a desk at once
 * of what is done at another. */
gboolean    rfi_test_conflicts_has_n        (RfiConflictDesk *desk,
                                             guint            n);
/* What was settled stays chosen until another is. */
void        rfi_test_conflicts_choose_first (GtkWidget       *page);
/* Why what was just asked for is not done. (nullable) */
const char *rfi_test_conflicts_get_problem  (GtkWidget       *page);

/* Runs @sql in the database @name of @dir, beside whoever has it open. */
void        rfi_test_conflicts_change_file  (const char      *dir,
                                             const char      *name,
                                             const char      *sql);

G_END_DECLS
