/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-history-query.h"
#include "rfi-history-sheet.h"
#include "rfi-session.h"

G_BEGIN_DECLS

/* Saves history as a file, in a dialog that says how far it is, lets it be cancelled, and says what
 * went wrong. */

/* Asks for the file first. @server: whether the server's is meant, or this console's */
void       rfi_history_exporter_choose (RfiSession            *session,
                                        const RfiHistoryQuery *query,
                                        gboolean               server,
                                        RfiHistoryFormat       format,
                                        GtkWindow             *parent);

/* Returns: (transfer none): the dialog */
GtkWidget *rfi_history_exporter_save   (RfiSession            *session,
                                        const RfiHistoryQuery *query,
                                        gboolean               server,
                                        RfiHistoryFormat       format,
                                        GtkWindow             *parent,
                                        GFile                 *file);

G_END_DECLS
