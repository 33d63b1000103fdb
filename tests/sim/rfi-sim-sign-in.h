/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-server.h"

G_BEGIN_DECLS

/* Signing in at the server of the simulation, where access tokens are short and renewed: the real
 * tables. Where they are not, everybody is always let in. */

/* %FALSE: not now. @access, @refresh: (out) (transfer full) */
gboolean rfi_sim_sign_in_issue (RfiSimServer  *server,
                                const RfiUser *user,
                                char         **access,
                                char         **refresh);
/* Whether @request may be answered. */
gboolean rfi_sim_sign_in_check (RfiSimServer  *server,
                                guint          who,
                                RfiRequest    *request);
/* %FALSE: the server went down on it, or its disk failed: no answer comes. */
gboolean rfi_sim_sign_in_renew (RfiSimServer  *server,
                                RfiRequest    *request,
                                RfiSimAnswer  *answer);
/* Somebody has found one of the refresh tokens there ever were, and tries it. */
void     rfi_sim_sign_in_steal (RfiSimServer  *server,
                                guint64        drawn);

G_END_DECLS
