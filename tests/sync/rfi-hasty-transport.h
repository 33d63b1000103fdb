/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rfi-transport.h"

G_BEGIN_DECLS

#define RFI_TYPE_HASTY_TRANSPORT (rfi_hasty_transport_get_type ())

G_DECLARE_FINAL_TYPE (RfiHastyTransport, rfi_hasty_transport, RFI, HASTY_TRANSPORT, GObject)

/* @inner with at most @patience ms for each request, so that tests need not wait for it. */
RfiTransport *rfi_hasty_transport_new (RfiTransport *inner,
                                       guint         patience);

G_END_DECLS
