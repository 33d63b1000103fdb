/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-alert-desk.h"
#include "rfi-session-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_WINDOW (rfi_window_get_type ())

G_DECLARE_FINAL_TYPE (RfiWindow, rfi_window, RFI, WINDOW, AdwApplicationWindow)

/**
 * RfiWindow:
 *
 * One window on the account of its manager: sign-in, or the pages with sidebar, detail and
 * connection. Several windows share the session; each has its own filter, page and detail.
 * All that the pages ask for are its actions.
 */
GtkWidget *rfi_window_new        (AdwApplication    *application,
                                  RfiSessionManager *manager,
                                  RfiAlertDesk      *alerts);

/* What sign-in starts with. */
void       rfi_window_set_server (RfiWindow         *self,
                                  const char        *server);

/* The kept session could not be opened. */
void       rfi_window_show_error (RfiWindow         *self,
                                  const GError      *error);

G_END_DECLS
