/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-session-manager.h"
#include "rfi-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RFI_TYPE_SIGNIN_PAGE (rfi_signin_page_get_type ())

G_DECLARE_FINAL_TYPE (RfiSigninPage, rfi_signin_page, RFI, SIGNIN_PAGE, AdwBin)

/**
 * RfiSigninPage:
 *
 * Where, who, and the password; then how far the first download is. What went wrong is said
 * below the field it is about. The page only signs in: when its manager has a session and that
 * is ready to be looked at, `ready` is emitted.
 *
 * Properties: `manager` (construct or set once).
 * Signals: `busy`: signing in begins; `ready`; `cancelled`: the person does not want to wait for
 * the first download.
 */
void       rfi_signin_page_set_manager (RfiSigninPage     *self,
                                        RfiSessionManager *manager);

/* Fills in the server, as if typed. */
void       rfi_signin_page_set_server  (RfiSigninPage     *self,
                                        const char        *server);

/* The session whose first download is shown. (nullable): the form again */
void       rfi_signin_page_set_session (RfiSigninPage     *self,
                                        RfiSession        *session);

/* Says why the kept session could not be opened, and offers to try again where that may help. */
void       rfi_signin_page_show_error  (RfiSigninPage     *self,
                                        const GError      *error);

G_END_DECLS
