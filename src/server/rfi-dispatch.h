/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-server-types.h"

G_BEGIN_DECLS

/* Leads every request through the checks that come before its handler, in the contract's
 * order: body, token, route, role. Adds itself to the context's SoupServer. */
void rfi_dispatch_attach (RfiServerContext *context);

G_END_DECLS
