/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-session.h"

G_BEGIN_DECLS

/* Lets the server's history be verified, says how far that is and how it ended. Closing it ends the
 * work. Returns: (transfer none): the dialog, for tests */
GtkWidget *rfi_verify_dialog_present (RfiSession *session,
                                      GtkWindow  *parent);

G_END_DECLS
