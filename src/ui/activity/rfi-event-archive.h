/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rfi-session.h"

G_BEGIN_DECLS

/* Has events sent and archived now, and says in @widget's window what came of it. */
void rfi_event_archive_run (GtkWidget  *widget,
                            RfiSession *session);

G_END_DECLS
