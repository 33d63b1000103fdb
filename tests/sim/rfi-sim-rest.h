/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-sim-server.h"

G_BEGIN_DECLS

/* What a console of Sync v1 asks by the old contract: to show a job, to take a picture. The real
 * tables and parsers, without the connection around them. */

/* Whether @request is one of those. */
gboolean rfi_sim_rest_is_asked (const RfiRequest *request);
/* %FALSE: the server went down on it, or its disk failed: no answer comes. */
gboolean rfi_sim_rest_handle   (RfiSimServer     *server,
                                guint             who,
                                RfiRequest       *request,
                                RfiSimAnswer     *answer);

G_END_DECLS
